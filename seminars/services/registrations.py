"""Registering people for a seminar: a seat or a place in the queue, and back again."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mentors.models import Mentor
from seminars.enums import COMING, RegistrationSource, RegistrationState
from seminars.models import ParticipantClass, Registration
from seminars.services import seats
from seminars.services.open_doors import refuse_closed
from volunteer_network import audit
from volunteer_network.errors import RuleViolation
from volunteer_network.models import Province, User, Volunteer
from volunteer_network.phone_numbers import display
from volunteer_network.services.edits import refuse_stale
from volunteer_network.thai_text import match_key

NAME_FIELDS = ("title", "first_name", "last_name")
PERSON_FIELDS = (*NAME_FIELDS, "position", "organisation", "phone", "email", "note")


@transaction.atomic
def register_participant(
    *,
    participant_class: ParticipantClass,
    province: Province | None,
    mentor: Mentor | None = None,
    volunteer: Volunteer | None = None,
    source: RegistrationSource,
    may_wait: bool = True,
    another_person: bool = False,
    door: str = "",
    by: User | None,
    **details: Any,
) -> Registration:
    """Give the person a seat, or a place in the queue; refuses who comes already.

    Both the seats of the class and those of the province hold. A mentor or volunteer is known by
    name; for others `details` names the person. At the door `by` may be None and `may_wait` False:
    then a full class is refused with SeatsFull. `another_person`: somebody has looked at the
    namesake on the list and says that this is another one.
    """
    registration = Registration(
        province=province,
        seminar_id=participant_class.seminar_id,
        mentor=mentor,
        volunteer=volunteer,
        source=source,
        registered_by=by,
    )
    _describe(registration, details)
    locked = seats.lock_for(participant_class)
    refuse_closed(locked.seminar, source)
    if not another_person:
        _refuse_twice(registration)
    _seat(registration, locked, may_wait=may_wait)
    registration.save()
    audit.record(
        "registration.made",
        by=by,
        target=registration,
        province_code=registration.province_id,
        detail={"seminar": registration.seminar_id, "state": registration.state}
        | ({"door": door} if door else {}),
    )
    return registration


@transaction.atomic
def change_registration(
    *, registration: Registration, version: int, by: User, **details: Any
) -> Registration:
    """Change what is known of the person; refuses when a colleague saved since `version`."""
    registration = locked_registration(registration)
    refuse_stale(registration, version)
    changed = sorted(name for name in details if getattr(registration, name) != details[name])
    _describe(registration, details)
    if registration.state in COMING:
        _refuse_twice(registration)
    registration.version += 1
    registration.save(update_fields=[*PERSON_FIELDS, "match_key", "version"])
    note("registration.changed", registration, by, fields=changed)
    return registration


@transaction.atomic
def withdraw_registration(
    *, registration: Registration, state: RegistrationState, reason: str, by: User
) -> int:
    """The person does not come (DECLINED) or is taken off the list (CANCELLED).

    The seat goes to the first in the queue who may have it; returns how many moved up.
    """
    classes = seats.lock_all(registration.seminar)
    registration = locked_registration(registration)
    if registration.state not in COMING:
        raise RuleViolation(
            _("%(name)s อยู่ในสถานะ%(state)sแล้ว")
            % {"name": registration, "state": registration.get_state_display()}
        )
    refuse_closed(registration.seminar, RegistrationSource.CENTRE)
    _leave(registration, state, reason)
    note("registration.withdrawn", registration, by, state=state)
    return seats.give_to_the_queue(classes, by=by)


@transaction.atomic
def send_substitute(
    *,
    registration: Registration,
    mentor: Mentor | None = None,
    volunteer: Volunteer | None = None,
    by: User,
    **details: Any,
) -> Registration:
    """ส่งผู้แทน: another person of the same province takes the seat, or the place in the queue."""
    seats.lock_all(registration.seminar)
    registration = locked_registration(registration)
    refuse_closed(registration.seminar, RegistrationSource.CENTRE)
    if registration.state not in COMING:
        raise RuleViolation(_("คนนี้ไม่ได้อยู่ในรายชื่อแล้ว ลงทะเบียนคนใหม่แทน"))
    substitute = Registration(
        province_id=registration.province_id,
        seminar_id=registration.seminar_id,
        participant_class_id=registration.participant_class_id,
        mentor=mentor,
        volunteer=volunteer,
        state=registration.state,
        queued_at=registration.queued_at,
        source=registration.source,
        substitute_for=registration,
        registered_by=by,
    )
    _describe(substitute, details)
    _refuse_twice(substitute)
    seated = registration.state == RegistrationState.ACCEPTED
    _leave(registration, RegistrationState.DECLINED, _("ส่งผู้แทน"))
    if seated:
        seats.take_seat(registration.participant_class_id)
    substitute.save()
    note("registration.made", substitute, by, substitute_for=registration.pk)
    return substitute


def _seat(registration: Registration, locked: ParticipantClass, *, may_wait: bool) -> None:
    """Under the lock: a seat if one is left for this person, otherwise the end of the queue."""
    registration.participant_class = locked
    free = seats.free_seats(locked, registration.province_id)
    if free.any:
        registration.state = RegistrationState.ACCEPTED
        seats.take_seat(locked.pk)
        return
    if not may_wait:
        seats.refuse_full(locked, free)
    registration.state = RegistrationState.WAITING
    registration.queued_at = timezone.now()


def _leave(registration: Registration, state: RegistrationState, reason: str) -> None:
    if registration.state == RegistrationState.ACCEPTED:
        seats.free_seat(registration.participant_class_id)
    registration.state = state
    registration.reason = reason
    registration.version += 1
    registration.save(update_fields=["state", "reason", "version"])


def _describe(registration: Registration, details: dict[str, Any]) -> None:
    """Who it is: as the network knows the person, or as typed."""
    known = registration.mentor or registration.volunteer
    for name in PERSON_FIELDS:
        typed = details.get(name, getattr(registration, name))
        named = name in NAME_FIELDS or not typed
        setattr(registration, name, getattr(known, name, typed) if known and named else typed)
    if registration.volunteer and not registration.position:
        registration.position = _("อาสาสมัครแรงงาน")
    registration.match_key = match_key(f"{registration.first_name} {registration.last_name}")
    if known and known.province_id != registration.province_id:
        raise RuleViolation(_("คนนี้อยู่จังหวัดอื่น เลือกจังหวัดให้ตรงกัน"), field="province")


def _refuse_twice(registration: Registration) -> None:
    """Two people of one name are told apart by telephone, or by being known to the network.

    In a race of two classes, whose counts are two locks, the constraints of the table decide.
    """
    others = Registration.objects.coming().filter(
        seminar=registration.seminar_id, match_key=registration.match_key
    )
    for other in others.filter(province=registration.province_id).exclude(pk=registration.pk):
        if _is_same(registration, other):
            raise RuleViolation(_already(other), field="first_name")


def _is_same(one: Registration, other: Registration) -> bool:
    for name in ("mentor_id", "volunteer_id"):
        if getattr(one, name) and getattr(other, name):
            return bool(getattr(one, name) == getattr(other, name))
    return not (one.phone and other.phone) or one.phone == other.phone


def _already(other: Registration) -> str:
    words = {
        "name": other,
        "state": other.get_state_display(),
        "phone": display(other.phone) if other.phone else _("ไม่มีโทรศัพท์"),
    }
    return (
        _("%(name)s (%(phone)s) อยู่ในรายชื่อแล้ว สถานะ%(state)s ถ้าเป็นคนละคน ให้กรอกโทรศัพท์ของคนนี้") % words
    )


def locked_registration(registration: Registration) -> Registration:
    return (
        Registration.objects.select_for_update(of=("self",))
        .select_related("seminar", "participant_class", "mentor", "volunteer")
        .get(pk=registration.pk)
    )


def note(verb: str, registration: Registration, by: User, **detail: Any) -> None:
    audit.record(
        verb,
        by=by,
        target=registration,
        province_code=registration.province_id,
        detail={"seminar": registration.seminar_id, **detail},
    )
