"""Appointing, ending, suspending; and what is done with many rows of the register at once."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from volunteer_network.access.guards import needs
from volunteer_network.access.requests import StaffRequest
from volunteer_network.access.roles import Capability
from volunteer_network.forms.volunteers import AppointmentForm, EndTermForm, VolunteerFilter
from volunteer_network.models import Volunteer
from volunteer_network.models.volunteers import VolunteerQuerySet
from volunteer_network.row_keys import is_key
from volunteer_network.services.jobs import ask_for_job
from volunteer_network.services.terms import (
    appoint,
    end_term,
    resume,
    suspend,
    withdraw_application,
)
from volunteer_network.ui.refusals import telling_refusals
from volunteer_network.views.volunteer_lists import REGISTER, for_register

FORM = "volunteer_network/volunteers/form.html"
CARDS_AT_MOST = 300


@needs(Capability.EDIT_VOLUNTEERS)
def volunteer_appoint(request: StaffRequest, pk: int) -> HttpResponse:
    volunteer = _visible(request, pk)
    form = AppointmentForm(request.POST or None)
    if form.is_valid() and (_term := form.perform(appoint, volunteer=volunteer, by=request.user)):
        messages.success(request, _("แต่งตั้ง %(name)s แล้ว") % {"name": volunteer})
        return redirect(volunteer)
    return _page(request, form, volunteer, _("แต่งตั้ง %(name)s"))


@needs(Capability.EDIT_VOLUNTEERS)
def volunteer_end(request: StaffRequest, pk: int) -> HttpResponse:
    volunteer = _visible(request, pk)
    form = EndTermForm(request.POST or None)
    if form.is_valid() and (_term := form.perform(end_term, volunteer=volunteer, by=request.user)):
        messages.success(request, _("บันทึกการพ้นวาระของ %(name)s แล้ว") % {"name": volunteer})
        return redirect(volunteer)
    return _page(request, form, volunteer, _("การพ้นจากวาระของ %(name)s"))


@needs(Capability.EDIT_VOLUNTEERS)
@require_POST
def volunteer_suspend(request: StaffRequest, pk: int) -> HttpResponse:
    return _change_status(request, pk, suspend, _("พักการปฏิบัติหน้าที่ของ %(name)s แล้ว"))


@needs(Capability.EDIT_VOLUNTEERS)
@require_POST
def volunteer_resume(request: StaffRequest, pk: int) -> HttpResponse:
    return _change_status(request, pk, resume, _("%(name)s กลับมาปฏิบัติหน้าที่แล้ว"))


@needs(Capability.EDIT_VOLUNTEERS)
@require_POST
def volunteer_withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    return _change_status(request, pk, withdraw_application, _("ถอนการสมัครของ %(name)s แล้ว"))


@needs(Capability.MAKE_DOCUMENTS)
@require_POST
def volunteer_cards(request: StaffRequest) -> HttpResponse:
    """Ask for the cards of the chosen people who serve; the job's page shows how far it is."""
    chosen = _chosen(request).not_ended().values_list("pk", flat=True)[: CARDS_AT_MOST + 1]
    if not chosen:
        messages.error(request, _("ยังไม่ได้เลือกผู้ที่ทำบัตรได้ ทำเครื่องหมายหน้าชื่อคนที่ยังไม่พ้นสภาพ"))
        return redirect("volunteers:list")
    if len(chosen) > CARDS_AT_MOST:
        messages.error(
            request, _("ทำบัตรได้ครั้งละไม่เกิน %(most)d ใบ กรองให้แคบลง") % {"most": CARDS_AT_MOST}
        )
        return redirect("volunteers:list")
    title = ngettext("บัตรประจำตัว อสร. %(count)d ใบ", "บัตรประจำตัว อสร. %(count)d ใบ", len(chosen))
    job = ask_for_job(
        kind="volunteer_card",
        title=title % {"count": len(chosen)},
        parameters={"volunteers": sorted(chosen)},
        by=request.user,
    )
    return redirect(job)


@needs(Capability.VIEW_VOLUNTEERS)
@require_POST
def volunteer_export(request: StaffRequest) -> FileResponse:
    """The chosen rows as a spreadsheet, in the order of the list they were chosen from."""
    ordering = REGISTER.ordering(QueryDict(request.POST.get("query", "")).get("sort", ""))
    return REGISTER.file(request, "xlsx", ordering.sorted(for_register(_chosen(request))))


def _chosen(request: StaffRequest) -> VolunteerQuerySet:
    """The ticked rows, or all that match the filter the list was shown with."""
    visible = Volunteer.objects.visible_to(request.user)
    if request.POST.get("everything"):
        query = QueryDict(request.POST.get("query", ""))
        return VolunteerFilter(query, user=request.user).apply(visible)
    ids = [int(pk) for pk in request.POST.getlist("id") if is_key(pk)]
    return visible.filter(pk__in=ids)


def _change_status(request: StaffRequest, pk: int, service: Any, done: str) -> HttpResponse:
    volunteer = _visible(request, pk)
    with telling_refusals(request):
        service(volunteer=volunteer, by=request.user)
        messages.success(request, done % {"name": volunteer})
    return redirect(volunteer)


def _visible(request: StaffRequest, pk: int) -> Volunteer:
    return get_object_or_404(Volunteer.objects.visible_to(request.user), pk=pk)


def _page(request: StaffRequest, form: Any, volunteer: Volunteer, heading: str) -> HttpResponse:
    context = {"form": form, "volunteer": volunteer, "heading": heading % {"name": volunteer}}
    return render(request, FORM, context, status=422 if form.is_bound else 200)
