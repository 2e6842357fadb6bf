"""Who is silent, why, and for how long a call keeps somebody out of the list."""

from datetime import date, timedelta

import pytest
import time_machine

from mentors.enums import ContactOutcome, VisitState
from mentors.models import Contact
from mentors.services.contacts import note_contact
from mentors.services.silence import (
    reason_in_words,
    silent_months,
    silent_since,
    silent_to_call,
    silent_volunteers,
)
from mentors.services.suggestions import load_on
from mentors.services.teams import team_of
from tests.factories import (
    ActivityFactory,
    ContactFactory,
    MentorFactory,
    MentorshipFactory,
    TermFactory,
    VisitFactory,
    VisitVolunteerFactory,
    VolunteerFactory,
)
from volunteer_network.access.scope import open_scope
from volunteer_network.enums import VolunteerStatus
from volunteer_network.errors import RuleViolation
from volunteer_network.models import AuditEvent, Subdistrict

DAY = timedelta(days=1)
TODAY = date(2026, 11, 25)


@pytest.fixture(autouse=True)
def on_that_day():
    with time_machine.travel("2026-11-25 10:00 +0700", tick=False):
        yield


def serving(since=date(2025, 1, 1), **details):
    volunteer = VolunteerFactory(**details)
    TermFactory(volunteer=volunteer, starts_on=since, ends_on=since + timedelta(days=1095))
    return volunteer


def note(by, volunteer, **details):
    with open_scope(by.scope):
        return note_contact(volunteer=volunteer, by=by, **details)


def to_call(by, mentor=None):
    with open_scope(by.scope):
        return set(silent_to_call(by, TODAY, mentor))


@pytest.mark.parametrize(
    ("today", "since"),
    [
        (date(2026, 11, 25), date(2026, 9, 1)),
        (date(2026, 11, 1), date(2026, 9, 1)),
        (date(2027, 1, 31), date(2026, 11, 1)),
    ],
)
def test_two_whole_months_and_this_one_count(today, since):
    assert silent_since(today) == since


def test_silent_is_who_serves_and_was_not_heard_of(officer, songkhla):
    silent = serving()
    ActivityFactory(volunteer=silent, on_date=date(2026, 8, 31))
    ActivityFactory(volunteer=serving(), on_date=date(2026, 9, 1))
    serving(since=date(2026, 9, 2))  # is new
    serving(status=VolunteerStatus.SUSPENDED)
    serving(status=VolunteerStatus.RESIGNED)
    serving(province=songkhla)

    with open_scope(officer.scope):
        assert set(silent_volunteers(officer, TODAY)) == {silent}


def test_a_call_takes_somebody_out_until_its_next_date(officer, everywhere):
    volunteer = serving()
    assert to_call(officer) == {volunteer}

    contact = note(officer, volunteer, outcome=ContactOutcome.NO_ANSWER)

    assert (contact.on_date, contact.next_on) == (TODAY, TODAY + 3 * DAY)
    assert to_call(officer) == set()
    with open_scope(officer.scope):
        assert set(silent_to_call(officer, TODAY + 2 * DAY)) == set()
        assert set(silent_to_call(officer, TODAY + 3 * DAY)) == {volunteer}
    with everywhere():
        assert AuditEvent.objects.filter(verb="contact.noted", target=volunteer.pk).exists()


def test_the_latest_note_decides(officer):
    """Whoever pressed the wrong chip notes it once more."""
    volunteer = serving()
    note(officer, volunteer, outcome=ContactOutcome.WELL, next_on=TODAY + 30 * DAY)
    note(officer, volunteer, outcome=ContactOutcome.NO_ANSWER, next_on=TODAY + DAY)

    with open_scope(officer.scope):
        assert set(silent_to_call(officer, TODAY + DAY)) == {volunteer}


@pytest.mark.parametrize("days", [0, -1, 187])
def test_the_next_date_is_tomorrow_or_in_half_a_year(officer, days, everywhere):
    with pytest.raises(RuleViolation, match="ตั้งแต่พรุ่งนี้") as refusal:
        note(officer, serving(), outcome="well", next_on=TODAY + days * DAY)

    assert refusal.value.field == "next_on"
    with everywhere():
        assert not Contact.objects.exists()


def test_a_mentor_calls_the_own_team(officer, chiang_mai):
    own, other = MentorFactory.create_batch(2, province=chiang_mai)
    ours, theirs, nobodys = serving(), serving(), serving()
    before = serving()
    for mentor, volunteer in ((own, ours), (other, theirs)):
        MentorshipFactory(mentor=mentor, volunteer=volunteer)
    MentorshipFactory(mentor=own, volunteer=before, ends_on=TODAY - DAY)

    assert to_call(officer, own) == {ours}
    assert to_call(officer) == {ours, theirs, nobodys, before}


@pytest.mark.parametrize(
    ("last_on", "months"),
    [
        (date(2026, 11, 1), 0),
        (date(2026, 10, 31), 0),
        (date(2026, 8, 31), 2),
        (date(2025, 11, 26), 11),
    ],
)
def test_silence_is_counted_in_whole_months_over_the_fiscal_year(last_on, months):
    assert silent_months(last_on, date(2026, 11, 26)) == months


def test_the_reason_stands_in_words():
    full = reason_in_words(
        last_on=date(2025, 11, 24),
        visited_on=date(2025, 10, 3),
        called_on=date(2026, 11, 3),
        call_outcome="no_answer",
        has_phone=False,
    )
    bare = reason_in_words(
        last_on=None, visited_on=None, called_on=None, call_outcome=None, has_phone=True
    )

    assert full == (
        "ไม่มีกิจกรรมตั้งแต่ 24 พ.ย. 2568; ไม่พบการเยี่ยมตั้งแต่ 3 ต.ค. 2568;"
        " ติดต่อ 3 พ.ย. 2569 ติดต่อไม่ได้; ไม่มีเบอร์โทรศัพท์"
    )
    assert bare == "ยังไม่มีกิจกรรมในบันทึก; ยังไม่พบการเยี่ยม"


# The team table


def team(by, mentor):
    with open_scope(by.scope):
        return team_of(mentor, user=by, today=TODAY)


def guide(mentor, **details):
    volunteer = serving(**details)
    MentorshipFactory(mentor=mentor, volunteer=volunteer)
    return volunteer


def test_the_weakest_stand_first(officer, chiang_mai):
    mentor = MentorFactory(province=chiang_mai)
    busy, idle, silent_3, silent_2, new = (guide(mentor, first_name=name) for name in "กขคงจ")
    suspended = guide(mentor, first_name="ฉ", status=VolunteerStatus.SUSPENDED)
    for on_date, volunteer in (
        (date(2026, 11, 2), busy),
        (date(2026, 11, 3), busy),
        (date(2026, 10, 20), idle),
        (date(2026, 7, 5), silent_3),
        (date(2026, 8, 5), silent_2),
        (date(2026, 10, 21), new),
    ):
        ActivityFactory(volunteer=volunteer, on_date=on_date)
    MentorshipFactory(mentor=mentor, volunteer=serving(), ends_on=TODAY - DAY)

    rows = team(officer, mentor)

    assert [row.pk for row in rows] == [
        silent_3.pk,
        silent_2.pk,
        suspended.pk,
        idle.pk,
        new.pk,
        busy.pk,
    ]
    assert [(row.silent_months, row.is_silent) for row in rows[:2]] == [(3, True), (2, True)]
    assert [row.shape for row in rows] == ["bad", "warn", "warn", "good", "good", "good"]
    assert rows[0].status == "เงียบ 3 เดือน"
    assert rows[-1].month.activities == 2


def test_a_silent_member_says_why(officer, chiang_mai):
    mentor = MentorFactory(province=chiang_mai)
    volunteer = guide(mentor, phone="")
    ActivityFactory(volunteer=volunteer, on_date=date(2026, 6, 1))
    visit = VisitFactory(mentor=mentor, on_date=date(2026, 5, 1), state=VisitState.DONE)
    VisitVolunteerFactory(visit=visit, volunteer=volunteer, met=True)
    missed = VisitFactory(mentor=mentor, on_date=date(2026, 10, 1), state=VisitState.DONE)
    VisitVolunteerFactory(visit=missed, volunteer=volunteer, met=False)
    ContactFactory(volunteer=volunteer, outcome="ill")

    [row] = team(officer, mentor)

    assert row.reason == (
        "ไม่มีกิจกรรมตั้งแต่ 1 มิ.ย. 2569; ไม่พบการเยี่ยมตั้งแต่ 1 พ.ค. 2569;"
        " ติดต่อ 25 พ.ย. 2569 ป่วย; ไม่มีเบอร์โทรศัพท์"
    )


def test_a_first_sign_of_life_this_month_ends_the_silence(officer, chiang_mai):
    mentor = MentorFactory(province=chiang_mai)
    volunteer = guide(mentor)
    ActivityFactory(volunteer=volunteer, on_date=date(2026, 6, 1))
    ActivityFactory(volunteer=volunteer, on_date=TODAY)

    [row] = team(officer, mentor)

    assert (row.is_silent, row.silent_months, row.shape) == (False, 0, "good")


@pytest.mark.parametrize("count", [1, 3])
def test_a_team_costs_the_same_for_any_size(officer, chiang_mai, count, django_assert_num_queries):
    mentor = MentorFactory(province=chiang_mai)
    for _number in range(count):
        ActivityFactory(volunteer=guide(mentor), on_date=TODAY - 90 * DAY)

    with open_scope(officer.scope), django_assert_num_queries(4):
        assert len(team_of(mentor, user=officer, today=TODAY)) == count


# Who would fit


def two_districts():
    return (
        Subdistrict.objects.filter(province=50).order_by("district_id").distinct("district_id")[:2]
    )


def suggest(by, district):
    with open_scope(by.scope):
        return load_on(TODAY, user=by, provinces=[50]).suggest(50, district)


def test_the_mentor_of_the_district_is_suggested_first(officer, chiang_mai):
    near, far = MentorFactory.create_batch(2, province=chiang_mai)
    place, elsewhere = two_districts()
    MentorshipFactory.create_batch(3, mentor=near, volunteer__subdistrict=place)
    MentorshipFactory(mentor=far, volunteer__subdistrict=place)
    MentorshipFactory.create_batch(5, mentor=near, volunteer__subdistrict=elsewhere)

    suggested = suggest(officer, place.district_id)

    assert suggested.mentor == near
    assert suggested.reason == "ดูแลอำเภอนี้อยู่แล้ว 3 คน"


def test_else_the_one_with_the_fewest_people(officer, chiang_mai):
    loaded, free = MentorFactory.create_batch(2, province=chiang_mai)
    place, elsewhere = two_districts()
    MentorshipFactory.create_batch(2, mentor=loaded, volunteer__subdistrict=place)
    MentorshipFactory(mentor=free, volunteer__subdistrict=place, ends_on=TODAY - DAY)

    suggested = suggest(officer, elsewhere.district_id)

    assert suggested.mentor == free
    assert suggested.reason == "ดูแลน้อยที่สุด 0 คน"


def test_nobody_is_suggested_who_goes_or_is_gone(officer, chiang_mai, songkhla):
    MentorFactory(province=chiang_mai, ends_on=TODAY + 9 * DAY, end_reason="moved")
    MentorFactory(province=chiang_mai, starts_on=TODAY + DAY)
    MentorFactory(province=songkhla)

    assert suggest(officer, 5001) is None
