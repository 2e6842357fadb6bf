"""One plan before the centre: read beside last year's, approved, or sent back line by line."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from reports.enums import PlanState, ReturnReason
from reports.forms.decisions import WHOLE_PLAN, ReturnForm
from reports.models import Plan, PlanLine
from reports.queries.plan_comparisons import comparison_of
from reports.queries.plan_queue import queue_of
from reports.queries.plan_tables import current_plan
from reports.services.plan_decisions import approve_plan, return_plan
from reports.services.plan_undoing import recent_decisions
from reports.views.plan_queue import named_year, place_of, to_queue
from volunteer_network.access.guards import needs
from volunteer_network.access.requests import StaffRequest
from volunteer_network.access.roles import Capability
from volunteer_network.errors import RuleViolation
from volunteer_network.models import Province

PAGES = "reports/decisions"
SHAPES = {
    PlanState.DRAFT: "off",
    PlanState.PROPOSED: "half",
    PlanState.AGREED: "half",
    PlanState.SENT: "due",
    PlanState.RETURNED: "warn",
    PlanState.APPROVED: "good",
    PlanState.REPLACED: "off",
    PlanState.CANCELLED: "off",
}


@needs(Capability.DECIDE_PLANS)
@require_safe
def decision_detail(request: StaffRequest, fiscal_year: int, province: int) -> HttpResponse:
    plan = _plan(request, fiscal_year, province)
    return _page(request, plan, ReturnForm(_line_ids(request, plan)))


@needs(Capability.DECIDE_PLANS)
@require_POST
def decision_approve(request: StaffRequest, fiscal_year: int, province: int) -> HttpResponse:
    """Approve, and go on to the next plan."""
    plan = _plan(request, fiscal_year, province)
    try:
        approve_plan(plan=plan, version=_version(request), by=request.user)
        text = _("อนุมัติแผน%(province)sแล้ว เรียกคืนได้ภายใน 2 นาที")
        messages.success(request, text % {"province": plan.province.with_prefix})
    except RuleViolation as refusal:
        messages.error(request, refusal.message)
        return redirect("decisions:detail", fiscal_year, province)
    return _next(request, fiscal_year)


@needs(Capability.DECIDE_PLANS)
@require_POST
def decision_return(request: StaffRequest, fiscal_year: int, province: int) -> HttpResponse:
    """Send back with what was typed on the lines; go on to the next plan."""
    plan = _plan(request, fiscal_year, province)
    form = ReturnForm(_line_ids(request, plan), request.POST)
    problem = ""
    if form.is_valid():
        try:
            return_plan(
                plan=plan, version=_version(request), questions=form.questions, by=request.user
            )
            text = _("ส่งแผน%(province)sกลับแก้ไขแล้ว เรียกคืนได้ภายใน 2 นาที")
            messages.success(request, text % {"province": plan.province.with_prefix})
            return _next(request, fiscal_year)
        except RuleViolation as refusal:
            problem = refusal.message
    return _page(request, plan, form, problem=problem, status=422)


def _page(
    request: StaffRequest, plan: Plan, form: ReturnForm, *, problem: str = "", status: int = 200
) -> HttpResponse:
    waiting = queue_of(named_year(plan.fiscal_year), user=request.user)
    place, before, after = place_of(waiting, plan.pk)
    comparison = comparison_of(plan, user=request.user)
    context: dict[str, Any] = {
        "plan": plan,
        "plan_href": plan.get_absolute_url(),
        "shape": SHAPES[PlanState(plan.state)],
        "is_waiting": plan.state == PlanState.SENT,
        "direction": waiting.direction,
        "comparison": comparison,
        "lines": [(line, form.asked[line.line.pk]) for line in comparison.lines],
        "whole": form.asked[WHOLE_PLAN],
        "form": form,
        "problem": problem,
        "reasons": ReturnReason.choices,
        "place": place,
        "count": len(waiting.plans),
        "before": before,
        "after": after,
        "recent": recent_decisions(by=request.user)[:1],  # the others stand on the table
    }
    return render(request, f"{PAGES}/detail.html", context, status=status)


def _plan(request: StaffRequest, fiscal_year: int, province: int) -> Plan:
    """What is on the table of the province, else the edition that its own page shows; or 404."""
    named_year(fiscal_year)
    office = get_object_or_404(Province, pk=province, has_office=True)
    plans = Plan.objects.visible_to(request.user).of_year(fiscal_year).filter(province=office)
    editions = list(plans.select_related("province", "sent_by", "agreed_by", "made_by"))
    waiting = [plan for plan in editions if plan.state == PlanState.SENT]
    plan = current_plan(waiting or editions)
    return plan or get_object_or_404(plans.none())


def _line_ids(request: StaffRequest, plan: Plan) -> list[int]:
    return list(PlanLine.objects.visible_to(request.user).of(plan).values_list("pk", flat=True))


def _version(request: StaffRequest) -> int:
    typed = request.POST.get("version", "")
    return int(typed) if typed.isdecimal() and len(typed) < 10 else 0


def _next(request: StaffRequest, fiscal_year: int) -> HttpResponse:
    """The plan that stood after this one while it waits, else the queue."""
    waiting = queue_of(named_year(fiscal_year), user=request.user)
    wanted = request.POST.get("next", "")
    for plan in waiting.plans:
        if str(plan.province.pk) == wanted:
            return redirect(reverse("decisions:detail", args=[fiscal_year, plan.province.pk]))
    return to_queue(fiscal_year)
