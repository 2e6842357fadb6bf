"""The standing projects of a year: add, change, move, take out."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from reports.forms.directions import ChangeProjectForm, ProjectForm
from reports.models import StandingProject
from reports.services.standing_projects import (
    add_project,
    change_project,
    lines_from,
    move_project,
    remove_project,
)
from reports.views.directions import form_page, visible_direction
from volunteer_network.access.guards import needs
from volunteer_network.access.requests import StaffRequest
from volunteer_network.access.roles import Capability
from volunteer_network.ui.refusals import telling_refusals
from volunteer_network.views.conflicts import conflict_of

PAGES = "reports/directions"


@needs(Capability.DECIDE_PLANS)
@require_http_methods(["GET", "POST"])
def project_create(request: StaffRequest, fiscal_year: int) -> HttpResponse:
    direction = visible_direction(request, fiscal_year)
    form = ProjectForm(request.POST or None)
    form.cancel_url = direction.get_absolute_url()
    details = {"direction": direction, "by": request.user}
    if form.is_valid() and (made := form.perform(add_project, **details)):
        messages.success(request, _("เพิ่มโครงการแล้ว"))
        return redirect(f"{direction.get_absolute_url()}#project-{made.pk}")
    return form_page(request, form, heading=_("เพิ่มโครงการของส่วนกลาง"), direction=direction)


@needs(Capability.DECIDE_PLANS)
@require_http_methods(["GET", "POST"])
def project_update(request: StaffRequest, fiscal_year: int, pk: int) -> HttpResponse:
    project = _project(request, fiscal_year, pk)
    form = ChangeProjectForm.of(project, request.POST or None)
    form.cancel_url = project.direction.get_absolute_url()
    conflict = None
    if form.is_valid():
        if changed := form.perform(change_project, project=project, by=request.user):
            messages.success(request, _("บันทึกโครงการแล้ว"))
            return redirect(f"{project.direction.get_absolute_url()}#project-{changed.pk}")
        conflict = conflict_of(form, project)
    context = {"direction": project.direction, "conflict": conflict}
    return form_page(request, form, heading=_("แก้โครงการ"), **context)


@needs(Capability.DECIDE_PLANS)
@require_POST
def project_move(request: StaffRequest, fiscal_year: int, pk: int) -> HttpResponse:
    """One place up or down."""
    project = _project(request, fiscal_year, pk)
    with telling_refusals(request):
        move_project(project=project, up="up" in request.POST, by=request.user)
    return redirect(f"{project.direction.get_absolute_url()}#project-{pk}")


@needs(Capability.DECIDE_PLANS)
@require_http_methods(["GET", "POST"])
def project_remove(request: StaffRequest, fiscal_year: int, pk: int) -> HttpResponse:
    """Ask, then take the project out of the year."""
    project = _project(request, fiscal_year, pk)
    if request.method == "POST":
        with telling_refusals(request):
            remove_project(project=project, by=request.user)
            messages.success(request, _("เอาโครงการออกจากปีนี้แล้ว"))
        return redirect(f"{project.direction.get_absolute_url()}#projects")
    used = lines_from(project, by=request.user)
    context = {"project": project, "direction": project.direction, "used": used}
    return render(request, f"{PAGES}/confirm_remove.html", context)


def _project(request: StaffRequest, fiscal_year: int, pk: int) -> StandingProject:
    direction = visible_direction(request, fiscal_year)
    return get_object_or_404(direction.projects.select_related("direction"), pk=pk)
