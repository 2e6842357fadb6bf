"""Visits and meetings as a list by week, what is overdue first."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentors.enums import VisitKind, VisitState
from mentors.models.visits import VisitQuerySet, title_of
from volunteer_network.access.requests import StaffRequest
from volunteer_network.thai_calendar import clock, remaining, short_date
from volunteer_network.thai_text import full_name
from volunteer_network.ui.exports import ExportColumn
from volunteer_network.ui.keyset import Ordering
from volunteer_network.ui.pages import ListPage
from volunteer_network.views.export_notes import noted_as

STATE_SHAPES = {
    VisitState.PLANNED: "half",
    VisitState.DONE: "good",
    VisitState.CANCELLED: "off",
}
FIELDS = (
    *("kind", "fiscal_year", "round_number", "on_date", "starts_at", "place", "purpose"),
    *("state", "subdistrict__name", "province__name", "people"),
    *("mentor__title", "mentor__first_name", "mentor__last_name"),
)
DAYS_IN_WEEK = 7


@dataclass(frozen=True)
class VisitRow:
    """One line of the list; `week` is its heading where it is the first of its week."""

    pk: int
    href: str
    week: str
    title: str
    purpose: str
    on_date: date
    at: str
    place: str
    mentor: str
    province: str
    people: int
    shape: str
    status: str


def for_list(rows: VisitQuerySet) -> VisitQuerySet:
    return rows.annotate(people=Count("participants"))


def dress(request: StaffRequest, rows: list[Any]) -> list[VisitRow]:
    today, week, drawn = timezone.localdate(), "", []
    address = reverse("mentors:visit-detail", args=[0])
    for row in rows:
        of_row = week_of(row.on_date, row.state, today)
        drawn.append(_row(row, address, of_row if of_row != week else "", today))
        week = of_row
    return drawn


def week_of(day: date, state: str, today: date) -> str:
    """ "เลยกำหนด", "สัปดาห์นี้", or the week's days."""
    if state == VisitState.PLANNED and day < today:
        return _("เลยกำหนด")
    monday = day - timedelta(days=day.weekday())
    this_monday = today - timedelta(days=today.weekday())
    if monday == this_monday:
        return _("สัปดาห์นี้")
    sunday = monday + timedelta(days=DAYS_IN_WEEK - 1)
    return _("สัปดาห์ %(first)s – %(last)s") % {
        "first": short_date(monday),
        "last": short_date(sunday),
    }


def status_of(state: str, on_date: date, today: date) -> tuple[str, str]:
    """The shape and the words; what is planned says how long it is until then."""
    known = VisitState(state)
    if known is not VisitState.PLANNED:
        return STATE_SHAPES[known], str(known.label)
    if on_date < today:
        return "bad", remaining(on_date, today)
    return STATE_SHAPES[known], _("วันนี้") if on_date == today else remaining(on_date, today)


def _row(row: Any, address: str, week: str, today: date) -> VisitRow:
    shape, status = status_of(row.state, row.on_date, today)
    return VisitRow(
        pk=row.pk,
        href=address.replace("/0/", f"/{row.pk}/"),
        week=week,
        title=_title(row),
        purpose=row.purpose,
        on_date=row.on_date,
        at=clock(row.starts_at) if row.starts_at else "",
        place=_place(row),
        mentor=_mentor(row),
        province=row.province__name,
        people=row.people,
        shape=shape,
        status=status,
    )


def _title(row: Any) -> str:
    return title_of(row.kind, row.round_number, row.fiscal_year)


def _place(row: Any) -> str:
    subdistrict = f"ต.{row.subdistrict__name}" if row.subdistrict__name else ""
    return f"{row.place} {subdistrict}".strip()


def _mentor(row: Any) -> str:
    return full_name(row.mentor__title, row.mentor__first_name, row.mentor__last_name)


VISITS = ListPage(
    template="mentors/visits/list.html",
    title=gettext_lazy("นัดเยี่ยมและประชุม"),
    fields=FIELDS,
    orderings=(
        Ordering("soonest", gettext_lazy("ใกล้สุดก่อน"), ("on_date",)),
        Ordering("latest", gettext_lazy("ล่าสุดก่อน"), ("on_date",), descending=True),
    ),
    export=(
        ExportColumn(gettext_lazy("วันที่"), 14, lambda row: row.on_date, "date"),
        ExportColumn(
            gettext_lazy("เวลา"), 10, lambda row: clock(row.starts_at) if row.starts_at else ""
        ),
        ExportColumn(gettext_lazy("ลักษณะ"), 10, lambda row: str(VisitKind(row.kind).label)),
        ExportColumn(gettext_lazy("รายการ"), 28, _title),
        ExportColumn(gettext_lazy("เรื่อง"), 36, lambda row: row.purpose),
        ExportColumn(gettext_lazy("สถานที่"), 28, _place),
        ExportColumn(gettext_lazy("พี่เลี้ยง"), 26, _mentor),
        ExportColumn(gettext_lazy("จังหวัด"), 18, lambda row: row.province__name),
        ExportColumn(gettext_lazy("อสร. (คน)"), 10, lambda row: row.people, "number"),
        ExportColumn(gettext_lazy("สถานะ"), 12, lambda row: str(VisitState(row.state).label)),
    ),
    note_export=noted_as("visits.exported"),
    dress=dress,
)
