"""One volunteer's month: what the log holds day by day, the answer, and each step."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mentors.enums import MonthAction, MonthState
from mentors.forms.months import DescribeForm, FiguresForm, NothingForm, ReturnForm
from mentors.models import MonthReport
from mentors.month_moves import MOVES, state_after
from mentors.services.month_cells import (
    CELLS,
    CellChanged,
    summary_of,
    type_figures,
    version_of,
)
from mentors.services.month_deadlines import due_day
from mentors.services.month_papers import Paper, paper_of
from mentors.services.month_sheets import next_step, sheet_of
from mentors.services.month_teams import expected_in
from mentors.services.months import answer_nothing, describe_month, return_month
from mentors.views.month_lists import TONES, rows_of, since_lock_in_words
from volunteer_network.access.guards import needs
from volunteer_network.access.requests import StaffRequest
from volunteer_network.access.roles import Capability
from volunteer_network.errors import RuleViolation
from volunteer_network.models import Activity, Volunteer
from volunteer_network.ui.lean import draw
from volunteer_network.ui.refusals import telling_refusals
from volunteer_network.views.conflicts import Conflict, conflict_of


@needs(Capability.VIEW_MONTHS)
def paper(request: StaffRequest, month: date, pk: int) -> HttpResponse:
    return _page(request, month, _visible(request, month, pk))


@needs(Capability.REPORT_MONTHS)
@require_POST
def figures(request: StaffRequest, month: date, pk: int) -> HttpResponse:
    """The figures of the month: from the page's form, or one cell of the grid."""
    volunteer = _visible(request, month, pk)
    form = FiguresForm(request.POST)
    if _from_the_grid(request):
        return _answer_cell(request, form, volunteer, month)
    if form.is_valid() and form.perform(_type, volunteer=volunteer, month=month, by=request.user):
        messages.success(request, _("บันทึกตัวเลขของ %(name)s แล้ว") % {"name": volunteer})
        return _back(month, volunteer)
    return _page(request, month, volunteer, figures=form)


@needs(Capability.REPORT_MONTHS)
@require_POST
def nothing(request: StaffRequest, month: date, pk: int) -> HttpResponse:
    """ "Nothing this month, because…", or that answer taken back."""
    volunteer = _visible(request, month, pk)
    form = NothingForm(request.POST)
    details: dict[str, Any] = {"volunteer": volunteer, "month": month, "by": request.user}
    if request.POST.get("withdraw"):
        with telling_refusals(request):
            answer_nothing(because="", note="", **details)
        return _back(month, volunteer)
    report = form.perform(answer_nothing, **details) if form.is_valid() else None
    if _from_the_grid(request):
        return _answer_row(request, form, volunteer, month)
    if report:
        messages.success(request, _("บันทึกเหตุของ %(name)s แล้ว") % {"name": volunteer})
        return _back(month, volunteer)
    return _page(request, month, volunteer, nothing=form)


@needs(Capability.REPORT_MONTHS)
@require_POST
def describe(request: StaffRequest, month: date, pk: int) -> HttpResponse:
    volunteer = _visible(request, month, pk)
    form = DescribeForm(request.POST)
    details: dict[str, Any] = {"volunteer": volunteer, "month": month, "by": request.user}
    conflict = None
    if form.is_valid():
        if form.perform(describe_month, **details):
            messages.success(request, _("บันทึกรายละเอียดของ %(name)s แล้ว") % {"name": volunteer})
            return _back(month, volunteer)
        conflict = _conflict(request, form, volunteer, month)
    return _page(request, month, volunteer, conflict=conflict, describe=form)


@needs(Capability.REPORT_MONTHS)
@require_POST
def hand_back(request: StaffRequest, month: date, pk: int) -> HttpResponse:
    """The mentor returns what was sent but not certified."""
    return _return(request, month, pk, MonthAction.RETURN)


@needs(Capability.APPROVE_MONTHS)
@require_POST
def send_back(request: StaffRequest, month: date, pk: int) -> HttpResponse:
    """The head returns what was certified or approved."""
    return _return(request, month, pk, MonthAction.RETURN_APPROVED)


def _return(request: StaffRequest, month: date, pk: int, action: MonthAction) -> HttpResponse:
    volunteer = _visible(request, month, pk)
    form = ReturnForm(request.POST)
    details: dict[str, Any] = {"volunteer": volunteer, "month": month, "by": request.user}
    if form.is_valid() and (_report := form.perform(return_month, action=action, **details)):
        messages.success(request, _("ส่งรายงานของ %(name)s กลับแก้ไขแล้ว") % {"name": volunteer})
        return _back(month, volunteer)
    return _page(request, month, volunteer, give_back=form)


def _type(*, version: str, volunteer: Volunteer, month: date, by: Any, **figures: int) -> Any:
    return type_figures(volunteer=volunteer, month=month, figures=figures, version=version, by=by)


def _answer_cell(
    request: StaffRequest, form: FiguresForm, volunteer: Volunteer, month: date
) -> JsonResponse:
    """What the grid has to know: the figures as they are now, and what is wrong."""
    if not form.is_valid():
        mistake = next(iter(form.errors.values()))[0]
        return JsonResponse({"message": mistake}, status=422)
    try:
        typed = _type(**form.cleaned_data, volunteer=volunteer, month=month, by=request.user)
    except CellChanged as change:
        now = {name: getattr(change.summary, name, 0) for name in CELLS}
        answer = {"message": change.message, "figures": now, "version": version_of(change.summary)}
        return JsonResponse(answer, status=409)
    except RuleViolation as refusal:
        return JsonResponse({"message": refusal.message}, status=422)
    question = ""
    if typed.usual:
        question = _("มากกว่าปกติ ปกติเดือนละ %(usual)d คน ถ้าถูกแล้วไปต่อได้") % {"usual": typed.usual}
    return JsonResponse({"figures": typed.figures, "version": typed.version, "question": question})


def _answer_row(
    request: StaffRequest, form: NothingForm, volunteer: Volunteer, month: date
) -> HttpResponse:
    """The line of the grid as it is now, or what is wrong."""
    if form.errors:
        mistake = next(iter(form.errors.values()))[0]
        return JsonResponse({"message": mistake}, status=422)
    people = expected_in(month, user=request.user).filter(pk=volunteer.pk)
    lines = sheet_of(people, month, user=request.user).lines
    return HttpResponse(draw("mentors/months/rows.html", rows=rows_of(request, lines, month)))


def _from_the_grid(request: StaffRequest) -> bool:
    return request.headers.get("X-Month-Grid") == "1"


def _visible(request: StaffRequest, month: date, pk: int) -> Volunteer:
    """Somebody whom the user sees; 404 for a month in which nobody was in a term."""
    if month > timezone.localdate():
        raise Http404
    rows = expected_in(month, user=request.user).select_related("subdistrict", "district")
    return get_object_or_404(rows, pk=pk)


def _back(month: date, volunteer: Volunteer) -> HttpResponse:
    return redirect("months:detail", month, volunteer.pk)


def _conflict(
    request: StaffRequest, form: DescribeForm, volunteer: Volunteer, month: date
) -> Conflict | None:
    reports = MonthReport.objects.visible_to(request.user)
    report = reports.filter(volunteer=volunteer, month=month).first()
    return conflict_of(form, report) if report else None


def _page(
    request: StaffRequest,
    month: date,
    volunteer: Volunteer,
    *,
    conflict: Conflict | None = None,
    **bound: Any,
) -> HttpResponse:
    """`bound`: the form that was refused, by the name of what it does."""
    user = request.user
    paper = paper_of(volunteer, month, user=user)
    state = MonthState(paper.report.state) if paper.report else MonthState.DRAFT
    allowed = {
        action
        for action, move in MOVES.items()
        if user.can(move.capability) and state_after(action, state) is not None
    }
    answering = MonthAction.ANSWER in allowed
    context: dict[str, Any] = {
        "month": month,
        "volunteer": volunteer,
        "paper": paper,
        "conflict": conflict,
        "report": paper.report,
        "state": state,
        "state_tone": TONES[state],
        "next_step": next_step(state, month),
        "due": due_day(month),
        "since_lock": since_lock_in_words(paper.since_lock) if paper.since_lock else "",
        "may_approve": MonthAction.APPROVE in allowed,
        "may_send": answering and paper.has_content,
        "figures_form": None,
        "nothing_form": None,
        "describe_form": None,
        **_return_form(allowed, bound),
    }
    if answering:
        summary = summary_of(volunteer, month, by=user)
        context |= _answer_forms(paper, summary, bound)
    refused = any(form is not None for form in bound.values())
    return render(request, "mentors/months/paper.html", context, status=422 if refused else 200)


def _answer_forms(paper: Paper, summary: Activity | None, bound: dict[str, Any]) -> dict[str, Any]:
    """What the mentor may still answer: figures or a reason only where the log does not speak."""
    report = paper.report or MonthReport()
    described = {name: getattr(report, name) for name in DescribeForm.base_fields}
    forms = {"describe_form": bound.get("describe") or DescribeForm(initial=described)}
    if report.nothing_because:
        return forms
    if not paper.single_activities:
        now = {name: getattr(summary, name, 0) or None for name in CELLS}
        forms["figures_form"] = bound.get("figures") or FiguresForm(
            initial=now | {"version": version_of(summary)}
        )
    if not paper.activities:
        forms["nothing_form"] = bound.get("nothing") or NothingForm()
    return forms


def _return_form(allowed: set[MonthAction], bound: dict[str, Any]) -> dict[str, Any]:
    """The way back for whose turn it is: the head's where both may."""
    for action, name in (
        (MonthAction.RETURN_APPROVED, "send-back"),
        (MonthAction.RETURN, "return"),
    ):
        if action in allowed:
            return {
                "return_form": bound.get("give_back") or ReturnForm(),
                "return_to": f"months:{name}",
            }
    return {"return_form": None, "return_to": ""}
