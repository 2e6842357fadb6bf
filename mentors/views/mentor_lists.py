"""The list of mentors: its columns, orders, files, and what a row looks like."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy

from mentors.enums import VisitState
from mentors.models import Mentorship, Visit
from mentors.models.mentors import MentorQuerySet
from mentors.services.silence import silent_volunteers
from volunteer_network import phone_numbers
from volunteer_network.access.requests import StaffRequest
from volunteer_network.enums import AgencyCode
from volunteer_network.models import User
from volunteer_network.thai_text import full_name
from volunteer_network.ui.exports import ExportColumn
from volunteer_network.ui.keyset import Ordering
from volunteer_network.ui.pages import ListPage
from volunteer_network.views.export_notes import noted_as

FIELDS = (
    *("province_id", "province__name", "title", "first_name", "last_name", "position"),
    *("agency_id", "phone", "starts_on", "ends_on", "user_id"),
    *("guiding", "silent", "visited_on"),
)


@dataclass(frozen=True)
class MentorRow:
    """One line of the list, ready to draw."""

    pk: int
    href: str
    name: str
    position: str
    agency: str
    province: str
    guiding: int
    silent: int
    visited_on: date | None
    starts_on: date
    ends_on: date | None
    has_account: bool
    phone: str
    phone_shown: str


def carried(user: User, today: date) -> dict[str, Any]:
    """What each mentor carries today: how many, how many of them silent."""
    running = Mentorship.objects.filter(mentor=OuterRef("pk")).running_on(today)
    silent = running.filter(volunteer__in=silent_volunteers(user, today).values("pk"))
    return {"guiding": _number_of(running), "silent": _number_of(silent)}


def for_list(rows: MentorQuerySet, user: User, today: date) -> MentorQuerySet:
    """The rows with what each carries, and the last visit."""
    visits = Visit.objects.filter(mentor=OuterRef("pk"), state=VisitState.DONE)
    visited_on = Subquery(visits.order_by("-on_date").values("on_date")[:1])
    return rows.annotate(**carried(user, today), visited_on=visited_on)


def _number_of(rows: Any) -> Coalesce:
    counted = rows.order_by().values("mentor").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0, output_field=IntegerField())


def dress(request: StaffRequest, rows: list[Any]) -> list[MentorRow]:
    address = reverse("mentors:detail", args=[0])
    return [_row(row, address) for row in rows]


def _row(row: Any, address: str) -> MentorRow:
    return MentorRow(
        pk=row.pk,
        href=address.replace("/0/", f"/{row.pk}/"),
        name=_name(row),
        position=row.position,
        agency=_agency(row),
        province=row.province__name,
        guiding=row.guiding,
        silent=row.silent,
        visited_on=row.visited_on,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        has_account=bool(row.user_id),
        phone=row.phone,
        phone_shown=phone_numbers.display(row.phone) if row.phone else "",
    )


def _name(row: Any) -> str:
    return full_name(row.title, row.first_name, row.last_name)


def _agency(row: Any) -> str:
    return str(AgencyCode(row.agency_id).label)


def mentors_page(user: User, today: date) -> ListPage:
    """The page whose orders know what each mentor carries on that day."""
    computed = carried(user, today)
    load = Ordering("load", gettext_lazy("ดูแล"), ("guiding",), descending=True, computed=computed)
    silent = Ordering(
        "silent", gettext_lazy("เงียบ"), ("silent",), descending=True, computed=computed
    )
    return replace(MENTORS, orderings=(*MENTORS.orderings, load, silent))


MENTORS = ListPage(
    template="mentors/mentors/list.html",
    title=gettext_lazy("เจ้าหน้าที่พี่เลี้ยง อสร."),
    fields=FIELDS,
    orderings=(Ordering("name", gettext_lazy("ชื่อ–สกุล"), ("sort_key",)),),
    export=(
        ExportColumn(gettext_lazy("คำนำหน้า"), 12, lambda row: row.title),
        ExportColumn(gettext_lazy("ชื่อ"), 18, lambda row: row.first_name),
        ExportColumn(gettext_lazy("สกุล"), 18, lambda row: row.last_name),
        ExportColumn(gettext_lazy("ตำแหน่ง"), 30, lambda row: row.position),
        ExportColumn(gettext_lazy("สังกัด"), 28, _agency),
        ExportColumn(gettext_lazy("จังหวัด"), 18, lambda row: row.province__name),
        ExportColumn(gettext_lazy("โทรศัพท์"), 14, lambda row: row.phone),
        ExportColumn(gettext_lazy("ดูแล อสร. (คน)"), 12, lambda row: row.guiding, "number"),
        ExportColumn(gettext_lazy("เงียบ (คน)"), 12, lambda row: row.silent, "number"),
        ExportColumn(gettext_lazy("เยี่ยมล่าสุด"), 14, lambda row: row.visited_on, "date"),
        ExportColumn(gettext_lazy("ตั้งแต่"), 14, lambda row: row.starts_on, "date"),
        ExportColumn(gettext_lazy("ถึง"), 14, lambda row: row.ends_on, "date"),
    ),
    note_export=noted_as("mentors.exported"),
    dress=dress,
)
