"""The steps that a province takes with its plan: propose, agree, return, send, take back, cancel.

Each locks the plan, so that of many who decide at once one wins and the others are told.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from reports.enums import PlanAction
from reports.models import Ceiling, Plan, PlanComment, PlanLine, StandingProject
from reports.queries.plan_differences import since_return
from reports.services import plan_notices
from reports.services.plan_steps import lock_plan, refuse_unless, take_step
from volunteer_network.errors import RuleViolation
from volunteer_network.models import User
from volunteer_network.thai_text import baht


@dataclass(frozen=True)
class Remark:
    """What has to be mended in one line before the plan comes again."""

    line: PlanLine
    text: str
    reason: str = ""


@transaction.atomic
def propose_plan(*, plan: Plan, reason: str = "", by: User) -> Plan:
    """Propose the plan to the head of the province.

    Refuses a plan without lines, with quarters that do not make the year, without a project that
    every province must have; a plan over its ceiling says why. After a return every line that was
    commented on has been changed or answered.
    """
    plan = lock_plan(plan.pk, by=by)
    refuse_unless(plan, PlanAction.PROPOSE)
    lines = list(PlanLine.objects.visible_to(by).of(plan).select_related("responsible"))
    _refuse_unfinished(lines)
    _refuse_without_required(plan, lines)
    _refuse_unanswered(plan, lines, by)
    if not reason.strip() and (over := baht_over_ceiling(plan, lines)):
        raise RuleViolation(
            _("แผนเกินเพดาน %(baht)s บาท ลดงบ หรือบอกเหตุที่ขอเกินเพดานในช่องนี้") % {"baht": baht(over)},
            field="reason",
        )
    plan = take_step(plan, PlanAction.PROPOSE, by=by, reason=reason)
    open_remarks(plan, by).update(settled_at=timezone.now())
    plan_notices.tell_proposed(plan, by=by)
    return plan


@transaction.atomic
def take_back_plan(*, plan: Plan, by: User) -> Plan:
    """Take a proposed plan back, as long as the head has not decided."""
    return take_step(lock_plan(plan.pk, by=by), PlanAction.TAKE_BACK, by=by)


@transaction.atomic
def agree_to_plan(*, plan: Plan, version: int | None = None, by: User) -> Plan:
    """The head, or whoever stands in, agrees; never whoever proposed the plan."""
    plan = lock_plan(plan.pk, by=by)
    refuse_unless(plan, PlanAction.AGREE)
    _refuse_unseen(plan, version)
    if plan.proposed_by_id == by.pk:
        raise RuleViolation(
            _("ผู้เสนอแผนเห็นชอบแผนของตนเองไม่ได้ ให้เจ้าหน้าที่เรียกคืนแล้วเป็นผู้เสนอ หรือให้ผู้รักษาราชการแทนเห็นชอบ")
        )
    plan = take_step(plan, PlanAction.AGREE, by=by)
    plan_notices.tell_agreed(plan, by=by)
    return plan


@transaction.atomic
def return_plan_to_makers(
    *,
    plan: Plan,
    reason: str,
    remarks: Sequence[Remark] = (),
    version: int | None = None,
    by: User,
) -> Plan:
    """The head returns the plan with a reason, and with remarks on the lines to mend.

    Without remarks the whole plan is open again.
    """
    plan = lock_plan(plan.pk, by=by)
    refuse_unless(plan, PlanAction.RETURN_BY_HEAD)
    _refuse_unseen(plan, version)
    plan = take_step(plan, PlanAction.RETURN_BY_HEAD, by=by, reason=reason)
    PlanComment.objects.bulk_create(
        PlanComment(
            province_id=plan.province_id,
            plan=plan,
            line=remark.line,
            reason=remark.reason,
            text=remark.text,
            by=by,
            returns=True,
        )
        for remark in remarks
    )
    plan_notices.tell_returned(plan, by=by)
    return plan


@transaction.atomic
def send_plan(*, plan: Plan, version: int | None = None, by: User) -> Plan:
    """Send an agreed plan to the centre."""
    plan = lock_plan(plan.pk, by=by)
    refuse_unless(plan, PlanAction.SEND)
    _refuse_unseen(plan, version)
    plan = take_step(plan, PlanAction.SEND, by=by)
    plan_notices.tell_sent(plan, by=by)
    return plan


@transaction.atomic
def cancel_plan(*, plan: Plan, reason: str, by: User) -> Plan:
    """Drop an edition that is not with the centre; an approved one before it stays in force."""
    return take_step(lock_plan(plan.pk, by=by), PlanAction.CANCEL, by=by, reason=reason)


def open_remarks(plan: Plan, by: User) -> QuerySet[PlanComment]:
    """What was remarked at a return and has not come again since."""
    return PlanComment.objects.visible_to(by).filter(
        plan=plan, returns=True, settled_at__isnull=True
    )


def baht_over_ceiling(plan: Plan, lines: Iterable[PlanLine]) -> Decimal:
    """How much more the lines take than the centre allows; 0 where no ceiling is set."""
    ceiling = Ceiling.objects.filter(
        direction__fiscal_year=plan.fiscal_year, province=plan.province_id
    ).first()
    if ceiling is None:
        return Decimal(0)
    return max(sum((line.allotted for line in lines), Decimal(0)) - ceiling.amount, Decimal(0))


def _refuse_unseen(plan: Plan, version: int | None) -> None:
    """Nobody decides on a plan that went back and came again since the page was opened."""
    if version is not None and plan.version != version:
        raise RuleViolation(_("แผนถูกเรียกคืนและเสนอใหม่หลังจากที่เปิดหน้า อ่านแผนล่าสุดด้านล่าง แล้วกดอีกครั้ง"))


def _refuse_unfinished(lines: Sequence[PlanLine]) -> None:
    if not lines:
        raise RuleViolation(_("แผนยังไม่มีงาน เพิ่มงานอย่างน้อยหนึ่งงานก่อนเสนอ"))
    if wrong := [line.title for line in lines if not line.adds_up]:
        raise RuleViolation(
            _("ไตรมาสรวมแล้วไม่เท่าเป้าหมายทั้งปี %(count)d งาน เช่น “%(title)s” แก้ตัวเลขให้ตรงก่อนเสนอ")
            % {"count": len(wrong), "title": wrong[0]}
        )


def _refuse_without_required(plan: Plan, lines: Sequence[PlanLine]) -> None:
    there = {line.standing_id for line in lines if line.standing_id}
    missing = StandingProject.objects.filter(
        direction__fiscal_year=plan.fiscal_year, required=True
    ).exclude(pk__in=there)
    if first := missing.order_by("place").first():
        raise RuleViolation(
            _("แผนยังไม่มีโครงการที่ทุกจังหวัดต้องมี “%(title)s” เพิ่มงานจากโครงการของส่วนกลางก่อนเสนอ")
            % {"title": first.title}
        )


def _refuse_unanswered(plan: Plan, lines: Sequence[PlanLine], by: User) -> None:
    """A remark counts as dealt with when its line was changed since, or somebody answered it."""
    remarks = {one.line_id: one for one in open_remarks(plan, by).filter(line__isnull=False)}
    if not remarks:
        return
    changed = {one.line.pk for one in since_return(plan, lines, user=by) if one.line}
    answers = PlanComment.objects.visible_to(by).filter(
        plan=plan, returns=False, at__gte=plan.returned_at
    )
    answered = set(answers.values_list("line_id", flat=True))
    if left := remarks.keys() - changed - answered:
        title = next(line.title for line in lines if line.pk in left)
        raise RuleViolation(
            _("ยังไม่ได้แก้หรือตอบข้อคิดเห็น %(count)d งาน เช่น “%(title)s” แก้งาน หรือเขียนคำตอบก่อนเสนอ")
            % {"count": len(left), "title": title}
        )
