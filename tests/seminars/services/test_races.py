"""Two hundred people at once for fifty seats: exactly fifty sit, the others wait in turn."""

import random
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from seminars.enums import ClassKind, RegistrationSource, RegistrationState
from seminars.models import ParticipantClass, ProvinceSeats, Registration, SeatCount
from seminars.services import seats
from seminars.services.registrations import (
    register_participant,
    send_substitute,
    withdraw_registration,
)
from seminars.services.seat_moves import accept_waiting, move_to_class
from tests.factories import ParticipantClassFactory, SeminarFactory, UserFactory
from volunteer_network.access.roles import Role
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.errors import RuleViolation
from volunteer_network.models import Province

PEOPLE, SEATS, ROUNDS, AT_ONCE = 200, 50, 20, 16


def registering(places, by, number):
    def call():
        with open_scope(by.scope):
            return register_participant(
                participant_class=places,
                province=by.province,
                first_name=f"คน{number}",
                last_name="ใจดี",
                source=RegistrationSource.PROVINCE,
                by=by,
            )

    return call


def run(calls, at_once=AT_ONCE):
    """Run all, `at_once` at the same moment, each worker in a connection of its own."""
    with ThreadPoolExecutor(at_once) as pool:
        results = list(pool.map(lambda call: call(), calls))
        everybody = threading.Barrier(at_once, timeout=10)
        list(pool.map(lambda _: (everybody.wait(), connection.close()), range(at_once)))
    return results


def officers():
    return [
        UserFactory(username=f"race{code}", province=Province.objects.get(pk=code))
        for code in (50, 51, 90, 91)
    ]


@pytest.fixture
def stage(committed):
    """A class with the seats, and officers of four provinces."""
    return ParticipantClassFactory(seats=SEATS), officers()


@pytest.mark.parametrize("rounds", [2, pytest.param(ROUNDS, marks=pytest.mark.long)])
def test_two_hundred_at_once_for_fifty_seats(stage, rounds):
    _places, people = stage
    for _round in range(rounds):
        places = ParticipantClassFactory(seats=SEATS)
        run([registering(places, people[n % 4], n) for n in range(PEOPLE)])

        with open_scope(NATION):
            rows = Registration.objects.filter(participant_class=places)
            seated = rows.filter(state=RegistrationState.ACCEPTED)
            waiting = list(rows.filter(state=RegistrationState.WAITING).order_by("queued_at", "pk"))
            last_seated = max(row.registered_at for row in seated)
            assert (seated.count(), len(waiting)) == (SEATS, PEOPLE - SEATS)
            assert SeatCount.objects.get(pk=places.pk).taken == SEATS
            places_of = seats.places_in_queue(places.seminar)
            assert [places_of[row.pk] for row in waiting] == list(range(1, PEOPLE - SEATS + 1))
            assert all(row.queued_at > last_seated for row in waiting)


def test_without_the_lock_too_many_sit(stage, monkeypatch):
    """The twin: it shows that the test above can see what the lock prevents."""
    places, people = stage
    real, meeting = seats.free_seats, threading.Barrier(2, timeout=10)

    def look_together(*args, **kwargs):
        free = real(*args, **kwargs)
        meeting.wait()  # neither has taken what both see
        return free

    monkeypatch.setattr(seats, "_lock", lambda wanted: None)
    monkeypatch.setattr(seats, "free_seats", look_together)
    with open_scope(NATION):
        SeatCount.objects.filter(pk=places.pk).update(taken=SEATS - 1)

    made = run([registering(places, people[n], n) for n in range(2)], at_once=2)

    assert [row.state for row in made] == [RegistrationState.ACCEPTED] * 2
    with open_scope(NATION):
        assert SeatCount.objects.get(pk=places.pk).taken == SEATS + 1


def test_a_province_takes_no_more_than_its_seats_in_two_classes_at_once(committed):
    """Two classes are two counts; whoever takes a seat of the province holds both."""
    [officer, *_] = officers()
    for _round in range(5):
        seminar = SeminarFactory()
        classes = [
            ParticipantClassFactory(seminar=seminar, kind=kind)
            for kind in (ClassKind.MENTOR, ClassKind.NETWORK_STAFF)
        ]
        with open_scope(NATION):
            ProvinceSeats.objects.create(seminar=seminar, province_id=50, seats=2)

        run([registering(classes[n % 2], officer, n) for n in range(12)], at_once=6)

        with open_scope(NATION):
            assert Registration.objects.accepted().filter(seminar=seminar).count() == 2


@pytest.mark.parametrize("seed", range(4))
def test_the_counts_equal_a_recount_after_anything(db, seed):
    """A few hundred things that people do, at random: counts, quotas and the queue stay right."""
    chance = random.Random(seed)
    admin = UserFactory(role=Role.SEMINAR_ADMIN)
    seminar = SeminarFactory()
    classes = [
        ParticipantClassFactory(seminar=seminar, kind=ClassKind.MENTOR, seats=4),
        ParticipantClassFactory(seminar=seminar, kind=ClassKind.NETWORK_STAFF, seats=3),
        ParticipantClassFactory(
            seminar=seminar, kind=ClassKind.SPEAKER, seats=2, named_by_provinces=False
        ),
    ]
    with open_scope(NATION):
        for code in (50, 90):
            ProvinceSeats.objects.create(seminar=seminar, province_id=code, seats=3)
        for number in range(120):
            try:
                something(chance, number, classes, admin)
            except RuleViolation:
                continue
            check(seminar, classes)


def something(chance, number, classes, admin):
    rows = list(Registration.objects.order_by("pk"))
    act = chance.choice(["register", "register", "withdraw", "substitute", "move", "accept"])
    if act == "register" or not rows:
        register_participant(
            participant_class=chance.choice(classes),
            province=Province.objects.filter(pk=chance.choice((50, 90, 0))).first(),
            first_name=f"คน{number}",
            last_name="ใจดี",
            source=RegistrationSource.CENTRE,
            by=admin,
        )
        return
    row = chance.choice(rows)
    if act == "withdraw":
        withdraw_registration(
            registration=row, state=RegistrationState.CANCELLED, reason="", by=admin
        )
    elif act == "substitute":
        send_substitute(registration=row, first_name=f"แทน{number}", last_name="ใจดี", by=admin)
    elif act == "move":
        move_to_class(registration=row, participant_class=chance.choice(classes), by=admin)
    else:
        accept_waiting(registration=row, by=admin)


def check(seminar, classes):
    for one in classes:
        seated = Registration.objects.accepted().filter(participant_class=one).count()
        assert SeatCount.objects.get(pk=one.pk).taken == seated <= one.seats
    quotas = dict(ProvinceSeats.objects.values_list("province_id", "seats"))
    for code, given in quotas.items():
        assert seats.taken_by(seminar.pk, code).count() <= given
    for row in Registration.objects.filter(state=RegistrationState.WAITING):
        one = ParticipantClass.objects.select_related("count").get(pk=row.participant_class_id)
        assert not seats.free_seats(one, row.province_id).any, "a seat is free and somebody waits"
