"""Annual plans: the list, the page of one, and its beginning."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from reports.enums import LOG_MEASURES, DirectionState, PlanAction, PlanState
from reports.forms.plans import BeginForm, PlanFilter
from reports.models import Direction, Plan
from reports.plan_moves import MOVES, state_after
from reports.queries.plan_pages import (
    PlanPage,
    editions_of,
    page_of,
)
from reports.queries.plan_tables import current_plan
from reports.queries.plan_turns import turn_of
from reports.queries.quarter_pages import quarters_of
from reports.services.plan_editions import Source, begin_plan
from reports.views.plan_lists import export_rows, matching, rows_for, views_of
from reports.views.plan_rows import comment_view, export_plan, rows_of, today_mark
from volunteer_network.access.guards import needs
from volunteer_network.access.requests import StaffRequest
from volunteer_network.access.roles import Capability
from volunteer_network.models import Province
from volunteer_network.thai_calendar import fiscal_months, fiscal_year, short_month_name
from volunteer_network.ui.exports import TYPES

PAGES = "reports/plans"


@needs(Capability.VIEW_PLANS)
def plan_list(request: StaffRequest) -> HttpResponseBase:
    """Editions of the own province, or all provinces of a year: late and weakest first."""
    directions = list(Direction.objects.published())
    filters = PlanFilter(request.GET, user=request.user, years=_years(request, directions))
    being_planned = [one.fiscal_year for one in directions if one.state == DirectionState.OPEN]
    year: int = filters.active.get(
        "fy", max(being_planned, default=fiscal_year(timezone.localdate()))
    )
    whole = rows_for(request, filters, year, directions)
    rows = matching(whole, filters)
    if request.GET.get("export") in TYPES:
        return export_rows(request, request.GET["export"], rows)
    context = {
        "rows": rows,
        "whole": len(whole),
        "approved": sum(row.state == PlanState.APPROVED for row in whole),
        "late": sum(row.late > 0 for row in whole),
        "year": year,
        "nationwide": request.user.scope.province is None,
        "views": [] if request.user.scope.province else views_of(whole, filters),
        "filters": filters,
        "chips": filters.chips(request),
        "exports": [(form, f"?{filters.querystring(export=form)}") for form in TYPES],
    }
    return render(request, f"{PAGES}/list.html", context)


@needs(Capability.VIEW_PLANS)
def plan_detail(request: StaffRequest, fiscal_year: int, code: int) -> HttpResponseBase:
    """A plan as it stands, or as an earlier edition was; where there is none, how to begin."""
    province = visible_province(request, code)
    editions = editions_of(code, fiscal_year, user=request.user)
    plan = _edition_asked_for(request, editions)
    if plan is None:
        return _not_begun(request, fiscal_year, province)
    page = page_of(plan, editions, user=request.user)
    if request.GET.get("export") in TYPES:
        return export_plan(request, request.GET["export"], page)
    return render(request, f"{PAGES}/detail.html", _context(request, page))


@needs(Capability.WRITE_PLANS)
@require_POST
def plan_begin(request: StaffRequest, fiscal_year: int, code: int) -> HttpResponse:
    province = visible_province(request, code)
    form = BeginForm(request.POST)
    details: dict[str, Any] = {"province": province.pk, "fiscal_year": fiscal_year}
    if form.is_valid() and (plan := form.perform(begin_plan, by=request.user, **details)):
        messages.success(request, _("เริ่ม%(plan)s แล้ว พิมพ์ในตารางได้เลย") % {"plan": plan})
        return redirect("plans:edit", fiscal_year, code)
    for mistake in form.mistakes:
        messages.error(request, mistake.message)
    return redirect("plans:detail", fiscal_year, code)


def _years(request: StaffRequest, directions: Iterable[Direction]) -> list[int]:
    """Fiscal years with directions or plans, the newest first."""
    plans = Plan.objects.visible_to(request.user).order_by()
    known = {*plans.values_list("fiscal_year", flat=True).distinct()}
    return sorted(known.union(one.fiscal_year for one in directions), reverse=True)


def visible_province(request: StaffRequest, code: int) -> Province:
    """A province with an office that the person sees, by scope and by post.

    Where nothing has begun there is no row that either wall could hold back.
    """
    user, scope = request.user, request.user.scope
    province = get_object_or_404(Province.objects.filter(has_office=True), pk=code)
    of_the_post = user.province_id in {None, code} and (
        not user.inspection_regions or province.inspection_region in user.inspection_regions
    )
    if not of_the_post or not (scope.nationwide or code in scope.provinces):
        raise Http404
    return province


def visible_plan(request: StaffRequest, fiscal_year: int, code: int) -> Plan:
    """The edition to work on: the unfinished one, else the newest; 404 where there is none."""
    visible_province(request, code)
    plan = current_plan(editions_of(code, fiscal_year, user=request.user))
    if plan is None:
        raise Http404
    return plan


def may(request: StaffRequest, action: PlanAction, plan: Plan) -> bool:
    """Whether the person may take a step in the plan's state."""
    allowed = state_after(action, PlanState(plan.state)) is not None
    return allowed and request.user.can(MOVES[action].capability)


def _edition_asked_for(request: StaffRequest, editions: list[Plan]) -> Plan | None:
    asked = request.GET.get("edition", "")
    if not asked:
        return current_plan(editions)
    for plan in editions:
        if str(plan.edition) == asked:
            return plan
    raise Http404


def _not_begun(request: StaffRequest, year: int, province: Province) -> HttpResponse:
    direction = get_object_or_404(Direction.objects.published(), fiscal_year=year)
    before = Plan.objects.visible_to(request.user).of_year(year - 1).standing()
    has_last_year = before.filter(province=province).exists()
    sources = [one for one in Source if one is not Source.LAST_YEAR or has_last_year]
    context = {
        "year": year,
        "province": province,
        "direction": direction,
        "turn": turn_of(None, direction),
        "sources": sources,
        "may_begin": request.user.can(Capability.WRITE_PLANS),
    }
    return render(request, f"{PAGES}/begin.html", context)


def _context(request: StaffRequest, page: PlanPage) -> dict[str, Any]:
    plan, newest = page.plan, page.plan == current_plan(page.editions)
    by_months = "months" in request.GET
    only_changed = "changed" in request.GET
    rows = rows_of(page, request)
    steps = [one for one in PlanAction if newest and may(request, one, plan)]
    if page.direction and page.direction.state == DirectionState.CLOSED:
        steps = [one for one in steps if one != PlanAction.REVISE]
    tying = PlanAction.WRITE in steps
    return {
        "page": page,
        "plan": plan,
        "rows": [row for row in rows if row.changed] if only_changed else rows,
        "only_changed": only_changed,
        "by_months": by_months,
        "quarters": _quarters(page),
        "over_by": max(-(page.table.left_under_ceiling or 0), 0),
        "mark": today_mark(plan, page.today),
        "newest": newest,
        "can_do": {one.value: one in steps for one in PlanAction},
        "own_proposal": plan.proposed_by_id == request.user.pk,
        "progress_quarters": _quarters_to_note(request, page),
        "quarters_signed": quarters_of(plan.province_id, plan.fiscal_year, user=request.user)
        if any(one.state == PlanState.APPROVED for one in page.editions)
        else [],
        "whole": [comment_view(one) for one in page.whole],
        "tie_lines": [row.line for row in page.table.rows if row.line.measure in LOG_MEASURES]
        if tying
        else [],
        "unclaimed": page.table.unclaimed,
        "document_href": _document_address(request),
        "exports": [(form, f"?edition={plan.edition}&export={form}") for form in TYPES],
    }


def _quarters(page: PlanPage) -> list[tuple[int, list[tuple[str, bool]]]]:
    """The quarters with the names of their months, and whether a month is the running one."""
    names = [
        (short_month_name(month), month == page.today.replace(day=1))
        for month in fiscal_months(page.plan.fiscal_year)
    ]
    return [(place + 1, names[3 * place : 3 * place + 3]) for place in range(4)]


def _quarters_to_note(request: StaffRequest, page: PlanPage) -> list[int]:
    """The quarters of an approved plan that have begun, the latest first."""
    open_year = page.direction is None or page.direction.state != DirectionState.CLOSED
    if page.plan.state != PlanState.APPROVED or not open_year:
        return []
    if not request.user.can(Capability.WRITE_PLANS):
        return []
    begun = page.quarter_now or page.quarters_over
    return list(range(begun, 0, -1))


def _document_address(request: StaffRequest) -> str:
    """Where the printed plan is asked for, if this site can make one."""
    if not request.user.can(Capability.MAKE_DOCUMENTS):
        return ""
    try:
        return reverse("reports:make-plan-document")
    except NoReverseMatch:
        return ""
