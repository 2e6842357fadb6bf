"""Two seminars of the demo country: the edition of fiscal year 2564, and this year's, open."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from itertools import cycle
from random import Random
from typing import Any, Final

from seminars.demo.editions import NAMED, give_province_seats, make_classes, make_seminar
from seminars.demo.registrations import at, mentors_accounts, mentors_on, person, save_with_seats
from seminars.enums import (
    CheckInWay,
    ClassKind,
    RegistrationSource,
    RegistrationState,
    SeminarState,
)
from seminars.models import (
    AgendaItem,
    CheckIn,
    ParticipantClass,
    ProvinceSeats,
    Registration,
    Seminar,
    Session,
)
from volunteer_network.access.roles import Role
from volunteer_network.demo.country import Plan
from volunteer_network.demo.registry import DemoMaker, register_demo
from volunteer_network.models import Province, User

OF_2564: Final = date(2020, 12, 3)
# Class → seats in 2563 (115 people), seats this year, people of the centre who have one this year.
CLASSES: Final = (
    (ClassKind.MENTOR, 76, 112, 0),
    (ClassKind.NETWORK_STAFF, 12, 40, 0),
    (ClassKind.CENTRAL_STAFF, 10, 12, 7),
    (ClassKind.SPEAKER, 3, 4, 2),
    (ClassKind.EXECUTIVE, 2, 3, 1),
    (ClassKind.ORGANISER, 8, 10, 8),
    (ClassKind.OBSERVER, 4, 6, 0),
)
ABSENT_EVERY, SILENT, WAITING = 29, 9, 6
STAYS_WITH_ONE: Final = 50  # Chiang Mai has a seat left, as the tour of the demo tells
PROVINCE_SEATS: Final = 2


def register() -> None:
    register_demo(DemoMaker(order=40, make=make_seminars, models=_models))


def _models() -> tuple[Any, ...]:
    return (Seminar, Session, AgendaItem, ParticipantClass, ProvinceSeats, Registration, CheckIn)


def make_seminars(plan: Plan) -> None:
    """Both editions; persons are invented, mentors of the time are linked where they exist."""
    chance = Random(f"{plan.seed} seminars")  # noqa: S311 - a play, not a secret
    admin = User.objects.filter(role=Role.SEMINAR_ADMIN).order_by("pk").first()
    if admin is None:
        return
    provinces = list(Province.objects.filter(has_office=True).order_by("pk"))
    _held(chance, admin, provinces)
    _open(chance, admin, provinces, plan.today)


def _held(chance: Random, admin: User, provinces: list[Province]) -> None:
    seminar = make_seminar(admin, OF_2564, state=SeminarState.FINISHED)
    classes = make_classes(seminar, {kind: seats for kind, seats, _now, _of_centre in CLASSES})
    give_province_seats(seminar, provinces, seats=1)
    mentors = mentors_on(OF_2564)
    rows = []
    for kind, seats, *_rest in CLASSES:
        places = cycle(provinces) if kind in NAMED else cycle([None])
        for _number, province in zip(range(seats), places, strict=False):
            known = (
                mentors.pop(province.pk, None) if kind == ClassKind.MENTOR and province else None
            )
            rows.append(person(chance, classes[kind], province, known))
    for row in rows:
        row.source, row.registered_by = RegistrationSource.IMPORT, admin
        row.registered_at = at(OF_2564 - timedelta(days=9), time(10, 15))
    save_with_seats(rows)
    session = seminar.sessions.get()
    CheckIn.objects.bulk_create(
        CheckIn(
            province_id=row.province_id,
            seminar=seminar,
            session=session,
            registration=row,
            way=chance.choice((CheckInWay.SEARCH, CheckInWay.PAPER)),
            first_at=at(OF_2564, time(12, 45)) + timedelta(seconds=chance.randint(0, 3000)),
            noted_by=admin,
        )
        for number, row in enumerate(rows, start=1)
        if number % ABSENT_EVERY
    )


def _open(chance: Random, admin: User, provinces: list[Province], today: date) -> None:
    day = today + timedelta(days=21 + (3 - today.weekday()) % 7)  # a Thursday, as in 2563
    seminar = make_seminar(
        admin,
        day,
        state=SeminarState.OPEN,
        registration_closes_at=at(day - timedelta(days=7), time(23, 59, 59)),
    )
    classes = make_classes(seminar, {kind: seats for kind, _then, seats, _of_centre in CLASSES})
    give_province_seats(seminar, provinces, seats=PROVINCE_SEATS)
    rows = [
        *_sent_by_provinces(chance, classes, _those_who_sent(provinces), today),
        *(
            person(chance, classes[kind], None, None)
            for kind, _then, _seats, count in CLASSES
            for _number in range(count)
        ),
    ]
    for row in rows:
        if row.province_id is None:
            row.source, row.registered_by = RegistrationSource.CENTRE, admin
            row.registered_at = at(today - timedelta(days=6), time(9, 30))
    save_with_seats(rows)


def _those_who_sent(provinces: list[Province]) -> list[Province]:
    """All but nine, spread over the country."""
    others = [one for one in provinces if one.pk != STAYS_WITH_ONE]
    step = len(others) // SILENT
    silent = {one.pk for one in others[::step][:SILENT]}
    return [one for one in provinces if one.pk not in silent]


def _sent_by_provinces(
    chance: Random,
    classes: dict[ClassKind, ParticipantClass],
    provinces: list[Province],
    today: date,
) -> Iterator[Registration]:
    """A mentor of each; of some a second one, until the class is full and a few have to wait."""
    officers = mentors_accounts()
    mentors = mentors_on(today)
    second = 0
    for province in provinces:
        rows = [person(chance, classes[ClassKind.MENTOR], province, mentors.get(province.pk))]
        more = classes[ClassKind.NETWORK_STAFF]
        if province.pk != STAYS_WITH_ONE and second < more.seats + WAITING:
            rows.append(person(chance, more, province, None))
            second += 1
            if second > more.seats:
                rows[-1].state = RegistrationState.WAITING
                rows[-1].queued_at = at(today - timedelta(days=1), time(9)) + timedelta(
                    minutes=7 * second
                )
        for row in rows:
            row.source, row.registered_by_id = RegistrationSource.PROVINCE, officers[province.pk]
            row.registered_at = row.queued_at or at(
                today - timedelta(days=chance.randint(2, 12)), time(chance.randint(9, 15), 20)
            )
            yield row
