"""What to look at before a plan is proposed, agreed to or sent: each finding names its cell."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from reports.enums import LOG_MEASURES, BudgetType, Measure, PlanState
from reports.models import StandingProject
from reports.plan_bands import Band, percent_of
from reports.queries.plan_tables import PlanTable, Row
from volunteer_network.thai_text import baht

BAD, WARN, GOOD = "bad", "warn", "good"  # shapes of `{% status %}`
_ORDER: Final = {BAD: 0, WARN: 1, GOOD: 2}
_OF_QUARTERS: Final = (1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class Check:
    """One finding. `where` are the words of the link, `anchor` the id on the page, if it has one.

    `project` names a project of the centre that is missing.
    """

    tone: str
    text: str
    where: str = ""
    anchor: str = ""
    project: StandingProject | None = None


def checks_of(
    table: PlanTable,
    *,
    proved: Collection[int],
    required: Iterable[StandingProject],
    quarters_over: int,
) -> tuple[Check, ...]:
    """The findings, those to mend first. `proved` are ids of lines that name what proves them.

    `quarters_over` is how many quarters of the year have ended; results are looked at in an
    edition that is in force or follows one.
    """
    found = [
        *_sums(table),
        *_ceiling(table),
        *_required(table, required),
        *_people(table),
        *_proofs(table, proved),
    ]
    if table.plan.state == PlanState.APPROVED or table.plan.edition > 1:
        found += [*_results(table, quarters_over), *_money(table, quarters_over)]
    return tuple(sorted(found, key=lambda one: _ORDER[one.tone]))


def _sums(table: PlanTable) -> Iterator[Check]:
    wrong = [row for row in table.rows if not row.line.adds_up]
    for row in wrong:
        yield Check(
            BAD,
            _("ไตรมาสรวมได้ %(sum)s แต่ทั้งปีตั้งไว้ %(year)s")
            % {"sum": baht(sum(row.line.targets)), "year": baht(row.line.target)},
            _("งาน %(number)d ทั้งปี") % {"number": row.number},
            anchor(row, "y"),
        )
    if not table.rows:
        yield Check(BAD, _("แผนยังไม่มีงาน"))
    elif not wrong:
        yield Check(GOOD, _("ไตรมาสรวมตรงกับทั้งปีทุกงาน"))


def _ceiling(table: PlanTable) -> Iterator[Check]:
    left = table.left_under_ceiling
    if left is None:
        yield Check(WARN, _("ส่วนกลางยังไม่ตั้งเพดานงบของจังหวัด"))
    elif left < 0:
        yield Check(
            BAD, _("เกินเพดานจังหวัด %(over)s บาท") % {"over": baht(-left)}, _("งบรวม"), "total"
        )
    else:
        yield Check(GOOD, _("งบรวมไม่เกินเพดาน"))


def _required(table: PlanTable, required: Iterable[StandingProject]) -> Iterator[Check]:
    there = {row.line.standing_id for row in table.rows}
    missing = [project for project in required if project.pk not in there]
    for project in missing:
        yield Check(
            BAD, _("ยังไม่มีโครงการที่ทุกจังหวัดต้องมี “%(title)s”") % {"title": project.title},
            project=project,
        )  # fmt: skip
    if not missing:
        yield Check(GOOD, _("มีโครงการที่ทุกจังหวัดต้องมีครบ"))


def _people(table: PlanTable) -> Iterator[Check]:
    nobody = [row for row in table.rows if row.line.responsible_id is None]
    for row in nobody:
        yield Check(WARN, _("ยังไม่มีผู้รับผิดชอบ"), _line_words(row), anchor(row))
    if not nobody and table.rows:
        yield Check(GOOD, _("ทุกงานมีผู้รับผิดชอบ"))


def _proofs(table: PlanTable, proved: Collection[int]) -> Iterator[Check]:
    counted = 0
    for row in table.rows:
        measure = Measure(row.line.measure)
        if measure == Measure.TYPED:
            continue
        if row.line.pk in proved:
            counted += 1
            continue
        text = (
            _("ยังไม่บอกว่ากิจกรรมประเภทใดเป็นผล")
            if measure in LOG_MEASURES
            else _("ยังไม่บอกว่าสัมมนาใดเป็นผล")
        )
        yield Check(WARN, text, _line_words(row), anchor(row))
    yield Check(GOOD, _("ผลผูกกับบันทึก %(count)d งาน") % {"count": counted})


def _results(table: PlanTable, quarters_over: int) -> Iterator[Check]:
    """Quarters that are over and lie below "near": without a reason to mend, with one to know."""
    near = settings.PLAN_BANDS[1]
    for row in table.rows:
        for quarter, cell in zip(_OF_QUARTERS[:quarters_over], row.quarters, strict=False):
            if cell.band not in {Band.BEHIND, Band.FAR}:
                continue
            said = row.result.problems[quarter - 1]
            yield Check(
                WARN if said else BAD,
                _("ได้ %(percent)s%% ต่ำกว่า %(near)d%% %(said)s")
                % {
                    "percent": f"{cell.percent:.0f}",
                    "near": near,
                    "said": _("บอกเหตุแล้ว") if said else _("ยังไม่มีเหตุ"),
                },
                _("งาน %(number)d ไตรมาส %(quarter)d") % {"number": row.number, "quarter": quarter},
                anchor(row, f"q{quarter}"),
            )


def _money(table: PlanTable, quarters_over: int) -> Iterator[Check]:
    """Lines that spent less than half of what an even year would have spent by now."""
    expected = Decimal(25 * quarters_over)
    half = settings.PLAN_BANDS[2]
    for row in table.rows:
        if row.line.budget_type == BudgetType.NONE or not row.line.allotted:
            continue
        spent = row.disbursed_percent or Decimal(0)
        share = percent_of(int(spent), int(expected)) if expected else None
        if share is not None and share < half:
            yield Check(
                WARN,
                _("เบิกจ่าย %(percent)s%% ผ่านมาแล้ว %(quarters)d ไตรมาส")
                % {"percent": f"{spent:.0f}", "quarters": quarters_over},
                _("งาน %(number)d งบ") % {"number": row.number},
                anchor(row, "b"),
            )


def _line_words(row: Row) -> str:
    return _("งาน %(number)d") % {"number": row.number}


def anchor(row: Row, part: str = "") -> str:
    """The id of a line on its page, or of one of its cells: q1 to q4, y (year), b (budget)."""
    return f"l{row.line.pk}-{part}" if part else f"l{row.line.pk}"
