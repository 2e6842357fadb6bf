"""Who gets a seat, who waits, and whose turn is next."""

import pytest

from seminars.enums import ClassKind
from seminars.services import seats
from seminars.services.seat_news import tell_of_seats
from tests.factories import MentorFactory, ParticipantClassFactory
from tests.seminars.services.registrations.registering import (
    ACCEPTED,
    CANCELLED,
    WAITING,
    quotas,
    register,
    states,
    taken,
    withdraw,
)
from volunteer_network.access.scope import open_scope
from volunteer_network.errors import RuleViolation
from volunteer_network.models import AuditEvent, Notice


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
