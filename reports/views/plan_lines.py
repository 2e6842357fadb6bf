"""One line of a plan: where its result comes from, its form, its place, what is said of it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from reports.enums import LOG_MEASURES, Measure, PlanAction
from reports.forms.plan_lines import ChangeLineForm, LineForm, line_values
from reports.forms.plans import AnswerForm, TieForm
from reports.models import Plan, PlanLine, PlanProof, StandingProject
from reports.queries.plan_sources import source_of
from reports.services.plan_editions import line_from
from reports.services.plan_lines import (
    DOWN,
    UP,
    add_line,
    answer_comment,
    change_line,
    move_line,
    open_lines,
    remove_line,
    tie_category,
)
from reports.views.plan_rows import comment_view
from reports.views.plans import may, visible_plan, visible_province
from volunteer_network.access.guards import needs
from volunteer_network.access.requests import StaffRequest
from volunteer_network.access.roles import Capability
from volunteer_network.row_keys import is_key
from volunteer_network.ui.refusals import telling_refusals
from volunteer_network.views.conflicts import conflict_of

PAGES = "reports/plans"


@needs(Capability.VIEW_PLANS)
def line_detail(request: StaffRequest, fiscal_year: int, code: int, line: int) -> HttpResponse:
    """What a line is, and the rows of the log or the seminars that make its result."""
    row = _any_edition(request, fiscal_year, code, line)
    said = row.comments.select_related("by").order_by("at", "pk")
    writable = may(request, PlanAction.WRITE, row.plan)
    allowed = open_lines(row.plan, user=request.user) if writable else frozenset()
    context = {
        "plan": row.plan,
        "line": row,
        "source": source_of(row, user=request.user),
        "counts_log": row.measure in LOG_MEASURES,
        "counts_seminars": row.measure == Measure.ATTENDANCE,
        "sees_log": request.user.can(Capability.VIEW_ACTIVITIES),
        "said": [comment_view(one) for one in said],
        "may_write": writable and (allowed is None or row.pk in allowed),
        "answer_form": AnswerForm(),
    }
    return render(request, f"{PAGES}/line.html", context)


@needs(Capability.WRITE_PLANS)
def line_create(request: StaffRequest, fiscal_year: int, code: int) -> HttpResponse:
    plan = visible_plan(request, fiscal_year, code)
    if not may(request, PlanAction.WRITE, plan):
        return _closed(request, plan)
    if request.method != "POST" and open_lines(plan, user=request.user) is not None:
        messages.error(request, _("แผนถูกส่งกลับมาแก้บางงาน จึงเพิ่มงานไม่ได้ในรอบนี้"))
        return redirect(_grid(plan))
    form = LineForm(
        request.POST or None, plan=plan, user=request.user, initial=_begun_from(request, plan)
    )
    if form.is_valid() and (line := form.perform(add_line, plan=plan, by=request.user)):
        messages.success(request, _("เพิ่มงาน “%(title)s” แล้ว") % {"title": line.title})
        return redirect(f"{_grid(plan)}#l{line.pk}")
    return _form_page(request, form, plan, _("เพิ่มงาน"))


@needs(Capability.WRITE_PLANS)
def line_update(request: StaffRequest, fiscal_year: int, code: int, line: int) -> HttpResponse:
    row = visible_line(request, fiscal_year, code, line)
    plan = row.plan
    if not may(request, PlanAction.WRITE, plan) and request.method != "POST":
        return _closed(request, plan)
    form = ChangeLineForm(request.POST or None, line=row, plan=plan, user=request.user)
    conflict = None
    if form.is_valid():
        if saved := form.perform(change_line, line=row, by=request.user):
            messages.success(request, _("บันทึกงาน “%(title)s” แล้ว") % {"title": saved.title})
            return redirect(f"{_grid(plan)}#l{saved.pk}")
        conflict = conflict_of(form, row)
    return _form_page(request, form, plan, _("แก้งาน"), line=row, conflict=conflict)


@needs(Capability.WRITE_PLANS)
@require_POST
def line_remove(request: StaffRequest, fiscal_year: int, code: int, line: int) -> HttpResponse:
    row = visible_line(request, fiscal_year, code, line)
    title = row.title
    with telling_refusals(request):
        remove_line(line=row, by=request.user)
        messages.success(request, _("ลบงาน “%(title)s” ออกจากแผนแล้ว") % {"title": title})
    return redirect(_grid(row.plan))


@needs(Capability.WRITE_PLANS)
@require_POST
def line_move(request: StaffRequest, fiscal_year: int, code: int, line: int) -> HttpResponse:
    row = visible_line(request, fiscal_year, code, line)
    to = UP if UP in request.POST else DOWN
    with telling_refusals(request):
        move_line(line=row, to=to, by=request.user)
    return redirect(f"{_grid(row.plan)}#l{row.pk}")


@needs(Capability.WRITE_PLANS)
@require_POST
def line_answer(request: StaffRequest, fiscal_year: int, code: int, line: int) -> HttpResponse:
    row = visible_line(request, fiscal_year, code, line)
    form = AnswerForm(request.POST)
    if form.is_valid() and (_said := form.perform(answer_comment, line=row, by=request.user)):
        messages.success(request, _("บันทึกคำตอบแล้ว ผู้พิจารณาเห็นเมื่อเสนอใหม่"))
        return redirect(f"{_grid(row.plan)}#l{row.pk}")
    return _form_page(request, form, row.plan, _("ตอบข้อคิดเห็น"), line=row)


@needs(Capability.WRITE_PLANS)
@require_POST
def tie(request: StaffRequest, fiscal_year: int, code: int) -> HttpResponse:
    """Let the work of a category, which belongs to no line, count for one."""
    plan = visible_plan(request, fiscal_year, code)
    form = TieForm(request.POST, lines=PlanLine.objects.visible_to(request.user).of(plan))
    if form.is_valid() and (proof := form.perform(tie_category, plan=plan, by=request.user)):
        text = _("ผูก%(category)sกับงาน “%(title)s” แล้ว ผลของปีนี้นับรวมทันที")
        messages.success(
            request,
            text % {"category": proof.get_category_display(), "title": proof.line.title},
        )
    for mistake in form.mistakes:
        messages.error(request, mistake.message)
    return redirect(f"{plan.get_absolute_url()}#unclaimed")


def visible_line(request: StaffRequest, fiscal_year: int, code: int, pk: int) -> PlanLine:
    """A line of the edition that is worked on."""
    plan = visible_plan(request, fiscal_year, code)
    rows = PlanLine.objects.visible_to(request.user).of(plan)
    return get_object_or_404(rows.select_related("plan__province", "responsible"), pk=pk)


def _any_edition(request: StaffRequest, fiscal_year: int, code: int, pk: int) -> PlanLine:
    visible_province(request, code)
    rows = PlanLine.objects.visible_to(request.user).filter(
        province=code, plan__fiscal_year=fiscal_year
    )
    return get_object_or_404(rows.select_related("plan__province", "responsible"), pk=pk)


def _begun_from(request: StaffRequest, plan: Plan) -> dict[str, Any]:
    """What a new line begins with: a project of the centre, where the address names one."""
    asked = request.GET.get("standing", "")
    if not asked:
        return {"measure": Measure.TYPED, "months": list(range(1, 13))}
    if not is_key(asked):
        raise Http404
    projects = StandingProject.objects.filter(direction__fiscal_year=plan.fiscal_year)
    project = get_object_or_404(projects, pk=int(asked))
    taken = PlanProof.objects.visible_to(request.user).filter(plan=plan)
    used = set(taken.values_list("category", flat=True))
    free = [one for one in project.categories if one not in used]
    return line_values(line_from(project, plan), request.user) | {
        "categories": free,
        "months": list(range(1, 13)),
    }


def _grid(plan: Plan) -> str:
    return reverse("plans:edit", args=[plan.fiscal_year, plan.province_id])


def _closed(request: StaffRequest, plan: Plan) -> HttpResponse:
    text = _("แผนนี้อยู่ที่ “%(state)s” จึงแก้ไม่ได้ ดูด้านล่างว่าถึงคราวของใคร")
    messages.error(request, text % {"state": plan.get_state_display()})
    return redirect(plan)


def _form_page(
    request: StaffRequest,
    form: Any,
    plan: Plan,
    heading: str,
    *,
    line: PlanLine | None = None,
    conflict: Any = None,
) -> HttpResponse:
    context = {
        "form": form,
        "plan": plan,
        "heading": heading,
        "line": line,
        "conflict": conflict,
        "said": [
            comment_view(one) for one in line.comments.select_related("by").order_by("at", "pk")
        ]
        if line
        else [],
    }
    return render(request, f"{PAGES}/form.html", context, status=422 if form.is_bound else 200)
