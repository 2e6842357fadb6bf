"""Changing parts of a seminar: what is said of it, its programme, its seats."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from seminars.forms.classes import ClassesForm, ProvinceSeatsForm
from seminars.forms.programmes import ProgrammeForm
from seminars.forms.seminars import ChangeSeminarForm
from seminars.services.classes import planned_seats, set_classes, set_province_seats
from seminars.services.programmes import set_programme
from seminars.services.seminars import change_seminar
from seminars.views.seminars import form_page, visible_seminar
from volunteer_network.access.guards import needs
from volunteer_network.access.requests import StaffRequest
from volunteer_network.access.roles import Capability
from volunteer_network.views.conflicts import conflict_of


@needs(Capability.RUN_SEMINARS)
def seminar_update(request: StaffRequest, pk: int) -> HttpResponse:
    form_of = ChangeSeminarForm
    return _part(request, pk, form_of, change_seminar, _("แก้ข้อมูลสัมมนา"))


@needs(Capability.RUN_SEMINARS)
def seminar_programme(request: StaffRequest, pk: int) -> HttpResponse:
    return _part(request, pk, ProgrammeForm, set_programme, _("ครึ่งวันและกำหนดการ"))


@needs(Capability.RUN_SEMINARS)
def seminar_classes(request: StaffRequest, pk: int) -> HttpResponse:
    return _part(request, pk, ClassesForm, set_classes, _("ประเภทผู้เข้าร่วมและที่นั่ง"))


@needs(Capability.RUN_SEMINARS)
def seminar_province_seats(request: StaffRequest, pk: int) -> HttpResponse:
    """Show what the rule would give, or give it."""
    seminar = visible_seminar(request, pk)
    form = ProvinceSeatsForm(request.POST or None, seminar=seminar)
    planned = []
    if form.is_valid():
        typed = form.cleaned_data
        planned = planned_seats(seminar, each=typed["each"], exceptions=typed["exceptions"])
        wanted = "preview" not in request.POST
        if wanted and (
            _given := form.perform(set_province_seats, seminar=seminar, by=request.user)
        ):
            messages.success(request, _("ให้ที่นั่งแก่จังหวัดแล้ว"))
            return redirect(seminar)
    return form_page(
        request,
        form,
        heading=_("ที่นั่งของแต่ละจังหวัด"),
        seminar=seminar,
        planned=planned,
        planned_total=sum(row.after for row in planned),
    )


def _part(request: StaffRequest, pk: int, form_of: Any, service: Any, heading: str) -> HttpResponse:
    seminar = visible_seminar(request, pk)
    form = form_of(request.POST or None, seminar=seminar)
    conflict = None
    if form.is_valid():
        if form.perform(service, seminar=seminar, by=request.user):
            messages.success(request, _("บันทึก%(what)sแล้ว") % {"what": heading})
            return redirect(seminar)
        conflict = conflict_of(form, seminar, lambda: form_of(seminar=seminar))
    return form_page(request, form, heading=heading, seminar=seminar, conflict=conflict)
