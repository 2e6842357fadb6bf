"""The log as a list: its columns, orders, files, and the figures on top of it."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from volunteer_network import audit
from volunteer_network.access.requests import StaffRequest
from volunteer_network.enums import ActivityKind, Category
from volunteer_network.forms.activities import ActivityFilter
from volunteer_network.services.figures import Totals, by_category, month_totals
from volunteer_network.thai_calendar import fiscal_year, month_name, quarter
from volunteer_network.thai_text import full_name
from volunteer_network.ui.exports import ExportColumn
from volunteer_network.ui.keyset import Ordering
from volunteer_network.ui.pages import ListPage

FIELDS = (
    *("on_date", "category", "kind", "village", "people", "spotted", "screened", "referred"),
    *("volunteer__title", "volunteer__first_name", "volunteer__last_name", "volunteer_id"),
    *("subdistrict__name", "district__name", "province__name", "agency_id", "photo_id", "note"),
    *("people_male", "people_female"),
)
CATEGORIES_SHOWN = 6


@dataclass(frozen=True)
class LogRow:
    """One line of the log, ready to draw."""

    pk: int
    href: str
    on_date: date
    who: str
    who_href: str
    category: str
    kind: str
    place: str
    district: str
    province: str
    people: int
    spotted: int
    screened: int
    referred: int
    has_photo: bool


def dress(request: StaffRequest, rows: list[Any]) -> list[LogRow]:
    address = reverse("activities:detail", args=[0])
    person = reverse("volunteers:detail", args=[0])
    return [
        LogRow(
            pk=row.pk,
            href=address.replace("/0/", f"/{row.pk}/"),
            on_date=row.on_date,
            who=_who(row),
            who_href=person.replace("/0/", f"/{row.volunteer_id}/"),
            category=_category(row.category),
            kind=_kind(row.kind),
            place=row.subdistrict__name,
            district=row.district__name,
            province=row.province__name,
            people=row.people,
            spotted=row.spotted,
            screened=row.screened,
            referred=row.referred,
            has_photo=row.photo_id is not None,
        )
        for row in rows
    ]


@cache
def _category(category: str) -> str:
    return str(Category(category).label)


@cache
def _kind(kind: str) -> str:
    return str(ActivityKind(kind).label)


def _who(row: Any) -> str:
    return full_name(row.volunteer__title, row.volunteer__first_name, row.volunteer__last_name)


def note_export(request: StaffRequest) -> None:
    audit.record(
        "activities.exported",
        by=request.user,
        province_code=request.user.province_id,
        detail={"filters": sorted(request.GET.keys() - {"export"})},
    )


LOG = ListPage(
    template="volunteer_network/activities/list.html",
    title=gettext_lazy("บันทึกกิจกรรมอาสาสมัครแรงงาน"),
    fields=FIELDS,
    orderings=(
        Ordering("latest", gettext_lazy("วันที่"), ("on_date",), descending=True),
        Ordering("earliest", gettext_lazy("วันที่ เก่าสุดก่อน"), ("on_date",)),
    ),
    export=(
        ExportColumn(gettext_lazy("วันที่"), 14, lambda row: row.on_date, "date"),
        ExportColumn(gettext_lazy("อาสาสมัคร"), 26, _who),
        ExportColumn(gettext_lazy("ตำบล"), 18, lambda row: row.subdistrict__name),
        ExportColumn(gettext_lazy("อำเภอ"), 18, lambda row: row.district__name),
        ExportColumn(gettext_lazy("จังหวัด"), 18, lambda row: row.province__name),
        ExportColumn(gettext_lazy("สถานที่"), 20, lambda row: row.village),
        ExportColumn(gettext_lazy("ประเภทงาน"), 26, lambda row: str(Category(row.category).label)),
        ExportColumn(gettext_lazy("ลักษณะ"), 20, lambda row: str(ActivityKind(row.kind).label)),
        ExportColumn(gettext_lazy("หน่วยงาน"), 10, lambda row: row.agency_id),
        ExportColumn(gettext_lazy("ชาย"), 8, lambda row: row.people_male, "number"),
        ExportColumn(gettext_lazy("หญิง"), 8, lambda row: row.people_female, "number"),
        ExportColumn(gettext_lazy("ชี้เป้า"), 8, lambda row: row.spotted, "number"),
        ExportColumn(gettext_lazy("คัดกรอง"), 8, lambda row: row.screened, "number"),
        ExportColumn(gettext_lazy("ส่งต่อ"), 8, lambda row: row.referred, "number"),
        ExportColumn(gettext_lazy("รายละเอียด"), 40, lambda row: row.note),
    ),
    note_export=note_export,
    dress=dress,
)


@dataclass(frozen=True)
class LogFigures:
    """The figures on top of the log: of what period, the totals, the largest categories."""

    period: str
    totals: Totals
    categories: list[tuple[str, Totals]]
    other_categories: int


def figures_of(filters: ActivityFilter) -> LogFigures | None:
    """Figures of the months and places that the filters name, from the roll-ups.

    None when a filter asks for what the roll-ups do not know: a word, or one person.
    """
    active = filters.active
    if active.keys() & {"q", "volunteer"}:
        return None
    first, last = filters.months
    where: dict[str, Any] = {
        "month_from": first,
        "month_to": last,
        "provinces": _provinces(filters),
        "district": active.get("district"),
    }
    categories = by_category(**where)
    if "category" in active:
        chosen = Category(active["category"])
        categories = {chosen: categories[chosen]} if chosen in categories else {}
    ranked = sorted(categories.items(), key=lambda pair: -pair[1].activities)
    return LogFigures(
        period=_period(filters, first, last),
        totals=month_totals(**where, category=active.get("category")),
        categories=[(str(name.label), totals) for name, totals in ranked[:CATEGORIES_SHOWN]],
        other_categories=max(len(ranked) - CATEGORIES_SHOWN, 0),
    )


def _period(filters: ActivityFilter, first: date, last: date) -> str:
    """In words: a month, a quarter, a fiscal year, or this one until today."""
    words = {"year": fiscal_year(last), "part": quarter(last)}
    if first == last:
        return month_name(first)
    if filters.span is None:
        return _("ปีงบประมาณ %(year)d ถึงวันนี้") % words
    if quarter(first) == quarter(last):
        return _("ไตรมาสที่ %(part)d ปีงบประมาณ %(year)d") % words
    return _("ปีงบประมาณ %(year)d") % words


def _provinces(filters: ActivityFilter) -> list[int] | None:
    if chosen := filters.active.get("province"):
        return [chosen.pk] if filters.area is None or chosen.pk in filters.area else []
    if filters.area is not None:
        return filters.area
    return None if filters.scope.nationwide else list(filters.scope.provinces)
