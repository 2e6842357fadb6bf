"""Asking for the month on paper; the job's page shows how far it is."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mentors.month_documents import MONTH_OVERVIEW, MONTH_REPORT
from mentors.views.months import chosen_of, shown_of, team_in_question
from volunteer_network.access.guards import needs
from volunteer_network.access.requests import StaffRequest
from volunteer_network.access.roles import Capability
from volunteer_network.services.jobs import ask_for_job, may_ask
from volunteer_network.thai_calendar import month_name


@needs(Capability.MAKE_DOCUMENTS)
@require_POST
def print_reports(request: StaffRequest, month: date) -> HttpResponse:
    """The reports of those on the page of the sheet, or of the one whom the form names."""
    team = team_in_question(request, month)
    people = (
        chosen_of(request, team)
        if "volunteer" in request.POST
        else [line.pk for line in shown_of(request, team, month).page]
    )
    back = f"{reverse('months:sheet', args=[month])}?{team.query}"
    if not people:
        messages.error(request, _("ไม่มีอาสาสมัครที่อยู่ในวาระของเดือนนี้ จึงไม่มีแบบรายงานให้พิมพ์"))
        return redirect(back)
    job = ask_for_job(
        kind=MONTH_REPORT,
        title=_("แบบรายงานเดือน%(month)s %(count)d คน")
        % {"month": month_name(month), "count": len(people)},
        parameters={"month": month.isoformat(), "volunteers": sorted(people)},
        by=request.user,
    )
    return redirect(job)


@needs(Capability.VIEW_MONTH_FIGURES)
@require_POST
def print_overview(request: StaffRequest, month: date) -> HttpResponse:
    """What the page shows, for everybody who may open it and whose scope knows jobs."""
    if not may_ask(request.user):
        raise Http404
    job = ask_for_job(
        kind=MONTH_OVERVIEW,
        title=_("การส่งรายงานประจำเดือน %(month)s") % {"month": month_name(month)},
        parameters={"month": month.isoformat()},
        by=request.user,
    )
    return redirect(job)
