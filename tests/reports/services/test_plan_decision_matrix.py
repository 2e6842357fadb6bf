"""What the centre may do in each state, by each role; and that one decision wins."""

import threading
from concurrent.futures import ThreadPoolExecutor
from itertools import product

import pytest
from django.db import connection
from django.urls import reverse

from reports.enums import PlanAction, PlanState, ReturnReason
from reports.models import Plan, PlanLine, PlanStep
from reports.plan_moves import MOVES, state_after
from reports.services import plan_decisions
from reports.services.plan_decisions import Question, approve_plan, return_plan
from reports.services.plan_undoing import undo_decisions
from tests.factories import UserFactory
from tests.reports.sending import YEAR, sent_plan
from volunteer_network.access.roles import CAPABILITIES, PROVINCIAL_ROLES, Role
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.errors import RuleViolation

ACTIONS = (PlanAction.APPROVE, PlanAction.RETURN, PlanAction.UNDO)
DECISIONS, AT_ONCE = 200, 16
REFUSED = 403
ADDRESSES = {
    PlanAction.APPROVE: ("decisions:approve", [YEAR, 50]),
    PlanAction.RETURN: ("decisions:return", [YEAR, 50]),
    PlanAction.UNDO: ("decisions:undo", [YEAR]),
}


def put(plan, state):
    """Leave the plan in a state that nobody of the centre brought it to."""
    values = {"state": state}
    if state == PlanState.RETURNED:
        back = {"returned_at": plan.sent_at, "returned_by": plan.sent_by}
        values |= back | {"returned_because": "แก้ก่อน"}
    with open_scope(NATION):
        Plan.objects.filter(pk=plan.pk).update(**values)


def decide(action, plan, by):
    with open_scope(by.scope):
        plan = Plan.objects.get(pk=plan.pk)
        if action is PlanAction.APPROVE:
            return approve_plan(plan=plan, version=plan.version, by=by)
        if action is PlanAction.UNDO:
            return undo_decisions(plans=[plan.pk], by=by)
        line = PlanLine.objects.filter(plan=plan).first()
        asked = [Question(line.pk, ReturnReason.COST, "ขอเหตุผล")]
        return return_plan(plan=plan, version=plan.version, questions=asked, by=by)


@pytest.mark.parametrize(
    ("action", "state"),
    list(product((PlanAction.APPROVE, PlanAction.RETURN), PlanState)),
)
def test_each_decision_in_each_state(db, central_officer, action, state):
    plan = sent_plan()
    put(plan, state)
    after = state_after(action, state)

    if after is None:
        with pytest.raises(RuleViolation):
            decide(action, plan, central_officer)
    else:
        decide(action, plan, central_officer)

    with open_scope(NATION):
        assert Plan.objects.get(pk=plan.pk).state == (after or state)


@pytest.mark.parametrize("state", PlanState)
def test_nothing_is_taken_back_that_the_centre_did_not_decide(db, central_officer, state):
    """Where the table allows it too: the last step was the head's."""
    plan = sent_plan()
    put(plan, state)

    with pytest.raises(RuleViolation):
        decide(PlanAction.UNDO, plan, central_officer)


@pytest.mark.parametrize(("action", "role"), list(product(ACTIONS, Role)))
def test_each_decision_by_each_role(client, chiang_mai, action, role):
    sent_plan()
    user = UserFactory(
        role=role,
        province=chiang_mai if role in PROVINCIAL_ROLES else None,
        inspection_regions=[15] if role == Role.INSPECTOR else [],
    )
    client.force_login(user)
    name, values = ADDRESSES[action]

    answer = client.post(reverse(name, args=values))

    may = MOVES[action].capability in CAPABILITIES[role]
    assert (answer.status_code != REFUSED) == may


# Two hundred at once


def run(calls, at_once=AT_ONCE):
    """Run all, `at_once` at the same moment, each worker in a connection of its own."""
    with ThreadPoolExecutor(at_once) as pool:
        results = list(pool.map(lambda call: call(), calls))
        everybody = threading.Barrier(at_once, timeout=10)
        list(pool.map(lambda _: (everybody.wait(), connection.close()), range(at_once)))
    return results


def deciding(number, plan, people):
    """One of the two decisions, by one of several officers; says whether it held."""
    action = (PlanAction.APPROVE, PlanAction.RETURN)[number % 2]

    def call():
        try:
            decide(action, plan, people[number % len(people)])
        except RuleViolation:
            return None
        return action

    return call


def officers():
    return [UserFactory(role=Role.CENTRAL_OFFICER, province=None) for _number in range(4)]


def test_two_hundred_decisions_at_once_have_one_winner(committed):
    plan, people = sent_plan(), officers()

    results = run([deciding(number, plan, people) for number in range(DECISIONS)])

    [winner] = [one for one in results if one]
    with open_scope(NATION):
        assert Plan.objects.get(pk=plan.pk).state == MOVES[winner].to
        made = PlanStep.objects.filter(
            plan=plan, action__in=(PlanAction.APPROVE, PlanAction.RETURN)
        )
        assert [step.action for step in made] == [winner]


def test_without_the_lock_two_would_win(committed, monkeypatch):
    """The twin: it shows that the test above can see what the lock prevents."""
    plan, people = sent_plan(), officers()
    real, meeting = plan_decisions.refuse_unless, threading.Barrier(2, timeout=10)

    def look_together(seen, action):
        real(seen, action)
        meeting.wait()  # neither has decided what both see

    def unlocked(pks, *, by):
        return list(Plan.objects.visible_to(by).filter(pk__in=pks))

    monkeypatch.setattr(plan_decisions, "lock_plans", unlocked)
    monkeypatch.setattr(plan_decisions, "refuse_unless", look_together)

    results = run([deciding(2 * number, plan, people[number:]) for number in range(2)], at_once=2)

    assert results == [PlanAction.APPROVE] * 2
