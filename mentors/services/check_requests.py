"""Asking for an activity to be checked, and how such a request ends.

It ends by a sentence (it is right), by a change of what was asked about, by the removal of the
activity, or by whoever asked. Who asks holds the activity's lock, and so does who changes one, for
the centre may not lock rows of the log: nobody asks about figures that are changing under them.
An end is written under the lock of the request: of two at once, one wins and the other is told.
"""

from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mentors.enums import CheckReason, CheckState
from mentors.models import CheckRequest
from mentors.services import check_notices
from volunteer_network import audit
from volunteer_network.advisory_locks import Lock, wait_in_transaction
from volunteer_network.errors import RuleViolation
from volunteer_network.models import Activity, User
from volunteer_network.services.edits import is_stale
from volunteer_network.thai_calendar import moment

# What a question is about. A new note or photo answers nothing by itself.
WATCHED: Final = (
    *("on_date", "category", "kind", "volunteer_id", "subdistrict_id"),
    *("people_male", "people_female", "spotted", "screened", "referred"),
)


@transaction.atomic
def ask_for_check(
    *, activity: Activity, version: int, reason: CheckReason | str, words: str, by: User
) -> CheckRequest:
    """Ask whoever wrote the activity down. The same question sent twice is one question."""
    wait_in_transaction(Lock.CHECKS_OF, activity.pk)
    activity = _read_again(activity, by)
    known = CheckRequest.objects.open().filter(activity=activity.pk).first()
    if known and (known.asked_by_id, known.reason, known.words) == (by.pk, reason, words):
        return known
    _refuse_to_ask(activity, version, known, by)
    if reason == CheckReason.OTHER and not words:
        raise RuleViolation(_("เขียนสั้น ๆ ว่าให้ตรวจสอบอะไร"), field="words")
    people = check_notices.whom_to_ask(activity, by=by)
    asked = CheckRequest.objects.create(
        province_id=activity.province_id,
        activity=activity,
        volunteer_id=activity.volunteer_id,
        district_id=activity.district_id,
        on_date=activity.on_date,
        category=activity.category,
        before=watched(activity),
        reason=reason,
        words=words,
        asked_of=people[0],
        asked_by=by,
    )
    audit.record("check.asked", by=by, target=asked, province_code=asked.province_id)
    check_notices.tell_asked(asked, people, by=by)
    return asked


@transaction.atomic
def confirm_activity(*, asked: CheckRequest, answer: str, by: User) -> CheckRequest:
    """Say that the activity is right as it stands, and how one knows."""
    asked = _take_open(asked)
    if asked.asked_by_id == by.pk:
        raise RuleViolation(_("คุณเป็นผู้ขอให้ตรวจสอบ จึงตอบเองไม่ได้ ถอนคำขอแทน"))
    if not answer.strip():
        raise RuleViolation(_("บอกว่าตรวจกับอะไร เช่น ใบลงชื่อ 120 คน"), field="answer")
    asked.answer = answer.strip()
    _settle(asked, CheckState.CONFIRMED, by=by)
    check_notices.tell_settled(asked, by=by)
    return asked


@transaction.atomic
def withdraw_check(*, asked: CheckRequest, by: User) -> CheckRequest:
    """Take one's own question back; within two minutes no mail has gone."""
    asked = _take_open(asked)
    if asked.asked_by_id != by.pk:
        raise RuleViolation(_("ถอนได้เฉพาะผู้ที่ขอให้ตรวจสอบ"))
    _settle(asked, CheckState.WITHDRAWN, by=by)
    check_notices.take_back(asked, by=by)
    return asked


def settle_by_change(activity: Activity, *, by: User) -> CheckRequest | None:
    """End the open question about an activity that was changed in what the question is about."""
    wait_in_transaction(Lock.CHECKS_OF, activity.pk)
    asked = _open_about(activity)
    now = watched(activity)
    if asked is None or now == asked.before:
        return None
    asked.after = now
    _settle(asked, CheckState.CORRECTED, by=by)
    check_notices.tell_settled(asked, by=by)
    return asked


def settle_by_removal(activity: Activity, *, by: User) -> CheckRequest | None:
    """End the open question about an activity that is taken out of the log."""
    wait_in_transaction(Lock.CHECKS_OF, activity.pk)
    asked = _open_about(activity)
    if asked is None:
        return None
    _settle(asked, CheckState.REMOVED, by=by)
    check_notices.tell_settled(asked, by=by)
    return asked


def _read_again(activity: Activity, by: User) -> Activity:
    rows = Activity.objects.visible_to(by).select_related("recorded_by")
    found = rows.filter(pk=activity.pk).first()
    if found is None:
        raise RuleViolation(_("รายการนี้ถูกเอาออกจากบันทึกแล้ว ไม่ต้องขอให้ตรวจสอบ"))
    return found


def _refuse_to_ask(activity: Activity, version: int, known: CheckRequest | None, by: User) -> None:
    if known:
        raise RuleViolation(
            _("%(who)s ขอให้ตรวจสอบรายการนี้แล้วเมื่อ %(at)s รอคำตอบก่อนจึงขออีกครั้ง")
            % {"who": known.asked_by, "at": moment(known.asked_at)}
        )
    if is_stale(activity, version):
        raise RuleViolation(_("รายการนี้เพิ่งถูกแก้ ดูตัวเลขใหม่ก่อน แล้วขออีกครั้งถ้ายังสงสัย"))
    if activity.recorded_by_id == by.pk:
        raise RuleViolation(_("คุณบันทึกรายการนี้เอง แก้ได้เลยโดยไม่ต้องขอให้ตรวจสอบ"))


def _take_open(asked: CheckRequest) -> CheckRequest:
    """The request under its lock; refuses when it has ended."""
    rows = CheckRequest.objects.select_for_update(of=("self",))
    asked = rows.select_related("asked_by", "settled_by").get(pk=asked.pk)
    if not asked.is_open:
        raise RuleViolation(
            _("คำขอนี้จบแล้ว: %(state)s โดย %(who)s")
            % {"state": asked.get_state_display(), "who": asked.settled_by}
        )
    return asked


def _open_about(activity: Activity) -> CheckRequest | None:
    rows = CheckRequest.objects.select_for_update(of=("self",)).select_related("asked_by")
    return rows.open().filter(province=activity.province_id, activity=activity.pk).first()


def _settle(asked: CheckRequest, state: CheckState, *, by: User) -> None:
    asked.state, asked.settled_at, asked.settled_by = state, timezone.now(), by
    asked.save(update_fields=["state", "answer", "after", "settled_at", "settled_by"])
    audit.record(f"check.{state}", by=by, target=asked, province_code=asked.province_id)


def watched(activity: Activity) -> dict[str, Any]:
    """As JSON keeps it."""
    values = {name: getattr(activity, name) for name in WATCHED}
    return values | {
        "on_date": activity.on_date.isoformat(),
        "category": str(activity.category),
        "kind": str(activity.kind),
    }
