"""The demo tells the edition of fiscal year 2564 as it was, and this year's is open."""

from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from seminars.demo.seminars import make_seminars
from seminars.enums import SeminarState
from seminars.models import Registration, SeatCount, Seminar
from seminars.services.announcements import silent_provinces
from seminars.services.checks import checks_of
from seminars.services.seats import places_in_queue
from tests.factories import MentorFactory, UserFactory
from volunteer_network.access.roles import Role
from volunteer_network.demo.country import Plan
from volunteer_network.models import Province, User

TODAY = date(2026, 11, 25)


@pytest.fixture
def country(db, everywhere):
    UserFactory(username="seminar", role=Role.SEMINAR_ADMIN)
    User.objects.bulk_create(
        User(username=f"m{one.pk}", role=Role.MENTOR, province=one, first_name="ก", last_name="ข")
        for one in Province.objects.filter(has_office=True)
    )
    mentor = MentorFactory(starts_on=date(2019, 10, 1))
    with everywhere(), CaptureQueriesContext(connection) as queries:
        make_seminars(Plan(today=TODAY))
    assert len(queries) < 80  # rows go in by the dozen
    return mentor


def test_the_edition_of_2564_is_told_as_it_was(country, everywhere):
    with everywhere():
        held = Seminar.objects.get(fiscal_year=2564)
        assert held.title.endswith("อาสาสมัครแรงงานเชิงบูรณาการ ประจำปีงบประมาณ พ.ศ. 2564")
        assert held.place == ("ห้องปรินซ์บอลรูม 3 ชั้น 11 อาคาร 1 โรงแรมปรินซ์ พาเลซ มหานาค กรุงเทพฯ")
        assert (held.starts_on, held.ends_on) == (date(2020, 12, 3),) * 2
        assert (held.state, held.chair) == (SeminarState.FINISHED, "ปลัดกระทรวงแรงงาน")
        [session] = held.sessions.all()
        assert (session.half, session.starts_at) == ("afternoon", time(13, 30))
        assert held.registrations.accepted().count() == 115
        kinds = {one.kind: one.count.taken for one in held.classes.select_related("count")}
        assert (kinds["mentor"], sum(kinds.values())) == (76, 115)
        came = session.check_ins.standing()
        assert 100 < came.count() < 115
        assert {timezone.localdate(one.first_at) for one in came} == {held.starts_on}
        assert held.registrations.filter(mentor=country).count() == 1


def test_this_years_is_open_with_a_queue_and_silent_provinces(country, everywhere):
    with everywhere():
        coming = Seminar.objects.get(fiscal_year=2570)
        assert (coming.state, coming.starts_on.weekday()) == (SeminarState.OPEN, 3)
        assert coming.starts_on > TODAY
        assert checks_of(coming).missing == []
        assert silent_provinces(coming).count() == 9
        assert sorted(places_in_queue(coming).values()) == list(range(1, 7))
        for count in SeatCount.objects.select_related("participant_class"):
            seated = Registration.objects.accepted().filter(
                participant_class=count.participant_class
            )
            assert count.taken == seated.count() <= count.participant_class.seats
