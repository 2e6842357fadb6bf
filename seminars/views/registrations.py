"""The people of a seminar: the list, one of them, registering, changing, sending a substitute."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from seminars.enums import COMING, RegistrationSource, RegistrationState
from seminars.forms.registrations import (
    ChangeForm,
    RegisterForm,
    RegistrationFilter,
    SubstituteForm,
)
from seminars.models import Registration, Seminar
from seminars.services.known_people import known_people, picked_person
from seminars.services.open_doors import why_closed
from seminars.services.overviews import history_of, own_seats
from seminars.services.registrations import (
    change_registration,
    register_participant,
    send_substitute,
)
from seminars.services.seats import places_in_queue
from seminars.views.registration_lists import STATE_SHAPES, for_people, may_contact, page_for
from seminars.views.seminars import visible_seminar
from volunteer_network.access.guards import needs
from volunteer_network.access.requests import StaffRequest
from volunteer_network.access.roles import Capability
from volunteer_network.row_keys import is_key
from volunteer_network.views.conflicts import conflict_of

PAGES = "seminars/registrations"


@needs(Capability.VIEW_SEMINARS)
def registration_list(request: StaffRequest, pk: int) -> HttpResponseBase:
    seminar = visible_seminar(request, pk)
    filters = RegistrationFilter(request.GET, user=request.user)
    rows = Registration.objects.visible_to(request.user).filter(seminar=seminar)
    return page_for(request).render(
        request,
        for_people(filters.apply(rows)),
        filters=filters,
        seminar=seminar,
        own=own_seats(seminar, request.user),
        closed=why_closed(seminar, _source(request), timezone.now()),
        classes=seminar.classes.all() if request.user.can(Capability.RUN_SEMINARS) else [],
    )


@needs(Capability.VIEW_SEMINARS)
def registration_detail(request: StaffRequest, pk: int, registration: int) -> HttpResponse:
    row = visible_registration(request, pk, registration)
    context: dict[str, Any] = {
        "registration": row,
        "seminar": row.seminar,
        "shape": STATE_SHAPES[RegistrationState(row.state)],
        "place": places_in_queue(row.seminar).get(row.pk) if row.state == "waiting" else None,
        "contact": may_contact(request),
        "history": history_of(row, request.user),
        "check_ins": row.check_ins.visible_to(request.user).select_related("session"),
        "coming": row.state in COMING,
        "closed": why_closed(row.seminar, RegistrationSource.CENTRE, timezone.now()),
    }
    return render(request, f"{PAGES}/detail.html", context)


@needs(Capability.REGISTER_FOR_SEMINARS)
def registration_create(request: StaffRequest, pk: int) -> HttpResponse:
    seminar = visible_seminar(request, pk)
    known = _picked(request)
    form = RegisterForm(
        request.POST or None, seminar=seminar, user=request.user, known=known,
        initial=_kept(request),
    )  # fmt: skip
    if form.is_valid() and (made := form.perform(register_participant, by=request.user)):
        _say_what_became(request, made)
        if "another" in request.POST:
            kept = {"participant_class": made.participant_class_id}
            return redirect(reverse("seminars:register", args=[pk], query=kept))
        return redirect(made)
    return _people_page(request, form, seminar, known, heading=_("ลงทะเบียนผู้เข้าร่วม"))


@needs(Capability.REGISTER_FOR_SEMINARS)
def registration_update(request: StaffRequest, pk: int, registration: int) -> HttpResponse:
    row = visible_registration(request, pk, registration)
    form = ChangeForm(request.POST or None, registration=row)
    conflict = None
    if form.is_valid():
        if saved := form.perform(change_registration, registration=row, by=request.user):
            messages.success(request, _("บันทึกการแก้ไขของ %(name)s แล้ว") % {"name": saved})
            return redirect(saved)
        conflict = conflict_of(form, row)
    return form_page(request, form, row, heading=_("แก้ข้อมูลผู้เข้าร่วม"), conflict=conflict)


@needs(Capability.REGISTER_FOR_SEMINARS)
def registration_substitute(request: StaffRequest, pk: int, registration: int) -> HttpResponse:
    row = visible_registration(request, pk, registration)
    known = _picked(request)
    form = SubstituteForm(request.POST or None, registration=row, known=known)
    if form.is_valid() and (
        made := form.perform(send_substitute, registration=row, by=request.user)
    ):
        messages.success(request, _("%(new)s มาแทน %(old)s แล้ว") % {"new": made, "old": row})
        return redirect(made)
    heading = _("ส่งผู้แทนของ %(name)s") % {"name": row}
    return _people_page(request, form, row.seminar, known, heading=heading, registration=row)


def visible_registration(request: StaffRequest, pk: int, registration: int) -> Registration:
    rows = Registration.objects.visible_to(request.user).select_related(
        *("seminar", "participant_class", "province", "mentor", "volunteer"),
        *("registered_by", "substitute_for"),
    )
    seminars = Seminar.objects.visible_to(request.user)
    return get_object_or_404(rows, pk=registration, seminar=pk, seminar__in=seminars)


def form_page(
    request: StaffRequest, form: Any, registration: Registration, **context: Any
) -> HttpResponse:
    context |= {"form": form, "registration": registration, "seminar": registration.seminar}
    form.cancel_url = registration.get_absolute_url()
    status = 422 if form.is_bound else 200
    return render(request, f"{PAGES}/form.html", context, status=status)


def _people_page(
    request: StaffRequest, form: Any, seminar: Seminar, known: Any, **context: Any
) -> HttpResponse:
    """A form with the people of the network beside it, to pick instead of typing."""
    words = request.GET.get("q", "")[:100]
    context |= {
        "form": form,
        "seminar": seminar,
        "known": known,
        "words": words,
        "people": known_people(seminar, request.user, words),
        "may_pick": request.user.province_id is not None,
        "own": own_seats(seminar, request.user),
        "closed": why_closed(seminar, _source(request), timezone.now()),
    }
    status = 422 if form.is_bound else 200
    return render(request, f"{PAGES}/form.html", context, status=status)


def _source(request: StaffRequest) -> RegistrationSource:
    runs = request.user.can(Capability.RUN_SEMINARS)
    return RegistrationSource.CENTRE if runs else RegistrationSource.PROVINCE


def _picked(request: StaffRequest) -> Any:
    given = {name: request.GET.get(name, "") for name in ("mentor", "volunteer")}
    return picked_person(request.user, **given)


def _kept(request: StaffRequest) -> dict[str, str] | None:
    chosen = request.GET.get("participant_class", "")
    return {"participant_class": chosen} if is_key(chosen) else None


def _say_what_became(request: StaffRequest, made: Registration) -> None:
    if made.state == RegistrationState.ACCEPTED:
        messages.success(request, _("ลงทะเบียน %(name)s แล้ว") % {"name": made})
        return
    place = places_in_queue(made.seminar).get(made.pk)
    messages.warning(
        request,
        _("ที่นั่งเต็ม %(name)s อยู่ในรายชื่อสำรองลำดับที่ %(place)s เมื่อมีที่ว่างจะได้ที่นั่งเองและแจ้งให้ทราบ")
        % {"name": made, "place": place},
    )
