"""Which edition gives way to a newer one, and which comes back."""

import pytest

from reports.enums import PlanState
from reports.models import Plan
from reports.services.plan_decisions import approve_plan
from reports.services.plan_undoing import undo_decisions
from tests.factories.plans import PlanFactory
from tests.reports.sending import YEAR, sent_plan
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.errors import RuleViolation
from volunteer_network.models import AuditEvent


@pytest.fixture
def approve(central_officer):
    def approve(plan):
        with open_scope(central_officer.scope):
            approve_plan(plan=plan, version=plan.version, by=central_officer)
        return plan

    return approve


@pytest.fixture
def undo(central_officer):
    def undo(plan):
        with open_scope(central_officer.scope):
            undo_decisions(plans=[plan.pk], by=central_officer)

    return undo


def fresh(plan):
    with open_scope(NATION):
        return Plan.objects.get(pk=plan.pk)


def test_only_the_edition_in_force_of_that_province_and_year_gives_way(approve, central_officer):
    first = sent_plan()
    approved = {
        "state": PlanState.APPROVED,
        **{f"{step}_by": central_officer for step in ("sent", "approved")},
        **{f"{step}_at": first.sent_at for step in ("sent", "approved")},
    }
    last_year = PlanFactory(province=first.province, fiscal_year=YEAR - 1, **approved)
    elsewhere = PlanFactory(province_id=90, fiscal_year=YEAR, **approved)
    given_up = PlanFactory(province=first.province, edition=3, state=PlanState.CANCELLED)
    approve(first)

    approve(sent_plan(edition=2))

    assert fresh(first).state == PlanState.REPLACED
    assert fresh(last_year).state == fresh(elsewhere).state == PlanState.APPROVED
    assert fresh(given_up).state == PlanState.CANCELLED


def test_without_an_edition_in_force_none_gives_way(approve):
    given_up = PlanFactory(edition=2, state=PlanState.CANCELLED)

    approve(sent_plan())

    assert fresh(given_up).state == PlanState.CANCELLED


def test_giving_way_and_coming_back_are_changes_with_a_trace(approve, undo, central_officer):
    first = approve(sent_plan())
    before = fresh(first).version
    second = approve(sent_plan(edition=2))
    replaced = fresh(first).version

    undo(second)

    assert before < replaced < fresh(first).version
    with open_scope(NATION):
        events = AuditEvent.objects.filter(target=str(first.pk), target_type="plan").order_by("pk")
        assert [(one.verb, one.actor) for one in events][-2:] == [
            ("plan.replaced", central_officer.pk),
            ("plan.restored", central_officer.pk),
        ]


def test_an_edition_that_was_cancelled_since_does_not_come_back(approve, undo):
    first = approve(sent_plan())
    second = approve(sent_plan(edition=2))
    with open_scope(NATION):
        Plan.objects.filter(pk=first.pk).update(state=PlanState.CANCELLED)

    with pytest.raises(RuleViolation, match="ฉบับก่อนเปลี่ยนสถานะไปแล้ว"):
        undo(second)

    assert fresh(second).state == PlanState.APPROVED
