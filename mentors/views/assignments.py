"""Who guides whom: those whom nobody guides, assigning in one go, and taking that back."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mentors.forms.assignments import AssignForm, UnassignedFilter, read_seen, seen_in_words
from mentors.models import Assignment, Mentor, Mentorship
from mentors.services.mentorship_checks import AT_MOST, latest_mentorships
from mentors.services.mentorships import (
    assign_mentors,
    unassigned_volunteers,
    undo_assignment,
    what_stands_on,
)
from mentors.services.suggestions import load_on
from mentors.views.tabs import section_tabs
from mentors.views.unassigned_lists import UNASSIGNED
from volunteer_network.access.guards import needs
from volunteer_network.access.requests import StaffRequest
from volunteer_network.access.roles import Capability
from volunteer_network.errors import RuleViolation
from volunteer_network.forms.volunteers import VolunteerFilter
from volunteer_network.models import User, Volunteer
from volunteer_network.models.volunteers import VolunteerQuerySet
from volunteer_network.row_keys import is_key
from volunteer_network.ui.refusals import telling_refusals

PAGES = "mentors/assignments"
UNASSIGNED_LIST = "unassigned"


@dataclass(frozen=True)
class Chosen:
    """One volunteer about to get a mentor, with the one there is."""

    pk: int
    name: str
    place: str
    mentor: str
    since: date | None


@needs(Capability.VIEW_MENTORS)
def volunteer_unassigned(request: StaffRequest) -> HttpResponseBase:
    filters = UnassignedFilter(request.GET, user=request.user)
    rows = unassigned_volunteers(request.user, timezone.localdate())
    return UNASSIGNED.render(
        request, filters.apply(rows), filters=filters, tabs=section_tabs(request)
    )


@needs(Capability.ASSIGN_MENTORS)
def assignment_create(request: StaffRequest) -> HttpResponse:
    """Whom was chosen on another page, to whom and from when; saved when a day comes along."""
    saving = "starts_on" in request.POST
    people = _seen_people(request) if saving else _chosen(request)
    ids = list(people.values_list("pk", flat=True)[: AT_MOST + 1])
    if not ids:
        messages.error(request, _("ยังไม่ได้เลือก อสร. ที่ปฏิบัติหน้าที่อยู่ ทำเครื่องหมายหน้าชื่ออย่างน้อยหนึ่งคน"))
        return redirect("mentors:unassigned")
    seen = seen_in_words(ids, latest_mentorships(ids))
    form = AssignForm(
        request.POST if saving else None,
        by=request.user,
        count=len(ids),
        initial={"mentor": request.GET.get("mentor", ""), "seen": seen},
    )
    if form.is_valid() and (made := form.perform(_assign, by=request.user)):
        _say_assigned(request, made)
        return redirect(made)
    if form.is_bound:
        form.show_seen(seen)
    context = {"form": form, "chosen": _dressed(people), "count": len(ids)}
    return render(request, f"{PAGES}/form.html", context, status=422 if form.is_bound else 200)


@needs(Capability.ASSIGN_MENTORS)
@require_POST
def assignment_suggested(request: StaffRequest) -> HttpResponse:
    """Give each of the chosen the mentor that the list suggests, from today."""
    today = timezone.localdate()
    rows = unassigned_volunteers(request.user, today).filter(pk__in=_chosen(request).values("pk"))
    places = dict(rows.values_list("pk", "district_id")[: AT_MOST + 1])
    province = request.user.province_id or 0
    load = load_on(today, user=request.user, provinces=[province])
    suggested = {pk: load.suggest(province, district) for pk, district in places.items()}
    pairs = {pk: one.mentor.pk for pk, one in suggested.items() if one}
    if not pairs:
        messages.error(request, _("ไม่มีคนที่จัดได้ อาจมีผู้จัดไปแล้ว หรือจังหวัดยังไม่มีพี่เลี้ยง"))
        return redirect("mentors:unassigned")
    try:
        seen = latest_mentorships(list(pairs))
        made = assign_mentors(pairs=pairs, seen=seen, starts_on=today, by=request.user)
    except RuleViolation as refusal:
        messages.error(request, refusal.message)
        return redirect("mentors:unassigned")
    _say_assigned(request, made)
    return redirect(made)


@needs(Capability.VIEW_MENTORS)
def assignment_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """What one assignment did, and whether it can still be taken back."""
    assignment = _visible(request, pk)
    made = Mentorship.objects.visible_to(request.user).filter(assignment=assignment)
    rows = list(made.select_related("mentor", "volunteer__subdistrict", "volunteer__district"))
    context = {
        "assignment": assignment,
        "rows": rows,
        "by_mentor": Counter(row.mentor for row in rows).most_common(),
        "standing": "" if assignment.undone_at else what_stands_on(assignment),
    }
    return render(request, f"{PAGES}/detail.html", context)


@needs(Capability.ASSIGN_MENTORS)
@require_POST
def assignment_undo(request: StaffRequest, pk: int) -> HttpResponse:
    assignment = _visible(request, pk)
    with telling_refusals(request):
        undone = undo_assignment(assignment=assignment, by=request.user)
        words = _("เอาการจัดพี่เลี้ยง %(count)d คนกลับคืนแล้ว ทุกคนเป็นอย่างเดิม")
        messages.success(request, words % {"count": undone.number})
    return redirect(assignment)


def _assign(*, mentor: Mentor, starts_on: date, seen: dict[int, int], by: User) -> Assignment:
    pairs = dict.fromkeys(seen, mentor.pk)
    return assign_mentors(pairs=pairs, seen=seen, starts_on=starts_on, by=by)


def _seen_people(request: StaffRequest) -> VolunteerQuerySet:
    seen = read_seen(request.POST.get("seen", ""))
    return Volunteer.objects.visible_to(request.user).filter(pk__in=seen)


def _chosen(request: StaffRequest) -> VolunteerQuerySet:
    """The ticked rows, all that match the list's filter, or a whole district; in office only."""
    visible = Volunteer.objects.visible_to(request.user).in_office()
    if request.POST.get("everything"):
        return _matching(request, visible)
    asked = request.POST if request.method == "POST" else request.GET
    district = asked.get("district", "")
    if is_key(district):
        return visible.filter(district=int(district))
    ids = [int(pk) for pk in asked.getlist("id") if is_key(pk)]
    return visible.filter(pk__in=ids)


def _matching(request: StaffRequest, visible: VolunteerQuerySet) -> VolunteerQuerySet:
    query = QueryDict(request.POST.get("query", ""))
    if request.POST.get("list") == UNASSIGNED_LIST:
        rows = unassigned_volunteers(request.user, timezone.localdate())
        return UnassignedFilter(query, user=request.user).apply(rows)
    return VolunteerFilter(query, user=request.user).apply(visible)


def _dressed(people: VolunteerQuerySet) -> list[Chosen]:
    """The chosen with the mentor of each, now or to come."""
    rows = list(people.select_related("subdistrict", "district")[:AT_MOST])
    mentorships = (
        Mentorship.objects.filter(volunteer__in=[one.pk for one in rows])
        .from_day(timezone.localdate())
        .select_related("mentor")
        .order_by("starts_on")
    )
    latest = {row.volunteer_id: row for row in mentorships}
    return [
        Chosen(
            pk=one.pk,
            name=one.display_name,
            place=f"ต.{one.subdistrict} อ.{one.district}",
            mentor=str(latest[one.pk].mentor) if one.pk in latest else "",
            since=latest[one.pk].starts_on if one.pk in latest else None,
        )
        for one in rows
    ]


def _visible(request: StaffRequest, pk: int) -> Assignment:
    rows = Assignment.objects.visible_to(request.user).select_related("made_by")
    return get_object_or_404(rows, pk=pk)


def _say_assigned(request: StaffRequest, made: Assignment) -> None:
    messages.success(request, _("จัดพี่เลี้ยงให้ อสร. %(count)d คนแล้ว") % {"count": made.number})
