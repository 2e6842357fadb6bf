"""Two officers at the same moment, with the guards and without them."""

import threading

import pytest
from django.db import connection
from django.utils import timezone

from mentors.models import Assignment
from mentors.services import mentorships
from mentors.services.mentorships import assign_mentors
from tests.factories import AssignmentFactory, MentorFactory, UserFactory, VolunteerFactory
from tests.mentors.services.mentorships.assigning import history
from volunteer_network.access.owner import as_owner
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.errors import RuleViolation
from volunteer_network.models import Province


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
