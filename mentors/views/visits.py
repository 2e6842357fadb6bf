"""Pages of visits and meetings."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from mentors.forms.visits import (
    CancelVisitForm,
    ChangeVisitForm,
    FinishVisitForm,
    NewVisitForm,
    VisitFilter,
)
from mentors.models import Mentor, Visit, VisitVolunteer
from mentors.papers import VISIT_LIST, VISITS_AT_MOST
from mentors.services.mentors import own_mentor
from mentors.services.silence import guided_by
from mentors.services.visits import cancel_visit, change_visit, finish_visit, plan_visit
from mentors.views.tabs import section_tabs
from mentors.views.visit_lists import VISITS, for_list, status_of
from volunteer_network.access.guards import needs
from volunteer_network.access.requests import StaffRequest
from volunteer_network.access.roles import Capability
from volunteer_network.models import Volunteer
from volunteer_network.models.volunteers import VolunteerQuerySet
from volunteer_network.row_keys import is_key
from volunteer_network.services.jobs import ask_for_job
from volunteer_network.views.conflicts import conflict_of

PAGES = "mentors/visits"


@dataclass(frozen=True)
class Choice:
    """A ready view of the list."""

    label: str
    href: str
    current: bool


@needs(Capability.VIEW_MENTORS)
def visit_list(request: StaffRequest) -> HttpResponseBase:
    filters = VisitFilter(request.GET, user=request.user)
    own = own_mentor(request.user)
    return VISITS.render(
        request,
        for_list(filters.apply(Visit.objects.visible_to(request.user))),
        filters=filters,
        tabs=section_tabs(request),
        own=own,
        choices=_choices(own, request.META["QUERY_STRING"]),
    )


@needs(Capability.VIEW_MENTORS)
def visit_detail(request: StaffRequest, pk: int) -> HttpResponse:
    visit = _visible(request, pk)
    people = VisitVolunteer.objects.visible_to(request.user).filter(visit=visit)
    shape, status = status_of(visit.state, visit.on_date, timezone.localdate())
    context = {
        "visit": visit,
        "people": people.select_related("volunteer__subdistrict", "volunteer__district").order_by(
            "volunteer__district__sort_key", "volunteer__sort_key", "pk"
        ),
        "shape": shape,
        "status": status,
    }
    return render(request, f"{PAGES}/detail.html", context)


@needs(Capability.ASSIGN_MENTORS)
def visit_create(request: StaffRequest, pk: int) -> HttpResponse:
    """A visit of one mentor (pk); those ticked on the mentor's page come along."""
    mentor = _mentor(request, pk)
    ticked = [int(one) for one in _asked(request).getlist("id") if is_key(one)]
    sent = request.POST if "submission" in request.POST else None
    form = NewVisitForm(
        sent,
        mentor=mentor,
        people=_team(request, mentor),
        initial={"volunteers": ticked, "kind": request.GET.get("kind", "visit")},
    )
    if form.is_valid() and (visit := form.perform(plan_visit, mentor=mentor, by=request.user)):
        messages.success(request, _("บันทึกนัด %(title)s แล้ว") % {"title": visit.title})
        return redirect(visit)
    return _form_page(request, form, heading=_("นัดเยี่ยมหรือประชุม"), mentor=mentor)


@needs(Capability.ASSIGN_MENTORS)
def visit_update(request: StaffRequest, pk: int) -> HttpResponse:
    visit = _visible(request, pk)
    form = _change_form(request, visit, request.POST or None)
    conflict = None
    if form.is_valid():
        if saved := form.perform(change_visit, visit=visit, by=request.user):
            messages.success(request, _("บันทึกการแก้ไขแล้ว"))
            return redirect(saved)
        conflict = conflict_of(form, visit, lambda: _change_form(request, visit))
    heading = _("แก้นัด %(title)s") % {"title": visit.title}
    return _form_page(request, form, heading=heading, visit=visit, conflict=conflict)


@needs(Capability.ASSIGN_MENTORS)
def visit_finish(request: StaffRequest, pk: int) -> HttpResponse:
    visit = _visible(request, pk)
    form = FinishVisitForm(request.POST or None, visit=visit, user=request.user)
    if form.is_valid() and (done := form.perform(finish_visit, visit=visit, by=request.user)):
        messages.success(request, _("บันทึกผล %(title)s แล้ว") % {"title": done.title})
        return redirect(done)
    heading = _("ผลของ %(title)s") % {"title": visit.title}
    return _form_page(request, form, heading=heading, visit=visit)


@needs(Capability.ASSIGN_MENTORS)
def visit_cancel(request: StaffRequest, pk: int) -> HttpResponse:
    visit = _visible(request, pk)
    form = CancelVisitForm(request.POST or None)
    if form.is_valid() and (gone := form.perform(cancel_visit, visit=visit, by=request.user)):
        messages.success(request, _("ยกเลิกนัด %(title)s แล้ว") % {"title": gone.title})
        return redirect(gone)
    heading = _("ยกเลิกนัด %(title)s") % {"title": visit.title}
    return _form_page(request, form, heading=heading, visit=visit)


@needs(Capability.MAKE_DOCUMENTS)
@require_POST
def visit_print(request: StaffRequest) -> HttpResponse:
    """Ask for the printed list of the chosen visits; the job's page shows how far it is."""
    chosen = list(_chosen(request).values_list("pk", flat=True)[: VISITS_AT_MOST + 1])
    if not chosen:
        messages.error(request, _("ยังไม่ได้เลือกนัด ทำเครื่องหมายหน้ารายการอย่างน้อยหนึ่งรายการ"))
        return redirect("mentors:visits")
    if len(chosen) > VISITS_AT_MOST:
        words = _("พิมพ์ได้ครั้งละไม่เกิน %(most)d นัด กรองให้แคบลง")
        messages.error(request, words % {"most": VISITS_AT_MOST})
        return redirect("mentors:visits")
    title = ngettext("รายชื่อนัด %(count)d รายการ", "รายชื่อนัด %(count)d รายการ", len(chosen))
    job = ask_for_job(
        kind=VISIT_LIST,
        title=title % {"count": len(chosen)},
        parameters={"visits": sorted(chosen)},
        by=request.user,
    )
    return redirect(job)


def _chosen(request: StaffRequest) -> Any:
    """The ticked rows, or all that match the filter the list was shown with."""
    visible = Visit.objects.visible_to(request.user)
    if request.POST.get("everything"):
        query = QueryDict(request.POST.get("query", ""))
        return VisitFilter(query, user=request.user).apply(visible)
    return visible.filter(pk__in=[int(pk) for pk in request.POST.getlist("id") if is_key(pk)])


def _asked(request: StaffRequest) -> Any:
    return request.POST if request.method == "POST" else request.GET


def _visible(request: StaffRequest, pk: int) -> Visit:
    rows = Visit.objects.visible_to(request.user).select_related(
        "mentor__province", "subdistrict__district", "subdistrict__province", "planned_by"
    )
    return get_object_or_404(rows, pk=pk)


def _mentor(request: StaffRequest, pk: int) -> Mentor:
    rows = Mentor.objects.visible_to(request.user).select_related("province", "user")
    return get_object_or_404(rows, pk=pk)


def _team(request: StaffRequest, mentor: Mentor, visit: Visit | None = None) -> VolunteerQuerySet:
    """Whom the mentor guides today, and whoever is invited already."""
    there = Q(guided_by(mentor.pk, timezone.localdate()))
    if visit is not None:
        there |= Q(pk__in=visit.participants.values("volunteer"))
    visible = Volunteer.objects.visible_to(request.user)
    return visible.filter(province=mentor.province_id).filter(there)


def _change_form(
    request: StaffRequest, visit: Visit, data: QueryDict | None = None
) -> ChangeVisitForm:
    return ChangeVisitForm(data, visit=visit, people=_team(request, visit.mentor, visit))


def _form_page(request: StaffRequest, form: Any, **context: Any) -> HttpResponse:
    context |= {"form": form}
    return render(request, f"{PAGES}/form.html", context, status=422 if form.is_bound else 200)


def _choices(own: Mentor | None, query: str) -> list[Choice]:
    """The questions that are asked most: what is due, mine, what was."""
    asked = [(_("นัดไว้"), ""), (_("ใน 7 วันและเลยกำหนด"), "state=due")]
    if own:
        asked.append((_("นัดของฉัน"), f"mentor={own.pk}"))
    asked += [
        (_("ทำแล้ว"), "state=done&sort=latest"),
        (_("ยกเลิก"), "state=cancelled&sort=latest"),
    ]
    base = reverse("mentors:visits")
    return [Choice(label, f"{base}?{one}" if one else base, one == query) for label, one in asked]
