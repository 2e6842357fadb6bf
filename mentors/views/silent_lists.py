"""The silent, longest first: why the rule says so, the number to tap, what came out."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentors.models import Mentorship
from mentors.services.silence import quiet_since, reason_in_words, silent_months
from mentors.services.teams import SILENT_IS_BAD
from volunteer_network import phone_numbers
from volunteer_network.access.requests import StaffRequest
from volunteer_network.models.volunteers import code_of
from volunteer_network.services.fiscal_strips import fiscal_strips
from volunteer_network.thai_text import full_name
from volunteer_network.ui.exports import ExportColumn
from volunteer_network.ui.figures import fiscal_strip
from volunteer_network.ui.keyset import Ordering
from volunteer_network.ui.pages import ListPage
from volunteer_network.views.export_notes import noted_as

FIELDS = (
    *("number", "province_id", "province__name", "title", "first_name", "last_name", "phone"),
    *("subdistrict__name", "district__name"),
    *("last_on", "visited_on", "called_on", "call_outcome"),
)


@dataclass(frozen=True)
class SilentRow:
    pk: int
    href: str
    call_href: str
    name: str
    code: str
    subdistrict: str
    district: str
    province: str
    mentor: str
    shape: str
    status: str
    strip: str
    reason: str
    phone: str
    phone_shown: str


def dress(request: StaffRequest, rows: list[Any]) -> list[SilentRow]:
    today, people = timezone.localdate(), [row.pk for row in rows]
    strips = fiscal_strips(people, user=request.user, today=today)
    running = Mentorship.objects.visible_to(request.user).filter(volunteer__in=people)
    guided = {
        row.volunteer_id: str(row.mentor)
        for row in running.running_on(today).select_related("mentor")
    }
    person, call = reverse("volunteers:detail", args=[0]), reverse("mentors:contact", args=[0])
    drawn = []
    for row in rows:
        strip = strips[row.pk]
        drawn.append(
            SilentRow(
                pk=row.pk,
                href=person.replace("/0/", f"/{row.pk}/"),
                call_href=call.replace("/0/", f"/{row.pk}/"),
                name=full_name(row.title, row.first_name, row.last_name),
                code=code_of(row.province_id, row.number),
                subdistrict=row.subdistrict__name,
                district=row.district__name,
                province=row.province__name,
                mentor=guided.get(row.pk, ""),
                **_how_long(row.last_on, today),
                strip=fiscal_strip(strip.cells),
                reason=_reason(row),
                phone=row.phone,
                phone_shown=phone_numbers.display(row.phone) if row.phone else "",
            )
        )
    return drawn


def _how_long(last_on: date | None, today: date) -> dict[str, str]:
    """Shape and words of a silence, which may be longer than the strip's fiscal year."""
    if last_on is None:
        return {"shape": "bad", "status": _("ยังไม่เคยมีกิจกรรม")}
    months = silent_months(last_on, today)
    shape = "bad" if months >= SILENT_IS_BAD else "warn"
    return {"shape": shape, "status": _("เงียบ %(months)d เดือน") % {"months": months}}


def _reason(row: Any) -> str:
    return reason_in_words(
        last_on=row.last_on,
        visited_on=row.visited_on,
        called_on=row.called_on,
        call_outcome=row.call_outcome,
        has_phone=bool(row.phone),
    )


SILENT = ListPage(
    template="mentors/silence/list.html",
    title=gettext_lazy("อสร. ที่เงียบตั้งแต่ 2 เดือน"),
    fields=FIELDS,
    orderings=(
        Ordering(
            "longest",
            gettext_lazy("เงียบนานที่สุด"),
            ("quiet_since", "sort_key"),
            computed={"quiet_since": quiet_since()},
        ),
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
        ExportColumn(gettext_lazy("กิจกรรมล่าสุด"), 14, lambda row: row.last_on, "date"),
        ExportColumn(gettext_lazy("เหตุ"), 48, _reason),
    ),
    note_export=noted_as("volunteers.exported", list="silent"),
    dress=dress,
)
