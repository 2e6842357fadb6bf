"""Taking a decision back within two minutes: the plan is again as it was, to the last field."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from reports.enums import PlanAction, PlanState
from reports.models import Plan, PlanComment, PlanLine, PlanStep, QuarterReport
from reports.services import plan_notices
from reports.services.plan_replacing import hold_paper_again, recall_paper, restore_former
from reports.services.plan_steps import lock_plans, refuse_unless
from volunteer_network import audit
from volunteer_network.errors import RuleViolation
from volunteer_network.models import User
from volunteer_network.services.outgoing_mail import TAKEN_BACK_WITHIN
from volunteer_network.services.reminders import still_open, unsend

DECISIONS = (PlanAction.APPROVE, PlanAction.RETURN)
# What a step remembers besides the fields that it overwrote.
OF_THE_STEP = frozenset({"together", "errand", "former", "lines", "papers"})


@dataclass(frozen=True)
class RecentDecision:
    """What was decided in one go and can still be taken back, until a moment."""

    action: PlanAction
    plans: list[Plan]
    until: datetime


@transaction.atomic
def undo_decisions(*, plans: Collection[int], by: User) -> list[Plan]:
    """Take back the person's own last decisions on the plans: all of them, or none with a reason.

    Each plan goes back to the centre's table as it was, its questions are gone, the edition before
    it holds again, and mails that wait never leave.
    """
    locked = lock_plans(list(plans), by=by)
    if not locked:
        raise RuleViolation(_("ไม่มีแผนที่เรียกคืนได้ เปิดหน้านี้ใหม่เพื่อดูสถานะล่าสุด"))
    for plan in locked:
        _undo(plan, by)
    return locked


def recent_decisions(*, by: User) -> list[RecentDecision]:
    """What the person may still take back, the latest first. Two queries."""
    since = timezone.now() - TAKEN_BACK_WITHIN
    recent = PlanStep.objects.visible_to(by).filter(at__gt=since)
    last: dict[int, PlanStep] = {}
    for step in recent.select_related("plan__province").order_by("at", "pk"):
        last[step.plan_id] = step
    together: dict[str, list[PlanStep]] = {}
    for step in last.values():
        if step.by_id == by.pk and step.action in DECISIONS:
            together.setdefault(step.before.get("together", ""), []).append(step)
    found = [
        RecentDecision(
            action=PlanAction(steps[0].action),
            plans=[step.plan for step in steps],
            until=min(step.at for step in steps) + TAKEN_BACK_WITHIN,
        )
        for steps in together.values()
    ]
    return sorted(found, key=lambda one: one.until, reverse=True)


def _undo(plan: Plan, by: User) -> None:
    step = PlanStep.objects.visible_to(by).filter(plan=plan).order_by("-at", "-pk").first()
    if step is None or step.action not in DECISIONS or step.by_id != by.pk:
        raise RuleViolation(
            _("%(plan)s มีผู้ทำขั้นตอนต่อไปแล้ว เรียกคืนไม่ได้ เปิดหน้าแผนเพื่อดูสถานะล่าสุด") % {"plan": plan}
        )
    if not still_open(step.at):
        raise RuleViolation(_("เรียกคืนได้ภายใน 2 นาทีหลังพิจารณา ตอนนี้แจ้งจังหวัดไปแล้ว ติดต่อจังหวัดโดยตรง"))
    refuse_unless(plan, PlanAction.UNDO)
    _refuse_begun(plan, step, by)
    before = step.before
    if step.action == PlanAction.RETURN:
        PlanComment.objects.visible_to(by).filter(
            plan=plan, by=by, returns=True, at__gte=step.at
        ).delete()
    if step.action == PlanAction.APPROVE:
        recall_paper(plan, since=step.at)  # it says that the plan is approved
    _restore(plan, before)
    hold_paper_again(plan, before.get("papers", []))
    if former := before.get("former"):
        restore_former(former, by=by)
    _write_down(plan, step, by)
    if readers := unsend(UUID(before["errand"]), by=by):
        plan_notices.tell_taken_back(plan, readers, by=by)


def _refuse_begun(plan: Plan, step: PlanStep, by: User) -> None:
    """Refuse where the province has already worked on what it was told."""
    began = _("จังหวัดเริ่มแก้แผนแล้ว เรียกคืนไม่ได้ ติดต่อจังหวัดโดยตรง")
    if step.action == PlanAction.RETURN:
        lines = PlanLine.objects.visible_to(by).of(plan).values_list("pk", "version")
        if sorted(map(list, lines)) != step.before["lines"] or _is_answered(plan, step, by):
            raise RuleViolation(began)
    if QuarterReport.objects.visible_to(by).filter(plan=plan).exists():
        raise RuleViolation(began)
    later = Plan.objects.visible_to(by).of_year(plan.fiscal_year).unfinished()
    if later.filter(province=plan.province_id).exclude(pk=plan.pk).exists():
        raise RuleViolation(began)


def _is_answered(plan: Plan, step: PlanStep, by: User) -> bool:
    """Whether the province has answered the return: its words would stay without the question."""
    said = PlanComment.objects.visible_to(by).filter(plan=plan, returns=False, at__gte=step.at)
    return said.filter(by__province=plan.province_id).exists()


def _restore(plan: Plan, before: dict[str, Any]) -> None:
    """Put back every field that the step overwrote; the version goes on, for those who look on."""
    changed = ["version"]
    for name, value in before.items():
        if name in OF_THE_STEP:
            continue
        if name.endswith("_by"):
            setattr(plan, f"{name}_id", value)
        elif name.endswith("_at"):
            setattr(plan, name, datetime.fromisoformat(value) if value else None)
        else:
            setattr(plan, name, value)
        changed.append(name)
    plan.version += 1
    plan.save(update_fields=changed)


def _write_down(plan: Plan, step: PlanStep, by: User) -> None:
    PlanStep.objects.create(
        province_id=plan.province_id,
        plan=plan,
        action=PlanAction.UNDO,
        state=PlanState(plan.state),
        by=by,
    )
    audit.record(
        "plan.undo",
        by=by,
        target=plan,
        province_code=plan.province_id,
        detail={
            "fiscal_year": plan.fiscal_year,
            "edition": plan.edition,
            "undone": step.action,
        },
    )
