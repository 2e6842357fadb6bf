"""Pages of cases."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from volunteer_network.access.guards import needs
from volunteer_network.access.requests import StaffRequest
from volunteer_network.access.roles import Capability
from volunteer_network.case_steps import NOTICE_VERSION, TOPICS, days_to_finish
from volunteer_network.enums import Category, Urgency
from volunteer_network.forms.case_moves import RevealClientForm
from volunteer_network.forms.cases import CaseFilter, NewCaseForm
from volunteer_network.models import Activity, Case, User, Volunteer
from volunteer_network.row_keys import is_key
from volunteer_network.services.case_clients import Contact, note_viewing, reveal_client
from volunteer_network.services.case_openings import open_case
from volunteer_network.services.case_routes import office_for
from volunteer_network.services.case_stories import answer_in_words
from volunteer_network.thai_calendar import short_date
from volunteer_network.views.case_lists import list_for, ready_views
from volunteer_network.views.case_words import next_of, state_of, timeline_of

PAGES = "volunteer_network/cases"


@needs(Capability.VIEW_CASES)
def case_list(request: StaffRequest) -> HttpResponseBase:
    today = timezone.localdate()
    visible = Case.objects.visible_to(request.user)
    filters = CaseFilter(request.GET, user=request.user)
    views = ready_views(request, visible, today=today)
    return list_for(request).render(
        request,
        filters.apply(visible, today=today),
        filters=filters,
        count=None if filters.active else views[-1].count,  # that of all
        views=views,
    )


@needs(Capability.VIEW_CASES)
def case_detail(request: StaffRequest, pk: int) -> HttpResponse:
    case = visible_case(request, pk)
    note_viewing(case=case, by=request.user)
    return _detail(request, case)


@needs(Capability.REFER_CASES)
def case_create(request: StaffRequest) -> HttpResponse:
    province = request.user.province
    if province is None:  # no role that may refer is without one
        raise PermissionDenied
    form = NewCaseForm(
        request.POST or None, user=request.user, province=province, initial=_suggested(request)
    )
    if form.is_valid():
        refer = "keep" not in request.POST
        if case := form.perform(open_case, refer=refer, by=request.user):
            return _after_opening(request, case)
    route = _route(form["topic"].value(), form["urgency"].value(), request.user)
    form.show_after("urgency", render_to_string(f"{PAGES}/_route.html", {"route": route}))
    notice = render_to_string(f"{PAGES}/_notice.html", {"version": NOTICE_VERSION})
    form.show_after("notice_given", notice)
    status = 422 if form.is_bound else 200
    return render(request, f"{PAGES}/form.html", {"form": form}, status=status)


@needs(Capability.REFER_CASES)
def case_route(request: StaffRequest) -> HttpResponse:
    """Where a topic goes and until when, while the form is being filled in."""
    topic, urgency = request.GET.get("topic", ""), request.GET.get("urgency", "")
    if not request.htmx:  # the address as a page is the form itself
        return redirect(reverse("cases:create", query={"topic": topic}))
    return render(request, f"{PAGES}/_route.html", {"route": _route(topic, urgency, request.user)})


@needs(Capability.REVEAL_CONTACTS)
def case_reveal(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask for the reason, then show the contact once, in the answer to this POST only."""
    case = visible_case(request, pk)
    form = RevealClientForm(request.POST or None)
    form.cancel_url = case.get_absolute_url()
    if form.is_valid() and (contact := form.perform(reveal_client, case=case, by=request.user)):
        return _detail(request, case, contact=contact)
    context = {
        "form": form,
        "case": case,
        "heading": _("ขอดูวิธีติดต่อผู้เดือดร้อน"),
        "next": next_of(case, today=timezone.localdate()),
    }
    return render(request, f"{PAGES}/move.html", context, status=422 if form.is_bound else 200)


def visible_case(request: StaffRequest, pk: int) -> Case:
    rows = Case.objects.visible_to(request.user).select_related(
        *("office__agency", "office__province", "province", "subdistrict__district"),
        *("subdistrict__province", "keeper", "opened_by"),
    )
    return get_object_or_404(rows, pk=pk)


def _detail(request: StaffRequest, case: Case, contact: Contact | None = None) -> HttpResponse:
    user, today = request.user, timezone.localdate()
    context = {
        "case": case,
        "next": next_of(case, today=today),
        "state": state_of(case.state, case.outcome),
        "timeline": timeline_of(case, user=user),
        "actions": set(case.actions_for(user)),
        "answer": answer_in_words(case) if case.answered_on else "",
        "volunteer": case.volunteer if user.can(Capability.VIEW_VOLUNTEERS) else None,
        "activity": case.activity if user.can(Capability.VIEW_ACTIVITIES) else None,
        "has_contact": case.contact_is_open_to(user),
        "contact": contact,
    }
    return render(request, f"{PAGES}/detail.html", context)


def _after_opening(request: StaffRequest, case: Case) -> HttpResponse:
    """To the case; or, where its sender may not see it again, to the list, with where it went."""
    words: dict[str, Any] = {
        "code": case.code,
        "office": case.office,
        "due": short_date(case.due_on),
        "who": case.keeper,
    }
    if not Case.objects.visible_to(request.user).filter(pk=case.pk).exists():
        text = _(
            "รับเรื่อง %(code)s แล้ว ส่งถึง%(who)sโดยตรง เรื่องนี้เปิดได้เฉพาะผู้รับผิดชอบ จดเลขที่ไว้ถ้าต้องสอบถาม"
        )
        messages.success(request, text % words)
        return redirect("cases:list")
    text = (
        _("ส่งเรื่อง %(code)s ถึง%(office)sแล้ว ต้องตอบรับภายใน %(due)s")
        if case.office
        else _("เก็บเรื่อง %(code)s ไว้แล้ว ส่งต่อภายใน %(due)s")
    )
    messages.success(request, text % words)
    return redirect(case)


def _route(topic: Any, urgency: Any, user: User) -> dict[str, Any] | None:
    """The office and the day for a topic, as the form shows them."""
    if topic not in TOPICS or user.province_id is None:
        return None
    known = Category(topic)
    days = days_to_finish(known, Urgency.URGENT if urgency == Urgency.URGENT else Urgency.NORMAL)
    return {
        "office": office_for(known, province=user.province_id),
        "days": days,
        "finish_by": timezone.localdate() + timedelta(days=days),
        "is_restricted": Case(topic=known).is_restricted,
    }


def _suggested(request: StaffRequest) -> dict[str, Any]:
    """What the address suggests: the activity it comes from, or the volunteer."""
    suggested: dict[str, Any] = {}
    if activity := _asked_for(request, "activity", Activity):
        suggested = {
            "activity": activity,
            "volunteer": activity.volunteer_id,
            "subdistrict": activity.subdistrict,
        }
        if activity.category in TOPICS:
            suggested["topic"] = activity.category
    elif volunteer := _asked_for(request, "volunteer", Volunteer):
        suggested = {"volunteer": volunteer.pk}
    if (topic := request.GET.get("topic", "")) in TOPICS:
        suggested["topic"] = topic
    return suggested


def _asked_for(request: StaffRequest, name: str, model: Any) -> Any:
    asked = request.GET.get(name, "")
    if not is_key(asked):
        return None
    rows = model.objects.visible_to(request.user).select_related("subdistrict__district")
    return rows.filter(pk=int(asked), province=request.user.province_id).first()
