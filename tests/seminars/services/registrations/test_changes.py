"""Substitutes, changes and seats given by the centre."""

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, connection, transaction

from seminars.enums import ClassKind, RegistrationSource, SeminarState
from seminars.models import ProvinceSeats, Registration
from seminars.services import seats
from seminars.services.registrations import (
    change_registration,
    register_participant,
    send_substitute,
)
from seminars.services.seat_moves import accept_waiting, move_to_class
from tests.factories import ParticipantClassFactory, SeminarFactory
from tests.seminars.services.registrations.registering import (
    ACCEPTED,
    CANCELLED,
    DECLINED,
    quotas,
    register,
    states,
    taken,
    withdraw,
)
from volunteer_network.access.scope import open_scope
from volunteer_network.errors import RuleViolation
from volunteer_network.models import Province
from volunteer_network.services.edits import StaleEdit


@pytest.fixture
def another(db):
    return SeminarFactory()


def test_a_substitute_takes_the_seat(places, chiang_mai_officer, everywhere):
    first = register(chiang_mai_officer, places, "ก้อย")

    with open_scope(chiang_mai_officer.scope):
        second = send_substitute(
            registration=first, first_name="ขวัญ", last_name="ใจดี", by=chiang_mai_officer
        )

    assert (second.state, second.substitute_for, second.code != first.code) == (
        *(ACCEPTED, first),
        True,
    )
    assert states(everywhere) == {"ก้อย": DECLINED, "ขวัญ": ACCEPTED}
    assert taken(everywhere) == {"mentor": 1}


def test_a_substitute_keeps_the_place_in_the_queue(places, chiang_mai_officer, everywhere):
    rows = [register(chiang_mai_officer, places, name) for name in ("ก้อย", "ขวัญ", "คำ", "จอย")]

    with open_scope(chiang_mai_officer.scope):
        second = send_substitute(
            registration=rows[2], first_name="ดาว", last_name="ใจดี", by=chiang_mai_officer
        )
        assert seats.places_in_queue(places.seminar) == {second.pk: 1, rows[3].pk: 2}
    assert taken(everywhere) == {"mentor": 2}


@pytest.mark.parametrize("state", [CANCELLED, DECLINED])
def test_nobody_leaves_twice(places, chiang_mai_officer, everywhere, state):
    mine = register(chiang_mai_officer, places, "ก้อย")
    withdraw(chiang_mai_officer, mine, state)

    with pytest.raises(RuleViolation, match="แล้ว"):
        withdraw(chiang_mai_officer, mine)

    assert taken(everywhere) == {"mentor": 0}


@pytest.mark.parametrize(
    ("state", "sources"),
    [
        (SeminarState.DRAFT, {"centre", "import", "door"}),
        (SeminarState.OPEN, {"province", "centre", "import", "door"}),
        (SeminarState.CLOSED, {"centre", "import", "door"}),
        (SeminarState.FINISHED, set()),
        (SeminarState.CANCELLED, set()),
    ],
)
def test_who_may_register_in_which_state(seminar_admin, state, sources):
    places = ParticipantClassFactory(seminar=SeminarFactory(state=state))

    open_for = set()
    for source in RegistrationSource:
        try:
            register(seminar_admin, places, source.value, source=source)
            open_for.add(source.value)
        except RuleViolation:
            pass

    assert open_for == sources


def test_a_change_keeps_what_a_colleague_saved(places, chiang_mai_officer):
    mine = register(chiang_mai_officer, places, "ก้อย")
    with open_scope(chiang_mai_officer.scope):
        change = {"registration": mine, "version": 1, "by": chiang_mai_officer}
        changed = change_registration(**change, phone="0812345678")
        assert (changed.phone, changed.version) == ("0812345678", 2)
        with pytest.raises(StaleEdit):
            change_registration(**change, phone="")


def test_a_change_cannot_make_two_of_one_person(places, chiang_mai_officer):
    register(chiang_mai_officer, places, "ก้อย")
    mine = register(chiang_mai_officer, places, "ขวัญ")

    with open_scope(chiang_mai_officer.scope), pytest.raises(RuleViolation, match="อยู่ในรายชื่อ"):
        change_registration(registration=mine, version=1, by=chiang_mai_officer, first_name="ก้อย")


def test_the_centre_gives_a_seat_out_of_turn_and_the_province_one_more(
    seminar, seminar_admin, chiang_mai_officer, everywhere
):
    places = ParticipantClassFactory(seminar=seminar, seats=2)
    quotas(seminar, everywhere, p50=1)
    register(chiang_mai_officer, places, "ก้อย")
    second = register(chiang_mai_officer, places, "ขวัญ")

    with open_scope(seminar_admin.scope):
        assert accept_waiting(registration=second, by=seminar_admin).state == ACCEPTED
        assert ProvinceSeats.objects.get().seats == 2

    assert taken(everywhere) == {"mentor": 2}


def test_the_centre_makes_no_seat_where_the_class_has_none(
    places, seminar_admin, chiang_mai_officer
):
    for name in ("ก้อย", "ขวัญ"):
        register(chiang_mai_officer, places, name)
    third = register(chiang_mai_officer, places, "คำ")

    with open_scope(seminar_admin.scope), pytest.raises(seats.SeatsFull):
        accept_waiting(registration=third, by=seminar_admin)


def test_a_seat_moves_with_its_person_and_the_old_one_goes_to_the_queue(
    places, seminar_admin, chiang_mai_officer, everywhere
):
    others = ParticipantClassFactory(seminar=places.seminar, kind=ClassKind.ORGANISER, seats=1)
    rows = [register(chiang_mai_officer, places, name) for name in ("ก้อย", "ขวัญ", "คำ")]

    with open_scope(seminar_admin.scope):
        move_to_class(registration=rows[0], participant_class=others, by=seminar_admin)
        with pytest.raises(seats.SeatsFull):
            move_to_class(registration=rows[1], participant_class=others, by=seminar_admin)

    assert states(everywhere) == dict.fromkeys(("ก้อย", "ขวัญ", "คำ"), ACCEPTED)
    assert taken(everywhere) == {"mentor": 2, "organiser": 1}


def test_a_helper_at_the_door_registers_without_an_account(places, chiang_mai, monkeypatch):
    """The audit's own wall for the door belongs to the pages of the door."""
    from volunteer_network import audit
    from volunteer_network.access.scope import Scope, ScopeRole

    noted = []
    monkeypatch.setattr(audit, "record", lambda verb, **what: noted.append((verb, what)))

    with open_scope(Scope(ScopeRole.SEMINAR, seminar=places.seminar_id)):
        made = register_participant(
            participant_class=places,
            province=Province.objects.get(pk=50),
            first_name="ก้อย",
            last_name="ใจดี",
            source=RegistrationSource.DOOR,
            may_wait=False,
            door="ประตู 1",
            by=None,
        )

    assert (made.state, made.registered_by) == (ACCEPTED, None)
    assert noted[0][1]["detail"]["door"] == "ประตู 1"


def test_a_province_cannot_give_away_seats_that_are_not_there(places, chiang_mai_officer):
    for name in ("ก้อย", "ขวัญ", "คำ"):
        register(chiang_mai_officer, places, name)

    with open_scope(chiang_mai_officer.scope), connection.cursor() as cursor:
        cursor.execute("SELECT fill_free_seats(%s, NULL, '')", [places.pk])
        assert cursor.fetchone() == (0,)


def test_a_class_of_another_seminar_does_not_fit(places, another, nation):
    with pytest.raises(IntegrityError), transaction.atomic():
        mix(another, places)


def mix(seminar, places):
    Registration.objects.create(
        seminar=seminar,
        participant_class=places,
        first_name="ก้อย",
        last_name="ใจดี",
        match_key="ก",
        source=RegistrationSource.CENTRE,
    )
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_registration_needs_its_class(db, seminar_admin):
    with pytest.raises(ObjectDoesNotExist):
        register(seminar_admin, ParticipantClassFactory.build(pk=999_999, seminar_id=1))
