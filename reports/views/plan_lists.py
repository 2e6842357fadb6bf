"""The plans of a year as a list: one line for each province, or each own edition."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import Count, Sum
from django.http import FileResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.enums import PlanState
from reports.forms.plans import LATE, NOT_BEGUN, PlanFilter
from reports.models import Ceiling, Direction, Plan, PlanLine
from reports.queries.plan_tables import current_plan
from reports.queries.plan_turns import Turn, turn_of
from volunteer_network import audit
from volunteer_network.access.requests import StaffRequest
from volunteer_network.models import Province
from volunteer_network.ui.exports import ExportColumn, export_response

TONES: Final = {
    None: "off",
    PlanState.DRAFT: "off",
    PlanState.PROPOSED: "half",
    PlanState.AGREED: "half",
    PlanState.SENT: "half",
    PlanState.RETURNED: "bad",
    PlanState.APPROVED: "good",
    PlanState.REPLACED: "off",
    PlanState.CANCELLED: "off",
}
# How far a plan is from being approved: the weakest first.
_WEAKEST: Final = [None, *PlanState]


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One line of the list. `edition` is 0 where the province has not begun."""

    province: Province
    fiscal_year: int
    href: str
    edition: int
    state: PlanState | None
    turn: Turn
    late: int  # days
    lines: int
    allotted: Decimal  # baht
    ceiling: Decimal | None  # baht

    @property
    def tone(self) -> str:
        return TONES[self.state]

    @property
    def state_words(self) -> str:
        return str(self.state.label) if self.state else _("ยังไม่เริ่ม")

    @property
    def over_ceiling(self) -> bool:
        return self.ceiling is not None and self.allotted > self.ceiling


@dataclass(frozen=True, slots=True)
class ReadyView:
    label: str
    href: str
    count: int
    current: bool


def rows_for(
    request: StaffRequest, filters: PlanFilter, year: int, opened: Iterable[Direction]
) -> list[PlanRow]:
    """All rows of the list before state, region and words are looked at, late ones first."""
    user = request.user
    today = timezone.localdate()
    plans = Plan.objects.visible_to(user).select_related("province")
    directions = {one.fiscal_year: one for one in opened}
    if user.scope.province and "fy" not in filters.active:
        found: list[tuple[Province, int, Plan | None]] = [
            (plan.province, plan.fiscal_year, plan) for plan in plans.order_by("-fiscal_year")
        ]
        begun = {fiscal_year for _province, fiscal_year, _plan in found}
        own = Province.objects.get(pk=user.scope.province)
        found = [(own, one, None) for one in directions if one not in begun] + found
    else:
        found = _of_year(request, list(plans.of_year(year)), year)
    sums = _sums(request, [plan.pk for _province, _year, plan in found if plan])
    ceilings = {
        (one.direction.fiscal_year, one.province_id): one.amount
        for one in Ceiling.objects.filter(
            province__in={province.pk for province, _year, _plan in found}
        ).select_related("direction")
    }
    rows = [
        _row(province, one, plan, directions.get(one), sums, ceilings, today)
        for province, one, plan in found
    ]
    if user.scope.province:
        return sorted(rows, key=lambda row: (-row.fiscal_year, -row.edition))
    return sorted(
        rows,
        key=lambda row: (-row.late, _WEAKEST.index(row.state), row.province.sort_key),
    )


def matching(rows: Iterable[PlanRow], filters: PlanFilter) -> list[PlanRow]:
    """The rows that match every filter in force."""
    active = filters.active
    words, state, region = (active.get(name, "") for name in ("q", "state", "region"))
    return [
        row
        for row in rows
        if words.strip() in row.province.name
        and (not region or row.province.region == region)
        and _in_state(row, state)
    ]


def views_of(rows: Sequence[PlanRow], filters: PlanFilter) -> list[ReadyView]:
    """The questions asked most of a year."""
    chosen = filters.active.get("state", "")
    kept = {"fy": filters.active["fy"]} if "fy" in filters.active else {}
    asked = [
        ("", _("ทั้งหมด")),
        (LATE, _("เลยกำหนด")),
        (NOT_BEGUN, _("ยังไม่เริ่ม")),
        (PlanState.SENT.value, _("รอส่วนกลาง")),
        (PlanState.APPROVED.value, _("อนุมัติแล้ว")),
    ]
    return [
        ReadyView(
            label,
            f"{reverse('plans:list')}?{urlencode(kept | ({'state': state} if state else {}))}",
            sum(_in_state(row, state) for row in rows),
            chosen == state,
        )
        for state, label in asked
    ]


def export_rows(request: StaffRequest, form: str, rows: Sequence[PlanRow]) -> FileResponse:
    audit.record(
        "plans.exported",
        by=request.user,
        province_code=request.user.province_id,
        detail={"count": len(rows)},
    )
    return export_response(form, title=_("แผนงานประจำปี"), columns=COLUMNS, rows=rows)


COLUMNS: Final[tuple[ExportColumn, ...]] = (
    ExportColumn(gettext_lazy("ปีงบประมาณ"), 12, lambda row: str(row.fiscal_year)),
    ExportColumn(gettext_lazy("จังหวัด"), 22, lambda row: row.province.name),
    ExportColumn(gettext_lazy("ภาค"), 20, lambda row: row.province.region),
    ExportColumn(gettext_lazy("ฉบับที่"), 8, lambda row: row.edition or "", "number"),
    ExportColumn(gettext_lazy("สถานะ"), 24, lambda row: row.state_words),
    ExportColumn(gettext_lazy("รอใคร"), 30, lambda row: row.turn.words),
    ExportColumn(gettext_lazy("ภายใน"), 14, lambda row: row.turn.until, "date"),
    ExportColumn(gettext_lazy("เลยกำหนด (วัน)"), 12, lambda row: row.late, "number"),
    ExportColumn(gettext_lazy("งาน"), 8, lambda row: row.lines, "number"),
    ExportColumn(gettext_lazy("งบ (บาท)"), 14, lambda row: float(row.allotted), "number"),
    ExportColumn(
        gettext_lazy("เพดาน (บาท)"),
        14,
        lambda row: None if row.ceiling is None else float(row.ceiling),
        "number",
    ),
)


def _of_year(
    request: StaffRequest, plans: list[Plan], year: int
) -> list[tuple[Province, int, Plan | None]]:
    """Each province that the person sees with its current edition, or with none."""
    of_province: dict[int, list[Plan]] = {}
    for plan in plans:
        of_province.setdefault(plan.province_id, []).append(plan)
    scope = request.user.scope
    provinces = Province.objects.filter(has_office=True)
    if not scope.nationwide:
        provinces = provinces.filter(pk__in=scope.provinces)
    return [(one, year, current_plan(of_province.get(one.pk, ()))) for one in provinces]


def _sums(request: StaffRequest, plans: list[int]) -> dict[int, tuple[int, Decimal]]:
    rows = PlanLine.objects.visible_to(request.user).filter(plan__in=plans).order_by()
    grouped = rows.values("plan").annotate(lines=Count("pk"), baht=Sum("allotted"))
    return {row["plan"]: (row["lines"], row["baht"]) for row in grouped}


def _row(
    province: Province,
    year: int,
    plan: Plan | None,
    direction: Direction | None,
    sums: dict[int, tuple[int, Decimal]],
    ceilings: dict[tuple[int, int], Decimal],
    today: date,
) -> PlanRow:
    state = PlanState(plan.state) if plan else None
    turn = turn_of(state, direction)
    lines, allotted = sums.get(plan.pk, (0, Decimal(0))) if plan else (0, Decimal(0))
    address = reverse("plans:detail", args=[year, province.pk])
    return PlanRow(
        province=province,
        fiscal_year=year,
        href=f"{address}?edition={plan.edition}" if plan else address,
        edition=plan.edition if plan else 0,
        state=state,
        turn=turn,
        late=turn.days_late(today),
        lines=lines,
        allotted=allotted,
        ceiling=ceilings.get((year, province.pk)),
    )


def _in_state(row: PlanRow, state: Any) -> bool:
    if state == LATE:
        return row.late > 0
    if state == NOT_BEGUN:
        return row.state is None
    return not state or row.state == state
