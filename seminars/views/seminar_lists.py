"""Seminars as a list: its columns, order, files, and what a row says to a province."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from seminars.enums import SeminarState
from seminars.models import ParticipantClass, ProvinceSeats, Registration
from seminars.models.seminars import SeminarQuerySet
from volunteer_network.access.requests import StaffRequest
from volunteer_network.ui.exports import ExportColumn
from volunteer_network.ui.keyset import Ordering
from volunteer_network.ui.pages import ListPage
from volunteer_network.views.export_notes import noted_as

FIELDS = (
    *("title", "edition", "fiscal_year", "starts_on", "ends_on", "venue", "state"),
    *("seats", "taken"),
)
ON_OWN_SEATS = Q(state="accepted", participant_class__named_by_provinces=True)
STATE_SHAPES = {
    SeminarState.DRAFT: "half",
    SeminarState.OPEN: "good",
    SeminarState.CLOSED: "warn",
    SeminarState.FINISHED: "off",
    SeminarState.CANCELLED: "bad",
}


@dataclass(frozen=True)
class SeminarRow:
    """One line of the list, ready to draw; `own` are the seats of the viewer's province."""

    href: str
    title: str
    edition: int
    fiscal_year: int
    starts_on: date
    ends_on: date
    venue: str
    shape: str
    state: str
    seats: int
    taken: int
    own: tuple[int, int] | None


def for_list(rows: SeminarQuerySet) -> SeminarQuerySet:
    """The rows with their seats, all of them and those taken."""
    classes = ParticipantClass.objects.filter(seminar=OuterRef("pk")).order_by()

    def summed(name: str) -> Coalesce:
        sums = classes.values("seminar").annotate(sum=Sum(name)).values("sum")
        return Coalesce(Subquery(sums, output_field=IntegerField()), 0)

    return rows.annotate(seats=summed("seats"), taken=summed("count__taken"))


def dress(request: StaffRequest, rows: list[Any]) -> list[SeminarRow]:
    address = reverse("seminars:detail", args=[0])
    own = _own_seats(request, [row.pk for row in rows])
    return [
        SeminarRow(
            href=address.replace("/0/", f"/{row.pk}/"),
            title=row.title,
            edition=row.edition,
            fiscal_year=row.fiscal_year,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            venue=row.venue,
            shape=STATE_SHAPES[SeminarState(row.state)],
            state=_state(row.state),
            seats=row.seats,
            taken=row.taken,
            own=own.get(row.pk),
        )
        for row in rows
    ]


def _own_seats(request: StaffRequest, seminars: list[int]) -> dict[int, tuple[int, int]]:
    """Seminar → (named, given) of the viewer's own province."""
    if request.user.province_id is None:
        return {}
    given = ProvinceSeats.objects.filter(seminar__in=seminars, province=request.user.province_id)
    rows = Registration.objects.visible_to(request.user).filter(seminar__in=seminars)
    named = dict(
        rows.order_by()
        .values("seminar")
        .annotate(
            count=Count(
                "pk", filter=Q(state="accepted", participant_class__named_by_provinces=True)
            )
        )
        .values_list("seminar", "count")
    )
    return {
        seminar: (named.get(seminar, 0), seats)
        for seminar, seats in given.values_list("seminar_id", "seats")
    }


@cache
def _state(state: str) -> str:
    return str(SeminarState(state).label)


SEMINARS = ListPage(
    template="seminars/seminars/list.html",
    title=_("สัมมนา"),
    fields=FIELDS,
    orderings=(
        Ordering("latest", _("วันที่จัด"), ("starts_on",), descending=True),
        Ordering("earliest", _("วันที่จัด เก่าสุดก่อน"), ("starts_on",)),
    ),
    export=(
        ExportColumn(_("สัมมนา"), 50, lambda row: row.title),
        ExportColumn(_("ครั้งที่"), 8, lambda row: row.edition, "number"),
        ExportColumn(_("ปีงบประมาณ"), 12, lambda row: str(row.fiscal_year)),
        ExportColumn(_("วันเริ่ม"), 14, lambda row: row.starts_on, "date"),
        ExportColumn(_("วันสิ้นสุด"), 14, lambda row: row.ends_on, "date"),
        ExportColumn(_("สถานที่"), 30, lambda row: row.venue),
        ExportColumn(_("สถานะ"), 18, lambda row: _state(row.state)),
        ExportColumn(_("ที่นั่ง"), 8, lambda row: row.seats, "number"),
        ExportColumn(_("ได้ที่นั่งแล้ว"), 12, lambda row: row.taken, "number"),
    ),
    note_export=noted_as("seminars.exported"),
    dress=dress,
)
