"""What a door knows: the half-day by the clock, who is meant, how many have come."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from seminars.enums import CheckInWay, ClassKind, RegistrationState
from seminars.models import CheckIn, Registration, Session
from seminars.services.check_ins import check_in, undo_check_in
from seminars.services.doors import (
    counter_of,
    find_people,
    is_another_half_day,
    latest_arrivals,
    session_at,
    totals_of,
)
from tests.factories import ParticipantClassFactory, RegistrationFactory
from volunteer_network.access.scope import NATION, Scope, ScopeRole, open_scope
from volunteer_network.thai_calendar import BANGKOK

FIRST, SECOND = date(2026, 12, 3), date(2026, 12, 4)
MORNING, AFTERNOON = (time(9), time(12)), (time(13), time(16, 30))
HALF_DAYS = [
    Session(pk=number, on_date=day, starts_at=hours[0], ends_at=hours[1])
    for number, (day, hours) in enumerate(
        [(FIRST, MORNING), (FIRST, AFTERNOON), (SECOND, MORNING)], start=1
    )
]


@pytest.mark.parametrize(
    ("day", "clock", "expected"),
    [
        (FIRST, time(7, 30), 1),
        (FIRST, time(12), 1),
        (FIRST, time(12, 1), 2),
        (FIRST, time(20), 2),
        (SECOND, time(0), 3),
        (SECOND, time(23), 3),
        (date(2026, 11, 1), time(9), 1),  # before: the first to come
        (date(2027, 1, 1), time(9), 3),  # after: the last there was
    ],
)
def test_the_clock_chooses_the_half_day(day, clock, expected):
    assert session_at(HALF_DAYS, datetime.combine(day, clock, BANGKOK)).pk == expected


def test_without_half_days_the_clock_chooses_none():
    assert session_at([], timezone.now()) is None


def test_another_half_day_is_noticed_on_the_day_only():
    afternoon = datetime.combine(FIRST, time(14), BANGKOK)
    morning, second_day = HALF_DAYS[0], HALF_DAYS[2]

    assert is_another_half_day(morning, HALF_DAYS, afternoon)
    assert not is_another_half_day(HALF_DAYS[1], HALF_DAYS, afternoon)
    assert not is_another_half_day(second_day, HALF_DAYS, afternoon - timedelta(days=9))


@pytest.mark.parametrize(
    "words",
    [
        "กนกวรรณ",
        "นางสาวกนกวรรณ",
        "น.ส. กนกวรรณ แก้วมณี",
        "แกวมณี",  # the tone mark forgotten
        "แก้วมณี กนกวรรณ",
        "081 234 5678",
        "0812345678",
        "๐๘๑-๒๓๔-๕๖๗๘",
        "7kq2mhtx3p",
        "พัฒนา",  # of the office
        "จ.เชียงใหม่",
        "เชียง",
    ],
)
def test_a_person_is_found_by(words, mentors, chiang_mai, songkhla, everywhere):
    meant = RegistrationFactory(
        participant_class=mentors,
        province=chiang_mai,
        title="นาง",
        first_name="กนกวรรณ",
        last_name="แก้วมณี",
        phone="0812345678",
        organisation="สถาบันพัฒนาฝีมือแรงงาน",
        code="7KQ2MHTX3P",
    )
    RegistrationFactory(
        participant_class=mentors, province=songkhla, first_name="สุเมธ", last_name="ใจดี"
    )

    with everywhere():
        assert list(find_people(Registration.objects.all(), words)) == [meant]


@pytest.mark.parametrize("words", ["", "  ", "ไม่มีคนนี้", "x' OR 1=1"])
def test_nobody_is_found_by(words, guest, everywhere):
    with everywhere():
        assert list(find_people(Registration.objects.all(), words)) == []


def test_the_counter_tells_classes_and_provinces_in_their_order(
    seminar, session, mentors, chiang_mai, songkhla
):
    central = ParticipantClassFactory(seminar=seminar, kind=ClassKind.CENTRAL_STAFF, position=1)
    here, *_missing = (
        RegistrationFactory(participant_class=mentors, province=chiang_mai),
        RegistrationFactory(participant_class=mentors, province=songkhla),
        RegistrationFactory(participant_class=central, province=None),
        RegistrationFactory(
            participant_class=mentors, province=chiang_mai, state=RegistrationState.CANCELLED
        ),
    )
    RegistrationFactory(province=chiang_mai)  # of another seminar

    with open_scope(Scope(ScopeRole.SEMINAR, seminar=seminar.pk)):
        check_in(registration=here, session=session, way=CheckInWay.SCAN, by=None)
        counter, totals = counter_of(session), totals_of(session)
        latest = [one.registration for one in latest_arrivals(session, 5)]

    assert (counter.here, counter.expected, counter.missing) == (1, 3, 2)
    assert (totals.here, totals.expected) == (1, 3)
    assert [(one.name, one.here, one.expected) for one in counter.classes] == [
        ("เจ้าหน้าที่พี่เลี้ยง", 1, 2),
        ("เจ้าหน้าที่ส่วนกลาง", 0, 1),
    ]
    assert [(one.name, one.here, one.expected) for one in counter.provinces] == [
        ("เชียงใหม่", 1, 1),
        ("สงขลา", 0, 1),
    ]
    assert [one.name for one in counter.not_here] == ["สงขลา"]
    assert latest == [here]


ACTIONS = st.lists(
    st.tuples(st.sampled_from(["in", "out", "cancel", "rehearsed"]), st.integers(0, 5)),
    max_size=20,
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(actions=ACTIONS)
def test_the_counter_equals_a_recount(actions, session, mentors, chiang_mai, songkhla):
    people = [
        RegistrationFactory(participant_class=mentors, province=(chiang_mai, songkhla)[n % 2])
        for n in range(6)
    ]
    with open_scope(NATION):
        for action, which in actions:
            act(action, people[which], session)

        counter, totals = counter_of(session), totals_of(session)
        day = timezone.make_aware(datetime.combine(session.on_date, time.min))
        came = CheckIn.objects.filter(
            session=session, undone_at__isnull=True, first_at__gte=day
        ).count()
        expected = Registration.objects.filter(seminar=session.seminar, state="accepted").count()

    for numbers in (counter, totals):
        assert (numbers.here, numbers.expected) == (came, expected)
    for shares in (counter.classes, counter.provinces):
        assert sum(one.here for one in shares) == came
        assert sum(one.expected for one in shares) == expected


def act(action, person, session):
    if action == "cancel":
        Registration.objects.filter(pk=person.pk).update(state="cancelled")
    elif action == "out":
        undo_check_in(registration=person, session=session, by=None)
    elif Registration.objects.filter(pk=person.pk, state="accepted").exists():
        arrival = check_in(registration=person, session=session, way=CheckInWay.SCAN, by=None)
        if action == "rehearsed":
            early = arrival.check_in.first_at - timedelta(days=1)
            CheckIn.objects.filter(pk=arrival.check_in.pk).update(first_at=early)
