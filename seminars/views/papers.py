"""The papers of the day: what can be printed, and asking for it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from seminars.forms.papers import BadgeForm, SheetForm
from seminars.models import Seminar
from seminars.services.sheets import (
    BADGES,
    SIGN_IN_SHEET,
    ask_for_badges,
    ask_for_sheet,
    in_paper_order,
)
from volunteer_network.access.guards import needs
from volunteer_network.access.requests import StaffRequest
from volunteer_network.access.roles import Capability
from volunteer_network.models import Job

SHOWN_JOBS = 6


@needs(Capability.RUN_SEMINARS)
@require_safe
def paper_list(request: StaffRequest, pk: int) -> HttpResponse:
    return _page(request, _seminar(request, pk))


@needs(Capability.RUN_SEMINARS)
@require_POST
def sheet_make(request: StaffRequest, pk: int) -> HttpResponse:
    seminar = _seminar(request, pk)
    form = SheetForm(request.POST, seminar=seminar)
    if form.is_valid() and (job := form.perform(ask_for_sheet, seminar=seminar, by=request.user)):
        return redirect(job)
    return _page(request, seminar, sheet=form, status=422)


@needs(Capability.RUN_SEMINARS)
@require_POST
def badges_make(request: StaffRequest, pk: int) -> HttpResponse:
    seminar = _seminar(request, pk)
    form = BadgeForm(request.POST, seminar=seminar, prefix="badges")
    if form.is_valid() and (job := form.perform(ask_for_badges, seminar=seminar, by=request.user)):
        return redirect(job)
    return _page(request, seminar, badges=form, status=422)


def _page(
    request: StaffRequest, seminar: Seminar, *, status: int = 200, **forms: Any
) -> HttpResponse:
    jobs = (
        Job.objects.visible_to(request.user)
        .asked_by(request.user)
        .filter(kind__in=(SIGN_IN_SHEET, BADGES))
    )
    context = {
        "seminar": seminar,
        "expected": in_paper_order(seminar, None, request.user).count(),
        "sheet": SheetForm(seminar=seminar),
        "badges": BadgeForm(seminar=seminar, prefix="badges"),
        "jobs": jobs[:SHOWN_JOBS],
        **forms,
    }
    return render(request, "seminars/papers/list.html", context, status=status)


def _seminar(request: StaffRequest, pk: int) -> Seminar:
    return get_object_or_404(Seminar.objects.visible_to(request.user), pk=pk)
