"""The centre decides: approves plans, one or many, or sends one back with what is to be mended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from reports.enums import PlanAction, ReturnReason
from reports.models import Plan, PlanComment, PlanLine
from reports.services import plan_notices
from reports.services.plan_replacing import replace_former
from reports.services.plan_steps import lock_plan, lock_plans, refuse_unless, take_step
from volunteer_network.errors import RuleViolation
from volunteer_network.models import User
from volunteer_network.services.reminders import new_errand

LONGEST_COMMENT: Final = PlanComment._meta.get_field("text").max_length or 0
LONGEST_REASON: Final = 300


@dataclass(frozen=True, slots=True)
class Question:
    """What the centre asks of a line, or of the plan as a whole (`line` is None)."""

    line: int | None
    reason: ReturnReason
    text: str


@dataclass(frozen=True, slots=True)
class Decided:
    """What came of approving several: those approved, and the others each with the reason."""

    approved: list[Plan]
    skipped: list[tuple[Plan, str]]


@transaction.atomic
def approve_plans(*, versions: Mapping[int, int], by: User) -> Decided:
    """Approve the plans as they were seen: `versions` says of each plan (id) its version then.

    A plan that has changed since, or is no longer with the centre, is skipped and says why. An
    approved edition of the same year gives way to the new one.
    """
    together = new_errand()
    decided = Decided([], [])
    for plan in lock_plans(list(versions), by=by):
        try:
            refuse_unless(plan, PlanAction.APPROVE)
            _refuse_changed(plan, versions[plan.pk])
        except RuleViolation as refusal:
            decided.skipped.append((plan, refusal.message))
            continue
        former, errand = replace_former(plan, by=by), new_errand()
        take_step(
            plan,
            PlanAction.APPROVE,
            by=by,
            remember={
                "together": str(together),
                "errand": str(errand),
                "former": former.pk if former else None,
            },
        )
        plan_notices.tell_approved(plan, by=by, errand=errand)
        decided.approved.append(plan)
    return decided


@transaction.atomic
def approve_plan(*, plan: Plan, version: int, by: User) -> Plan:
    """Approve one plan as it was seen, or refuse."""
    decided = approve_plans(versions={plan.pk: version}, by=by)
    if decided.skipped:
        raise RuleViolation(decided.skipped[0][1])
    return decided.approved[0]


@transaction.atomic
def return_plan(*, plan: Plan, version: int, questions: Sequence[Question], by: User) -> Plan:
    """Send a plan back with a question on each line that is to be mended, or on the whole plan.

    The plan keeps the reasons in one line; each question stands on its line until it is settled.
    """
    plan, errand = lock_plan(plan.pk, by=by), new_errand()
    refuse_unless(plan, PlanAction.RETURN)
    _refuse_changed(plan, version)
    lines = dict(PlanLine.objects.visible_to(by).of(plan).values_list("pk", "version"))
    _refuse_questions(questions, lines.keys())
    take_step(
        plan,
        PlanAction.RETURN,
        by=by,
        reason=_in_one_line(questions),
        remember={
            "together": str(errand),
            "errand": str(errand),
            "lines": sorted(lines.items()),
        },
    )
    PlanComment.objects.bulk_create(
        PlanComment(
            province_id=plan.province_id,
            plan=plan,
            line_id=question.line,
            reason=question.reason,
            text=question.text.strip(),
            by=by,
            returns=True,
        )
        for question in questions
    )
    plan_notices.tell_returned(plan, by=by, errand=errand)
    return plan


def _refuse_changed(plan: Plan, version: int) -> None:
    if plan.version != version:
        raise RuleViolation(_("แผนเปลี่ยนหลังจากที่เปิดหน้านี้ เปิดแผนอีกครั้ง อ่านส่วนที่เปลี่ยน แล้วพิจารณาใหม่"))


def _refuse_questions(questions: Sequence[Question], lines: object) -> None:
    if not questions:
        raise RuleViolation(_("เลือกเรื่องและเขียนข้อคิดเห็นอย่างน้อยหนึ่งงาน จังหวัดจะได้รู้ว่าต้องแก้อะไร"))
    for question in questions:
        if not question.text.strip():
            raise RuleViolation(_("เขียนหนึ่งประโยคว่าต้องแก้อะไร"), field=f"text-{question.line or 0}")
        if question.line is not None and question.line not in lines:  # type: ignore[operator]
            raise RuleViolation(_("งานนี้ไม่อยู่ในแผนแล้ว เปิดแผนอีกครั้ง"))


def _in_one_line(questions: Sequence[Question]) -> str:
    """ "ขอแก้ 2 งาน: ค่าเป้าหมายไม่สมเหตุผล, งบประมาณเกินเพดาน"."""
    labels = list(dict.fromkeys(str(question.reason.label) for question in questions))
    count = sum(question.line is not None for question in questions)
    what = _("ขอแก้ %(count)d งาน") % {"count": count} if count else _("ขอแก้ทั้งแผน")
    return f"{what}: {', '.join(labels)}"[:LONGEST_REASON]
