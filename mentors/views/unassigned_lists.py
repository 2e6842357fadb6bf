"""Those whom nobody guides, each with the mentor who would fit and why."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from mentors.services.suggestions import load_on
from volunteer_network import phone_numbers
from volunteer_network.access.requests import StaffRequest
from volunteer_network.models.volunteers import code_of
from volunteer_network.thai_text import full_name
from volunteer_network.ui.exports import ExportColumn
from volunteer_network.ui.keyset import Ordering
from volunteer_network.ui.pages import ListPage
from volunteer_network.views.export_notes import noted_as

FIELDS = (
    *("number", "province_id", "province__name", "title", "first_name", "last_name", "phone"),
    *("district_id", "subdistrict__name", "district__name"),
)


@dataclass(frozen=True)
class UnassignedRow:
    pk: int
    href: str
    name: str
    code: str
    subdistrict: str
    district: str
    province: str
    mentor: str
    reason: str
    phone: str
    phone_shown: str


def dress(request: StaffRequest, rows: list[Any]) -> list[UnassignedRow]:
    provinces = {row.province_id for row in rows}
    load = load_on(timezone.localdate(), user=request.user, provinces=provinces)
    address = reverse("volunteers:detail", args=[0])
    drawn = []
    for row in rows:
        suggested = load.suggest(row.province_id, row.district_id)
        drawn.append(
            UnassignedRow(
                pk=row.pk,
                href=address.replace("/0/", f"/{row.pk}/"),
                name=full_name(row.title, row.first_name, row.last_name),
                code=code_of(row.province_id, row.number),
                subdistrict=row.subdistrict__name,
                district=row.district__name,
                province=row.province__name,
                mentor=str(suggested.mentor) if suggested else "",
                reason=suggested.reason if suggested else "",
                phone=row.phone,
                phone_shown=phone_numbers.display(row.phone) if row.phone else "",
            )
        )
    return drawn


UNASSIGNED = ListPage(
    template="mentors/assignments/unassigned.html",
    title=gettext_lazy("อสร. ที่ยังไม่มีพี่เลี้ยง"),
    fields=FIELDS,
    orderings=(
        Ordering("place", gettext_lazy("ตำบล อำเภอ"), ("district__sort_key", "sort_key")),
        Ordering("name", gettext_lazy("ชื่อ–สกุล"), ("sort_key",)),
    ),
    export=(
        ExportColumn(
            gettext_lazy("เลขที่ อสร."), 12, lambda row: code_of(row.province_id, row.number)
        ),
        ExportColumn(gettext_lazy("คำนำหน้า"), 12, lambda row: row.title),
        ExportColumn(gettext_lazy("ชื่อ"), 18, lambda row: row.first_name),
        ExportColumn(gettext_lazy("สกุล"), 18, lambda row: row.last_name),
        ExportColumn(gettext_lazy("ตำบล"), 18, lambda row: row.subdistrict__name),
        ExportColumn(gettext_lazy("อำเภอ"), 18, lambda row: row.district__name),
        ExportColumn(gettext_lazy("จังหวัด"), 18, lambda row: row.province__name),
        ExportColumn(gettext_lazy("โทรศัพท์"), 14, lambda row: row.phone),
    ),
    note_export=noted_as("volunteers.exported", list="unassigned"),
    dress=dress,
)
