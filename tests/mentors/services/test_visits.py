"""Visits and meetings: planned, changed, done with what came out, called off; numbered rounds."""

import threading
import uuid
from datetime import date, time, timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from mentors.enums import VisitKind, VisitState
from mentors.models import Visit, VisitVolunteer
from mentors.services import visits
from mentors.services.visits import cancel_visit, change_visit, finish_visit, plan_visit
from tests.factories import (
    MentorFactory,
    MentorshipFactory,
    TermFactory,
    UserFactory,
    VisitFactory,
    VolunteerFactory,
)
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.enums import ActivityKind, Category
from volunteer_network.errors import RuleViolation
from volunteer_network.models import Activity, AuditEvent, Notice, Province, Subdistrict
from volunteer_network.services.edits import StaleEdit

DAY = timedelta(days=1)


@pytest.fixture
def volunteer(today):
    one = VolunteerFactory()
    TermFactory(volunteer=one, starts_on=today - 300 * DAY, ends_on=today + 300 * DAY)
    return one


def within(by, service, **kwargs):
    with open_scope(by.scope):
        return service(by=by, **kwargs)


def about(**changes):
    return {
        "on_date": timezone.localdate() + DAY,
        "starts_at": time(13, 30),
        "place": "ศาลาประชาคม",
        "subdistrict": None,
        "purpose": "ติดตามงาน",
        **changes,
    }


def plan(by, mentor, people, kind=VisitKind.VISIT, **changes):
    details = {"submission": uuid.uuid4(), **about(**changes)}
    return within(by, plan_visit, mentor=mentor, kind=kind, volunteers=people, **details)


def finish(by, visit, met, category="", result="คุยกันแล้ว"):
    return within(by, finish_visit, visit=visit, met=met, result=result, category=category)


def test_a_visit_is_planned_for_its_people(officer, mentor, volunteer, today, everywhere):
    visit = plan(officer, mentor, [volunteer])

    assert (visit.state, visit.round_number, visit.title) == (
        VisitState.PLANNED,
        None,
        "เยี่ยมอาสาสมัคร",
    )
    with everywhere():
        rows = VisitVolunteer.objects.filter(visit=visit).values_list("volunteer", "met")
        assert list(rows) == [(volunteer.pk, None)]
        assert AuditEvent.objects.filter(verb="visit.planned", target=visit.pk).exists()


def test_the_same_form_sent_twice_plans_once(officer, mentor, volunteer, everywhere):
    token = uuid.uuid4()

    first = plan(officer, mentor, [volunteer], VisitKind.MEETING, submission=token)
    second = plan(officer, mentor, [volunteer], VisitKind.MEETING, submission=token)

    assert first == second
    with everywhere():
        assert Visit.objects.count() == 1


def test_meetings_are_numbered_by_province_and_fiscal_year(
    officer, songkhla_officer, mentor, volunteer, songkhla
):
    def number(by, mentor, person, day):
        return plan(by, mentor, [person], VisitKind.MEETING, on_date=day).title

    theirs = MentorFactory(province=songkhla), VolunteerFactory(province=songkhla)
    titles = [
        number(officer, mentor, volunteer, date(2026, 9, 30)),
        number(officer, mentor, volunteer, date(2026, 10, 1)),
        number(officer, mentor, volunteer, date(2027, 1, 5)),
        number(songkhla_officer, *theirs, date(2027, 1, 5)),
    ]

    assert titles == [
        "ประชุมเครือข่าย ครั้งที่ 1/2569",
        "ประชุมเครือข่าย ครั้งที่ 1/2570",
        "ประชุมเครือข่าย ครั้งที่ 2/2570",
        "ประชุมเครือข่าย ครั้งที่ 1/2570",
    ]


def test_a_meeting_moved_over_the_first_of_october_gets_a_number_there(officer, mentor, volunteer):
    plan(officer, mentor, [volunteer], VisitKind.MEETING, on_date=date(2026, 10, 5))
    visit = plan(officer, mentor, [volunteer], VisitKind.MEETING, on_date=date(2026, 9, 30))

    moved = within(
        officer,
        change_visit,
        visit=visit,
        version=1,
        volunteers=[volunteer],
        **about(on_date=date(2026, 10, 9)),
    )
    kept = within(
        officer,
        change_visit,
        visit=visit,
        version=2,
        volunteers=[volunteer],
        **about(on_date=date(2026, 10, 12)),
    )

    assert (moved.round_number, moved.fiscal_year) == (2, 2570)
    assert kept.round_number == 2


def test_a_cancelled_meeting_keeps_its_number(officer, mentor, volunteer):
    first = plan(officer, mentor, [volunteer], VisitKind.MEETING)
    within(officer, cancel_visit, visit=first, reason="น้ำท่วม")

    assert plan(officer, mentor, [volunteer], VisitKind.MEETING).round_number == 2


def test_a_visit_needs_people_and_not_too_many(officer, mentor, monkeypatch, everywhere):
    monkeypatch.setattr(visits, "PEOPLE_AT_MOST", 1)

    with pytest.raises(RuleViolation, match="อย่างน้อยหนึ่งคน"):
        plan(officer, mentor, [])
    with pytest.raises(RuleViolation, match="ไม่เกิน 1 คน"):
        plan(officer, mentor, VolunteerFactory.create_batch(2))

    with everywhere():
        assert not Visit.objects.exists()


def test_a_visit_lies_within_the_mentors_time(officer, chiang_mai, volunteer, today):
    gone = MentorFactory(province=chiang_mai, ends_on=today, end_reason="moved")
    new = MentorFactory(province=chiang_mai, starts_on=today + 5 * DAY)

    for mentor in (gone, new):
        with pytest.raises(RuleViolation, match="ไม่ได้เป็นพี่เลี้ยง"):
            plan(officer, mentor, [volunteer])


def test_the_place_is_in_the_province(officer, mentor, volunteer, songkhla):
    elsewhere = Subdistrict.objects.filter(province=songkhla).first()

    with pytest.raises(RuleViolation, match="จังหวัดอื่น"):
        plan(officer, mentor, [volunteer], subdistrict=elsewhere)


def test_somebody_of_another_province_is_kept_out_by_the_database(officer, mentor, songkhla):
    visit = VisitFactory(mentor=mentor)
    theirs = VolunteerFactory(province=songkhla)

    def smuggle():
        with open_scope(officer.scope), connection.cursor() as cursor:
            VisitVolunteer.objects.create(visit=visit, volunteer=theirs, province_id=50)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(IntegrityError, match="same_province"):
        smuggle()


def test_the_mentor_is_told_of_a_visit_that_somebody_else_plans(
    officer, chiang_mai, chiang_mai_head, volunteer, everywhere
):
    own = MentorFactory(province=chiang_mai, user=officer)

    plan(officer, own, [volunteer])
    with everywhere():
        assert not Notice.objects.exists()
    visit = plan(chiang_mai_head, own, [volunteer])

    with everywhere():
        notice = Notice.objects.get()
    assert (notice.recipient, notice.href) == (officer, visit.get_absolute_url())


def test_a_change_keeps_who_stays_and_takes_out_who_does_not(officer, mentor, everywhere):
    stays, goes, comes = VolunteerFactory.create_batch(3)
    visit = plan(officer, mentor, [stays, goes])
    with everywhere():
        before = VisitVolunteer.objects.get(volunteer=stays).pk

    saved = within(
        officer, change_visit, visit=visit, version=1, volunteers=[stays, comes], **about()
    )

    with everywhere():
        rows = VisitVolunteer.objects.filter(visit=visit)
        assert set(rows.values_list("volunteer", flat=True)) == {stays.pk, comes.pk}
        assert rows.get(volunteer=stays).pk == before
    assert saved.version == 2
    with pytest.raises(StaleEdit):
        within(officer, change_visit, visit=visit, version=1, volunteers=[stays], **about())
    with pytest.raises(RuleViolation, match="อย่างน้อยหนึ่งคน"):
        within(officer, change_visit, visit=visit, version=2, volunteers=[], **about())


def test_what_came_out_is_kept_with_who_was_there(officer, mentor, today, everywhere):
    here, away = VolunteerFactory.create_batch(2)
    visit = VisitFactory(mentor=mentor, on_date=today, people=[here, away])

    done = finish(officer, visit, [here])

    assert (done.state, done.result) == (VisitState.DONE, "คุยกันแล้ว")
    with everywhere():
        met = dict(VisitVolunteer.objects.values_list("volunteer", "met"))
        assert met == {here.pk: True, away.pk: False}
        assert not Activity.objects.exists()


def test_a_visit_in_the_future_has_no_result_yet(officer, mentor, volunteer, today):
    visit = VisitFactory(mentor=mentor, on_date=today + DAY, people=[volunteer])

    with pytest.raises(RuleViolation, match="ยังไม่ถึง"):
        finish(officer, visit, [volunteer])


@pytest.mark.parametrize(
    ("kind", "logged_as"),
    [(VisitKind.VISIT, ActivityKind.FIELD_VISIT), (VisitKind.MEETING, ActivityKind.MEETING)],
)
def test_with_a_category_each_who_was_met_has_an_activity(
    officer, mentor, volunteer, today, kind, logged_as, everywhere
):
    absent = VolunteerFactory()
    visit = plan(officer, mentor, [volunteer, absent], kind, on_date=today)

    finish(officer, visit, [volunteer], Category.SOCIAL_SECURITY)

    with everywhere():
        activity = Activity.objects.get()
    assert (activity.volunteer_id, activity.on_date, activity.kind) == (
        volunteer.pk,
        today,
        logged_as,
    )
    assert activity.mentor_present
    assert activity.note == "คุยกันแล้ว"


def test_an_activity_that_cannot_be_logged_leaves_the_visit_open(
    officer, mentor, volunteer, today, everywhere
):
    no_term = VolunteerFactory(first_name="ไม่มีวาระ")
    visit = VisitFactory(mentor=mentor, on_date=today, people=[volunteer, no_term])

    with pytest.raises(RuleViolation, match="ไม่มีวาระ") as refusal:
        finish(officer, visit, [volunteer, no_term], Category.SOCIAL_SECURITY)

    assert refusal.value.field == "category"
    with everywhere():
        assert Visit.objects.get().state == VisitState.PLANNED
        assert not Activity.objects.exists()


def test_what_is_over_stays_as_it_is(officer, mentor, volunteer, today):
    done = VisitFactory(mentor=mentor, on_date=today, people=[volunteer])
    finish(officer, done, [volunteer])
    gone = VisitFactory(mentor=mentor, people=[volunteer])
    within(officer, cancel_visit, visit=gone, reason="น้ำท่วม")

    for visit in (done, gone):
        for attempt in (
            lambda visit=visit: finish(officer, visit, [volunteer]),
            lambda visit=visit: within(officer, cancel_visit, visit=visit, reason="ฝน"),
            lambda visit=visit: within(
                officer, change_visit, visit=visit, version=2, volunteers=[volunteer], **about()
            ),
        ):
            with pytest.raises(RuleViolation, match="ไปแล้ว"):
                attempt()


def test_the_database_wants_a_reason_and_a_number(mentor):
    for wrong in ({"state": "cancelled"}, {"cancel_reason": "ฝน"}, {"kind": VisitKind.MEETING}):
        with pytest.raises(IntegrityError), transaction.atomic():
            VisitFactory(mentor=mentor, **wrong)


# Two meetings planned at the same moment


def race(mentor, officers, people):
    ready, numbers = threading.Barrier(2), []

    def run(by):
        try:
            with open_scope(by.scope):
                ready.wait(timeout=20)
                visit = plan_visit(
                    mentor=mentor,
                    kind=VisitKind.MEETING,
                    volunteers=people,
                    submission=uuid.uuid4(),
                    by=by,
                    **about(),
                )
            numbers.append(visit.round_number)
        except IntegrityError:
            numbers.append(None)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(by,)) for by in officers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return numbers


@pytest.fixture
def planners(committed):
    province = Province.objects.get(pk=50)
    mentor = MentorFactory(province=province)
    volunteer = MentorshipFactory(mentor=mentor).volunteer
    return mentor, [UserFactory(province=province) for _ in range(2)], [volunteer]


def test_two_meetings_at_once_get_two_numbers(planners):
    assert sorted(race(*planners)) == [1, 2]


def test_without_the_lock_both_would_take_the_same_number(planners, monkeypatch):
    """The twin: both read before either writes, and the database refuses the second."""
    both_have_read, real = threading.Barrier(2), visits._next_round

    def later(*args):
        number = real(*args)
        both_have_read.wait(timeout=20)
        return number

    monkeypatch.setattr(visits, "wait_in_transaction", lambda *args: None)
    monkeypatch.setattr(visits, "_next_round", later)

    assert sorted(race(*planners), key=str) == [1, None]
    with open_scope(NATION):
        assert Visit.objects.count() == 1


@time_machine.travel("2026-11-25")
def test_what_is_due_is_this_week_and_what_is_overdue(officer, mentor):
    today = date(2026, 11, 25)
    overdue = VisitFactory(mentor=mentor, on_date=today - DAY)
    soon = VisitFactory(mentor=mentor, on_date=today + 7 * DAY)
    VisitFactory(mentor=mentor, on_date=today + 8 * DAY)
    VisitFactory(mentor=mentor, on_date=today, state=VisitState.DONE)

    with open_scope(officer.scope):
        assert list(Visit.objects.due_until(today + 7 * DAY)) == [overdue, soon]
