"""The steps of a plan as pages: a button that posts, or a form where words are needed."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from reports.enums import PlanAction, PlanState
from reports.forms.plans import ReasonForm, ReturnForm, StepForm
from reports.models import Plan
from reports.queries.plan_tables import plan_table
from reports.services.plan_editions import revise_plan
from reports.services.plans import (
    agree_to_plan,
    cancel_plan,
    propose_plan,
    return_plan_to_makers,
    send_plan,
    take_back_plan,
)
from reports.views.plans import may, visible_plan
from volunteer_network.access.guards import needs
from volunteer_network.access.requests import StaffRequest
from volunteer_network.access.roles import Capability

PAGES = "reports/plans"


@needs(Capability.WRITE_PLANS)
def propose(request: StaffRequest, fiscal_year: int, code: int) -> HttpResponse:
    """Propose at once; a plan over its ceiling is asked why."""
    plan = visible_plan(request, fiscal_year, code)
    form = ReasonForm(
        request.POST if request.method == "POST" else None,
        label=_("เหตุที่ขอเกินเพดาน หรือเรื่องที่อยากบอก"),
        help_text=_("ไม่เกินเพดานเว้นว่างได้"),
        button=_("เสนอแผน 1 แผน"),
        back=plan.get_absolute_url(),
    )
    form.fields["reason"].required = False
    if request.method == "POST" and form.is_valid():
        if proposed := form.perform(propose_plan, plan=plan, by=request.user):
            text = _("เสนอ%(plan)s แล้ว เรียกคืนได้จนกว่าแรงงานจังหวัดจะเห็นชอบ")
            messages.success(request, text % {"plan": proposed})
            return redirect(proposed)
        if "reason" not in form.errors:
            return _refused(request, plan, form)
    return _form_page(request, form, plan, _("เสนอแผนต่อแรงงานจังหวัด"))


@needs(Capability.WRITE_PLANS)
@require_POST
def take_back(request: StaffRequest, fiscal_year: int, code: int) -> HttpResponse:
    done = _("เรียกคืน%(plan)s แล้ว แก้และเสนอใหม่ได้")
    return _at_once(request, fiscal_year, code, take_back_plan, done)


@needs(Capability.AGREE_PLANS)
@require_POST
def agree(request: StaffRequest, fiscal_year: int, code: int) -> HttpResponse:
    return _at_once(
        request, fiscal_year, code, agree_to_plan, _("เห็นชอบ%(plan)s แล้ว ส่งส่วนกลางได้"), seen=True
    )


@needs(Capability.AGREE_PLANS)
@require_POST
def send(request: StaffRequest, fiscal_year: int, code: int) -> HttpResponse:
    return _at_once(request, fiscal_year, code, send_plan, _("ส่ง%(plan)s ให้ส่วนกลางแล้ว"), seen=True)


@needs(Capability.AGREE_PLANS)
def hand_back(request: StaffRequest, fiscal_year: int, code: int) -> HttpResponse:
    """The head returns the plan, with remarks on the lines to mend."""
    plan = visible_plan(request, fiscal_year, code)
    if not may(request, PlanAction.RETURN_BY_HEAD, plan):
        return _not_now(request, plan)
    form = ReturnForm(
        request.POST or None,
        rows=plan_table(plan, user=request.user).rows,
        back=plan.get_absolute_url(),
        initial={"version": plan.version},
    )
    if form.is_valid() and (
        returned := form.perform(return_plan_to_makers, plan=plan, by=request.user)
    ):
        messages.success(request, _("ส่ง%(plan)s กลับแก้ไขแล้ว") % {"plan": returned})
        return redirect(returned)
    return _form_page(request, form, plan, _("ส่งแผนกลับแก้ไข"))


@needs(Capability.WRITE_PLANS)
def cancel(request: StaffRequest, fiscal_year: int, code: int) -> HttpResponse:
    plan = visible_plan(request, fiscal_year, code)
    if not may(request, PlanAction.CANCEL, plan):
        return _not_now(request, plan)
    form = ReasonForm(
        request.POST or None,
        label=_("เหตุที่ยกเลิก"),
        help_text=_("ฉบับที่ยกเลิกยังอ่านได้ และเริ่มทำแผนใหม่ได้"),
        button=_("ยกเลิกแผน 1 ฉบับ"),
        back=plan.get_absolute_url(),
    )
    if form.is_valid() and (cancelled := form.perform(cancel_plan, plan=plan, by=request.user)):
        messages.success(request, _("ยกเลิก%(plan)s แล้ว") % {"plan": cancelled})
        return redirect(cancelled)
    return _form_page(request, form, plan, _("ยกเลิกแผนฉบับนี้"))


@needs(Capability.WRITE_PLANS)
def revise(request: StaffRequest, fiscal_year: int, code: int) -> HttpResponse:
    plan = visible_plan(request, fiscal_year, code)
    if not may(request, PlanAction.REVISE, plan):
        return _not_now(request, plan)
    form = ReasonForm(
        request.POST or None,
        label=_("เหตุที่ปรับแผน"),
        help_text=_("เช่น ปรับแผนกลางปีตามงบที่ได้รับจริง ฉบับเดิมใช้อยู่จนกว่าฉบับใหม่จะอนุมัติ"),
        button=_("ปรับแผน ทำฉบับที่ %(edition)d") % {"edition": plan.edition + 1},
        back=plan.get_absolute_url(),
    )
    if form.is_valid() and (revised := form.perform(revise_plan, plan=plan, by=request.user)):
        messages.success(request, _("เริ่ม%(plan)s แล้ว") % {"plan": revised})
        return redirect("plans:edit", fiscal_year, code)
    return _form_page(request, form, plan, _("ปรับแผน"))


def _at_once(
    request: StaffRequest,
    fiscal_year: int,
    code: int,
    service: Callable[..., Plan],
    done: str,
    *,
    seen: bool = False,
) -> HttpResponse:
    """Take a step that needs no words; `seen` holds it to the version that the page showed."""
    plan = visible_plan(request, fiscal_year, code)
    form = StepForm(request.POST)
    if not seen:
        del form.fields["version"]
    if form.is_valid() and (moved := form.perform(service, plan=plan, by=request.user)):
        messages.success(request, done % {"plan": moved})
        return redirect(moved)
    return _refused(request, plan, form)


def _refused(request: StaffRequest, plan: Plan, form: Any) -> HttpResponse:
    for mistake in form.mistakes:
        messages.error(request, mistake.message)
    return redirect(plan)


def _not_now(request: StaffRequest, plan: Plan) -> HttpResponse:
    """Somebody was quicker, or the page is old: say where the plan is now."""
    text = _("แผนนี้อยู่ที่ “%(state)s” จึงทำขั้นนี้ไม่ได้ ดูด้านล่างว่าถึงคราวของใคร")
    messages.error(request, text % {"state": PlanState(plan.state).label})
    return redirect(plan)


def _form_page(request: StaffRequest, form: Any, plan: Plan, heading: str) -> HttpResponse:
    context = {"form": form, "plan": plan, "heading": heading, "conflict": None, "line": None}
    return render(request, f"{PAGES}/form.html", context, status=422 if form.is_bound else 200)
