"""Pages of the seminars: the list, one of them, and its way from a draft to one that was held."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from seminars.enums import RegistrationSource, SeminarState
from seminars.forms.seminars import CloneForm, ReasonForm, SeminarFilter, SeminarForm
from seminars.models import Seminar
from seminars.services.announcements import (
    remind_silent,
    reminder_to_take_back,
    take_back_seminar_reminder,
)
from seminars.services.checks import checks_of
from seminars.services.open_doors import why_closed
from seminars.services.overviews import (
    class_seats,
    history_of_seminar,
    own_seats,
    province_rows,
)
from seminars.services.seminars import MOVES, clone_seminar, make_seminar, move_seminar
from seminars.views.seminar_lists import SEMINARS, STATE_SHAPES, for_list
from volunteer_network.access.guards import needs
from volunteer_network.access.requests import StaffRequest
from volunteer_network.access.roles import Capability
from volunteer_network.ui.refusals import telling_refusals
from volunteer_network.ui.registry import panels_for
from volunteer_network.views.reminders import say_reminded, say_taken_back

PAGES = "seminars/seminars"
# Where a move leads → its address, what its button says, what it means.
MOVES_IN_WORDS: dict[SeminarState, tuple[str, str | Promise, str | Promise]] = {
    SeminarState.OPEN: (
        "publish",
        gettext_lazy("เปิดรับลงทะเบียน"),
        gettext_lazy("จังหวัดที่ได้รับที่นั่งเห็นสัมมนานี้และส่งรายชื่อได้ ครั้งแรกจะแจ้งพี่เลี้ยงและแรงงานจังหวัดด้วย"),
    ),
    SeminarState.CLOSED: (
        "close",
        gettext_lazy("ปิดรับลงทะเบียน"),
        gettext_lazy("จังหวัดเพิ่มชื่อไม่ได้ ผู้จัดยังลงทะเบียนแทนได้ เปิดรับอีกครั้งได้"),
    ),
    SeminarState.FINISHED: (
        "finish",
        gettext_lazy("บันทึกว่าจัดแล้ว"),
        gettext_lazy("รายชื่อและการลงชื่อเข้าหยุดนิ่ง เปิดกลับมาแก้ได้ถ้าจำเป็น"),
    ),
    SeminarState.CANCELLED: (
        "cancel",
        gettext_lazy("ยกเลิกสัมมนา"),
        gettext_lazy("จังหวัดที่ได้รับเชิญได้รับแจ้งพร้อมเหตุผล รายชื่อยังอยู่แต่แก้ไม่ได้"),
    ),
    SeminarState.DRAFT: (
        "take-back",
        gettext_lazy("กลับเป็นร่าง"),
        gettext_lazy("จังหวัดไม่เห็นสัมมนานี้จนกว่าจะเปิดรับอีกครั้ง"),
    ),
}


@needs(Capability.VIEW_SEMINARS)
def seminar_list(request: StaffRequest) -> HttpResponseBase:
    visible = Seminar.objects.visible_to(request.user)
    years = visible.order_by("-fiscal_year").values_list("fiscal_year", flat=True).distinct()
    filters = SeminarFilter(request.GET, years=list(years))
    return SEMINARS.render(request, for_list(filters.apply(visible)), filters=filters)


@needs(Capability.VIEW_SEMINARS)
def seminar_detail(request: StaffRequest, pk: int) -> HttpResponse:
    seminar = visible_seminar(request, pk)
    runs = request.user.can(Capability.RUN_SEMINARS)
    closed = why_closed(seminar, RegistrationSource.PROVINCE, timezone.now())
    context: dict[str, Any] = {
        "seminar": seminar,
        "shape": STATE_SHAPES[SeminarState(seminar.state)],
        "classes": class_seats(seminar),
        "agenda": seminar.agenda.all(),
        "sessions": seminar.sessions.all(),
        "own": own_seats(seminar, request.user),
        "closed": closed,
        "moves": _moves(seminar) if runs else [],
        "checks": checks_of(seminar) if runs else None,
        "reminder": reminder_to_take_back(seminar, by=request.user) if runs else None,
        "provinces": province_rows(seminar) if request.user.scope.nationwide else [],
        "history": history_of_seminar(seminar, request.user),
        "panels": panels_for(request.user, "seminar", seminar),
    }
    context["silent"] = [row for row in context["provinces"] if row.seats and not row.answered]
    context["full"] = [row for row in context["provinces"] if not row.left]
    return render(request, f"{PAGES}/detail.html", context)


@needs(Capability.RUN_SEMINARS)
def seminar_create(request: StaffRequest) -> HttpResponse:
    form = SeminarForm(request.POST or None)
    if form.is_valid() and (seminar := form.perform(make_seminar, by=request.user)):
        messages.success(request, _("สร้างร่างแล้ว ต่อไปใส่กำหนดการและที่นั่ง"))
        return redirect(seminar)
    latest = Seminar.objects.visible_to(request.user).first()
    return form_page(request, form, heading=_("เตรียมสัมมนา"), latest=latest)


@needs(Capability.RUN_SEMINARS)
def seminar_clone(request: StaffRequest, pk: int) -> HttpResponse:
    seminar = visible_seminar(request, pk)
    form = CloneForm(request.POST or None)
    if form.is_valid() and (made := form.perform(clone_seminar, seminar=seminar, by=request.user)):
        messages.success(request, _("สร้างร่างจากครั้งก่อนแล้ว ตรวจรายการที่ยังขาด แล้วเปิดรับลงทะเบียน"))
        return redirect(made)
    return form_page(request, form, heading=_("เหมือนครั้งก่อน"), seminar=seminar)


@needs(Capability.RUN_SEMINARS)
def seminar_move(request: StaffRequest, pk: int, to: SeminarState) -> HttpResponse:
    """Ask for the reason, then do it; a refusal says what to mend."""
    seminar = visible_seminar(request, pk)
    _address, button, text = MOVES_IN_WORDS[to]
    form = ReasonForm(
        request.POST or None, submit_label=_("%(verb)s 1 ครั้ง") % {"verb": button},
        cancel_url=seminar.get_absolute_url(),
    )  # fmt: skip
    if form.is_valid() and (
        moved := form.perform(move_seminar, seminar=seminar, to=to, by=request.user)
    ):
        messages.success(
            request, _("สัมมนาอยู่ในสถานะ%(state)s") % {"state": moved.get_state_display()}
        )
        return redirect(moved)
    return form_page(request, form, heading=str(button), lede=text, seminar=seminar)


@needs(Capability.RUN_SEMINARS)
@require_POST
def seminar_remind(request: StaffRequest, pk: int) -> HttpResponse:
    seminar = visible_seminar(request, pk)
    with telling_refusals(request):
        say_reminded(request, remind_silent(seminar=seminar, by=request.user))
    return redirect(seminar)


@needs(Capability.RUN_SEMINARS)
@require_POST
def seminar_recall(request: StaffRequest, pk: int) -> HttpResponse:
    """Take back the reminder of a moment ago."""
    seminar = visible_seminar(request, pk)
    with telling_refusals(request):
        say_taken_back(request, take_back_seminar_reminder(seminar=seminar, by=request.user))
    return redirect(seminar)


def visible_seminar(request: StaffRequest, pk: int) -> Seminar:
    rows = Seminar.objects.visible_to(request.user).select_related("venue_province")
    return get_object_or_404(rows, pk=pk)


def form_page(request: StaffRequest, form: Any, **context: Any) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, f"{PAGES}/form.html", context | {"form": form}, status=status)


def _moves(seminar: Seminar) -> list[dict[str, Any]]:
    """The buttons of what may come next; cancelling stands last and looks it."""
    possible = MOVES[SeminarState(seminar.state)]
    return [
        {
            "href": reverse(f"seminars:{address}", args=[seminar.pk]),
            "label": label,
            "text": text,
            "danger": to == SeminarState.CANCELLED,
        }
        for to, (address, label, text) in MOVES_IN_WORDS.items()
        if to in possible and to != SeminarState.OPEN
    ]
