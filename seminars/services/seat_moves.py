"""What only the centre does with seats: another class, a seat out of turn, many people at once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from seminars.enums import COMING, RegistrationSource, RegistrationState
from seminars.models import ParticipantClass, ProvinceSeats, Registration
from seminars.services import seats
from seminars.services.open_doors import refuse_closed
from seminars.services.registrations import locked_registration, note
from volunteer_network.errors import RuleViolation
from volunteer_network.models import User


@dataclass
class Outcome:
    """What became of many: how many went through, and why the others did not."""

    done: int = 0
    skipped: list[str] = field(default_factory=list)


@transaction.atomic
def accept_waiting(*, registration: Registration, by: User) -> Registration:
    """Give a seat to somebody in the queue, whoever waits before.

    The class must have a seat; where the own province has none, it is given one more.
    """
    classes = seats.lock_all(registration.seminar)
    registration = locked_registration(registration)
    refuse_closed(registration.seminar, RegistrationSource.CENTRE)
    if registration.state != RegistrationState.WAITING:
        raise RuleViolation(_("%(name)s ไม่ได้อยู่ในรายชื่อสำรองแล้ว") % {"name": registration})
    wanted = next(one for one in classes if one.pk == registration.participant_class_id)
    free = seats.free_seats(wanted, registration.province_id)
    if free.of_class <= 0:
        seats.refuse_full(wanted, free)
    if not free.any:
        quota = ProvinceSeats.objects.filter(
            seminar=registration.seminar_id, province=registration.province_id
        )
        quota.update(seats=F("seats") + 1 - (free.of_province or 0), pinned=True)
    seats.take_seat(registration.participant_class_id)
    registration.state = RegistrationState.ACCEPTED
    registration.moved_up_at, registration.has_news = timezone.now(), True
    registration.version += 1
    registration.save(update_fields=["state", "moved_up_at", "has_news", "version"])
    note("registration.accepted", registration, by)
    seats.ring_for_news(registration.seminar_id)
    return registration


@transaction.atomic
def move_to_class(
    *, registration: Registration, participant_class: ParticipantClass, by: User
) -> Registration:
    """Another class of the same seminar. Who has a seat keeps one, or the move is refused."""
    classes = seats.lock_all(registration.seminar)
    registration = locked_registration(registration)
    refuse_closed(registration.seminar, RegistrationSource.CENTRE)
    if registration.state not in COMING:
        raise RuleViolation(_("%(name)s ไม่ได้อยู่ในรายชื่อแล้ว") % {"name": registration})
    if registration.participant_class_id == participant_class.pk:
        raise RuleViolation(_("%(name)s อยู่ในประเภทนี้แล้ว") % {"name": registration})
    left = registration.participant_class_id
    wanted = next(one for one in classes if one.pk == participant_class.pk)
    _sit_down(registration, wanted)
    note("registration.moved", registration, by, from_class=left, to_class=wanted.pk)
    seats.give_to_the_queue(classes, by=by)
    return registration


def with_many(chosen: Iterable[Registration], move: Callable[..., Any], **how: Any) -> Outcome:
    """Do the same with each; a refusal is said and stops none of the others."""
    outcome = Outcome()
    for registration in chosen:
        try:
            move(registration=registration, **how)
            outcome.done += 1
        except RuleViolation as refusal:
            outcome.skipped.append(refusal.message)
    return outcome


def _sit_down(registration: Registration, wanted: ParticipantClass) -> None:
    """A seat of the wanted class, or for one who waited anyway the end of its queue."""
    free = seats.free_seats(wanted, registration.province_id, besides=registration.pk)
    seated = registration.state == RegistrationState.ACCEPTED
    if seated:
        if not free.any:
            seats.refuse_full(wanted, free)
        seats.free_seat(registration.participant_class_id)
    if free.any:
        seats.take_seat(wanted.pk)
        registration.state = RegistrationState.ACCEPTED
    else:
        registration.queued_at = timezone.now()
    registration.participant_class = wanted
    registration.version += 1
    registration.save(update_fields=["participant_class", "state", "queued_at", "version"])
