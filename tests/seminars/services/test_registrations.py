"""Seats for people: one for each, never more than there are, and a queue for the others."""

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, connection, transaction

from seminars.enums import ClassKind, RegistrationSource, RegistrationState, SeminarState
from seminars.models import ProvinceSeats, Registration, SeatCount
from seminars.services import seats
from seminars.services.registrations import (
    change_registration,
    register_participant,
    send_substitute,
    withdraw_registration,
)
from seminars.services.seat_moves import accept_waiting, move_to_class
from seminars.services.seat_news import tell_of_seats
from tests.factories import (
    MentorFactory,
    ParticipantClassFactory,
    SeminarFactory,
    VolunteerFactory,
)
from volunteer_network.access.scope import open_scope
from volunteer_network.errors import RuleViolation
from volunteer_network.models import AuditEvent, Notice, Province
from volunteer_network.services.edits import StaleEdit

ACCEPTED, WAITING = RegistrationState.ACCEPTED, RegistrationState.WAITING
CANCELLED, DECLINED = RegistrationState.CANCELLED, RegistrationState.DECLINED


@pytest.fixture
def another(db):
    return SeminarFactory()


def register(by, places, name="ชมพู่", **details):
    """As the officer, in the officer's own scope, unless there is one."""
    person = {"first_name": name, "last_name": "ใจดี", "province": by.province, **details}
    source = person.pop("source", RegistrationSource.PROVINCE)
    with open_scope(by.scope):
        return register_participant(participant_class=places, source=source, by=by, **person)


def withdraw(by, registration, state=CANCELLED):
    with open_scope(by.scope):
        return withdraw_registration(registration=registration, state=state, reason="ป่วย", by=by)


def quotas(seminar, everywhere, **seats_of):
    with everywhere():
        for code, count in seats_of.items():
            ProvinceSeats.objects.create(seminar=seminar, province_id=int(code[1:]), seats=count)


def states(everywhere):
    with everywhere():
        return dict(Registration.objects.values_list("first_name", "state"))


def taken(everywhere):
    with everywhere():
        return dict(SeatCount.objects.values_list("participant_class__kind", "taken"))


def test_a_registered_person_has_a_seat_and_a_trace(places, chiang_mai_officer, everywhere):
    made = register(chiang_mai_officer, places, phone="0812345678", position="นักวิชาการแรงงาน")

    assert (made.state, made.province_id, made.registered_by) == (ACCEPTED, 50, chiang_mai_officer)
    assert taken(everywhere) == {"mentor": 1}
    with everywhere():
        [event] = AuditEvent.objects.filter(target_type="registration")
    assert (event.verb, event.actor, event.province_id) == (
        *("registration.made", chiang_mai_officer.pk),
        50,
    )


def test_a_mentor_is_registered_by_the_name_in_the_network(places, chiang_mai_officer, chiang_mai):
    mentor = MentorFactory(province=chiang_mai, first_name="ปาริชาต", phone="0899999999")

    made = register(chiang_mai_officer, places, name="ชื่ออื่น", mentor=mentor)

    assert (made.first_name, made.phone, made.mentor) == ("ปาริชาต", "0899999999", mentor)


def test_a_mentor_of_another_province_is_refused(places, seminar_admin, chiang_mai, songkhla):
    mentor = MentorFactory(province=songkhla)

    with pytest.raises(RuleViolation, match="จังหวัดอื่น"):
        register(seminar_admin, places, mentor=mentor, province=chiang_mai)


def test_when_a_class_is_full_the_next_wait_in_turn(places, chiang_mai_officer, songkhla_officer):
    for name in ("ก้อย", "ขวัญ"):
        register(chiang_mai_officer, places, name)

    first = register(songkhla_officer, places, "คำ")
    second = register(chiang_mai_officer, places, "จอย")

    assert (first.state, second.state) == (WAITING, WAITING)
    with open_scope(chiang_mai_officer.scope):
        assert seats.places_in_queue(places.seminar) == {first.pk: 1, second.pk: 2}


def test_who_does_not_want_to_wait_is_refused_in_words(places, seminar_admin):
    for name in ("ก้อย", "ขวัญ"):
        register(seminar_admin, places, name, province=None)

    with pytest.raises(seats.SeatsFull, match="เต็ม 2 ที่นั่ง"):
        register(seminar_admin, places, "คำ", province=None, may_wait=False)


def test_a_cancelled_seat_goes_to_the_first_in_the_queue(
    places, chiang_mai_officer, songkhla_officer, everywhere, django_capture_on_commit_callbacks
):
    one, _two = (register(chiang_mai_officer, places, name) for name in ("ก้อย", "ขวัญ"))
    lucky = register(songkhla_officer, places, "คำ")
    register(chiang_mai_officer, places, "จอย")

    assert withdraw(chiang_mai_officer, one) == 1

    assert states(everywhere) == {
        "ก้อย": CANCELLED, "ขวัญ": ACCEPTED, "คำ": ACCEPTED, "จอย": WAITING,
    }  # fmt: skip
    assert taken(everywhere) == {"mentor": 2}
    with everywhere():
        [event] = AuditEvent.objects.filter(verb="registration.moved_up")
    assert (event.target, event.province_id, event.actor) == (
        *(str(lucky.pk), 90),
        chiang_mai_officer.pk,
    )


def test_whoever_registered_the_lucky_one_is_told_once(
    places, chiang_mai_officer, songkhla_officer
):
    one, _two = (register(chiang_mai_officer, places, name) for name in ("ก้อย", "ขวัญ"))
    lucky = register(songkhla_officer, places, "คำ")
    withdraw(chiang_mai_officer, one)

    assert (tell_of_seats(places.seminar_id), tell_of_seats()) == (1, 0)

    with open_scope(songkhla_officer.scope):
        [notice] = Notice.objects.visible_to(songkhla_officer)
    assert notice.href == lucky.get_absolute_url()


def test_a_province_names_no_more_people_than_it_has_seats(
    seminar, chiang_mai_officer, songkhla_officer, everywhere
):
    places = ParticipantClassFactory(seminar=seminar, seats=10)
    others = ParticipantClassFactory(seminar=seminar, seats=10, kind=ClassKind.NETWORK_STAFF)
    quotas(seminar, everywhere, p50=2, p90=1)
    register(chiang_mai_officer, places, "ก้อย")
    register(chiang_mai_officer, others, "ขวัญ")

    third = register(chiang_mai_officer, places, "คำ")
    elsewhere = register(songkhla_officer, places, "จอย")

    assert (third.state, elsewhere.state) == (WAITING, ACCEPTED)


def test_a_province_that_is_not_invited_waits(seminar, chiang_mai_officer, everywhere):
    quotas(seminar, everywhere, p90=1)

    assert register(chiang_mai_officer, ParticipantClassFactory(seminar=seminar)).state == WAITING


def test_seats_of_the_provinces_do_not_limit_other_classes(
    seminar, seminar_admin, chiang_mai, everywhere
):
    speakers = ParticipantClassFactory(
        seminar=seminar, kind=ClassKind.SPEAKER, named_by_provinces=False
    )
    quotas(seminar, everywhere, p50=0)

    assert register(seminar_admin, speakers, province=chiang_mai).state == ACCEPTED


def test_a_seat_of_the_province_passes_over_who_waits_for_another_reason(
    places, chiang_mai_officer, songkhla_officer, everywhere
):
    """Songkhla waits longest, but has no seat of its own left; Chiang Mai has."""
    quotas(places.seminar, everywhere, p50=2, p90=1)
    register(songkhla_officer, places, "ก้อย")
    mine = register(chiang_mai_officer, places, "ขวัญ")
    register(songkhla_officer, places, "คำ")
    register(chiang_mai_officer, places, "จอย")

    withdraw(chiang_mai_officer, mine)

    assert states(everywhere)["คำ"] == WAITING
    assert states(everywhere)["จอย"] == ACCEPTED


def test_a_seat_in_one_class_frees_the_province_for_another(
    seminar, chiang_mai_officer, everywhere
):
    places = ParticipantClassFactory(seminar=seminar)
    others = ParticipantClassFactory(seminar=seminar, kind=ClassKind.NETWORK_STAFF)
    quotas(seminar, everywhere, p50=1)
    mine = register(chiang_mai_officer, places, "ก้อย")
    register(chiang_mai_officer, others, "ขวัญ")

    withdraw(chiang_mai_officer, mine)

    assert states(everywhere)["ขวัญ"] == ACCEPTED
    assert taken(everywhere) == {"mentor": 0, "network_staff": 1}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({}, {}),
        ({"phone": "0812345678"}, {}),
        ({}, {"phone": "0812345678"}),
        ({"phone": "0812345678"}, {"phone": "0812345678"}),
    ],
)
def test_the_same_person_twice_is_refused_in_words(places, chiang_mai_officer, first, second):
    register(chiang_mai_officer, places, "ก้อย", **first)

    with pytest.raises(RuleViolation, match="อยู่ในรายชื่อแล้ว") as refusal:
        register(chiang_mai_officer, places, "ก้อย", **second)

    assert refusal.value.field == "first_name"


def test_namesakes_are_told_apart_by_telephone(places, chiang_mai_officer):
    register(chiang_mai_officer, places, "ก้อย", phone="0812345678")

    assert register(chiang_mai_officer, places, "ก้อย", phone="0898765432").state == ACCEPTED


def test_two_volunteers_of_one_name_both_come(places, chiang_mai_officer, chiang_mai):
    one, other = (VolunteerFactory(province=chiang_mai, first_name="สมศรี") for _ in range(2))
    register(chiang_mai_officer, places, volunteer=one)

    assert register(chiang_mai_officer, places, volunteer=other).state == ACCEPTED
    with pytest.raises(RuleViolation, match="อยู่ในรายชื่อแล้ว"):
        register(chiang_mai_officer, places, volunteer=one)


def test_who_has_been_cancelled_may_come_again(places, chiang_mai_officer):
    withdraw(chiang_mai_officer, register(chiang_mai_officer, places, "ก้อย"))

    assert register(chiang_mai_officer, places, "ก้อย").state == ACCEPTED


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
