"""Somebody who is on no list: registered and let in, within the seats."""

import pytest

from seminars.enums import RegistrationSource, SeminarState
from seminars.models import CheckIn, ParticipantClass, Registration, SeatCount, Seminar, Session
from seminars.services.walk_ins import Namesake, walk_in
from tests.factories import RegistrationFactory
from volunteer_network.access.scope import Scope, ScopeRole, open_scope
from volunteer_network.errors import RuleViolation


def arrive(session, kind, province, **changes):
    person = {
        "title": "นาย",
        "first_name": "ประภาส",
        "last_name": "ทองดี",
        "organisation": "",
        "phone": "",
        "another_person": False,
    }
    with open_scope(Scope(ScopeRole.SEMINAR, seminar=session.seminar_id)):
        return walk_in(
            session=session,
            participant_class=kind,
            province=province,
            door="ประตู 1",
            by=None,
            **person | changes,
        )


def test_a_walk_in_is_registered_and_let_in(session, mentors, chiang_mai, everywhere):
    arrival = arrive(session, mentors, chiang_mai)

    assert arrival.fresh
    assert arrival.registration.source == RegistrationSource.DOOR
    with everywhere():
        assert SeatCount.objects.get(pk=mentors.pk).taken == 1
        assert CheckIn.objects.get().registration == arrival.registration


def test_a_full_class_takes_nobody_more(session, mentors, chiang_mai, everywhere):
    with everywhere():
        ParticipantClass.objects.update(seats=1)
    mentors.refresh_from_db()
    arrive(session, mentors, chiang_mai)

    with pytest.raises(RuleViolation) as refusal:
        arrive(session, mentors, chiang_mai, first_name="ปราณี")

    assert refusal.value.field == "participant_class"
    with everywhere():
        assert Registration.objects.count() == CheckIn.objects.count() == 1
        assert SeatCount.objects.get(pk=mentors.pk).taken == 1


def test_the_same_name_asks_first_whether_it_is_the_same_person(
    session, mentors, chiang_mai, everywhere
):
    known = RegistrationFactory(
        participant_class=mentors,
        province=chiang_mai,
        title="น.ส.",
        first_name="ประภาส",
        last_name="ทองดี",
    )

    with pytest.raises(Namesake) as refusal:
        arrive(session, mentors, chiang_mai)
    arrive(session, mentors, chiang_mai, another_person=True)

    assert refusal.value.registration == known
    with everywhere():
        assert Registration.objects.count() == 2


def test_a_form_sent_twice_finds_its_own_first_time(session, mentors, chiang_mai, everywhere):
    first = arrive(session, mentors, chiang_mai)

    with pytest.raises(Namesake) as refusal:
        arrive(session, mentors, chiang_mai)

    assert refusal.value.registration == first.registration
    with everywhere():
        assert Registration.objects.count() == 1


def test_a_namesake_of_another_province_or_seminar_is_another_person(
    session, mentors, chiang_mai, songkhla
):
    RegistrationFactory(first_name="ประภาส", last_name="ทองดี", province=chiang_mai)
    RegistrationFactory(
        participant_class=mentors, first_name="ประภาส", last_name="ทองดี", province=songkhla
    )

    assert arrive(session, mentors, chiang_mai).fresh


def test_a_cancelled_seminar_takes_nobody(session, mentors, chiang_mai, everywhere):
    with everywhere():
        Seminar.objects.update(state=SeminarState.CANCELLED)

    with pytest.raises(RuleViolation):
        arrive(Session.objects.select_related("seminar").get(), mentors, chiang_mai)


def test_who_comes_from_the_centre_has_no_province(session, mentors):
    arrival = arrive(session, mentors, None, organisation="กองตรวจราชการ")

    assert arrival.registration.province is None
