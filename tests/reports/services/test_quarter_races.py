"""Two at once over one quarter, or over the plan that it is a quarter of."""

import pytest

from reports.enums import PlanState
from reports.models import Plan, QuarterReport
from reports.services.quarters import prepare_quarter, sign_quarter
from tests.locks import while_held, without_row_locks
from tests.reports.quarters import YEAR, stage_in
from volunteer_network.errors import RuleViolation


@pytest.fixture
def stage(committed):
    return stage_in()


@pytest.fixture(params=[True, False], ids=["locked", "the twin without locks"])
def locked(request, monkeypatch, stage):
    """The twin shows that a test can see what the lock of the plan prevents."""
    if not request.param:
        without_row_locks(monkeypatch)
    return request.param


def a_newer_edition_is_approved(stage):
    Plan.objects.filter(pk=stage.plan.pk).update(state=PlanState.REPLACED)


def hold(stage):
    Plan.objects.filter(pk=stage.plan.pk).update(version=stage.plan.version + 1)


def test_an_edition_that_just_gave_way_is_not_signed(stage, locked):
    stage.prepare()
    seen = stage.taken().digest

    answer = while_held(
        lambda: hold(stage),
        lambda: stage.sign(seen=seen),
        then=lambda: a_newer_edition_is_approved(stage),
    )

    assert isinstance(answer, RuleViolation) is locked
    assert bool(stage.reread().signed_at) is not locked


def test_an_edition_that_just_gave_way_is_not_prepared(stage, locked):
    answer = while_held(
        lambda: hold(stage),
        stage.prepare,
        then=lambda: a_newer_edition_is_approved(stage),
    )

    assert isinstance(answer, RuleViolation) is locked


def test_of_two_who_prepare_at_once_the_second_finds_it_prepared(stage):
    other = stage.head

    second = while_held(
        lambda: prepare_quarter(plan=stage.plan, quarter=1, by=stage.maker),
        lambda: stage.prepare(by=other),
        scope=stage.maker.scope,
    )

    with stage.open():
        assert QuarterReport.objects.get(fiscal_year=YEAR) == second
    assert stage.reread().prepared_by == other


def test_a_signature_on_which_the_next_one_just_built_is_not_taken_back(stage, locked):
    stage.signed()
    stage.prepare(2)
    seen = stage.taken(2).digest

    answer = while_held(
        lambda: (
            hold(stage),
            sign_quarter(plan=stage.plan, quarter=2, seen=seen, adopt=False, by=stage.head),
        ),
        stage.take_back,
        scope=stage.head.scope,
    )

    assert isinstance(answer, RuleViolation) is locked
    assert bool(stage.reread().signed_at) is locked


def test_of_two_who_sign_at_once_one_does(stage):
    stage.prepare()
    seen = stage.taken().digest

    second = while_held(
        lambda: sign_quarter(plan=stage.plan, quarter=1, seen=seen, adopt=False, by=stage.head),
        lambda: stage.sign(seen=seen),
        scope=stage.head.scope,
    )

    assert isinstance(second, RuleViolation)
    assert "ลงนามแล้วโดย" in second.message
