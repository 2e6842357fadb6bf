"""Every move of a case: lock, look again, check, change, record, tell."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from volunteer_network.case_steps import STEPS, Side, act_by, days_to_finish
from volunteer_network.enums import (
    AgencyCode,
    CaseAction,
    CaseOutcome,
    Category,
    DeclineReason,
    Escalation,
    Urgency,
)
from volunteer_network.errors import RuleViolation
from volunteer_network.models import Case, CaseEvent, Office, User
from volunteer_network.services.case_clients import record
from volunteer_network.services.case_notices import tell_of
from volunteer_network.services.edits import refuse_stale

MOVED = (
    *("state", "office", "due_on", "finish_by", "escalated_to", "decline_reason", "outcome"),
    *("answered_on", "version"),
)


@transaction.atomic
def refer_case(*, case: Case, version: int, office: Office, text: str, by: User) -> Case:
    """Send a case that waits, or one that was declined, to an office of the province."""
    case = _taken(case, CaseAction.REFER, version, by=by)
    if office.province_id != case.province_id:
        raise RuleViolation(_("สำนักงานนี้อยู่จังหวัดอื่น"), field="office")
    if case.is_restricted and office.agency_id != AgencyCode.OPS:
        raise RuleViolation(_("เรื่องการค้ามนุษย์ส่งได้เฉพาะสำนักงานแรงงานจังหวัด"), field="office")
    if case.office_id == office.pk:
        raise RuleViolation(_("สำนักงานนี้ไม่รับเรื่องไปแล้ว เลือกสำนักงานอื่น"), field="office")
    return refer_to(case, office, by=by, text=text)


@transaction.atomic
def accept_case(*, case: Case, version: int, by: User) -> Case:
    """Take a case on; from here the office may learn whom to call."""
    case = _taken(case, CaseAction.ACCEPT, version, by=by)
    return _move(case, CaseAction.ACCEPT, by=by)


@transaction.atomic
def decline_case(*, case: Case, version: int, reason: DeclineReason, text: str, by: User) -> Case:
    """Give a case back with a reason; the province chooses another office or ends it."""
    case = _taken(case, CaseAction.DECLINE, version, by=by)
    if reason == DeclineReason.OTHER and not text:
        raise RuleViolation(_("บอกเหตุที่ไม่รับเรื่อง ให้จังหวัดรู้ว่าต้องส่งไปที่ใด"), field="text")
    case.decline_reason = reason
    words = str(DeclineReason(reason).label)
    return _move(case, CaseAction.DECLINE, by=by, text=f"{words}: {text}" if text else words)


@transaction.atomic
def note_progress(*, case: Case, version: int, text: str, by: User) -> Case:
    """Say what was done; the deadline stays as it was."""
    case = _taken(case, CaseAction.PROGRESS, version, by=by)
    return _move(case, CaseAction.PROGRESS, by=by, text=text)


@transaction.atomic
def close_case(*, case: Case, version: int, outcome: CaseOutcome, text: str, by: User) -> Case:
    """Answer: what came of it, and one sentence for the volunteer."""
    case = _taken(case, CaseAction.CLOSE, version, by=by)
    case.outcome = outcome
    case.answered_on = timezone.localdate()
    return _move(case, CaseAction.CLOSE, by=by, text=text)


@transaction.atomic
def tell_volunteer(*, case: Case, version: int, text: str, by: User) -> Case:
    """The volunteer who brought it in has heard the outcome: the case has come home."""
    case = _taken(case, CaseAction.TELL, version, by=by)
    return _move(case, CaseAction.TELL, by=by, text=text)


@transaction.atomic
def withdraw_case(*, case: Case, version: int, text: str, by: User) -> Case:
    """Take a case back before it is answered; the office it was with is told."""
    case = _taken(case, CaseAction.WITHDRAW, version, by=by)
    case.decline_reason = ""
    return _move(case, CaseAction.WITHDRAW, by=by, text=text)


@transaction.atomic
def reopen_case(*, case: Case, version: int, text: str, by: User) -> Case:
    """Begin anew, with the deadline of today; no office has it until it is referred again."""
    case = _taken(case, CaseAction.REOPEN, version, by=by)
    case.office = None
    case.outcome, case.answered_on = "", None
    set_finish_by(case)
    return _move(case, CaseAction.REOPEN, by=by, text=text)


def _taken(case: Case, action: CaseAction, version: int, *, by: User) -> Case:
    """The case under its lock, as it is now, if the action is still the user's to take."""
    rows = Case.objects.select_for_update(of=("self",)).select_related(
        "office__agency", "office__province", "keeper"
    )
    case = rows.get(pk=case.pk)
    refuse_stale(case, version)
    step = STEPS[action]
    if case.state not in step.before:
        raise RuleViolation(
            _("ทำไม่ได้ เพราะตอนนี้เรื่องนี้อยู่ในสถานะ %(now)s") % {"now": case.get_state_display()}
        )
    if step.side not in case.sides_of(by):
        raise RuleViolation(_refusal_of_side(case, step.side))
    return case


def _refusal_of_side(case: Case, side: Side) -> str:
    if side is Side.OFFICE:
        return _("เรื่องนี้อยู่ที่%(office)s เจ้าหน้าที่ของสำนักงานนั้นเป็นผู้ตอบ") % {"office": case.office}
    return _("เรื่องนี้เป็นของผู้ส่งในจังหวัด ติดต่อ %(who)s") % {"who": case.keeper}


def refer_to(case: Case, office: Office, *, by: User, text: str) -> Case:
    case.office, case.decline_reason = office, ""
    return _move(case, CaseAction.REFER, by=by, text=text)


def _move(case: Case, action: CaseAction, *, by: User, text: str = "") -> Case:
    """Put the case into its next state, with a new owner and a new date."""
    case.state = STEPS[action].after
    if action != CaseAction.PROGRESS:
        case.escalated_to = Escalation.NONE
        case.due_on = act_by(
            case.state,
            urgency=Urgency(case.urgency),
            finish_by=case.finish_by,
            today=timezone.localdate(),
        )
    case.version += 1
    case.save(update_fields=MOVED)
    note_event(case, action, by=by, text=text)
    tell_of(case, action, by=by)
    return case


def note_event(case: Case, action: CaseAction, *, by: User, text: str) -> None:
    CaseEvent.of(case, action, actor=by, text=text).save()
    record(f"case.{action}", case, by=by)


def set_finish_by(case: Case) -> None:
    days = days_to_finish(Category(case.topic), Urgency(case.urgency))
    case.finish_by = timezone.localdate() + timedelta(days=days)
