"""A seminar that goes to other days takes its programme along, and loses none of it unseen."""

from datetime import time, timedelta

import pytest

from seminars.enums import CheckInWay, HalfDay
from seminars.models import AgendaItem, CheckIn, Seminar, Session
from seminars.services.seminars import PLAIN_FIELDS, change_seminar
from tests.factories import ParticipantClassFactory, RegistrationFactory, SessionFactory
from tests.factories.seminars import SeminarFactory
from volunteer_network.access.scope import open_scope
from volunteer_network.errors import RuleViolation

DAY = timedelta(days=1)


@pytest.fixture
def two_days(db, everywhere):
    """Both half-days of both days, and a line of the agenda on each day."""
    first = SeminarFactory.build().starts_on
    seminar = SeminarFactory(starts_on=first, ends_on=first + DAY)
    hours = {HalfDay.MORNING: (time(9), time(12)), HalfDay.AFTERNOON: (time(13), time(16))}
    for day in (first, first + DAY):
        for half, (starts, ends) in hours.items():
            SessionFactory(seminar=seminar, on_date=day, half=half, starts_at=starts, ends_at=ends)
        with everywhere():
            AgendaItem.objects.create(
                seminar=seminar, on_date=day, starts_at=time(9), title=f"วัน {day}"
            )
    return seminar


@pytest.fixture
def to_days(two_days, seminar_admin):
    def to_days(starts_on, ends_on):
        with open_scope(seminar_admin.scope):
            seminar = Seminar.objects.get(pk=two_days.pk)
            details = {name: getattr(seminar, name) for name in PLAIN_FIELDS}
            details |= {"starts_on": starts_on, "ends_on": ends_on}
            return change_seminar(
                seminar=seminar, version=seminar.version, by=seminar_admin, **details
            )

    return to_days


@pytest.fixture
def programme(two_days, everywhere):
    """How far each half-day and each line stands from the first day, and what it is."""

    def programme():
        with everywhere():
            first = Seminar.objects.get(pk=two_days.pk).starts_on
            sessions = [((one.on_date - first).days, one.half) for one in two_days.sessions.all()]
            agenda = [((one.on_date - first).days, one.title) for one in two_days.agenda.all()]
        return sessions, agenda

    return programme


@pytest.mark.parametrize("shift", [1, 2, 30, -1, -2])
def test_the_programme_follows_the_first_day(two_days, to_days, programme, shift):
    before = programme()
    keys = set(Session.objects.values_list("pk", flat=True))

    to_days(two_days.starts_on + shift * DAY, two_days.ends_on + shift * DAY)

    assert programme() == before
    assert len(before[0]) == 4
    assert set(Session.objects.values_list("pk", flat=True)) == keys


def test_more_days_leave_the_programme_where_it_is(two_days, to_days, programme):
    before = programme()

    to_days(two_days.starts_on, two_days.ends_on + DAY)

    assert programme() == before


@pytest.mark.parametrize("part", ["sessions", "agenda"])
@pytest.mark.parametrize(("first", "last"), [(0, -1), (1, 0), (9, 10)])
def test_a_day_with_a_programme_is_not_cut_off(two_days, to_days, everywhere, part, first, last):
    with everywhere():
        other = two_days.agenda if part == "sessions" else two_days.sessions
        other.all().delete()
        count = getattr(two_days, part).count()

    with pytest.raises(RuleViolation, match="เอาออกจากกำหนดการก่อน") as refused:
        to_days(two_days.starts_on + first * DAY, two_days.ends_on + last * DAY)

    assert refused.value.field == "starts_on"
    assert getattr(two_days, part).count() == count


def test_a_day_without_a_programme_is_cut_off(two_days, to_days, everywhere):
    with everywhere():
        for rows in (two_days.sessions, two_days.agenda):
            rows.filter(on_date=two_days.ends_on).delete()

    assert to_days(two_days.starts_on, two_days.starts_on).ends_on == two_days.starts_on


def test_a_seminar_with_check_ins_stays_on_its_days(two_days, to_days, programme, everywhere):
    """Until they are taken back."""
    places = ParticipantClassFactory(seminar=two_days)
    registration = RegistrationFactory(participant_class=places)
    with everywhere():
        check_in = CheckIn.objects.create(
            seminar=two_days,
            session=two_days.sessions.first(),
            registration=registration,
            province_id=registration.province_id,
            way=CheckInWay.PAPER,
        )
    before = programme()
    later = two_days.starts_on + DAY, two_days.ends_on + DAY

    with pytest.raises(RuleViolation, match="มีผู้ลงชื่อเข้าแล้ว"):
        to_days(*later)
    assert programme() == before
    with everywhere():
        CheckIn.objects.filter(pk=check_in.pk).update(undone_at=check_in.first_at)

    assert to_days(*later).starts_on == later[0]
