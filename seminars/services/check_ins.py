"""Checking people in at the door and taking it back; two doors at once never double."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy

from seminars.enums import CheckInWay, RegistrationState, SeminarState
from seminars.models import CheckIn, Registration, Seminar, Session
from volunteer_network import audit
from volunteer_network.errors import RuleViolation
from volunteer_network.models import User
from volunteer_network.thai_calendar import BANGKOK


@dataclass(frozen=True)
class Arrival:
    """Somebody at the door: `fresh` is false when the person had been let in before."""

    registration: Registration
    check_in: CheckIn
    fresh: bool


class NotExpected(RuleViolation):
    """The person is known and not expected: on the waiting list, cancelled or declined."""

    def __init__(self, registration: Registration) -> None:
        self.registration = registration
        super().__init__(_WHY_NOT[RegistrationState(registration.state)])


_WHY_NOT = {
    RegistrationState.WAITING: gettext_lazy("อยู่ในรายชื่อสำรอง ยังไม่มีที่นั่ง ผู้จัดรับเข้าได้จากหน้ารายชื่อ"),
    RegistrationState.CANCELLED: gettext_lazy("การลงทะเบียนถูกยกเลิกแล้ว ถ้ามาจริง รับเป็นผู้มาเพิ่ม"),
    RegistrationState.DECLINED: gettext_lazy("แจ้งว่าไม่เข้าร่วม ถ้ามาจริง รับเป็นผู้มาเพิ่ม"),
}
_NOT_HELD = {
    SeminarState.DRAFT: gettext_lazy("สัมมนานี้ยังเป็นร่าง จึงยังเช็กอินไม่ได้ ผู้จัดประกาศสัมมนาก่อน"),
    SeminarState.CANCELLED: gettext_lazy("สัมมนานี้ยกเลิกแล้ว จึงเช็กอินไม่ได้ สอบถามผู้จัดสัมมนา"),
}


@transaction.atomic
def check_in(
    *,
    registration: Registration,
    session: Session,
    way: CheckInWay,
    door: str = "",
    by: User | None,
) -> Arrival:
    """Let a person in; the first time of the half-day stays, whoever says it again."""
    refuse_unless_held(session.seminar)
    registration = Registration.objects.select_for_update(of=("self",)).get(
        pk=registration.pk, seminar=session.seminar_id
    )
    if registration.state != RegistrationState.ACCEPTED:
        raise NotExpected(registration)
    now = timezone.now()
    known = CheckIn.objects.filter(session=session, registration=registration).first()
    if known is None:
        known = CheckIn(
            province_id=registration.province_id,
            seminar_id=session.seminar_id,
            session=session,
            registration=registration,
        )
    elif known.undone_at is None and counts_on_the_day(known, session, now):
        return Arrival(registration, known, fresh=False)
    if known.pk is None or not counts_on_the_day(known, session, now):
        known.first_at = now
    known.undone_at, known.way, known.noted_by, known.door = None, way, by, door
    known.save()
    _record("check_in.noted", known, by=by, detail={"way": way, "door": door})
    return Arrival(registration, known, fresh=True)


@transaction.atomic
def undo_check_in(
    *, registration: Registration, session: Session, door: str = "", by: User | None
) -> CheckIn | None:
    """Mark a check-in as taken back; its first time is kept. None when nobody was let in."""
    refuse_unless_held(session.seminar)
    Registration.objects.select_for_update(of=("self",)).get(
        pk=registration.pk, seminar=session.seminar_id
    )
    known = CheckIn.objects.standing().filter(session=session, registration=registration).first()
    if known is None:
        return None
    known.undone_at = timezone.now()
    known.save(update_fields=["undone_at"])
    _record("check_in.undone", known, by=by, detail={"door": door})
    return known


def counts_on_the_day(known: CheckIn, session: Session, now: datetime) -> bool:
    """Whether an arrival is of the day itself, or today is a rehearsal too.

    Doors are tried before the day. What was noted then does not count once the day has come.
    """
    day = beginning_of(session)
    return now < day or known.first_at >= day


def beginning_of(session: Session) -> datetime:
    """Midnight before the half-day."""
    return datetime.combine(session.on_date, time.min, BANGKOK)


def refuse_unless_held(seminar: Seminar) -> None:
    if reason := _NOT_HELD.get(SeminarState(seminar.state)):
        raise RuleViolation(reason)


def _record(verb: str, known: CheckIn, *, by: User | None, detail: dict[str, Any]) -> None:
    audit.record(
        verb,
        by=by,
        target=known,
        province_code=known.province_id,
        detail={"seminar": known.seminar_id, "session": known.session_id, **detail},
    )
