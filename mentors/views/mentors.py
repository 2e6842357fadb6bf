"""Pages of the mentors."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mentors.forms.assignments import DistrictForm
from mentors.forms.mentors import ChangeMentorForm, EndMentorForm, MentorFilter, MentorForm
from mentors.models import Assignment, Mentor, Mentorship, Visit
from mentors.services.mentors import (
    accounts_without_mentor,
    add_mentor,
    add_mentor_of_account,
    change_mentor,
    end_mentor,
)
from mentors.services.teams import Member, team_of
from mentors.views.mentor_lists import for_list, mentors_page
from mentors.views.tabs import section_tabs
from volunteer_network.access.guards import needs
from volunteer_network.access.requests import StaffRequest
from volunteer_network.access.roles import Capability
from volunteer_network.errors import RuleViolation
from volunteer_network.models import User
from volunteer_network.views.conflicts import conflict_of

PAGES = "mentors/mentors"
VISITS_SHOWN, HISTORY_SHOWN = 5, 50


@needs(Capability.VIEW_MENTORS)
def mentor_list(request: StaffRequest) -> HttpResponseBase:
    user, today = request.user, timezone.localdate()
    filters = MentorFilter(request.GET, user=user)
    rows = for_list(Mentor.objects.visible_to(user), user, today)
    return mentors_page(user, today).render(
        request,
        filters.apply(rows),
        filters=filters,
        tabs=section_tabs(request),
        accounts=_accounts_to_offer(request),
    )


@needs(Capability.VIEW_MENTORS)
def mentor_detail(request: StaffRequest, pk: int) -> HttpResponse:
    mentor = _visible(request, pk)
    today = timezone.localdate()
    team = team_of(mentor, user=request.user, today=today)
    visits = Visit.objects.visible_to(request.user).filter(mentor=mentor)
    ended = Mentorship.objects.visible_to(request.user).filter(mentor=mentor, ends_on__lt=today)
    context = {
        "mentor": mentor,
        "today": today,
        "team": team,
        "team_figures": _figures_of(team),
        "silent": [one for one in team if one.is_silent],
        "coming": visits.planned().order_by("on_date", "pk")[:VISITS_SHOWN],
        "ended": ended.select_related("volunteer")[:HISTORY_SHOWN],
        "districts": DistrictForm(province=mentor.province_id),
        "last_assignment": _last_assignment(request, mentor),
        "serving": mentor.ends_on is None or mentor.ends_on >= today,
    }
    return render(request, f"{PAGES}/detail.html", context)


@needs(Capability.ASSIGN_MENTORS)
def mentor_create(request: StaffRequest) -> HttpResponse:
    form = MentorForm(request.POST or None, by=request.user)
    if form.is_valid() and (mentor := form.perform(add_mentor, by=request.user)):
        messages.success(request, _("เพิ่มพี่เลี้ยง %(name)s แล้ว จัด อสร. ให้ดูแลได้เลย") % {"name": mentor})
        return redirect(mentor)
    return _form_page(request, form, heading=_("เพิ่มพี่เลี้ยง"))


@needs(Capability.ASSIGN_MENTORS)
@require_POST
def mentor_from_account(request: StaffRequest, pk: int) -> HttpResponse:
    """One click for somebody who signs in as a mentor and is none in the list yet."""
    accounts = User.objects.visible_to(request.user).mentors_of(request.user.province_id)
    account = get_object_or_404(accounts.select_related("office"), pk=pk)
    try:
        mentor = add_mentor_of_account(account=account, by=request.user)
    except RuleViolation as refusal:
        messages.error(request, refusal.message)
        return redirect("mentors:list")
    messages.success(request, _("เพิ่มพี่เลี้ยง %(name)s จากบัญชีแล้ว") % {"name": mentor})
    return redirect(mentor)


@needs(Capability.ASSIGN_MENTORS)
def mentor_update(request: StaffRequest, pk: int) -> HttpResponse:
    mentor = _visible(request, pk)
    form = ChangeMentorForm(request.POST or None, mentor=mentor, by=request.user)
    conflict = None
    if form.is_valid():
        if saved := form.perform(change_mentor, mentor=mentor, by=request.user):
            messages.success(request, _("บันทึกการแก้ไขของ %(name)s แล้ว") % {"name": saved})
            return redirect(saved)
        conflict = conflict_of(form, mentor)
    heading = _("แก้ข้อมูล %(name)s") % {"name": mentor}
    return _form_page(request, form, heading=heading, mentor=mentor, conflict=conflict)


@needs(Capability.ASSIGN_MENTORS)
def mentor_end(request: StaffRequest, pk: int) -> HttpResponse:
    mentor = _visible(request, pk)
    form = EndMentorForm(request.POST or None, mentor=mentor, by=request.user)
    if form.is_valid() and (ended := form.perform(end_mentor, mentor=mentor, by=request.user)):
        messages.success(request, _("บันทึกการพ้นหน้าที่ของ %(name)s แล้ว") % {"name": ended})
        return redirect(ended)
    heading = _("การพ้นหน้าที่ของ %(name)s") % {"name": mentor}
    return _form_page(request, form, heading=heading, mentor=mentor)


def _visible(request: StaffRequest, pk: int) -> Mentor:
    rows = Mentor.objects.visible_to(request.user).select_related(
        "province", "agency", "office__agency", "office__province", "user"
    )
    return get_object_or_404(rows, pk=pk)


def _form_page(request: StaffRequest, form: Any, **context: Any) -> HttpResponse:
    context |= {"form": form}
    return render(request, f"{PAGES}/form.html", context, status=422 if form.is_bound else 200)


def _accounts_to_offer(request: StaffRequest) -> list[User]:
    """Only who may add a mentor is asked to."""
    if not request.user.can(Capability.ASSIGN_MENTORS):
        return []
    return list(accounts_without_mentor(request.user))


def _figures_of(team: list[Member]) -> dict[str, int]:
    """This month in numbers, from the rows that are on the page anyway."""
    return {
        "people": len(team),
        "heard": sum(bool(one.month.activities) for one in team),
        "activities": sum(one.month.activities for one in team),
        "reached": sum(one.month.people for one in team),
        "spotted": sum(one.month.spotted for one in team),
        "referred": sum(one.month.referred for one in team),
    }


def _last_assignment(request: StaffRequest, mentor: Mentor) -> Assignment | None:
    rows = Assignment.objects.visible_to(request.user).filter(mentorships__mentor=mentor)
    return rows.select_related("made_by").order_by("-made_at", "-pk").first()
