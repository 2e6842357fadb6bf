"""What a plan's lines, money and proofs must be."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from reports.enums import BudgetType, Measure, PlanState
from reports.models import Plan, PlanLine, PlanProof
from reports.services import plan_lines
from reports.services.plan_editions import Source
from reports.services.plan_lines import add_line, change_line, move_line, tie_category, type_cells
from reports.services.plan_steps import lock_plan, lock_plans
from reports.services.plans import propose_plan
from tests.factories.plans import (
    CeilingFactory,
    DirectionFactory,
    PlanCommentFactory,
    PlanLineFactory,
    StandingProjectFactory,
)
from tests.factories.seminars import SeminarFactory
from tests.reports.services.plan_guards.plans import YEAR, begin, doing, line_of
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.enums import Category
from volunteer_network.errors import RuleViolation

NEW_LINE = {
    "group": "core",
    "title": "อบรม",
    "indicator": "ผู้เข้าอบรม",
    "unit": "คน",
    "categories": [],
    "seminars": [],
    "measure": Measure.TYPED,
    "allotted": Decimal(0),
    "budget_type": BudgetType.NONE,
}


@pytest.fixture
def returned(made, head):
    """Came back an hour ago with a remark on the first of two lines, which have one heading."""
    plan = made(PlanState.RETURNED)
    asked, other = line_of(plan), PlanLineFactory(plan=plan)
    PlanCommentFactory(plan=plan, line=asked, returns=True, by=head)
    return plan, asked, other


def test_without_row_security_a_foreign_plan_would_still_not_be_locked(made, songkhla_officer):
    plan = made(PlanState.DRAFT)

    with open_scope(NATION):
        assert lock_plans([plan.pk], by=songkhla_officer) == []
        with pytest.raises(Plan.DoesNotExist):
            lock_plan(plan.pk, by=songkhla_officer)


def test_a_required_project_of_another_year_is_not_asked_for(made, maker):
    StandingProjectFactory(required=True, direction=DirectionFactory(fiscal_year=YEAR - 1))

    assert doing(maker, propose_plan, plan=made(PlanState.DRAFT)).state == PlanState.PROPOSED


def test_the_ceiling_of_another_province_does_not_count(made, maker, songkhla):
    CeilingFactory(province=songkhla, amount=Decimal(1))

    assert doing(maker, propose_plan, plan=made(PlanState.DRAFT)).state == PlanState.PROPOSED


def test_an_answer_from_before_the_return_does_not_count(returned, maker):
    plan, asked, _other = returned
    before = plan.returned_at - timedelta(days=1)
    PlanCommentFactory(plan=plan, line=asked, at=before, by=maker)

    with pytest.raises(RuleViolation, match="ยังไม่ได้แก้หรือตอบ"):
        doing(maker, propose_plan, plan=plan)


def test_a_plan_has_sixty_lines_at_most(made, maker, monkeypatch):
    monkeypatch.setattr(plan_lines, "LINES_AT_MOST", 2)
    plan = made(PlanState.DRAFT)
    doing(maker, add_line, plan=plan, **NEW_LINE)

    with pytest.raises(RuleViolation, match="ไม่เกิน 2 งาน"):
        doing(maker, add_line, plan=plan, **NEW_LINE)


def test_after_a_return_lines_keep_their_order(returned, maker):
    _plan, asked, _other = returned

    with pytest.raises(RuleViolation, match="สลับงานไม่ได้"):
        doing(maker, move_line, line=asked, to="down")


def test_no_way_of_writing_gives_money_to_a_line_without_a_budget(made, maker):
    plan = made(PlanState.DRAFT)
    words = NEW_LINE | {"allotted": Decimal(5)}
    bare = doing(maker, add_line, plan=plan, **NEW_LINE)

    for service, details in (
        (add_line, {"plan": plan, **words}),
        (change_line, {"line": bare, "version": 1, **words}),
        (
            type_cells,
            {"plan": plan, "typed": plan_lines.TypedLine(bare.pk, 1, {"allotted": Decimal(5)})},
        ),
    ):
        with pytest.raises(RuleViolation, match="ไม่ใช้งบประมาณ"):
            doing(maker, service, **details)


def test_what_cannot_prove_a_line_is_not_kept_as_its_proof(made, maker):
    plan, seminar = made(PlanState.DRAFT), SeminarFactory()
    proofs = {"categories": [Category.INFORMAL_WORKERS], "seminars": [seminar]}

    doing(maker, add_line, plan=plan, **NEW_LINE | proofs)
    people = doing(maker, add_line, plan=plan, **NEW_LINE | proofs | {"measure": Measure.PEOPLE})
    came = doing(maker, add_line, plan=plan, **NEW_LINE | proofs | {"measure": Measure.ATTENDANCE})

    with open_scope(NATION):
        kept = PlanProof.objects.values_list("line", "category", "seminar").order_by("pk")
        assert list(kept) == [(people.pk, "informal_workers", None), (came.pk, "", seminar.pk)]


def test_a_category_of_two_projects_proves_the_line_of_the_first(maker):
    direction = DirectionFactory(fiscal_year=YEAR)
    for place in (1, 2):
        StandingProjectFactory(
            direction=direction, place=place, measure=Measure.PEOPLE,
            categories=[Category.INFORMAL_WORKERS],
        )  # fmt: skip

    plan = begin(maker, Source.STANDING)

    with open_scope(NATION):
        assert PlanProof.objects.get(plan=plan).line.place == 1


def test_a_remark_that_was_settled_opens_nothing(returned, maker, head):
    plan, _asked, other = returned
    PlanCommentFactory(
        plan=plan, line=other, returns=True, by=head, at=timezone.now(), settled_at=timezone.now()
    )

    with pytest.raises(RuleViolation, match="แก้ไม่ได้ในรอบนี้"):
        doing(
            maker, type_cells, plan=plan, typed=plan_lines.TypedLine(other.pk, 1, {"target_1": 5})
        )


@pytest.mark.parametrize(("state", "version"), [(PlanState.DRAFT, 2), (PlanState.RETURNED, 3)])
def test_tying_a_category_is_a_change_of_the_line(state, version, made, maker):
    """After a return the history first keeps the line as it came back: that is a version too."""
    plan = made(state)
    line = PlanLineFactory(plan=plan, measure=Measure.PEOPLE)

    doing(maker, tie_category, plan=plan, line=line, category=Category.INFORMAL_WORKERS)

    with open_scope(NATION):
        assert PlanLine.objects.get(pk=line.pk).version == version
