"""Two hundred decisions at once: one wins, everybody else is told, nothing is written twice."""

import threading

import pytest

from reports.enums import DirectionState, PlanState
from reports.models import Plan, PlanStep
from reports.services import plan_steps, plans
from reports.services.directions import move_direction
from reports.services.plans import agree_to_plan, propose_plan, return_plan_to_makers
from tests.factories import UserFactory
from tests.factories.plans import DirectionFactory, StandingProjectFactory
from tests.reports.services.test_plans import plan_in
from tests.seminars.services.test_races import run
from volunteer_network.access.roles import Role
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.errors import RuleViolation
from volunteer_network.models import Notice, Province

DECISIONS = 200


@pytest.fixture
def stage(committed):
    province = Province.objects.get(pk=50)
    maker = UserFactory(username="race-maker", province=province)
    head = UserFactory(username="race-head", province=province, role=Role.PROVINCIAL_HEAD)
    return lambda state: (plan_in(state, province, maker=maker, head=head), maker, head)


def deciding(service, plan, by):
    def call():
        try:
            with open_scope(by.scope):
                return service(plan=plan, by=by)
        except RuleViolation as refusal:
            return refusal

    return call


def winners(results):
    return [one for one in results if isinstance(one, Plan)]


@pytest.mark.parametrize(
    ("service", "state", "after"),
    [
        (propose_plan, PlanState.DRAFT, PlanState.PROPOSED),
        (agree_to_plan, PlanState.PROPOSED, PlanState.AGREED),
    ],
)
def test_of_two_hundred_at_once_one_wins(service, state, after, stage):
    plan, maker, head = stage(state)
    by = maker if service is propose_plan else head

    results = run([deciding(service, plan, by) for _ in range(DECISIONS)])

    with open_scope(NATION):
        assert Plan.objects.get(pk=plan.pk).state == after
        assert PlanStep.objects.filter(plan=plan).count() == 1
    assert len(winners(results)) == 1
    assert len({one.message for one in results if isinstance(one, RuleViolation)}) == 1


def test_agreeing_and_returning_at_once_leave_one_decision(stage):
    plan, _maker, head = stage(PlanState.PROPOSED)

    def hand_back(*, plan, by):
        return return_plan_to_makers(plan=plan, reason="ตัวเลขไม่ตรง", version=1, by=by)

    def agree(*, plan, by):
        return agree_to_plan(plan=plan, version=1, by=by)

    results = run([deciding(one, plan, head) for one in (agree, hand_back) * 20])

    with open_scope(NATION):
        assert PlanStep.objects.filter(plan=plan).count() == len(winners(results)) == 1


def test_without_the_lock_two_decide(stage, monkeypatch):
    """The twin: it shows that the tests above can see what the lock prevents."""
    plan, _maker, head = stage(PlanState.PROPOSED)
    real, meeting = plans.take_step, threading.Barrier(2, timeout=10)

    def decide_together(*args, **kwargs):
        meeting.wait()  # neither has written what both have read
        return real(*args, **kwargs)

    monkeypatch.setattr(plan_steps, "_locked", lambda rows: rows)
    monkeypatch.setattr(plans, "take_step", decide_together)

    results = run([deciding(agree_to_plan, plan, head) for _ in range(2)], at_once=2)

    with open_scope(NATION):
        assert PlanStep.objects.filter(plan=plan).count() == len(winners(results)) == 2


def test_of_many_who_open_a_year_at_once_one_does(committed):
    direction = DirectionFactory(fiscal_year=2572, state=DirectionState.DRAFT)
    StandingProjectFactory(direction=direction)
    by = UserFactory(role=Role.CENTRAL_OFFICER, province=None)
    reader = UserFactory(province=Province.objects.get(pk=50))

    def opening():
        try:
            with open_scope(by.scope):
                return move_direction(direction=direction, to=DirectionState.OPEN, by=by)
        except RuleViolation:
            return None

    results = run([opening] * 8, at_once=8)

    assert sum(one is not None for one in results) == 1
    with open_scope(reader.scope):
        assert Notice.objects.visible_to(reader).count() == 1
