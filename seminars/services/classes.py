"""Seats of the classes and of the provinces; never fewer than people sit on."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from seminars.enums import ClassKind
from seminars.models import ParticipantClass, ProvinceSeats, Registration, SeatCount, Seminar
from seminars.services import seats
from seminars.services.seminars import changed, locked_seminar
from volunteer_network.errors import RuleViolation
from volunteer_network.models import Province, User
from volunteer_network.services.edits import refuse_stale


@dataclass(frozen=True)
class WantedClass:
    kind: ClassKind
    seats: int
    named_by_provinces: bool


@dataclass(frozen=True)
class SeatsOfProvince:
    """What a rule would give to a province, and what it has now."""

    province: Province
    before: int | None
    after: int
    pinned: bool
    taken: int

    @property
    def too_few(self) -> bool:
        return self.after < self.taken


@transaction.atomic
def set_classes(*, seminar: Seminar, version: int, wanted: list[WantedClass], by: User) -> Seminar:
    """Make the classes what was written; new seats go to those who wait."""
    known = {one.kind: one for one in seats.lock_all(seminar)}
    seminar = locked_seminar(seminar)
    refuse_stale(seminar, version)
    for kind in known.keys() - {one.kind for one in wanted}:
        _remove(known[kind])
    for position, one in enumerate(wanted):
        _set_class(seminar, known.get(one.kind), one, position)
    seats.give_to_the_queue(seats.lock_all(seminar), by=by)
    return changed(seminar, by, "classes")


@transaction.atomic
def set_province_seats(
    *, seminar: Seminar, version: int, each: int, exceptions: dict[int, int], by: User
) -> Seminar:
    """Give every province the same, but the exceptions; new seats go to those who wait."""
    classes = seats.lock_all(seminar)
    seminar = locked_seminar(seminar)
    refuse_stale(seminar, version)
    rows = planned_seats(seminar, each=each, exceptions=exceptions)
    if few := [row.province.name for row in rows if row.too_few]:
        raise RuleViolation(
            _("%(provinces)s ลงทะเบียนเกินจำนวนนี้แล้ว ให้ที่นั่งไม่น้อยกว่าที่ลงไว้")
            % {"provinces": ", ".join(few)},
            field="exceptions",
        )
    ProvinceSeats.objects.bulk_create(
        [
            ProvinceSeats(
                seminar=seminar, province=row.province, seats=row.after, pinned=row.pinned
            )
            for row in rows
        ],
        update_conflicts=True,
        unique_fields=["seminar", "province"],
        update_fields=["seats", "pinned"],
    )
    seats.give_to_the_queue(classes, by=by)
    return changed(seminar, by, "provinces")


def planned_seats(
    seminar: Seminar, *, each: int, exceptions: dict[int, int]
) -> list[SeatsOfProvince]:
    """What the rule would do, before it is done."""
    before = dict(seminar.province_seats.values_list("province_id", "seats"))
    taken = seated_by_province(seminar)
    return [
        SeatsOfProvince(
            province=province,
            before=before.get(province.pk),
            after=exceptions.get(province.pk, each),
            pinned=province.pk in exceptions,
            taken=taken.get(province.pk, 0),
        )
        for province in Province.objects.filter(has_office=True)
    ]


def seated_by_province(seminar: Seminar) -> dict[int, int]:
    """Province → seats of its own that it uses, as far as the viewer may see rows."""
    rows = Registration.objects.accepted().filter(
        seminar=seminar, participant_class__named_by_provinces=True, province__isnull=False
    )
    counted = rows.order_by().values("province").annotate(count=Count("pk"))
    return dict(counted.values_list("province", "count"))


def _set_class(
    seminar: Seminar, known: ParticipantClass | None, wanted: WantedClass, position: int
) -> None:
    if known is None:
        made = ParticipantClass.objects.create(
            seminar=seminar,
            kind=wanted.kind,
            seats=wanted.seats,
            named_by_provinces=wanted.named_by_provinces,
            position=position,
        )
        SeatCount.objects.create(participant_class=made)
        return
    if wanted.seats < known.count.taken:
        raise RuleViolation(
            _("%(class)s มีผู้ได้ที่นั่งแล้ว %(taken)d คน ตั้งที่นั่งไม่น้อยกว่านี้")
            % {"class": known, "taken": known.count.taken},
            field=f"seats_{wanted.kind}",
        )
    known.seats, known.position = wanted.seats, position
    known.named_by_provinces = wanted.named_by_provinces
    known.save(update_fields=["seats", "position", "named_by_provinces"])


def _remove(known: ParticipantClass) -> None:
    if Registration.objects.filter(participant_class=known).exists():
        raise RuleViolation(
            _("%(class)s มีผู้ลงทะเบียนไว้ เอาประเภทนี้ออกไม่ได้ ย้ายผู้เข้าร่วมก่อน") % {"class": known},
            field=f"seats_{known.kind}",
        )
    known.delete()
