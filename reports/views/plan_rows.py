"""A plan's lines as its page draws them, and as a file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.http import FileResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.enums import BudgetType, Measure, PlanState
from reports.models import Plan, PlanComment
from reports.plan_bands import SHAPES, Band
from reports.queries.plan_pages import PlanPage
from reports.queries.plan_tables import Cell, Row
from volunteer_network import audit
from volunteer_network.access.requests import StaffRequest
from volunteer_network.access.roles import Capability
from volunteer_network.thai_calendar import fiscal_month_index, fiscal_months
from volunteer_network.thai_text import baht, initials
from volunteer_network.ui.exports import ExportColumn, export_response

MONTH_WIDTH: Final = 36  # of the bars' drawing: twelve months make 432
TINTS: Final = {Band.BEHIND: "warn-c", Band.FAR: "bad-c"}
NOTHING: Final = "–"


@dataclass(frozen=True, slots=True)
class CellView:
    """One figure pair: plan in grey, actual in bold, the percentage with shape and word."""

    anchor: str
    plan: str
    actual: str
    percent: str
    href: str = ""
    tint: str = ""  # "warn-c", "bad-c"
    shape: str = ""  # of the band; empty while the time is not over
    band: str = ""
    label: str = ""  # for screen readers: which quarter
    now: bool = False


@dataclass(frozen=True, slots=True)
class MonthView:
    planned: bool
    actual: str
    now: bool


@dataclass(frozen=True, slots=True)
class CommentView:
    who: str
    initials: str
    at: Any
    text: str
    reason: str
    waits: bool


@dataclass(frozen=True, slots=True)
class RowView:
    pk: int
    number: int
    title: str
    caption: str
    href: str
    heading: str  # of the group that begins here
    quarters: tuple[CellView, ...]
    months: tuple[MonthView, ...]
    year: CellView
    money: CellView | None
    todo: tuple[tuple[int, int], ...]  # left and width in the drawing
    done: tuple[tuple[int, int], ...]
    said: tuple[CommentView, ...]
    open_to_write: bool
    changed: bool


def rows_of(page: PlanPage, request: StaffRequest) -> list[RowView]:
    """The rows to draw, in the order of the table."""
    changed = {one.line.pk for one in page.since_return if one.line}
    headings = {group.rows[0].line.pk: group.group.label for group in page.table.groups}
    address = reverse("plans:line", args=[page.plan.fiscal_year, page.plan.province_id, 0])
    sees_log = request.user.can(Capability.VIEW_ACTIVITIES)
    return [
        _row(
            page,
            row,
            address.replace("/lines/0/", f"/lines/{row.line.pk}/"),
            headings,
            changed,
            sees_log=sees_log,
        )
        for row in page.table.rows
    ]


def _row(
    page: PlanPage,
    row: Row,
    href: str,
    headings: dict[int, Any],
    changed: set[int],
    *,
    sees_log: bool,
) -> RowView:
    line = row.line
    edition = "" if page.plan == page.editions[0] else f"?edition={page.plan.edition}"
    proved = sees_log and line.measure != Measure.TYPED
    counted = page.plan.state in {PlanState.APPROVED, PlanState.REPLACED} or any(
        one is not None for one in row.result.actual
    )
    who = f"{line.responsible.first_name}" if line.responsible else _("ยังไม่มีผู้รับผิดชอบ")
    return RowView(
        pk=line.pk,
        number=row.number,
        title=line.title,
        caption=f"{line.indicator} ({line.unit}) · {who}",
        href=f"{href}{edition}",
        heading=str(headings.get(line.pk, "")),
        quarters=tuple(
            _quarter(page, row, place, cell, f"{href}{edition}#q{place}" if proved else "")
            for place, cell in enumerate(row.quarters, start=1)
        ),
        months=_months(page, row),
        year=_year(row, f"{href}{edition}" if proved and counted else ""),
        money=_money(row),
        todo=tuple(_runs(line.months)),
        done=tuple(_runs(_months_done(page, row))),
        said=tuple(map(comment_view, page.comments.get(line.pk, ()))),
        open_to_write=line.pk in page.asked,
        changed=line.pk in changed,
    )


def _quarter(page: PlanPage, row: Row, place: int, cell: Cell, href: str) -> CellView:
    over = place <= page.quarters_over
    begun = over or place == page.quarter_now
    band = cell.band if over else None
    # A result of a quarter to come can only be nothing: it stays away.
    shown = cell.actual if begun else None
    return CellView(
        anchor=f"l{row.line.pk}-q{place}",
        plan=baht(cell.target) if cell.target else NOTHING,
        actual="" if shown is None or not (shown or cell.target) else baht(shown),
        percent=f"{cell.percent:.0f}%" if shown is not None and cell.percent is not None else "",
        href=href if shown else "",
        tint=TINTS.get(band, "") if band else "",
        shape=SHAPES[band] if band else "",
        band=str(band.label) if band else "",
        label=_("ไตรมาส %(quarter)d") % {"quarter": place},
        now=place == page.quarter_now,
    )


def _year(row: Row, href: str) -> CellView:
    cell = row.year
    known = cell.actual is not None
    return CellView(
        anchor=f"l{row.line.pk}-y",
        plan=baht(cell.target),
        actual=baht(cell.actual or 0) if known else "",
        percent=f"{cell.percent:.0f}%" if cell.percent is not None else "",
        href=href if cell.actual else "",
        tint="" if row.line.adds_up else "bad-c",
        label=_("ทั้งปี"),
    )


def _money(row: Row) -> CellView | None:
    if row.line.budget_type == BudgetType.NONE:
        return None
    percent = row.disbursed_percent
    return CellView(
        anchor=f"l{row.line.pk}-b",
        plan=baht(row.line.allotted),
        actual=baht(row.result.disbursed_year) if row.result.disbursed_year else "",
        percent=f"{percent:.0f}%" if percent else "",
        label=_("งบประมาณ (บาท)"),
    )


def _months(page: PlanPage, row: Row) -> tuple[MonthView, ...]:
    now = month_now(page.plan, page.today)
    begun = 12 if page.quarters_over == 4 else now or 0
    results = row.result.by_month
    return tuple(
        MonthView(
            planned=month in row.line.months,
            actual=baht(results[month - 1]) if results and month <= begun else "",
            now=month == now,
        )
        for month in range(1, 13)
    )


def _months_done(page: PlanPage, row: Row) -> list[int]:
    """Months with a result: known from the log, or planned ones of quarters with a typed result."""
    now = month_now(page.plan, page.today) or (12 if page.quarters_over == 4 else 0)
    if row.result.by_month is not None:
        return [month for month in range(1, 13) if row.result.by_month[month - 1]]
    return [
        month for month in row.line.months if month <= now and row.result.actual[(month - 1) // 3]
    ]


def month_now(plan: Plan, today: date) -> int | None:
    """The month of the plan's year that runs, October 1; None in another year."""
    if today.replace(day=1) not in fiscal_months(plan.fiscal_year):
        return None
    return fiscal_month_index(today)


def today_mark(plan: Plan, today: date) -> int | None:
    """Where today stands in the drawing of the bars."""
    now = month_now(plan, today)
    return None if now is None else round((now - 1 + (today.day - 1) / 31) * MONTH_WIDTH)


def _runs(months: Iterable[int]) -> list[tuple[int, int]]:
    """Neighbouring months as one bar each: left and width."""
    bars: list[list[int]] = []
    for month in sorted(months):
        if bars and bars[-1][1] == month - 1:
            bars[-1][1] = month
        else:
            bars.append([month, month])
    return [
        ((first - 1) * MONTH_WIDTH + 2, (last - first + 1) * MONTH_WIDTH - 4)
        for first, last in bars
    ]


def comment_view(comment: PlanComment) -> CommentView:
    return CommentView(
        who=str(comment.by),
        initials=initials(comment.by.first_name, comment.by.last_name),
        at=comment.at,
        text=comment.text,
        reason=comment.get_reason_display() if comment.reason else "",
        waits=comment.returns and comment.settled_at is None,
    )


def export_plan(request: StaffRequest, form: str, page: PlanPage) -> FileResponse:
    """The table as a file; who took it out stands in the audit."""
    plan = page.plan
    audit.record(
        "plan.exported",
        by=request.user,
        target=plan,
        province_code=plan.province_id,
        detail={"fiscal_year": plan.fiscal_year, "edition": plan.edition},
    )
    return export_response(form, title=str(plan), columns=_columns(), rows=page.table.rows)


def _columns() -> Sequence[ExportColumn]:
    def quarter(place: int) -> list[ExportColumn]:
        name = _("ไตรมาส %(quarter)d") % {"quarter": place}
        return [
            ExportColumn(
                f"{name} {_('แผน')}", 12, lambda row: row.line.targets[place - 1], "number"
            ),
            ExportColumn(
                f"{name} {_('ผล')}", 12, lambda row: row.result.actual[place - 1], "number"
            ),
        ]

    return [
        ExportColumn(gettext_lazy("ลำดับ"), 8, lambda row: row.number, "number"),
        ExportColumn(gettext_lazy("กลุ่มงาน"), 18, lambda row: row.line.get_group_display()),
        ExportColumn(gettext_lazy("งาน/กิจกรรม"), 50, lambda row: row.line.title),
        ExportColumn(gettext_lazy("ตัวชี้วัด"), 24, lambda row: row.line.indicator),
        ExportColumn(gettext_lazy("หน่วยนับ"), 10, lambda row: row.line.unit),
        *(column for place in (1, 2, 3, 4) for column in quarter(place)),
        ExportColumn(gettext_lazy("ทั้งปี แผน"), 12, lambda row: row.line.target, "number"),
        ExportColumn(gettext_lazy("ทั้งปี ผล"), 12, lambda row: row.result.actual_year, "number"),
        ExportColumn(gettext_lazy("ประเภทงบ"), 16, lambda row: row.line.get_budget_type_display()),
        ExportColumn(
            gettext_lazy("งบจัดสรร (บาท)"), 14, lambda row: float(row.line.allotted), "number"
        ),
        ExportColumn(
            gettext_lazy("เบิกจ่าย (บาท)"), 14, lambda row: float(row.result.disbursed_year), "number"
        ),
        ExportColumn(gettext_lazy("พื้นที่"), 20, lambda row: row.line.area),
        ExportColumn(gettext_lazy("ผู้รับผิดชอบ"), 24, lambda row: str(row.line.responsible or "")),
    ]
