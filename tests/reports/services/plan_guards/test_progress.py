"""Which progress is kept, of which plan and quarter."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from reports.enums import DirectionState, Measure, PlanState
from reports.models import PlanProgress
from reports.services.plan_progress import Noted, note_quarter
from tests.factories.plans import DirectionFactory, PlanFactory, PlanLineFactory
from tests.reports.services.plan_guards.plans import YEAR, doing, line_of
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.errors import RuleViolation


def noted(line, **typed):
    nothing = {"actual": None, "disbursed": Decimal(0), "committed": Decimal(0)}
    words = {"problems": "น้ำท่วม", "suggestions": ""}
    return Noted(**({"line": line.pk, "version": 0} | nothing | words | typed))


@pytest.fixture
def in_november(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *args, **kwargs: date(2026, 11, 26))


def test_progress_is_kept_of_the_plan_in_force_only(made, maker, in_november):
    plan = made(PlanState.SENT)

    with pytest.raises(RuleViolation, match="อนุมัติแผนแล้ว"):
        doing(maker, note_quarter, plan=plan, quarter=1, noted=[noted(line_of(plan))])


def test_progress_of_a_closed_year_stays(made, maker, in_november):
    plan = made(PlanState.APPROVED)
    DirectionFactory(fiscal_year=YEAR, state=DirectionState.CLOSED)

    with pytest.raises(RuleViolation, match="ปิดปีงบประมาณ 2570 แล้ว"):
        doing(maker, note_quarter, plan=plan, quarter=1, noted=[noted(line_of(plan))])


def test_progress_of_a_quarter_to_come_is_refused(made, maker, in_november):
    plan = made(PlanState.APPROVED)

    with pytest.raises(RuleViolation, match="ยังไม่เริ่ม"):
        doing(maker, note_quarter, plan=plan, quarter=2, noted=[noted(line_of(plan))])


def test_money_of_all_quarters_together_stays_below_the_allotted(made, maker, monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *args, **kwargs: date(2027, 2, 1))
    plan = made(PlanState.APPROVED)
    spent = noted(line_of(plan), disbursed=Decimal(25_000), committed=Decimal(5_000))
    doing(maker, note_quarter, plan=plan, quarter=1, noted=[spent])

    with pytest.raises(RuleViolation, match="เกินงบจัดสรร 20,000 บาท"):
        doing(maker, note_quarter, plan=plan, quarter=2, noted=[spent])


def test_a_result_that_is_counted_is_not_typed(made, maker, in_november):
    plan = made(PlanState.APPROVED)
    line = PlanLineFactory(plan=plan, measure=Measure.PEOPLE)

    doing(
        maker, note_quarter, plan=plan, quarter=1,
        noted=[noted(line, actual=9999, disbursed=Decimal(1))],
    )  # fmt: skip

    with open_scope(NATION):
        assert PlanProgress.objects.get().actual is None


def test_a_weak_quarter_wants_no_reason_while_it_runs(made, maker, in_november):
    plan = made(PlanState.APPROVED)
    weak = noted(line_of(plan), actual=1, problems="")

    assert doing(maker, note_quarter, plan=plan, quarter=1, noted=[weak]) == 1


def test_progress_of_a_line_of_another_plan_is_passed_over(made, maker, in_november):
    plan = made(PlanState.APPROVED)
    other = PlanLineFactory(plan=PlanFactory(fiscal_year=YEAR - 1, made_by=maker))

    spent = noted(other, disbursed=Decimal(1))
    changed = doing(maker, note_quarter, plan=plan, quarter=1, noted=[spent])

    assert changed == 0
