"""Giving volunteers a mentor: the day before, what had not begun, races, and taking it back."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from mentors.models import Assignment, Mentorship
from mentors.services import mentorships
from mentors.services.mentorship_checks import latest_mentorships
from mentors.services.mentorships import (
    assign_mentors,
    unassigned_volunteers,
    undo_assignment,
    what_stands_on,
)
from tests.factories import (
    AssignmentFactory,
    ContactFactory,
    MentorFactory,
    MentorshipFactory,
    UserFactory,
    VisitFactory,
    VolunteerFactory,
)
from volunteer_network.access.owner import as_owner
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.enums import VolunteerStatus
from volunteer_network.errors import RuleViolation
from volunteer_network.models import AuditEvent, Notice, Province

DAY = timedelta(days=1)


@pytest.fixture
def officer(chiang_mai_officer):
    return chiang_mai_officer


@pytest.fixture
def mentor(chiang_mai):
    return MentorFactory(province=chiang_mai)


@pytest.fixture
def other(chiang_mai):
    return MentorFactory(province=chiang_mai)


def within(by, service, **kwargs):
    with open_scope(by.scope):
        return service(by=by, **kwargs)


def give(by, mentor, people, starts_on, seen=None):
    ids = [one.pk for one in people]
    with open_scope(by.scope):
        return assign_mentors(
            pairs=dict.fromkeys(ids, mentor.pk),
            seen=latest_mentorships(ids) if seen is None else seen,
            starts_on=starts_on,
            by=by,
        )


def history(volunteer):
    rows = Mentorship.objects.filter(volunteer=volunteer).order_by("starts_on")
    return list(rows.values_list("mentor_id", "starts_on", "ends_on"))


def test_many_get_a_mentor_in_one_go(officer, mentor, today, everywhere):
    people = VolunteerFactory.create_batch(3)

    assignment = give(officer, mentor, people, today)

    with everywhere():
        assert [history(one) for one in people] == [[(mentor.pk, today, None)]] * 3
        assert assignment.number == 3
        event = AuditEvent.objects.get(verb="mentorship.assigned")
        assert event.detail == {"count": 3, "mentors": [mentor.pk]}


def test_the_mentor_before_ends_on_the_day_before(officer, mentor, other, today, everywhere):
    one = MentorshipFactory(mentor=other, starts_on=today - 30 * DAY).volunteer

    give(officer, mentor, [one], today + 5 * DAY)

    with everywhere():
        assert history(one) == [
            (other.pk, today - 30 * DAY, today + 4 * DAY),
            (mentor.pk, today + 5 * DAY, None),
        ]


def test_what_has_not_begun_is_replaced_without_a_trace_in_time(
    officer, mentor, other, today, everywhere
):
    one = MentorshipFactory(mentor=mentor, starts_on=today - 30 * DAY).volunteer
    give(officer, other, [one], today + 10 * DAY)

    give(officer, mentor, [one], today + 5 * DAY)

    with everywhere():
        assert history(one) == [
            (mentor.pk, today - 30 * DAY, today + 4 * DAY),
            (mentor.pk, today + 5 * DAY, None),
        ]


def test_what_began_today_can_still_be_corrected(officer, mentor, other, today, everywhere):
    [one] = VolunteerFactory.create_batch(1)
    give(officer, other, [one], today)

    give(officer, mentor, [one], today)

    with everywhere():
        assert history(one) == [(mentor.pk, today, None)]


def test_what_began_earlier_cannot_have_been_otherwise(officer, mentor, other, today, everywhere):
    one = MentorshipFactory(mentor=other, starts_on=today - 2 * DAY).volunteer

    with pytest.raises(RuleViolation, match="ใช้วันที่หลังจากนั้น") as refusal:
        give(officer, mentor, [one], today - 3 * DAY)

    assert refusal.value.field == "starts_on"
    with everywhere():
        assert history(one) == [(other.pk, today - 2 * DAY, None)]


def test_who_has_the_mentor_already_is_left_alone(officer, mentor, today, everywhere):
    guided = MentorshipFactory(mentor=mentor, starts_on=today - 30 * DAY).volunteer
    new = VolunteerFactory()

    assignment = give(officer, mentor, [guided, new], today)

    with everywhere():
        assert history(guided) == [(mentor.pk, today - 30 * DAY, None)]
        assert assignment.number == 1
    with pytest.raises(RuleViolation, match="อยู่แล้ว"):
        give(officer, mentor, [guided], today)


def test_a_mentorship_that_is_going_to_end_is_not_the_same(officer, mentor, today, everywhere):
    ending = MentorshipFactory(
        mentor=mentor, starts_on=today - 30 * DAY, ends_on=today + 3 * DAY
    ).volunteer

    give(officer, mentor, [ending], today)

    with everywhere():
        assert history(ending)[-1] == (mentor.pk, today, None)


@pytest.mark.parametrize(
    "status", [VolunteerStatus.APPLICANT, VolunteerStatus.RESIGNED, VolunteerStatus.DECEASED]
)
def test_only_those_in_office_get_a_mentor(officer, mentor, today, status):
    one = VolunteerFactory(status=status)

    with pytest.raises(RuleViolation, match="เอาชื่อนี้ออกก่อน"):
        give(officer, mentor, [one], today)


def test_nobody_is_assigned_to_nobody(officer, mentor, today):
    with pytest.raises(RuleViolation, match="ยังไม่ได้เลือก"):
        give(officer, mentor, [], today)


def test_too_many_at_once_are_refused(officer, mentor, today, monkeypatch):
    monkeypatch.setattr("mentors.services.mentorship_checks.AT_MOST", 1)

    with pytest.raises(RuleViolation, match="ครั้งละไม่เกิน 1 คน"):
        give(officer, mentor, VolunteerFactory.create_batch(2), today)


def test_people_of_another_province_are_not_found(officer, mentor, songkhla, today, everywhere):
    theirs = VolunteerFactory(province=songkhla)

    with pytest.raises(RuleViolation, match="ไม่พบ อสร"):
        give(officer, mentor, [theirs], today, seen={})
    with pytest.raises(RuleViolation, match="ไม่พบพี่เลี้ยง"):
        give(officer, MentorFactory(province=songkhla), [VolunteerFactory()], today)

    with everywhere():
        assert not Mentorship.objects.exists()


def test_a_mentor_guides_only_within_the_own_time(officer, chiang_mai, today):
    new = MentorFactory(province=chiang_mai, starts_on=today + 3 * DAY)
    gone = MentorFactory(province=chiang_mai, ends_on=today + 5 * DAY, end_reason="moved")
    [one] = VolunteerFactory.create_batch(1)

    with pytest.raises(RuleViolation, match="เป็นพี่เลี้ยงตั้งแต่"):
        give(officer, new, [one], today)
    with pytest.raises(RuleViolation, match="พ้นหน้าที่พี่เลี้ยงเมื่อ"):
        give(officer, gone, [one], today)
    with pytest.raises(RuleViolation, match="ล่วงหน้าได้ไม่เกิน 1 ปี"):
        give(officer, MentorFactory(province=chiang_mai), [one], today + 400 * DAY)


def test_a_colleague_who_was_quicker_is_named(officer, mentor, other, today, everywhere):
    [one] = VolunteerFactory.create_batch(1)
    give(officer, other, [one], today)

    with pytest.raises(RuleViolation, match=f"{other.display_name} ดูแล"):
        give(officer, mentor, [one], today, seen={one.pk: 0})

    with everywhere():
        assert history(one) == [(other.pk, today, None)]


def test_a_mentorship_that_was_taken_back_meanwhile_is_told(officer, mentor, other, today):
    [one] = VolunteerFactory.create_batch(1)
    made = give(officer, other, [one], today)
    with open_scope(officer.scope):
        seen = latest_mentorships([one.pk])
    within(officer, undo_assignment, assignment=made)

    with pytest.raises(RuleViolation, match="เปลี่ยนพี่เลี้ยงของ"):
        give(officer, mentor, [one], today, seen=seen)


def test_the_mentor_is_told_by_whoever_else_assigns(
    officer, chiang_mai, chiang_mai_head, today, everywhere
):
    own = MentorFactory(province=chiang_mai, user=officer)

    give(officer, own, VolunteerFactory.create_batch(1), today)
    with everywhere():
        assert not Notice.objects.exists()
    give(chiang_mai_head, own, VolunteerFactory.create_batch(2), today)

    with everywhere():
        notice = Notice.objects.get()
    assert notice.recipient == officer
    assert "2 คน" in notice.text
    assert notice.href == own.get_absolute_url()


def test_undo_leaves_everything_as_it_was(officer, mentor, other, today, everywhere):
    free = VolunteerFactory()
    guided = MentorshipFactory(mentor=other, starts_on=today - 30 * DAY).volunteer
    planned = VolunteerFactory()
    give(officer, other, [planned], today + 20 * DAY)
    with everywhere():
        before = [history(one) for one in (free, guided, planned)]
    made = give(officer, mentor, [free, guided, planned], today)

    within(officer, undo_assignment, assignment=made)

    with everywhere():
        assert [history(one) for one in (free, guided, planned)] == before
        assert AuditEvent.objects.filter(verb="mentorship.assignment_undone").count() == 1
    with pytest.raises(RuleViolation, match="กลับคืนไปแล้ว"):
        within(officer, undo_assignment, assignment=made)


def test_what_stands_on_an_assignment_keeps_it(officer, mentor, other, chiang_mai, today):
    def made():
        one = MentorshipFactory(mentor=other, starts_on=today - 30 * DAY).volunteer
        return one, give(officer, mentor, [one], today)

    one, changed = made()
    give(officer, other, [one], today + DAY)
    two, visited = made()
    VisitFactory(mentor=mentor, people=[two])
    three, called = made()
    ContactFactory(volunteer=three)
    _four, successor_gone = made()
    with open_scope(officer.scope):
        other.ends_on, other.end_reason = today, "moved"
        other.save(update_fields=["ends_on", "end_reason"])

    for assignment, reason in (
        (changed, "เปลี่ยนพี่เลี้ยงหลังจากนั้น"),
        (visited, "เปลี่ยนพี่เลี้ยงหลังจากนั้น|นัดเยี่ยม"),
        (called, "เปลี่ยนพี่เลี้ยงหลังจากนั้น|การติดต่อ"),
        (successor_gone, "เปลี่ยนพี่เลี้ยงหลังจากนั้น"),
    ):
        with pytest.raises(RuleViolation, match=reason):
            within(officer, undo_assignment, assignment=assignment)


@pytest.mark.parametrize(
    ("stands", "reason"), [(VisitFactory, "นัดเยี่ยม"), (ContactFactory, "การติดต่อ")]
)
def test_work_of_the_new_mentor_keeps_an_assignment(officer, mentor, today, stands, reason):
    [one] = VolunteerFactory.create_batch(1)
    made = give(officer, mentor, [one], today)
    with open_scope(officer.scope):
        assert what_stands_on(made) == ""

    if stands is VisitFactory:
        VisitFactory(mentor=mentor, people=[one])
    else:
        ContactFactory(volunteer=one)

    with open_scope(officer.scope):
        assert reason in what_stands_on(made)


def test_nobody_guides_whoever_has_no_mentor_now_or_later(
    officer, chiang_mai, songkhla, mentor, today
):
    free, suspended = VolunteerFactory(), VolunteerFactory(status=VolunteerStatus.SUSPENDED)
    MentorshipFactory(mentor=mentor)
    MentorshipFactory(mentor=mentor, starts_on=today + 3 * DAY)
    past = MentorshipFactory(mentor=mentor, ends_on=today - DAY).volunteer
    VolunteerFactory(status=VolunteerStatus.RESIGNED)
    VolunteerFactory(province=songkhla)

    with open_scope(officer.scope):
        assert set(unassigned_volunteers(officer, today)) == {free, suspended, past}


def test_the_database_keeps_two_mentors_apart(mentor, other, today):
    row = MentorshipFactory(mentor=mentor, starts_on=today)

    with pytest.raises(IntegrityError, match="one_mentor_at_a_time"), transaction.atomic():
        MentorshipFactory(mentor=other, volunteer=row.volunteer, starts_on=today + 9 * DAY)


# Two officers at the same moment


def race(officers, mentors, volunteer, seen):
    """Both assign the same person from today; returns what each got."""
    ready, outcomes = threading.Barrier(2), []

    def run(by, mentor):
        try:
            with open_scope(by.scope):
                ready.wait(timeout=20)
                assign_mentors(
                    pairs={volunteer.pk: mentor.pk},
                    seen=seen,
                    starts_on=timezone.localdate(),
                    by=by,
                )
            outcomes.append("done")
        except RuleViolation as refusal:
            outcomes.append(refusal.message)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=run, args=pair) for pair in zip(officers, mentors, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return sorted(outcomes, key=lambda outcome: outcome != "done")


@pytest.fixture
def racers(committed):
    province = Province.objects.get(pk=50)
    officers = [UserFactory(province=province) for _ in range(2)]
    mentors = [MentorFactory(province=province) for _ in range(2)]
    return officers, mentors, VolunteerFactory(province=province)


def without_the_lock(monkeypatch):
    """Read the volunteers without locking them, and let both have read before either writes."""
    from volunteer_network.models import Volunteer

    both_have_read = threading.Barrier(2)

    def plain(ids):
        return list(Volunteer.objects.filter(pk__in=list(ids)).order_by("pk"))

    real = mentorships._carry_out

    def later(*args):
        both_have_read.wait(timeout=20)
        return real(*args)

    monkeypatch.setattr(mentorships, "_locked_volunteers", plain)
    monkeypatch.setattr(mentorships, "_carry_out", later)


def without_the_constraint():
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE mentors_mentorship DROP CONSTRAINT one_mentor_at_a_time")


def test_of_two_officers_at_once_the_second_is_told(racers):
    officers, mentors, volunteer = racers

    outcomes = race(officers, mentors, volunteer, {volunteer.pk: 0})

    assert outcomes[0] == "done"
    assert "ตรวจรายชื่อแล้วบันทึกใหม่" in outcomes[1]
    with open_scope(NATION):
        assert len(history(volunteer)) == 1


def test_the_lock_alone_keeps_two_mentors_apart(racers):
    officers, mentors, volunteer = racers
    without_the_constraint()

    outcomes = race(officers, mentors, volunteer, {volunteer.pk: 0})

    assert outcomes[0] == "done"
    assert "ตรวจรายชื่อแล้วบันทึกใหม่" in outcomes[1]
    with open_scope(NATION):
        assert len(history(volunteer)) == 1


def test_the_constraint_alone_becomes_a_refusal_in_words(racers, monkeypatch):
    officers, mentors, volunteer = racers
    without_the_lock(monkeypatch)

    outcomes = race(officers, mentors, volunteer, {volunteer.pk: 0})

    assert outcomes[0] == "done"
    assert "บางคนในรายชื่อนี้" in outcomes[1]
    with open_scope(NATION):
        assert len(history(volunteer)) == 1


def test_two_who_wait_for_each_other_become_a_refusal_in_words(racers):
    """Each holds what the other wants: PostgreSQL ends one, which is no constraint's refusal."""
    officers, mentors, first = racers
    people = [first, VolunteerFactory(province=first.province)]
    both_have_one, outcomes = threading.Barrier(2), []

    def run(by, mentor, order):
        try:
            with open_scope(by.scope):
                assignment = AssignmentFactory(made_by=by)
                mentorships._give([order[0]], {order[0].pk: mentor.pk}, assignment)
                both_have_one.wait(timeout=20)
                mentorships._give([order[1]], {order[1].pk: mentor.pk}, assignment)
            outcomes.append("done")
        except RuleViolation as refusal:
            outcomes.append(refusal.message)
        finally:
            connection.close()

    orders = (people, people[::-1])
    threads = [
        threading.Thread(target=run, args=one)
        for one in zip(officers, mentors, orders, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    assert sorted(outcome == "done" for outcome in outcomes) == [False, True]
    assert any("บางคนในรายชื่อนี้" in outcome for outcome in outcomes)


def test_without_lock_and_constraint_somebody_would_have_two(racers, monkeypatch):
    """The twin: it shows that the race is real."""
    officers, mentors, volunteer = racers
    without_the_lock(monkeypatch)
    without_the_constraint()

    outcomes = race(officers, mentors, volunteer, {volunteer.pk: 0})

    assert outcomes == ["done", "done"]
    with open_scope(NATION):
        assert len(history(volunteer)) == 2
        assert Assignment.objects.count() == 2
