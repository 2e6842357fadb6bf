"""Seats are scarce: who takes or frees one holds the lock of its count, and nobody else counts.

Several counts are locked in the order of their keys. A province's seats go over all classes that
provinces name people for, so whoever changes one of these holds the counts of all of them.
"""

from dataclasses import dataclass

from django.db import connection
from django.db.models import F, Q
from django.utils.translation import gettext as _

from seminars.models import ParticipantClass, ProvinceSeats, Registration, SeatCount, Seminar
from seminars.models.registrations import RegistrationQuerySet
from seminars.tasks import tell_of_seats
from volunteer_network.access.context import request_id
from volunteer_network.errors import RuleViolation
from volunteer_network.models import User
from volunteer_network.queue import enqueue


class SeatsFull(RuleViolation):
    """No seat is left, and the caller does not want a place in the queue."""


@dataclass(frozen=True)
class FreeSeats:
    """What is left for one person; the province's are None where nobody limits them."""

    of_class: int
    of_province: int | None

    @property
    def any(self) -> bool:
        return self.of_class > 0 and (self.of_province is None or self.of_province > 0)


def lock_for(participant_class: ParticipantClass) -> ParticipantClass:
    """Hold the counts on which a seat of the class depends; return the class read after that."""
    ours = Q(participant_class=participant_class.pk)
    if participant_class.named_by_provinces:
        ours |= Q(
            participant_class__seminar=participant_class.seminar_id,
            participant_class__named_by_provinces=True,
        )
    _lock(ours)
    return ParticipantClass.objects.select_related("seminar", "count").get(pk=participant_class.pk)


def lock_all(seminar: Seminar) -> list[ParticipantClass]:
    """Hold every count of the seminar; return its classes read after that."""
    _lock(Q(participant_class__seminar=seminar.pk))
    return list(seminar.classes.select_related("seminar", "count"))


def free_seats(
    participant_class: ParticipantClass, province: int | None, *, besides: int | None = None
) -> FreeSeats:
    """What is left, under the lock; `participant_class` is what the lock returned.

    `besides` is a registration whose seat in another class does not count for the province.
    """
    of_class = participant_class.seats - participant_class.count.taken
    if province is None or not participant_class.named_by_provinces or of_class <= 0:
        return FreeSeats(of_class, None)
    quotas = ProvinceSeats.objects.filter(seminar=participant_class.seminar_id)
    given = quotas.filter(province=province).values_list("seats", flat=True).first()
    if given is None and not quotas.exists():
        return FreeSeats(of_class, None)
    seated = taken_by(participant_class.seminar_id, province)
    taken = (seated.exclude(pk=besides) if besides else seated).count()
    return FreeSeats(of_class, (given or 0) - taken)


def taken_by(seminar_id: int, province: int) -> RegistrationQuerySet:
    """Those who sit on a seat of the province."""
    return Registration.objects.accepted().filter(
        seminar=seminar_id, province=province, participant_class__named_by_provinces=True
    )


def take_seat(participant_class_id: int) -> None:
    _count(participant_class_id, 1)


def free_seat(participant_class_id: int) -> None:
    _count(participant_class_id, -1)


def give_to_the_queue(classes: list[ParticipantClass], *, by: User | None) -> int:
    """Give what is free to those who wait the longest, of any province; tell them afterwards."""
    moved = 0
    for one in classes:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT fill_free_seats(%s, %s, %s)",
                [one.pk, by.pk if by else None, request_id.get()],
            )
            (count,) = cursor.fetchone()
        moved += count
    if moved:
        ring_for_news(classes[0].seminar_id)
    return moved


def ring_for_news(seminar_id: int) -> None:
    enqueue(tell_of_seats, seminar_id)


def places_in_queue(seminar: Seminar) -> dict[int, int]:
    """Registration → its place in the queue of its class, over all provinces."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT registration, place FROM places_in_queue(%s)", [seminar.pk])
        return dict(cursor.fetchall())


def refuse_full(participant_class: ParticipantClass, free: FreeSeats) -> None:
    if free.of_class <= 0:
        raise SeatsFull(
            _("%(class)s เต็ม %(seats)d ที่นั่งแล้ว เพิ่มที่นั่งของประเภทนี้ หรือเลือกประเภทอื่น")
            % {"class": participant_class, "seats": participant_class.seats},
            field="participant_class",
        )
    if not free.any:
        raise SeatsFull(
            _("จังหวัดนี้ใช้ที่นั่งครบแล้ว เพิ่มที่นั่งของจังหวัด หรือเลือกประเภทที่จังหวัดไม่ได้เป็นผู้ส่งชื่อ"),
            field="province",
        )


def _lock(wanted: Q) -> None:
    counts = SeatCount.objects.select_for_update(of=("self",)).filter(wanted).order_by("pk")
    list(counts.values_list("pk"))


def _count(participant_class_id: int, change: int) -> None:
    counts = SeatCount.objects.filter(participant_class=participant_class_id)
    counts.update(taken=F("taken") + change)
