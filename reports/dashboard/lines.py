"""The lines of each table: figures in words, each with the address of its rows or none."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from django.utils.translation import gettext as _

from reports.dashboard.charts import Ranked, Ranking, outcome_names
from reports.dashboard.doors import Doors
from reports.dashboard.keys import MINUS
from reports.dashboard.measures import Measure
from reports.enums import BudgetType
from reports.queries.boards import Dashboard, Month
from reports.queries.cells import Cell
from volunteer_network.figure_words import count_in_words, share_in_words
from volunteer_network.known_places import known_offices
from volunteer_network.thai_calendar import short_month_name
from volunteer_network.thai_text import baht, sort_key

NOTHING: Final = "–"
SUMS: Final = 0  # number of the line of sums
Printed = tuple[str, str]  # a figure in words, the address of its rows
NONE: Final = (NOTHING, "")


@dataclass(frozen=True)
class Line:
    number: int
    label: str
    cells: tuple[Printed, ...]
    lead: str = ""


def key_heads() -> tuple[str, ...]:
    return (_("ผล"), _("จาก"), _("ร้อยละ"))


def keys(board: Dashboard, doors: Doors) -> list[Line]:
    """Result, of how many, and the share of it; each number is the same in every print."""
    found = [*_people(board, doors), *_reports(board, doors), *_cases(board, doors)]
    total = board.total
    if total.allotted:
        plans = doors.plans()
        cells = ((baht(total.disbursed), plans), (baht(total.allotted), plans))
        found.append(_of(9, _("เบิกจ่ายงบประมาณทั้งปี (บาท)"), *cells, total.disbursed_percent))
    if total.accepted:
        cells = (
            (count_in_words(total.shown("attended")), ""),
            (count_in_words(total.shown("accepted")), ""),
        )
        found.append(_of(10, _("เข้าสัมมนา (คน)"), *cells, total.attended_percent))
    return found


def _people(board: Dashboard, doors: Doors) -> Iterator[Line]:
    total = board.total
    label = _("ผู้รับบริการ %(period)s (คน)") % {"period": board.question.period}
    yield Line(1, label, ((count_in_words(total.shown("people")), doors.activities()), NONE, NONE))
    if total.people_before:
        now, before = (
            count_in_words(total.shown(name)) for name in ("people_ended", "people_before")
        )
        label = _("เดือนที่สิ้นสุดแล้ว เทียบเดือนเดียวกันปีก่อน (คน)")
        yield Line(2, label, ((now, ""), (before, ""), (_growth(total.growth_percent), "")))
    if total.plan_thirds:
        people, target = (
            count_in_words(total.shown("plan_people")),
            count_in_words(total.plan_target),
        )
        label = _("ผลต่อแผน ถึงเดือนที่สิ้นสุด (คน)")
        yield _of(3, label, (people, ""), (target, doors.plans()), total.plan_percent)


def _reports(board: Dashboard, doors: Doors) -> Iterator[Line]:
    total, month = board.total, board.question.reporting
    if month is None:
        return
    words, rows = {"month": short_month_name(month)}, doors.reports()
    all_of_them = (count_in_words(total.expected), rows)
    label = _("รายงานเดือน %(month)s ที่ได้รับ (คน)") % words
    yield _of(4, label, (count_in_words(total.received), rows), all_of_them, total.received_percent)
    label = _("รายงานเดือน %(month)s ที่ทันกำหนด (คน)") % words
    yield _of(5, label, (count_in_words(total.on_time), rows), all_of_them, total.on_time_percent)
    if not board.question.province:
        complete, offices = (
            (count_in_words(total.complete), rows),
            (count_in_words(total.offices), rows),
        )
        yield Line(6, _("จังหวัดส่งรายงานครบ"), (complete, offices, NONE))


def _cases(board: Dashboard, doors: Doors) -> Iterator[Line]:
    """Sub-districts and cases."""
    total = board.total
    label = _("ตำบลที่มี อสร. ปฏิบัติหน้าที่ (ตำบล)")
    covered = (count_in_words(total.covered), doors.volunteers())
    yield _of(7, label, covered, (count_in_words(total.places), ""), total.covered_percent)
    few = total.served_percent is None and total.cases
    served = (count_in_words(total.shown("served")), doors.outcome("served"))
    label = _("ส่งต่อแล้วได้รับบริการ (เรื่อง)")
    yield _of(
        8, label, served, (count_in_words(None if few else total.cases), ""), total.served_percent
    )


def _of(number: int, label: str, part: Printed, whole: Printed, percent: float | None) -> Line:
    return Line(number, label, (part, whole, (share_in_words(percent), "")))


def month_heads() -> tuple[str, ...]:
    return (
        *(_("ผู้รับ บริการ"), _("ปีก่อน"), _("ชี้เป้า"), _("คัดกรอง"), _("ส่งต่อ")),
        *(_("ต้อง รายงาน"), _("ได้รับ"), _("ทัน กำหนด")),
    )


def months(board: Dashboard, doors: Doors) -> list[Line]:
    return [
        Line(number, one.short, tuple(_month(one, before, doors)))
        for number, (one, before) in enumerate(
            zip(board.months, board.question.year_before, strict=True), start=1
        )
    ]


def _month(one: Month, before: date, doors: Doors) -> Iterator[Printed]:
    """Nothing is said of a month that has not come; its year before is known."""
    rows = doors.in_month(one.month)
    log, reports = (
        rows.activities() if one.has_begun else "",
        rows.reports() if one.has_ended else "",
    )
    addresses = [log, doors.in_month(before).activities(), log, log, log, *[reports] * 3]
    for words, address in zip(one.row, addresses, strict=True):
        yield NONE if words is None else (words, address)


def quarter_heads() -> tuple[str, ...]:
    return (_("แผน (คน)"), _("ผล (คน)"))


def quarters(board: Dashboard, doors: Doors) -> list[Line]:
    """The categories that prove a plan differ by province: no list shows their people."""
    plans = doors.plans()
    return [
        Line(
            one.number,
            _("ไตรมาส %(number)d") % {"number": one.number},
            (
                (count_in_words(one.target), plans),
                (count_in_words(None if one.hidden else one.people), ""),
            ),
        )
        for one in board.quarters
    ]


def budget_heads() -> tuple[str, ...]:
    return (_("จัดสรร (บาท)"), _("เบิกจ่าย (บาท)"))


def budgets(board: Dashboard) -> list[Line]:
    """By type of money; a plan has lines of several types."""
    numbers = {kind: number for number, kind in enumerate(BudgetType)}
    return [
        Line(
            numbers[one.budget_type],
            str(one.budget_type.label),
            ((baht(one.allotted), ""), (baht(one.disbursed), "")),
        )
        for one in board.budgets
    ]


def outcome_heads() -> tuple[str, ...]:
    return (_("เรื่อง"),)


def outcomes(board: Dashboard, doors: Doors) -> list[Line]:
    return [
        Line(number, label, ((count_in_words(board.total.shown(name)), doors.outcome(name)),))
        for number, (name, label) in enumerate(outcome_names(), start=1)
    ]


def region_heads() -> tuple[str, ...]:
    return (
        *(_("ส่งครบ"), _("ตำบลที่มี อสร."), _("ผู้รับ บริการ"), _("ผลต่อ แผน %")),
        *(_("ส่งต่อ"), _("เบิก จ่าย %")),
    )


def regions(board: Dashboard, doors: Doors) -> list[Line]:
    """Lowest first by the plan, the sums at the end."""
    numbers = {name: number for number, name in enumerate(_all_regions(), start=1)}
    lowest_first = sorted(board.regions, key=lambda cell: cell.plan_percent or 0)
    lines = [
        Line(numbers[cell.name], cell.name, _region(cell, doors.about(region=cell.name)))
        for cell in lowest_first
    ]
    return [*lines, Line(SUMS, _("รวม"), _region(board.total, doors))]


def _region(cell: Cell, doors: Doors) -> tuple[Printed, ...]:
    return (
        (f"{count_in_words(cell.complete)} / {count_in_words(cell.offices)}", doors.reports()),
        (f"{count_in_words(cell.covered)} / {count_in_words(cell.places)}", doors.volunteers()),
        (cell.people_text, doors.activities()),
        (_bare(cell.plan_percent), ""),
        (cell.referred_text, doors.activities()),
        (_bare(cell.disbursed_percent), doors.plans()),
    )


def province_heads(measure: Measure) -> tuple[str, ...]:
    return (
        *(str(measure.label), _("ส่งรายงาน"), _("ตำบลที่มี อสร."), _("ผู้รับ บริการ")),
        *(_("ส่งต่อ"), _("เบิก จ่าย %")),
    )


def provinces(ranking: Ranking, doors: Doors) -> list[Line]:
    """Lowest first by the measure of the map; the number of a line is the code of the province."""
    return [
        Line(
            number=row.cell.code,
            label=row.cell.name,
            cells=tuple(_province(row, ranking.measure, doors)),
            lead=str(row.rank) if row.rank else NOTHING,
        )
        for row in ranking.rows
    ]


def _province(row: Ranked, measure: Measure, doors: Doors) -> Iterator[Printed]:
    cell = row.cell
    rows = doors.about(province=cell.code, region="", cluster="")
    log, reports, register, plan = (
        *(rows.activities(), rows.reports(), rows.volunteers(), rows.plans()),
    )
    by_measure = {
        "people": log,
        "covered": register,
        "on-time": reports,
        "served": rows.outcome("served"),
        "disbursed": plan,
    }
    yield row.words, by_measure.get(measure.name, "")
    yield f"{count_in_words(cell.received)} / {count_in_words(cell.expected)}", reports
    yield f"{count_in_words(cell.covered)} / {count_in_words(cell.places)}", register
    yield cell.people_text, log
    yield cell.referred_text, log
    yield _bare(cell.disbursed_percent), plan


@cache
def _all_regions() -> list[str]:
    return sorted({office.region for office in known_offices()}, key=sort_key)


def _bare(percent: float | None) -> str:
    """Under a heading that says percent."""
    return NOTHING if percent is None else f"{percent:.1f}"


def _growth(percent: float | None) -> str:
    return NOTHING if percent is None else f"{percent:+.1f}%".replace("-", MINUS)
