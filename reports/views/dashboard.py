"""The dashboard: the country, one province, and a recount for the curious."""

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from reports.documents.dashboards import parameters_of
from reports.forms.dashboards import DashboardFilter
from reports.kinds import DASHBOARD
from reports.queries.boards import sees
from reports.queries.dashboards import dashboard_of
from reports.queries.recounts import recount_of
from reports.views.asked_places import asked_office, office_of
from reports.views.dashboard_exports import export_of
from reports.views.dashboard_pages import national_page, province_page
from reports.views.saved_views import views_of
from volunteer_network.access.guards import needs
from volunteer_network.access.requests import StaffRequest
from volunteer_network.access.roles import Capability
from volunteer_network.services.jobs import ask_for_job, may_ask
from volunteer_network.ui.exports import TYPES


@needs(Capability.VIEW_FIGURES)
@require_safe
def national(request: StaffRequest) -> HttpResponseBase:
    filters = DashboardFilter(request.GET, today=timezone.localdate())
    board = dashboard_of(filters.question, user=request.user)
    form = request.GET.get("export", "")
    if form in TYPES:
        return export_of(request, form, board)
    context = {
        "filters": filters,
        "chips": filters.chips(request),
        "board": board,
        "page": national_page(request, filters, board),
        "may_print": may_ask(request.user),
        "print_query": filters.querystring(),
        "views": views_of(request),
        "now": timezone.now(),
        "exports": [(one, f"?{filters.querystring(export=one)}") for one in TYPES],
    }
    return render(request, "reports/dashboard/national.html", context)


@needs(Capability.VIEW_FIGURES)
@require_safe
def province(request: StaffRequest, code: int) -> HttpResponseBase:
    """Any province with an office: its figures name nobody. Only who sees its rows gets doors."""
    place = office_of(code)
    filters = DashboardFilter(request.GET, today=timezone.localdate(), province=place.pk)
    board = dashboard_of(filters.question, user=request.user)
    form = request.GET.get("export", "")
    if form in TYPES:
        return export_of(request, form, board)
    context = {
        "province": place,
        "filters": filters,
        "chips": filters.chips(request),
        "board": board,
        "page": province_page(request, filters, board),
        "may_print": may_ask(request.user),
        "print_query": filters.querystring(province=place.pk),
        "views": views_of(request),
        "now": timezone.now(),
        "exports": [(one, f"?{filters.querystring(export=one)}") for one in TYPES],
        "nation_query": filters.querystring(),
    }
    return render(request, "reports/dashboard/province.html", context)


@needs(Capability.VIEW_FIGURES)
@require_safe
def recount(request: StaffRequest) -> HttpResponse:
    """Count the figures anew from the rows that the reader's scope shows."""
    place = asked_office(request)
    filters = DashboardFilter(
        request.GET, today=timezone.localdate(), province=place.pk if place else None
    )
    board = dashboard_of(filters.question, user=request.user)
    if place and not sees(board.seen, place.pk):
        raise Http404
    lines = recount_of(board, user=request.user)
    context = {
        "province": place,
        "filters": filters,
        "board": board,
        "lines": lines,
        "wrong": [line for line in lines if line.differs],
        "now": timezone.now(),
    }
    return render(request, "reports/dashboard/recount.html", context)


@needs(Capability.VIEW_FIGURES)
@require_POST
def document(request: StaffRequest) -> HttpResponse:
    """Ask for the page as a PDF, with the filters of the address."""
    if not may_ask(request.user):
        raise Http404
    place = asked_office(request)
    parameters = parameters_of(request.GET, place.pk if place else None)
    where = place.with_prefix if place else _("ประเทศ")
    title = _("ภาพรวม%(where)s") % {"where": where}
    job = ask_for_job(kind=DASHBOARD, title=title, parameters=parameters, by=request.user)
    return redirect(job)
