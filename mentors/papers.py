"""The printed list of visits and meetings: whom, where, telephone, and room to sign."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentors.enums import VisitState
from mentors.models import Visit, VisitVolunteer
from volunteer_network import phone_numbers
from volunteer_network.documents.papers import make_paper
from volunteer_network.errors import RuleViolation
from volunteer_network.job_kinds import JobContext, JobKind, Result, register_kind
from volunteer_network.models import User
from volunteer_network.thai_calendar import clock

VISIT_LIST = "visit_list"
VISITS_AT_MOST = 60
LONGEST_UNBROKEN = 20  # letters and marks that fit into the column of names


@dataclass(frozen=True)
class Line:
    names: tuple[tuple[str, bool], ...]  # first name with title, last name; whether unbroken
    subdistrict: str
    district: str
    phone: str


@dataclass(frozen=True)
class Sheet:
    """One visit or meeting as it is printed."""

    visit: Visit
    at: str
    place: str
    lines: tuple[Line, ...]


def register_kinds() -> None:
    register_kind(
        JobKind(name=VISIT_LIST, title=gettext_lazy("รายชื่อนัดเยี่ยมและประชุม"), make=make_visit_list)
    )


def make_visit_list(job: JobContext) -> Result:
    """The chosen visits that are not called off, in the order of their days."""
    job.progress(0, 2, _("กำลังอ่านนัด"))
    with job.rights():
        sheets = sheets_of(job.parameters["visits"], user=job.person)
    if not sheets:
        raise RuleViolation(_("ไม่พบนัดที่พิมพ์ได้ อาจยกเลิกไปแล้ว ให้เลือกจากรายการนัดใหม่"))
    job.progress(1, 2, _("กำลังจัดหน้าเอกสาร"))
    name = _("รายชื่อนัด %(count)d รายการ") % {"count": len(sheets)}
    context: dict[str, Any] = {"sheets": sheets, "office": sheets[0].visit.province.office_name}
    return make_paper("mentors/documents/visit_list.html", context, name, "css/visit_list.css")


def sheets_of(ids: Sequence[int], *, user: User) -> list[Sheet]:
    invited = VisitVolunteer.objects.visible_to(user).select_related(
        "volunteer__subdistrict", "volunteer__district"
    )
    rows = (
        Visit.objects.visible_to(user)
        .filter(pk__in=ids)
        .exclude(state=VisitState.CANCELLED)
        .select_related("mentor", "province", "subdistrict__district", "subdistrict__province")
        .prefetch_related(
            Prefetch(
                "participants",
                invited.order_by("volunteer__district__sort_key", "volunteer__sort_key", "pk"),
            )
        )
    )
    return [_sheet(visit) for visit in rows.order_by("on_date", "pk")]


def _sheet(visit: Visit) -> Sheet:
    place = visit.subdistrict.in_full if visit.subdistrict else ""
    return Sheet(
        visit=visit,
        at=clock(visit.starts_at) if visit.starts_at else "",
        place=f"{visit.place} {place}".strip(),
        lines=tuple(_line(one) for one in visit.participants.all()),
    )


def _line(one: VisitVolunteer) -> Line:
    volunteer = one.volunteer
    names = (f"{volunteer.title}{volunteer.first_name}", volunteer.last_name)
    return Line(
        names=tuple((name, len(name) <= LONGEST_UNBROKEN) for name in names),
        subdistrict=volunteer.subdistrict.name,
        district=volunteer.district.name,
        phone=phone_numbers.display(volunteer.phone) if volunteer.phone else "",
    )
