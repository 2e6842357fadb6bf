"""Giving seats back, giving them out of turn, other classes; with one person or with many."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from seminars.enums import RegistrationState
from seminars.forms.registrations import MoveForm, RegistrationFilter, WithdrawForm
from seminars.models import ParticipantClass, Registration, Seminar
from seminars.services.registrations import withdraw_registration
from seminars.services.seat_moves import accept_waiting, move_to_class, with_many
from seminars.views.registrations import form_page, visible_registration
from seminars.views.seminars import visible_seminar
from volunteer_network.access.guards import needs
from volunteer_network.access.requests import StaffRequest
from volunteer_network.access.roles import Capability
from volunteer_network.row_keys import is_key
from volunteer_network.ui.refusals import telling_refusals

MANY_AT_MOST = 300
SAID_AT_MOST = 3


@needs(Capability.REGISTER_FOR_SEMINARS)
def registration_withdraw(request: StaffRequest, pk: int, registration: int) -> HttpResponse:
    row = visible_registration(request, pk, registration)
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        moved = form.perform(withdraw_registration, registration=row, by=request.user)
        if moved is not None:
            messages.success(request, _given_back(row, moved))
            return redirect(row)
    return form_page(request, form, row, heading=_("%(name)s ไม่มาสัมมนา") % {"name": row})


@needs(Capability.RUN_SEMINARS)
@require_POST
def registration_accept(request: StaffRequest, pk: int, registration: int) -> HttpResponse:
    row = visible_registration(request, pk, registration)
    with telling_refusals(request):
        accept_waiting(registration=row, by=request.user)
        messages.success(request, _("ให้ที่นั่งแก่ %(name)s แล้ว") % {"name": row})
    return redirect(row)


@needs(Capability.RUN_SEMINARS)
def registration_move(request: StaffRequest, pk: int, registration: int) -> HttpResponse:
    row = visible_registration(request, pk, registration)
    form = MoveForm(request.POST or None, registration=row)
    if form.is_valid() and (
        moved := form.perform(move_to_class, registration=row, by=request.user)
    ):
        messages.success(
            request,
            _("ย้าย %(name)s ไป%(class)sแล้ว") % {"name": moved, "class": moved.participant_class},
        )
        return redirect(moved)
    return form_page(request, form, row, heading=_("ย้ายประเภทของ %(name)s") % {"name": row})


@needs(Capability.RUN_SEMINARS)
@require_POST
def registrations_many(request: StaffRequest, pk: int) -> HttpResponse:
    """Do the same with the ticked people; says how many went through and why others did not."""
    seminar = visible_seminar(request, pk)
    back = redirect(_list_of(seminar, request.POST.get("query", "")))
    chosen = list(_chosen(request, seminar)[: MANY_AT_MOST + 1])
    if not chosen:
        messages.error(request, _("ยังไม่ได้เลือกใคร ทำเครื่องหมายหน้าชื่อก่อน"))
    elif len(chosen) > MANY_AT_MOST:
        messages.error(request, _("ทำครั้งละไม่เกิน %(most)d คน กรองให้แคบลง") % {"most": MANY_AT_MOST})
    else:
        _do_with(request, seminar, chosen)
    return back


def _do_with(request: StaffRequest, seminar: Seminar, chosen: list[Registration]) -> None:
    """What the pressed button says: `accept`, `cancel`, or `class-7` to move there."""
    act = request.POST.get("act", "")
    move: Any = None
    how: dict[str, Any] = {"by": request.user}
    if act == "accept":
        move = accept_waiting
    elif act == "cancel":
        move = withdraw_registration
        how |= {"state": RegistrationState.CANCELLED, "reason": ""}
    elif wanted := _class_named(seminar, act):
        move = move_to_class
        how |= {"participant_class": wanted}
    if move is None:
        messages.error(request, _("เลือกว่าจะทำอะไรกับรายชื่อที่เลือก"))
        return
    outcome = with_many(chosen, move, **how)
    if outcome.done:
        messages.success(request, _("ทำแล้ว %(count)d คน") % {"count": outcome.done})
    if outcome.skipped:
        messages.warning(
            request,
            _("ข้าม %(count)d คน: %(why)s")
            % {
                "count": len(outcome.skipped),
                "why": " · ".join(dict.fromkeys(outcome.skipped[:SAID_AT_MOST])),
            },
        )


def _chosen(request: StaffRequest, seminar: Seminar) -> Any:
    rows = Registration.objects.visible_to(request.user).filter(seminar=seminar)
    if "everything" in request.POST:
        query = QueryDict(request.POST.get("query", ""))
        rows = RegistrationFilter(query, user=request.user).apply(rows)
    else:
        ids = [one for one in request.POST.getlist("id") if is_key(one)]
        rows = rows.filter(pk__in=ids)
    return rows.select_related("seminar").order_by("queued_at", "pk")


def _class_named(seminar: Seminar, act: str) -> ParticipantClass | None:
    named = act.removeprefix("class-")
    if named == act or not is_key(named):
        return None
    return seminar.classes.filter(pk=int(named)).first()


def _list_of(seminar: Seminar, query: str) -> str:
    return reverse("seminars:registrations", args=[seminar.pk], query=QueryDict(query))


def _given_back(row: Registration, moved: int) -> str:
    said = _("คืนที่นั่งของ %(name)s แล้ว") % {"name": row}
    if not moved:
        return said
    more = ngettext("ผู้ที่รออยู่ได้ที่นั่งแทน %(count)d คน", "ผู้ที่รออยู่ได้ที่นั่งแทน %(count)d คน", moved)
    return f"{said} {more % {'count': moved}}"
