"""The month on paper: a volunteer's report (layout 2 of the ministry's forms), and the overview."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentors.models import Mentor, MonthReport
from mentors.services.month_overviews import mentors_of, overview_of
from mentors.services.month_papers import Paper, paper_of
from mentors.services.month_sheets import Figures
from mentors.services.month_teams import expected_in
from volunteer_network.access.roles import Capability
from volunteer_network.documents.papers import make_paper, make_paper_in_parts
from volunteer_network.enums import Category
from volunteer_network.errors import RuleViolation
from volunteer_network.job_kinds import JobContext, JobKind, Result, register_kind
from volunteer_network.models import Volunteer
from volunteer_network.thai_calendar import month_name

MONTH_REPORT = "month_report"
MONTH_OVERVIEW = "month_overview"


@dataclass(frozen=True)
class PrintedReport:
    """One volunteer's month as it is printed."""

    volunteer: Volunteer
    mentor: Mentor | None
    report: MonthReport | None
    paper: Paper
    rows: list[tuple[str, Figures]]  # every category, those without work too

    @property
    def is_blank(self) -> bool:
        """Whether it is printed to be filled in by hand."""
        return not self.paper.has_content


def register_kinds() -> None:
    register_kind(
        JobKind(
            name=MONTH_REPORT,
            title=gettext_lazy("แบบรายงานผลการปฏิบัติงานประจำเดือน"),
            make=make_month_reports,
        )
    )
    register_kind(
        JobKind(
            name=MONTH_OVERVIEW,
            title=gettext_lazy("การส่งรายงานประจำเดือน"),
            make=make_month_overview,
            needs=Capability.VIEW_MONTH_FIGURES,
        )
    )


def make_month_reports(job: JobContext) -> Result:
    """A page for each of the volunteers who were in a term in the month, by district and name."""
    month = date.fromisoformat(job.parameters["month"])
    job.progress(0, 1, _("กำลังอ่านรายชื่อ"))
    with job.rights():
        people = list(
            expected_in(month, user=job.person)
            .filter(pk__in=job.parameters["volunteers"])
            .select_related("subdistrict", "district", "province")
            .order_by("district__sort_key", "subdistrict__sort_key", "sort_key", "pk")
        )
    if not people:
        raise RuleViolation(_("ไม่พบรายงานที่พิมพ์ได้ อาจพ้นวาระไปแล้ว ให้เลือกจากตารางของเดือนใหม่"))
    name = _("แบบรายงาน อสร. เดือน%(month)s") % {"month": month_name(month)}
    return make_paper_in_parts(
        "mentors/documents/month_report.html",
        _pages(job, people, month),
        name,
        "css/month_report.css",
    )


def _pages(job: JobContext, people: list[Volunteer], month: date) -> Iterator[dict[str, Any]]:
    for done, volunteer in enumerate(people):
        words = _("คนที่ %(done)d จาก %(all)d") % {"done": done + 1, "all": len(people)}
        job.progress(done, len(people), words)
        with job.rights():
            yield {"month": month, "one": printed_report(job, volunteer, month)}


def printed_report(job: JobContext, volunteer: Volunteer, month: date) -> PrintedReport:
    paper = paper_of(volunteer, month, user=job.person)
    found = dict(paper.by_category)
    mentors = Mentor.objects.visible_to(job.person)
    guide = getattr(volunteer, "mentor_of_month", None)
    return PrintedReport(
        volunteer=volunteer,
        mentor=mentors.filter(pk=guide).first() if guide else None,
        report=paper.report,
        paper=paper,
        rows=[(str(one.label), found.get(str(one.label), Figures())) for one in Category],
    )


def make_month_overview(job: JobContext) -> Result:
    """Who is in, weakest first: mentors for a province, provinces for the centre."""
    month = date.fromisoformat(job.parameters["month"])
    person = job.person
    job.progress(0, 2, _("กำลังอ่านตัวเลข"))
    with job.rights():
        overview = overview_of(month, user=person)
        mentors = (
            mentors_of(month, province=person.province_id, user=person)
            if person.province_id
            else None
        )
        office = str(person.province.office_name) if person.province else ""
    if not overview.provinces:
        raise RuleViolation(_("เดือนนี้ไม่มีอาสาสมัครที่อยู่ในวาระ จึงไม่มีตัวเลขให้พิมพ์"))
    job.progress(1, 2, _("กำลังจัดหน้าเอกสาร"))
    context = {"month": month, "overview": overview, "mentors": mentors, "office": office}
    name = _("การส่งรายงานประจำเดือน %(month)s") % {"month": month_name(month)}
    return make_paper(
        "mentors/documents/month_overview.html", context, name, "css/month_report.css"
    )
