"""The plans that wait for the centre: grouped, approved together, taken back, exported."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reports.enums import PlanAction
from reports.models import Direction
from reports.queries.plan_facts import year_to_decide
from reports.queries.plan_queue import ALIKE, Queue, WaitingPlan, decided_on, queue_of, tally_of
from reports.services.plan_decisions import Decided, approve_plans
from reports.services.plan_undoing import recent_decisions, undo_decisions
from reports.views.plan_queue_files import QUEUE_COLUMNS, exported_rows
from volunteer_network import audit
from volunteer_network.access.guards import needs
from volunteer_network.access.requests import StaffRequest
from volunteer_network.access.roles import Capability
from volunteer_network.row_keys import is_key
from volunteer_network.ui.exports import TYPES, export_response
from volunteer_network.ui.refusals import telling_refusals

PAGES = "reports/decisions"


@needs(Capability.DECIDE_PLANS)
@require_safe
def queue(request: StaffRequest) -> HttpResponseBase:
    """The table of the year, as a page or as a file."""
    direction = asked_year(request)
    if direction is None:
        return render(request, f"{PAGES}/no_year.html")
    year, user = direction.fiscal_year, request.user
    waiting = queue_of(direction, user=user)
    form = request.GET.get("export", "")
    if form in TYPES:
        return _file(request, form, waiting)
    decided = decided_on(timezone.localdate(), year, user=user)
    context = {
        "direction": direction,
        "queue": waiting,
        "tally": tally_of(year, user=user),
        "approved_today": decided[PlanAction.APPROVE],
        "returned_today": decided[PlanAction.RETURN],
        "recent": recent_decisions(by=user),
        "years": years(),
        "exports": [(one, f"?fy={year}&export={one}") for one in TYPES],
    }
    return render(request, f"{PAGES}/list.html", context)


@needs(Capability.DECIDE_PLANS)
@require_http_methods(["GET", "POST"])
def approve_together(request: StaffRequest, fiscal_year: int) -> HttpResponse:
    """Name all plans of the group that is like last year's, then approve the ticked ones."""
    direction = named_year(fiscal_year)
    if request.method == "POST":
        return _approve(request, fiscal_year)
    group = queue_of(direction, user=request.user).group(ALIKE)
    context = {"direction": direction, "group": group}
    return render(request, f"{PAGES}/approve.html", context)


@needs(Capability.DECIDE_PLANS)
@require_POST
def undo(request: StaffRequest, fiscal_year: int) -> HttpResponse:
    """Take back what was decided a moment ago."""
    ids = [int(one) for one in request.POST.getlist("plan") if is_key(one)]
    with telling_refusals(request):
        plans = undo_decisions(plans=ids, by=request.user)
        text = _("เรียกคืนการพิจารณา %(count)d แผนแล้ว แผนกลับมารอพิจารณา")
        messages.success(request, text % {"count": len(plans)})
        if len(plans) == 1:
            address = [plans[0].fiscal_year, plans[0].province_id]
            return redirect(reverse("decisions:detail", args=address))
    return to_queue(fiscal_year)


def asked_year(request: StaffRequest) -> Direction | None:
    """The year of the address, else the open one; 404 for a year that the centre has not begun."""
    typed = request.GET.get("fy", "")
    direction = year_to_decide(int(typed) if _is_year(typed) else None)
    if direction is None and _is_year(typed):
        raise Http404
    return direction


def named_year(fiscal_year: int) -> Direction:
    """The published directions of a year that an address names, or 404."""
    direction = year_to_decide(fiscal_year)
    if direction is None:
        raise Http404
    return direction


def years() -> list[int]:
    """The years that have directions, the latest first."""
    return list(Direction.objects.published().values_list("fiscal_year", flat=True))


def to_queue(fiscal_year: int) -> HttpResponse:
    return redirect(f"{reverse('decisions:list')}?fy={fiscal_year}")


def _approve(request: StaffRequest, fiscal_year: int) -> HttpResponse:
    versions = dict(_pairs(request.POST.getlist("plan")))
    if not versions:
        messages.error(request, _("ยังไม่ได้เลือกแผน ทำเครื่องหมายหน้าจังหวัดอย่างน้อยหนึ่งจังหวัด"))
        return redirect("decisions:approve-together", fiscal_year)
    _say_decided(request, approve_plans(versions=versions, by=request.user))
    return to_queue(fiscal_year)


def _say_decided(request: StaffRequest, decided: Decided) -> None:
    """What was done, and what was skipped with its reason."""
    if decided.approved:
        text = _("อนุมัติ %(count)d แผนแล้ว เรียกคืนได้ภายใน 2 นาที")
        messages.success(request, text % {"count": len(decided.approved)})
    for plan, reason in decided.skipped:
        messages.warning(request, f"{_('ข้าม')} {plan.province.with_prefix}: {reason}")


def _file(request: StaffRequest, form: str, waiting: Queue) -> HttpResponseBase:
    year = waiting.direction.fiscal_year
    audit.record("plan.queue_exported", by=request.user, detail={"fiscal_year": year})
    title = _("แผนรอพิจารณา %(year)d") % {"year": year}
    return export_response(form, title=title, columns=QUEUE_COLUMNS, rows=exported_rows(waiting))


def _pairs(ticked: list[str]) -> list[tuple[int, int]]:
    """Plan and version from "17:4"; what is no such pair is passed over."""
    halves = (one.partition(":")[::2] for one in ticked)
    return [(int(pk), int(version)) for pk, version in halves if is_key(pk) and is_key(version)]


def _is_year(typed: str) -> bool:
    return typed.isdecimal() and len(typed) == 4


def place_of(waiting: Queue, pk: int) -> tuple[int, WaitingPlan | None, WaitingPlan | None]:
    """Where a plan stands in the queue, from 1 (0: not in it), with its neighbours."""
    plans = waiting.plans
    for place, plan in enumerate(plans):
        if plan.pk == pk:
            before = plans[place - 1] if place else None
            after = plans[place + 1] if place + 1 < len(plans) else None
            return place + 1, before, after
    return 0, None, plans[0] if plans else None
