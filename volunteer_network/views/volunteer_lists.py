"""The register as a list: its columns, orders, files, and what a row looks like."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from django.db.models import Count, DateField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from volunteer_network import audit, phone_numbers
from volunteer_network.access.requests import StaffRequest
from volunteer_network.enums import ENDED_STATUSES, VolunteerLevel, VolunteerStatus
from volunteer_network.models import Activity
from volunteer_network.models.volunteers import VolunteerQuerySet, code_of
from volunteer_network.services.fiscal_strips import Strip, fiscal_strips
from volunteer_network.thai_calendar import ago, remaining
from volunteer_network.thai_text import full_name
from volunteer_network.ui.exports import ExportColumn
from volunteer_network.ui.figures import fiscal_strip
from volunteer_network.ui.keyset import Ordering
from volunteer_network.ui.pages import ListPage

TERM_ENDS_SOON_DAYS = 90
SILENT_IS_WARNING, SILENT_IS_BAD = 2, 3  # whole months
STATUS_SHAPES = {
    VolunteerStatus.ACTIVE: "good",
    VolunteerStatus.APPLICANT: "half",
    VolunteerStatus.SUSPENDED: "warn",
}
FIELDS = (
    *("number", "province_id", "province__name", "title", "first_name", "last_name"),
    *("subdistrict__name", "district__name", "level", "status", "term_ends_on", "phone"),
    "last_on",
)


@dataclass(frozen=True)
class RegisterRow:
    """One line of the register, ready to draw."""

    pk: int
    href: str
    name: str
    code: str
    subdistrict: str
    district: str
    province: str
    shape: str
    status: str
    strip: str
    last_on: date | None
    last_ago: str
    term_ends_on: date | None
    term_ends_soon: str  # in words, when it does
    phone: str
    phone_shown: str


def for_register(rows: VolunteerQuerySet) -> VolunteerQuerySet:
    """The rows with what the list shows beside the person: the last activity."""
    latest = Activity.objects.filter(volunteer=OuterRef("pk")).order_by("-on_date", "-pk")
    return rows.annotate(last_on=Subquery(latest.values("on_date")[:1]))


def dress(request: StaffRequest, rows: list[Any]) -> list[RegisterRow]:
    today = timezone.localdate()
    strips = fiscal_strips([row.pk for row in rows], user=request.user, today=today)
    drawn = {cells: fiscal_strip(cells) for cells in {strip.cells for strip in strips.values()}}
    address = reverse("volunteers:detail", args=[0])
    soon = today + timedelta(days=TERM_ENDS_SOON_DAYS)
    return [
        _row(row, strip, drawn[strip.cells], address, today, soon)
        for row, strip in ((row, strips[row.pk]) for row in rows)
    ]


def _row(row: Any, strip: Strip, drawn: str, address: str, today: date, soon: date) -> RegisterRow:
    shape, status = _status(row.status, strip.silent_months)
    return RegisterRow(
        pk=row.pk,
        href=address.replace("/0/", f"/{row.pk}/"),
        name=full_name(row.title, row.first_name, row.last_name),
        code=code_of(row.province_id, row.number),
        subdistrict=row.subdistrict__name,
        district=row.district__name,
        province=row.province__name,
        shape=shape,
        status=status,
        strip=drawn,
        last_on=row.last_on,
        last_ago=_ago(row.last_on, today) if row.last_on else "",
        term_ends_on=row.term_ends_on,
        term_ends_soon=remaining(row.term_ends_on, today)
        if row.term_ends_on and today <= row.term_ends_on <= soon
        else "",
        phone=row.phone,
        phone_shown=phone_numbers.display(row.phone) if row.phone else "",
    )


_ago = lru_cache(maxsize=4096)(ago)  # fifty rows, a few dozen different days


@lru_cache(maxsize=256)
def _status(status: str, silent: int) -> tuple[str, str]:
    if status == VolunteerStatus.ACTIVE and silent >= SILENT_IS_WARNING:
        shape = "bad" if silent >= SILENT_IS_BAD else "warn"
        return shape, _("เงียบ %(months)d เดือน") % {"months": silent}
    known = VolunteerStatus(status)
    return STATUS_SHAPES.get(known, "off"), str(known.label)


def note_export(request: StaffRequest) -> None:
    audit.record(
        "volunteers.exported",
        by=request.user,
        province_code=request.user.province_id,
        detail=_what_was_taken(request),
    )


def _what_was_taken(request: StaffRequest) -> dict[str, Any]:
    """The filters by name, or how many rows were ticked; never what was searched for."""
    chosen = request.POST.getlist("id")
    if chosen and "everything" not in request.POST:
        return {"form": "xlsx", "chosen": len(chosen)}
    query = QueryDict(request.POST["query"]) if "query" in request.POST else request.GET
    return {
        "form": request.GET.get("export", "xlsx"),
        "filters": sorted(query.keys() - {"export"}),
    }


REGISTER = ListPage(
    template="volunteer_network/volunteers/list.html",
    title=gettext_lazy("ทะเบียนอาสาสมัครแรงงาน"),
    fields=FIELDS,
    orderings=(
        Ordering("name", gettext_lazy("ชื่อ–สกุล"), ("sort_key",)),
        Ordering(
            "term",
            gettext_lazy("สิ้นสุดวาระ"),
            ("term_order",),
            computed={"term_order": Coalesce("term_ends_on", Value(date.max, DateField()))},
        ),
        Ordering("newest", gettext_lazy("ขึ้นทะเบียนล่าสุด"), ("registered_at",), descending=True),
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
        ExportColumn(gettext_lazy("ระดับ"), 20, lambda row: str(VolunteerLevel(row.level).label)),
        ExportColumn(gettext_lazy("สถานะ"), 16, lambda row: str(VolunteerStatus(row.status).label)),
        ExportColumn(gettext_lazy("โทรศัพท์"), 14, lambda row: row.phone),
        ExportColumn(gettext_lazy("กิจกรรมล่าสุด"), 14, lambda row: row.last_on, "date"),
        ExportColumn(gettext_lazy("สิ้นสุดวาระ"), 14, lambda row: row.term_ends_on, "date"),
    ),
    note_export=note_export,
    dress=dress,
)


@dataclass(frozen=True)
class View:
    """A ready-made view of the list, with how many it holds."""

    label: str
    href: str
    count: int
    current: bool


def ready_views(rows: VolunteerQuerySet, query: str) -> list[View]:
    """The questions that are asked most, one click each."""
    today = timezone.localdate()
    soon = Q(term_ends_on__gte=today, term_ends_on__lte=today + timedelta(days=90))
    by_status = {
        status: (people, ending)
        for status, people, ending in rows.order_by()
        .values_list("status")
        .annotate(people=Count("pk"), ending=Count("pk", filter=soon))
    }

    def people(*statuses: str) -> int:
        return sum(by_status.get(status, (0, 0))[0] for status in statuses)

    ended = "&".join(f"status={status}" for status in VolunteerStatus if status in ENDED_STATUSES)
    views = (
        (_("ปฏิบัติหน้าที่"), "status=active", people(VolunteerStatus.ACTIVE)),
        (
            _("วาระสิ้นสุดใน 90 วัน"),
            "status=active&term_ends=90",
            by_status.get(VolunteerStatus.ACTIVE, (0, 0))[1],
        ),
        (_("ผู้สมัคร"), "status=applicant", people(VolunteerStatus.APPLICANT)),
        (_("พ้นแล้ว"), ended, people(*ENDED_STATUSES)),
        (_("ทั้งหมด"), "", people(*by_status)),
    )
    return [View(label, f"?{href}", count, href == query) for label, href, count in views]
