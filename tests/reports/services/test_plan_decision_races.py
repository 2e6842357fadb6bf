"""Two at once over editions of one plan: who comes second sees what the first one did."""

import pytest

from reports.enums import PlanAction, PlanState
from reports.models import Plan, PlanStep
from reports.services.plan_decisions import approve_plan
from reports.services.plan_undoing import undo_decisions
from tests.factories import UserFactory
from tests.locks import while_held, without_row_locks
from tests.reports.sending import sent_plan
from volunteer_network.access.roles import Role
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.errors import RuleViolation


@pytest.fixture
def officer(committed):
    return UserFactory(role=Role.CENTRAL_OFFICER, province=None)


@pytest.fixture(params=[True, False], ids=["locked", "the twin without locks"])
def locked(request, monkeypatch, officer):
    """The twin shows that a test can see what the lock prevents."""
    if not request.param:
        without_row_locks(monkeypatch)
    return request.param


def approving(plan, by):
    def call():
        with open_scope(by.scope):
            return approve_plan(plan=plan, version=plan.version, by=by)

    return call


def undoing(plan, by):
    def call():
        with open_scope(by.scope):
            return undo_decisions(plans=[plan.pk], by=by)

    return call


def become(plan, state):
    Plan.objects.filter(pk=plan.pk).update(state=state)


def state_of(plan):
    with open_scope(NATION):
        return Plan.objects.get(pk=plan.pk).state


def two_editions(officer):
    """The first one is in force, the second one waits for the centre."""
    first = sent_plan()
    approving(first, officer)()
    return first, sent_plan(edition=2)


def test_an_edition_that_was_just_cancelled_is_not_replaced(officer, locked):
    first, second = two_editions(officer)

    while_held(
        lambda: become(first, PlanState.APPROVED),
        approving(second, officer),
        then=lambda: become(first, PlanState.CANCELLED),
    )

    assert state_of(second) == PlanState.APPROVED
    assert state_of(first) == (PlanState.CANCELLED if locked else PlanState.REPLACED)


def test_an_edition_that_was_just_cancelled_does_not_hold_again(officer, locked):
    first, second = two_editions(officer)
    approving(second, officer)()

    answer = while_held(
        lambda: become(first, PlanState.REPLACED),
        undoing(second, officer),
        then=lambda: become(first, PlanState.CANCELLED),
    )

    assert isinstance(answer, RuleViolation) is locked
    assert state_of(first) == (PlanState.CANCELLED if locked else PlanState.APPROVED)


def test_a_decision_is_taken_back_once(officer, locked):
    plan = sent_plan()
    approving(plan, officer)()

    answer = while_held(
        lambda: (become(plan, PlanState.APPROVED), undo_decisions(plans=[plan.pk], by=officer)),
        undoing(plan, officer),
        scope=officer.scope,
    )

    assert isinstance(answer, RuleViolation) is locked
    with open_scope(NATION):
        undone = PlanStep.objects.filter(plan=plan, action=PlanAction.UNDO)
        assert undone.count() == (1 if locked else 2)
