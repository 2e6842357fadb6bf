"""What came of a quarter, typed by the province for all lines of its approved plan."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from reports.enums import Measure, PlanState
from reports.forms.plan_lines import NotedForm
from reports.models import Plan, PlanProgress, QuarterReport
from reports.queries.plan_pages import editions_of
from reports.queries.plan_tables import Row, plan_table
from reports.services.plan_progress import (
    NOT_YET,
    LineRefused,
    Noted,
    ProgressChanged,
    is_over,
    note_quarter,
    refuse_closed,
    wants_reason,
)
from reports.views.plans import visible_plan, visible_province
from volunteer_network.access.guards import needs
from volunteer_network.access.requests import StaffRequest
from volunteer_network.access.roles import Capability
from volunteer_network.errors import RuleViolation
from volunteer_network.thai_text import baht

PAGES = "reports/plans"

QUARTERS = (1, 2, 3, 4)


@needs(Capability.WRITE_PLANS)
def progress(request: StaffRequest, fiscal_year: int, code: int, quarter: int) -> HttpResponse:
    """One form for each line of the approved edition; all are saved with one press."""
    if quarter not in QUARTERS:
        raise Http404
    plan = _approved(request, fiscal_year, code)
    try:
        refuse_closed(plan, quarter)
    except RuleViolation as refusal:
        messages.error(request, refusal.message)
        return redirect(plan)
    rows = plan_table(plan, user=request.user).rows
    kept = _kept(request, plan, quarter)
    forms = {row.line.pk: _form(request, row, kept.get(row.line.lineage)) for row in rows}
    if request.method == "POST" and all(form.is_valid() for form in forms.values()):
        try:
            noted = [_noted(pk, form) for pk, form in forms.items()]
            count = note_quarter(plan=plan, quarter=quarter, noted=noted, by=request.user)
            text = _("บันทึกผลไตรมาส %(quarter)d แล้ว %(count)d งาน")
            messages.success(request, text % {"quarter": quarter, "count": count})
            return redirect(f"{plan.get_absolute_url()}?edition={plan.edition}")
        except LineRefused as refusal:
            forms[refusal.line].add_error(refusal.field, refusal.message)
        except ProgressChanged as change:
            _adopt(forms[change.line], change)
        except RuleViolation as refusal:
            messages.error(request, refusal.message)
    over = is_over(fiscal_year, quarter)
    context = {
        "plan": plan,
        "quarter": quarter,
        "over": over,
        "signed": _signed(request, plan, quarter),
        "rows": [_shown(plan, quarter, row, forms[row.line.pk]) for row in rows],
        "mistakes": [
            (row.number, mistake)
            for row in rows
            for mistake in forms[row.line.pk].mistakes
            if request.method == "POST"
        ],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, f"{PAGES}/progress.html", context, status=status)


def _signed(request: StaffRequest, plan: Plan, quarter: int) -> QuarterReport | None:
    """The signed report: what is typed now stands beside it."""
    reports = QuarterReport.objects.visible_to(request.user).of_year(plan.fiscal_year).signed()
    of_quarter = reports.filter(province=plan.province_id, quarter=quarter)
    return of_quarter.defer("content", "rows").first()


def _approved(request: StaffRequest, fiscal_year: int, code: int) -> Plan:
    """The edition in force, or the current one where none is: the page then says why not."""
    visible_province(request, code)
    for plan in editions_of(code, fiscal_year, user=request.user):
        if plan.state == PlanState.APPROVED:
            return plan
    return visible_plan(request, fiscal_year, code)


def _kept(request: StaffRequest, plan: Plan, quarter: int) -> dict[Any, PlanProgress]:
    rows = PlanProgress.objects.visible_to(request.user).filter(
        province=plan.province_id, fiscal_year=plan.fiscal_year, quarter=quarter
    )
    return {row.lineage: row for row in rows}


def _form(request: StaffRequest, row: Row, kept: PlanProgress | None) -> NotedForm:
    initial: dict[str, Any] = {"version": NOT_YET}
    if kept:
        initial = {
            name: getattr(kept, name)
            for name in ("actual", "disbursed", "committed", "problems", "suggestions", "version")
        }
    return NotedForm(
        request.POST if request.method == "POST" else None,
        prefix=f"l{row.line.pk}",
        typed=row.line.measure == Measure.TYPED,
        initial=initial,
    )


def _noted(pk: int, form: NotedForm) -> Noted:
    data = form.cleaned_data
    return Noted(
        line=pk,
        version=data["version"],
        actual=data.get("actual"),
        disbursed=data["disbursed"] or Decimal(0),
        committed=data["committed"] or Decimal(0),
        problems=data["problems"].strip(),
        suggestions=data["suggestions"].strip(),
    )


def _adopt(form: NotedForm, change: ProgressChanged) -> None:
    """Say what is kept, and let the next save begin from it."""
    data: Any = form.data.copy()  # type: ignore[attr-defined]  # a bound form has a QueryDict
    data[form.add_prefix("version")] = str(change.row.version)
    form.data = data
    kept = _("ที่บันทึกไว้: ผล %(actual)s เบิกจ่าย %(disbursed)s ผูกพัน %(committed)s %(problems)s") % {
        "actual": "–" if change.row.actual is None else baht(change.row.actual),
        "disbursed": baht(change.row.disbursed),
        "committed": baht(change.row.committed),
        "problems": change.row.problems,
    }
    form.add_error(None, f"{change.message} {kept}")


def _shown(plan: Plan, quarter: int, row: Row, form: NotedForm) -> dict[str, Any]:
    cell = row.quarters[quarter - 1]
    typed = row.line.measure == Measure.TYPED
    return {
        "number": row.number,
        "line": row.line,
        "cell": cell,
        "typed": typed,
        "form": form,
        "wants_reason": not (typed and cell.actual is None)
        and wants_reason(plan.fiscal_year, quarter, actual=cell.actual, target=cell.target),
        "left": row.left,
    }
