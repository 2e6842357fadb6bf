"""Writing lines: what each refuses, what proves them, and figures that equal a recount."""

from datetime import date
from random import Random

import pytest

from reports.enums import Measure, PlanState
from reports.models import PlanLine, PlanProof
from reports.queries.plan_actuals import results_of
from reports.queries.plan_differences import since_return
from reports.queries.plan_sources import source_of
from reports.services import plan_lines
from reports.services.plan_lines import (
    TypedLine,
    change_line,
    move_line,
    open_lines,
    remove_line,
    tie_category,
    type_cells,
    type_lines,
)
from tests.factories import ActivityFactory, VolunteerFactory
from tests.factories.plans import PlanCommentFactory, PlanFactory, PlanLineFactory, PlanProofFactory
from tests.reports.services.test_plans import plan_in
from volunteer_network.access.scope import open_scope
from volunteer_network.enums import Category
from volunteer_network.errors import RuleViolation
from volunteer_network.models import Activity, AuditEvent


@pytest.fixture
def plan(chiang_mai):
    return PlanFactory(province=chiang_mai)


def doing(by, service, **details):
    with open_scope(by.scope):
        return service(**details, by=by)


def test_lines_of_the_whole_page_are_saved_together_or_not_at_all(plan, maker, everywhere):
    first, second = PlanLineFactory.create_batch(2, plan=plan)
    typed = [TypedLine(first.pk, 1, {"target_1": 20}), TypedLine(second.pk, 7, {"target_1": 20})]

    with open_scope(maker.scope), pytest.raises(plan_lines.CellChanged):
        type_lines(plan=plan, typed=typed, by=maker)

    with everywhere():
        assert list(PlanLine.objects.values_list("target_1", "version")) == [(10, 1), (10, 1)]


def test_a_line_in_which_nothing_changed_keeps_its_version(plan, maker):
    line = PlanLineFactory(plan=plan)

    changed = doing(maker, type_lines, plan=plan, typed=[TypedLine(line.pk, 5, {"target_1": 10})])

    assert changed == []


def test_a_change_of_a_line_leaves_an_entry_and_its_proofs(plan, maker, everywhere):
    line = PlanLineFactory(plan=plan)

    doing(
        maker, change_line, line=line, version=1, measure=Measure.PEOPLE, area="ทุกอำเภอ",
        categories=[Category.INFORMAL_WORKERS, Category.HOME_WORKERS], seminars=[],
    )  # fmt: skip

    with everywhere():
        assert PlanProof.objects.filter(line=line).count() == 2
        assert AuditEvent.objects.filter(verb="planline.changed", target=str(line.pk)).exists()


def test_a_line_at_the_end_of_its_group_stays(plan, maker):
    line = PlanLineFactory(plan=plan)

    with pytest.raises(RuleViolation, match="ปลาย"):
        doing(maker, move_line, line=line, to="up")


def test_work_is_tied_to_a_line_that_counts_the_log_only(plan, maker):
    line = PlanLineFactory(plan=plan, measure=Measure.TYPED)

    with pytest.raises(RuleViolation, match="ผลนับจาก"):
        doing(maker, tie_category, plan=plan, line=line, category=Category.DISASTER)


@pytest.fixture
def returned(chiang_mai, maker, chiang_mai_head):
    plan = plan_in(PlanState.RETURNED, chiang_mai, maker=maker, head=chiang_mai_head)
    asked, other = PlanLineFactory.create_batch(2, plan=plan)
    PlanCommentFactory(plan=plan, line=asked, returns=True, by=chiang_mai_head)
    return plan, asked, other


def test_a_return_opens_only_the_lines_it_remarked_on(returned, maker):
    plan, asked, other = returned

    with open_scope(maker.scope):
        assert open_lines(plan, user=maker) == {asked.pk}
    with pytest.raises(RuleViolation, match="แก้ไม่ได้ในรอบนี้"):
        doing(maker, type_cells, plan=plan, typed=TypedLine(other.pk, 1, {"target_1": 5}))
    with pytest.raises(RuleViolation, match="ลบ"):
        doing(maker, remove_line, line=other)


def test_without_that_rule_every_line_would_be_open(returned, maker, monkeypatch):
    """The twin: the refusals above come from the remarks and nothing else."""
    plan, _asked, other = returned
    monkeypatch.setattr(plan_lines, "open_lines", lambda plan, user: None)

    saved = doing(maker, type_cells, plan=plan, typed=TypedLine(other.pk, 1, {"target_1": 5}))

    assert saved.target_1 == 5


def test_the_difference_since_the_return_is_what_came_back_against_now(returned, maker):
    plan, asked, _other = returned
    saved = doing(maker, type_cells, plan=plan, typed=TypedLine(asked.pk, 1, {"target_1": 12}))
    doing(maker, type_cells, plan=plan, typed=TypedLine(asked.pk, saved.version, {"target_2": 9}))

    with open_scope(maker.scope):
        lines = list(PlanLine.objects.filter(plan=plan))
        found = since_return(plan, lines, user=maker)

    assert [(one.line.pk, one.field, one.before, one.after) for one in found] == [
        (asked.pk, "target_1", "10", "12"),
        (asked.pk, "target_2", "10", "9"),
    ]


@pytest.mark.parametrize("seed", range(3))
def test_each_figure_equals_a_recount_of_the_rows_its_page_leads_to(seed, plan, maker):
    chance = Random(seed)
    line = PlanLineFactory(plan=plan, measure=Measure.PEOPLE)
    for category in (Category.INFORMAL_WORKERS, Category.HOME_WORKERS):
        PlanProofFactory(line=line, category=category)
    volunteer = VolunteerFactory(province=plan.province)
    for _ in range(12):
        ActivityFactory(
            volunteer=volunteer,
            category=chance.choice([*Category]),
            on_date=date(2026, chance.choice([10, 11]), chance.randint(1, 25)),
            people_male=chance.randint(0, 9),
            people_female=1,
        )

    with open_scope(maker.scope):
        source = source_of(line, user=maker)
        result = results_of(plan, [line], user=maker).of_line[line.pk]
        proving = Activity.objects.filter(category__in=["informal_workers", "home_workers"])
        recount = sum(row.people_male + row.people_female for row in proving)

    assert source.counted == result.actual_year == recount
