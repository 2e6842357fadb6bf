"""The people of a seminar as a list: columns, order, files, and what a row looks like."""

from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from seminars.enums import ClassKind, RegistrationState
from seminars.models import Seminar
from seminars.models.registrations import RegistrationQuerySet
from seminars.services.seats import places_in_queue
from volunteer_network import audit, phone_numbers
from volunteer_network.access.requests import StaffRequest
from volunteer_network.access.roles import Capability
from volunteer_network.thai_text import full_name
from volunteer_network.ui.exports import ExportColumn
from volunteer_network.ui.keyset import Ordering
from volunteer_network.ui.pages import ListPage

FIELDS = (
    *("seminar_id", "title", "first_name", "last_name", "position", "organisation", "phone"),
    *("email", "note", "state", "province__name", "kind", "mentor_id", "volunteer_id"),
    *("substitute_for_id", "reason"),
)
STATE_SHAPES = {
    RegistrationState.ACCEPTED: "good",
    RegistrationState.WAITING: "warn",
    RegistrationState.DECLINED: "off",
    RegistrationState.CANCELLED: "off",
}


@dataclass(frozen=True)
class PersonRow:
    """One line of the list, ready to draw."""

    pk: int
    href: str
    name: str
    position: str
    organisation: str
    province: str
    kind: str
    shape: str
    state: str
    place: int | None  # in the queue
    phone: str
    phone_shown: str
    known: bool
    substitute: bool


def for_people(rows: RegistrationQuerySet) -> RegistrationQuerySet:
    return rows.annotate(kind=F("participant_class__kind"))


def dress(request: StaffRequest, rows: list[Any]) -> list[PersonRow]:
    if not rows:
        return []
    address = reverse("seminars:registration", args=[rows[0].seminar_id, 0])
    waiting = any(row.state == RegistrationState.WAITING for row in rows)
    places = places_in_queue(Seminar(pk=rows[0].seminar_id)) if waiting else {}
    contact = may_contact(request)
    return [
        PersonRow(
            pk=row.pk,
            href=address.replace("/0/", f"/{row.pk}/"),
            name=_name(row),
            position=row.position,
            organisation=row.organisation,
            province=row.province__name or "",
            kind=_kind(row.kind),
            shape=STATE_SHAPES[row.state],
            state=_state(row.state),
            place=places.get(row.pk),
            phone=row.phone if contact else "",
            phone_shown=phone_numbers.display(row.phone) if contact and row.phone else "",
            known=bool(row.mentor_id or row.volunteer_id),
            substitute=bool(row.substitute_for_id),
        )
        for row in rows
    ]


def may_contact(request: StaffRequest) -> bool:
    """Telephones are for those who run the seminar or send people to it."""
    return request.user.can(Capability.REGISTER_FOR_SEMINARS)


def page_for(request: StaffRequest) -> ListPage:
    return PEOPLE if may_contact(request) else PEOPLE_WITHOUT_CONTACT


def _name(row: Any) -> str:
    return full_name(row.title, row.first_name, row.last_name)


@cache
def _kind(kind: str) -> str:
    return str(ClassKind(kind).label)


@cache
def _state(state: str) -> str:
    return str(RegistrationState(state).label)


def note_export(request: StaffRequest) -> None:
    match = request.resolver_match
    audit.record(
        "registrations.exported",
        by=request.user,
        target=Seminar(pk=match.kwargs["pk"]) if match else None,
        province_code=request.user.province_id,
        detail={"filters": sorted(request.GET.keys() - {"export"})},
    )


PEOPLE = ListPage(
    template="seminars/registrations/list.html",
    title=_("ผู้เข้าร่วมสัมมนา"),
    fields=FIELDS,
    orderings=(
        Ordering("name", _("ชื่อ"), ("sort_key",)),
        Ordering("latest", _("ลงทะเบียนล่าสุด"), ("registered_at",), descending=True),
    ),
    export=(
        ExportColumn(_("ชื่อ-สกุล"), 28, _name),
        ExportColumn(_("ตำแหน่ง"), 28, lambda row: row.position),
        ExportColumn(_("หน่วยงาน"), 30, lambda row: row.organisation),
        ExportColumn(_("จังหวัด"), 18, lambda row: row.province__name or ""),
        ExportColumn(_("ประเภทผู้เข้าร่วม"), 22, lambda row: _kind(row.kind)),
        ExportColumn(_("สถานะ"), 14, lambda row: _state(row.state)),
        ExportColumn(_("เหตุผล"), 20, lambda row: row.reason),
        ExportColumn(_("หมายเหตุ"), 24, lambda row: row.note),
        ExportColumn(_("โทรศัพท์"), 14, lambda row: row.phone),
        ExportColumn(_("อีเมล"), 26, lambda row: row.email),
    ),
    note_export=note_export,
    dress=dress,
)
PEOPLE_WITHOUT_CONTACT = replace(PEOPLE, export=PEOPLE.export[:6])
