"""Checking people in at the door and taking it back; two doors at once never double.

A scope is a transaction, and each refusal here comes before the first write: a savepoint of their
own would cost these services a seventh of their speed and protect nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from seminars.enums import CheckInWay, RegistrationState, SeminarState
from seminars.models import CheckIn, Registration, Seminar, Session, SignInSheet
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
    locked = _locked(session).get(pk=registration.pk)
    return _let_in(locked, session, way, door, by)


def check_in_by_code(*, code: str, session: Session, door: str = "", by: User | None) -> Arrival:
    """Let in whoever carries the badge: one look-up less. Raises Registration.DoesNotExist."""
    refuse_unless_held(session.seminar)
    return _let_in(_locked(session).get(code=code), session, CheckInWay.SCAN, door, by)


def _locked(session: Session) -> QuerySet[Registration]:
    """The people of the seminar, with the lock that all doors wait for."""
    return (
        Registration.objects.select_for_update(of=("self",))
        .select_related("participant_class", "province")
        .filter(seminar=session.seminar_id)
    )


def _let_in(
    registration: Registration, session: Session, way: CheckInWay, door: str, by: User | None
) -> Arrival:
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


def undo_check_in(
    *, registration: Registration, session: Session, door: str = "", by: User | None
) -> CheckIn | None:
    """Mark a check-in as taken back; its first time is kept. None when nobody was let in."""
    refuse_unless_held(session.seminar)
    registration = _locked(session).get(pk=registration.pk)
    known = CheckIn.objects.standing().filter(session=session, registration=registration).first()
    if known is None:
        return None
    known.undone_at = timezone.now()
    known.save(update_fields=["undone_at"])
    _record("check_in.undone", known, by=by, detail={"door": door})
    return known


@dataclass
class PaperSum:
    """What became of the numbers that were typed from a sheet."""

    let_in: int = 0
    here_before: int = 0
    not_expected: list[int] = field(default_factory=list)  # numbers of the sheet


def check_in_from_paper(
    *, sheet: SignInSheet, numbers: Iterable[int], session: Session, door: str = "", by: User | None
) -> PaperSum:
    """Let in everybody who signed, by the numbers of the sheet as it was printed."""
    refuse_unless_held(session.seminar)
    wanted = sorted(set(numbers))
    if wanted and wanted[-1] > len(sheet.rows):
        raise RuleViolation(
            _("ใบลงทะเบียนนี้มีเลขถึง %(last)d พิมพ์มา %(typed)d ตรวจว่าเลือกถูกใบ")
            % {"last": len(sheet.rows), "typed": wanted[-1]},
            field="numbers",
        )
    people = {sheet.rows[number - 1]: number for number in wanted}
    done = PaperSum()
    # In the order of their keys: two clerks with two sheets never wait for each other in a circle.
    for registration in _locked(session).filter(pk__in=people).order_by("pk"):
        try:
            arrival = _let_in(registration, session, CheckInWay.PAPER, door, by)
        except NotExpected:
            done.not_expected.append(people[registration.pk])
        else:
            done.let_in += arrival.fresh
            done.here_before += not arrival.fresh
    return done


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
