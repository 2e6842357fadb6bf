"""The grid of a plan: cells that save themselves, and the same page as a plain form."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from reports.enums import BudgetType, PlanAction, PlanState
from reports.forms.plan_lines import CellsForm
from reports.models import Plan, PlanLine
from reports.models.plan_lines import TARGETS
from reports.queries.plan_differences import lines_of
from reports.queries.plan_pages import PlanPage, editions_of, page_of
from reports.queries.plan_tables import Row, plan_table
from reports.services.plan_lines import (
    CELLS,
    CellChanged,
    TypedLine,
    open_lines,
    type_cells,
    type_lines,
)
from reports.views.plan_rows import comment_view
from reports.views.plans import may, visible_plan
from volunteer_network.access.guards import needs
from volunteer_network.access.requests import StaffRequest
from volunteer_network.access.roles import Capability
from volunteer_network.errors import RuleViolation
from volunteer_network.thai_text import baht

PAGES = "reports/plans"


@needs(Capability.WRITE_PLANS)
def grid(request: StaffRequest, fiscal_year: int, code: int) -> HttpResponse:
    """All lines with their cells; without script the whole page is saved with one press."""
    plan = visible_plan(request, fiscal_year, code)
    if not may(request, PlanAction.WRITE, plan):
        text = _("แผนนี้อยู่ที่ “%(state)s” จึงแก้ไม่ได้ ดูด้านล่างว่าถึงคราวของใคร")
        messages.error(request, text % {"state": PlanState(plan.state).label})
        return redirect(plan)
    forms, conflict = {}, None
    if request.method == "POST":
        forms = _forms_sent(request, plan)
        if all(form.is_valid() for form in forms.values()):
            try:
                changed = type_lines(plan=plan, typed=_typed(forms), by=request.user)
                messages.success(request, _("บันทึก %(count)d งานแล้ว") % {"count": len(changed)})
                return redirect("plans:edit", fiscal_year, code)
            except CellChanged as change:
                conflict = _adopt(forms[change.line.pk], change.line)
                forms[change.line.pk].add_error(None, change.message)
            except RuleViolation as refusal:
                messages.error(request, refusal.message)
    page = page_of(plan, editions_of(code, fiscal_year, user=request.user), user=request.user)
    context = _context(request, page, forms) | {"conflict": conflict}
    return render(request, f"{PAGES}/edit.html", context, status=422 if forms else 200)


@needs(Capability.WRITE_PLANS)
@require_POST
def line_cells(request: StaffRequest, fiscal_year: int, code: int, line: int) -> HttpResponse:
    """Some cells of one line, as the grid types them."""
    plan = visible_plan(request, fiscal_year, code)
    row = get_object_or_404(PlanLine.objects.visible_to(request.user).of(plan), pk=line)
    form = CellsForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"message": next(iter(form.errors.values()))[0]}, status=422)
    typed = TypedLine(row.pk, form.cleaned_data["version"], form.cells)
    try:
        saved = type_cells(plan=plan, typed=typed, by=request.user)
    except CellChanged as change:
        answer = {"message": change.message, **_cells_of(change.line)}
        return JsonResponse(answer, status=409)
    except RuleViolation as refusal:
        return JsonResponse({"message": refusal.message}, status=422)
    return JsonResponse(_cells_of(saved))


@needs(Capability.WRITE_PLANS)
@require_GET
def cells(request: StaffRequest, fiscal_year: int, code: int) -> HttpResponse:
    """What the cells of all lines hold now, so that colleagues see each other's changes."""
    plan = visible_plan(request, fiscal_year, code)
    lines = lines_of(plan, user=request.user)
    return JsonResponse(
        {
            "state": plan.get_state_display(),
            "open": may(request, PlanAction.WRITE, plan),
            "lines": {line.pk: _cells_of(line) for line in lines},
        }
    )


def _cells_of(line: PlanLine) -> dict[str, Any]:
    return {
        "version": line.version,
        "cells": {name: _shown(getattr(line, name)) for name in CELLS},
    }


def _shown(value: int | Decimal) -> str:
    return baht(value) if value else ""


def _forms_sent(request: StaffRequest, plan: Plan) -> dict[int, CellsForm]:
    """One form for each line that the page sent and that is still there."""
    return {
        line.pk: CellsForm(request.POST, prefix=f"l{line.pk}")
        for line in lines_of(plan, user=request.user)
        if f"l{line.pk}-version" in request.POST
    }


def _typed(forms: dict[int, CellsForm]) -> list[TypedLine]:
    return [TypedLine(pk, form.cleaned_data["version"], form.cells) for pk, form in forms.items()]


def _adopt(form: CellsForm, line: PlanLine) -> dict[str, Any]:
    """Both versions of a line; the next save begins from what is saved now."""
    data: Any = form.data.copy()  # type: ignore[attr-defined]  # a bound form has a QueryDict
    data[form.add_prefix("version")] = str(line.version)
    form.data = data
    differing = [name for name in form.cells if getattr(line, name) != form.cleaned_data[name]]
    return {
        "line": line,
        "rows": [
            (str(form.fields[name].label), _shown(getattr(line, name)), form[name].data)
            for name in differing
        ],
    }


def _context(request: StaffRequest, page: PlanPage, forms: dict[int, CellsForm]) -> dict[str, Any]:
    plan = page.plan
    allowed = open_lines(plan, user=request.user)
    last_year = _by_lineage(request, page)
    return {
        "page": page,
        "plan": plan,
        "groups": [
            (
                group.group.label,
                [_row(page, row, allowed, last_year, forms.get(row.line.pk)) for row in group.rows],
            )
            for group in page.table.groups
        ],
        "limited": allowed is not None,
        "open_count": len(allowed) if allowed is not None else len(page.table.rows),
        "sums": _sums(page),
        "cells_href": reverse("plans:cells", args=[plan.fiscal_year, plan.province_id]),
        "failed": bool(forms),
    }


def _by_lineage(request: StaffRequest, page: PlanPage) -> dict[Any, Any]:
    """Last year's lines with what came of them, by lineage."""
    if page.last_year is None:
        return {}
    table = plan_table(page.last_year, user=request.user)
    return {row.line.lineage: row for row in table.rows}


def _row(
    page: PlanPage,
    row: Row,
    allowed: frozenset[int] | None,
    last_year: dict[Any, Any],
    form: CellsForm | None,
) -> dict[str, Any]:
    line, before = row.line, last_year.get(row.line.lineage)
    plan = page.plan
    address = reverse("plans:line", args=[plan.fiscal_year, plan.province_id, line.pk])
    ghosts = dict.fromkeys(CELLS, "")
    if before:
        quarters = zip(TARGETS, before.result.actual, strict=True)
        ghosts = {name: baht(value) if value else "" for name, value in quarters} | {
            "target": _shown(before.result.actual_year or 0),
            "allotted": _shown(before.result.disbursed_year),
        }
    return {
        "line": line,
        "number": row.number,
        "href": address,
        "open": allowed is None or line.pk in allowed,
        "adds_up": line.adds_up,
        "no_budget": line.budget_type == BudgetType.NONE,
        "said": [comment_view(one) for one in page.comments.get(line.pk, ())],
        "form_errors": form.mistakes if form else [],
        "version": form["version"].value() if form else line.version,
        "cells": [
            {
                "name": name,
                "value": form[name].data if form else _shown(getattr(line, name)),
                "ghost": ghosts[name],
                "wrong": bool(form and name in form.errors),
            }
            for name in CELLS
        ],
    }


def _sums(page: PlanPage) -> dict[str, Any]:
    table = page.table
    return {
        "allotted": table.allotted,
        "ceiling": table.ceiling,
        "left": table.left_under_ceiling,
        "over": -table.left_under_ceiling
        if table.left_under_ceiling is not None and table.left_under_ceiling < 0
        else None,
        "people": table.people_target,
    }
