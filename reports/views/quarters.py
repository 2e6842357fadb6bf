"""The quarters of a province's year: their figures, signing them, and what came after."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from reports.enums import DirectionState, Measure, PlanState, QuarterStage
from reports.forms.plans import ReasonForm
from reports.forms.quarters import PressForm, SignForm
from reports.models import Direction, Plan, QuarterReport
from reports.quarter_figures import QuarterFigures
from reports.queries.plan_actuals import QUARTERS
from reports.queries.plan_pages import editions_of
from reports.queries.quarter_ledgers import Ledger, ledger_of, ledgers_of_year
from reports.queries.quarter_pages import QuarterStanding, quarters_of
from reports.queries.quarters import passed_on, signed_reports, take_figures
from reports.services.plan_progress import wants_reason
from reports.services.quarters import (
    hand_quarter_back,
    prepare_quarter,
    sign_quarter,
    take_signature_back,
)
from reports.views.plans import visible_plan
from reports.views.quarter_files import export_quarter
from reports.views.quarter_rows import (
    LedgerRow,
    adjustment_rows,
    figure_rows,
    ledger_rows,
    passed_on_rows,
)
from volunteer_network.access.guards import needs
from volunteer_network.access.requests import StaffRequest
from volunteer_network.access.roles import Capability
from volunteer_network.services.reminders import still_open
from volunteer_network.ui.exports import TYPES

PAGES = "reports/quarters"
TO_PREPARE = frozenset(
    {
        QuarterStage.TO_PREPARE,
        QuarterStage.HANDED_BACK,
        QuarterStage.EARLIER_FIRST,
        QuarterStage.TO_SIGN,
    }
)
TO_HAND_BACK = frozenset({QuarterStage.EARLIER_FIRST, QuarterStage.TO_SIGN})


@needs(Capability.VIEW_PLANS)
@require_safe
def quarter_list(request: StaffRequest, fiscal_year: int, code: int) -> HttpResponse:
    """The four quarters of the year and whose turn each is; what came after the last one."""
    plan = visible_plan(request, fiscal_year, code)
    quarters = quarters_of(code, fiscal_year, user=request.user)
    over = quarters[-1].signed
    context = {
        "plan": plan,
        "quarters": quarters,
        "over": over,
        "open_quarters": _open_quarters(request, fiscal_year, code) if over else [],
        "sees_records": request.user.can(Capability.VIEW_ACTIVITIES),
    }
    return render(request, f"{PAGES}/list.html", context)


@needs(Capability.VIEW_PLANS)
@require_safe
def quarter_detail(
    request: StaffRequest, fiscal_year: int, code: int, quarter: int
) -> HttpResponseBase:
    """A signed quarter with its ledger, or what would be signed now; its figures as a file too."""
    current = visible_plan(request, fiscal_year, code)
    plan, standing = _place(request, fiscal_year, code, quarter)
    context: dict[str, Any] = {
        "plan": plan or current,
        "quarter": quarter,
        "standing": standing,
        "last_quarter": QUARTERS[-1],
        "exports": [(one, f"?export={one}") for one in TYPES],
    }
    if standing.signed:
        context |= _signed(request, plan, standing)
    elif plan:
        context |= _unsigned(request, plan, standing)
    form = request.GET.get("export", "")
    if form in TYPES and "rows" in context:
        return export_quarter(request, form, context["plan"], quarter, context["rows"])
    return render(request, f"{PAGES}/detail.html", context)


@needs(Capability.WRITE_PLANS)
@require_POST
def quarter_prepare(
    request: StaffRequest, fiscal_year: int, code: int, quarter: int
) -> HttpResponse:
    done = _("เตรียม%(report)s แล้ว รอแรงงานจังหวัดลงนาม")
    return _step(request, (fiscal_year, code, quarter), PressForm, prepare_quarter, done)


@needs(Capability.AGREE_PLANS)
def quarter_hand_back(
    request: StaffRequest, fiscal_year: int, code: int, quarter: int
) -> HttpResponse:
    """The head says what to mend before the quarter can be signed."""
    where = (fiscal_year, code, quarter)
    current = visible_plan(request, fiscal_year, code)
    plan, standing = _place(request, *where)
    if standing.stage not in TO_HAND_BACK or standing.report is None:
        text = _("ไตรมาสนี้อยู่ที่ “%(stage)s” จึงส่งกลับไม่ได้")
        messages.error(request, text % {"stage": standing.stage.label})
        return redirect("plans:quarter", *where)
    form = ReasonForm(
        request.POST or None,
        label=_("ต้องแก้อะไรก่อนลงนาม"),
        help_text=_("%(who)s ได้รับแจ้งพร้อมเหตุนี้ แก้แล้วเตรียมใหม่ได้")
        % {"who": standing.report.prepared_by},
        button=_("ส่งกลับแก้ไข 1 ไตรมาส"),
        back=reverse("plans:quarter", args=where),
    )
    details = {"plan": plan or current, "quarter": quarter, "by": request.user}
    if form.is_valid() and (report := form.perform(hand_quarter_back, **details)):
        messages.success(request, _("ส่ง%(report)s กลับแก้ไขแล้ว") % {"report": report})
        return redirect(report)
    heading = _("ส่งไตรมาส %(quarter)d กลับแก้ไข") % {"quarter": quarter}
    context = {"form": form, "plan": current, "heading": heading, "line": None, "conflict": None}
    page = "reports/plans/form.html"
    return render(request, page, context, status=422 if form.is_bound else 200)


@needs(Capability.AGREE_PLANS)
@require_POST
def quarter_sign(request: StaffRequest, fiscal_year: int, code: int, quarter: int) -> HttpResponse:
    done = _("ลงนาม%(report)s แล้ว เรียกคืนได้ภายใน 2 นาที")
    return _step(request, (fiscal_year, code, quarter), SignForm, sign_quarter, done)


@needs(Capability.AGREE_PLANS)
@require_POST
def quarter_undo(request: StaffRequest, fiscal_year: int, code: int, quarter: int) -> HttpResponse:
    done = _("เรียกคืนการลงนาม%(report)s แล้ว")
    return _step(request, (fiscal_year, code, quarter), PressForm, take_signature_back, done)


def _open_quarters(
    request: StaffRequest, fiscal_year: int, code: int
) -> list[tuple[int, list[LedgerRow]]]:
    """Each quarter of a signed year with what is different since, by the edition in force."""
    plan = _in_force(request, fiscal_year, code)
    if plan is None:
        return []
    user = request.user
    signed = signed_reports(code, fiscal_year, user=user)
    sees = user.can(Capability.VIEW_ACTIVITIES)
    ledgers = ledgers_of_year(plan, signed, user=user, sees_records=sees)
    return [(number, ledger_rows(ledger)) for number, ledger in ledgers.items()]


def _in_force(request: StaffRequest, fiscal_year: int, code: int) -> Plan | None:
    editions = editions_of(code, fiscal_year, user=request.user)
    return next((one for one in editions if one.state == PlanState.APPROVED), None)


def _place(
    request: StaffRequest, fiscal_year: int, code: int, quarter: int
) -> tuple[Plan | None, QuarterStanding]:
    """The edition in force, if any, and where the quarter stands; 404 for a fifth quarter."""
    if quarter not in QUARTERS:
        raise Http404
    plan = _in_force(request, fiscal_year, code)
    return plan, quarters_of(code, fiscal_year, user=request.user)[quarter - 1]


def _step(
    request: StaffRequest,
    where: tuple[int, int, int],
    form_class: Callable[..., Any],
    service: Callable[..., QuarterReport],
    done: str,
) -> HttpResponse:
    current = visible_plan(request, *where[:2])
    plan, _standing = _place(request, *where)
    form = form_class(request.POST)
    details = {"plan": plan or current, "quarter": where[2], "by": request.user}
    if form.is_valid() and (report := form.perform(service, **details)):
        messages.success(request, done % {"report": report})
    for mistake in form.mistakes:
        messages.error(request, mistake.message)
    return redirect("plans:quarter", *where)


def _signed(request: StaffRequest, plan: Plan | None, standing: QuarterStanding) -> dict[str, Any]:
    user = request.user
    signed = signed_reports(standing.province, _year(standing), user=user)
    report = signed[standing.quarter]
    ledger: Ledger | None = None
    if plan and report.holds:
        sees = user.can(Capability.VIEW_ACTIVITIES)
        ledger = ledger_of(plan, standing.quarter, signed, user=user, sees_records=sees)
    mine = report.signed_by_id == user.pk and user.can(Capability.AGREE_PLANS)
    last = standing.quarter == max(signed)
    figures = report.figures
    return {
        "report": report,
        "figures": figures,
        "rows": figure_rows(figures),
        "adjustments": adjustment_rows(figures.adjustments),
        "passed_on": passed_on_rows(passed_on(standing.quarter, signed)),
        "ledger": ledger,
        "ledger_rows": ledger_rows(ledger) if ledger else [],
        "sees_records": user.can(Capability.VIEW_ACTIVITIES),
        "may_undo": bool(mine and last and report.signed_at and still_open(report.signed_at)),
        "document": user.can(Capability.MAKE_DOCUMENTS),
    }


def _unsigned(request: StaffRequest, plan: Plan, standing: QuarterStanding) -> dict[str, Any]:
    user, report = request.user, standing.report
    taken, closed = take_figures(plan, standing.quarter, user=user), _closed(plan)
    handed_back = standing.stage == QuarterStage.HANDED_BACK
    prepared_here = report is not None and report.prepared_by_id == user.pk and not handed_back
    may_hand_back = user.can(Capability.AGREE_PLANS) and standing.stage in TO_HAND_BACK
    may_sign = user.can(Capability.AGREE_PLANS) and standing.stage == QuarterStage.TO_SIGN
    may_prepare = user.can(Capability.WRITE_PLANS) and standing.stage in TO_PREPARE
    return {
        "report": report,
        "figures": taken.figures,
        "rows": figure_rows(taken.figures),
        "adjustments": adjustment_rows(taken.figures.adjustments),
        "seen": taken.digest,
        "gaps": _gaps(taken.figures),
        "year_closed": closed,
        "may_note": user.can(Capability.WRITE_PLANS) and not closed,
        # Who can sign is not offered what would take the signature away.
        "may_prepare": may_prepare and not prepared_here and not may_sign,
        "may_hand_back": may_hand_back and not prepared_here,
        "may_sign": may_sign and not prepared_here,
        "own_preparation": may_sign and prepared_here,
        "document": user.can(Capability.MAKE_DOCUMENTS) and standing.stage != QuarterStage.RUNNING,
    }


def _gaps(figures: QuarterFigures) -> list[str]:
    """What an auditor would ask for: results that nobody gave, results below without a reason."""
    silent = sum(
        line.measure == Measure.TYPED and line.actual is None and line.target > 0
        for line in figures.lines
    )
    unexplained = sum(
        not line.problems
        and wants_reason(
            figures.fiscal_year, figures.quarter, actual=line.actual, target=line.target
        )
        for line in figures.lines
    )
    found = []
    if silent:
        found.append(_("ยังไม่ได้ลงผล %(count)d งาน") % {"count": silent})
    if unexplained:
        found.append(_("ผลต่ำกว่าแผนและยังไม่บอกเหตุ %(count)d งาน") % {"count": unexplained})
    return found


def _closed(plan: Plan) -> bool:
    closed = Direction.objects.filter(fiscal_year=plan.fiscal_year, state=DirectionState.CLOSED)
    return closed.exists()


def _year(standing: QuarterStanding) -> int:
    if standing.report is None:
        raise Http404
    return standing.report.fiscal_year
