"""What the province types of a quarter: money spent, results that nothing proves, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from reports.enums import Measure, PlanState
from reports.models import Plan, PlanLine, PlanProgress
from reports.plan_bands import percent_of
from reports.queries.plan_actuals import LineResult, results_of
from reports.services.plan_steps import lock_plan, refuse_closed_year
from volunteer_network import audit
from volunteer_network.errors import RuleViolation
from volunteer_network.models import User
from volunteer_network.services.edits import StaleEdit
from volunteer_network.thai_calendar import fiscal_months
from volunteer_network.thai_text import baht

NOTED: Final = ("actual", "disbursed", "committed", "problems", "suggestions")
NOT_YET: Final = 0  # the version of a quarter of which nothing was typed


@dataclass(frozen=True)
class Noted:
    """What was typed of one line in one quarter, from a version on; money in baht."""

    line: int
    version: int
    actual: int | None
    disbursed: Decimal
    committed: Decimal
    problems: str
    suggestions: str


class LineRefused(RuleViolation):
    """A rule about one line: `line` is its id, `field` the name within the line."""

    def __init__(self, line: int, message: str, field: str) -> None:
        super().__init__(message, field=field)
        self.line = line


class ProgressChanged(StaleEdit):
    """Somebody else typed of this line and quarter since the page was opened."""

    def __init__(self, line: int, row: PlanProgress) -> None:
        super().__init__(_("มีคนบันทึกงานนี้หลังจากที่เปิดหน้า ตรวจค่าที่บันทึกไว้ แล้วบันทึกอีกครั้งถ้าต้องการ"))
        self.line, self.row = line, row


@transaction.atomic
def note_quarter(*, plan: Plan, quarter: int, noted: Sequence[Noted], by: User) -> int:
    """Keep what was typed of a quarter (1 to 4); how many lines changed.

    Problems are wanted once the quarter is over and the result lies below the band "near"
    (product domain 9.4: mandatory when below target).
    """
    plan = lock_plan(plan.pk, by=by)
    refuse_closed(plan, quarter)
    lines = {line.pk: line for line in PlanLine.objects.visible_to(by).of(plan)}
    results = results_of(plan, lines.values(), user=by).of_line
    rows = _rows(plan, quarter, by)
    changed = 0
    for one in noted:
        if one.line in lines:
            row = rows.get(lines[one.line].lineage)
            changed += _note(plan, lines[one.line], quarter, row, one, results[one.line])
    if changed:
        audit.record(
            "plan.progress_noted",
            by=by,
            target=plan,
            province_code=plan.province_id,
            detail={"quarter": quarter, "lines": changed},
        )
    return changed


def refuse_closed(plan: Plan, quarter: int) -> None:
    """Refuse a quarter of which nothing can be typed: the plan is not in force, or it is early."""
    if plan.state != PlanState.APPROVED:
        raise RuleViolation(_("บันทึกผลได้เมื่อส่วนกลางอนุมัติแผนแล้ว"))
    refuse_closed_year(plan.fiscal_year)
    if first_day(plan.fiscal_year, quarter) > timezone.localdate():
        raise RuleViolation(_("ไตรมาส %(quarter)d ยังไม่เริ่ม") % {"quarter": quarter})


def first_day(fiscal_year: int, quarter: int) -> date:
    return fiscal_months(fiscal_year)[3 * (quarter - 1)]


def is_over(fiscal_year: int, quarter: int) -> bool:
    """Whether the quarter has ended."""
    last = quarter == 4
    after = first_day(fiscal_year + 1, 1) if last else first_day(fiscal_year, quarter + 1)
    return after <= timezone.localdate()


def wants_reason(fiscal_year: int, quarter: int, *, actual: int | None, target: int) -> bool:
    """Whether a quarter that is over lies below the band "near"."""
    percent = percent_of(actual or 0, target)
    near: int = settings.PLAN_BANDS[1]
    return percent is not None and percent < near and is_over(fiscal_year, quarter)


def _rows(plan: Plan, quarter: int, by: User) -> Mapping[object, PlanProgress]:
    rows = PlanProgress.objects.visible_to(by).filter(
        province=plan.province_id, fiscal_year=plan.fiscal_year, quarter=quarter
    )
    return {row.lineage: row for row in rows}


def _note(
    plan: Plan,
    line: PlanLine,
    quarter: int,
    row: PlanProgress | None,
    noted: Noted,
    result: LineResult,
) -> bool:
    """Write one line of the quarter where it differs from what is kept."""
    row = row or PlanProgress(
        province_id=plan.province_id,
        fiscal_year=plan.fiscal_year,
        lineage=line.lineage,
        quarter=quarter,
        version=NOT_YET,
    )
    typed = {name: getattr(noted, name) for name in NOTED}
    if line.measure != Measure.TYPED:
        typed["actual"] = None
    if all(getattr(row, name) == value for name, value in typed.items()):
        return False
    if row.version != noted.version:
        raise ProgressChanged(line.pk, row)
    _refuse_too_much_money(line, quarter, noted, result)
    actual = typed["actual"] if line.measure == Measure.TYPED else result.actual[quarter - 1]
    target = line.targets[quarter - 1]
    if not noted.problems and wants_reason(plan.fiscal_year, quarter, actual=actual, target=target):
        raise LineRefused(
            line.pk,
            _("ผลต่ำกว่าร้อยละ %(near)d ของแผน บอกปัญหาอุปสรรค") % {"near": settings.PLAN_BANDS[1]},
            "problems",
        )
    for name, value in typed.items():
        setattr(row, name, value)
    row.version += 1
    row.save()
    return True


def _refuse_too_much_money(line: PlanLine, quarter: int, noted: Noted, result: LineResult) -> None:
    others = sum(
        spent + bound
        for place, (spent, bound) in enumerate(
            zip(result.disbursed, result.committed, strict=True), start=1
        )
        if place != quarter
    )
    over = others + noted.disbursed + noted.committed - line.allotted
    if over > 0:
        raise LineRefused(
            line.pk,
            _("เบิกจ่ายและผูกพันรวมเกินงบจัดสรร %(baht)s บาท ตรวจตัวเลข หรือปรับแผนก่อน")
            % {"baht": baht(over)},
            "disbursed",
        )
