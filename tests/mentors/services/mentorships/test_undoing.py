"""An assignment taken back as long as nothing stands on it."""

import pytest
from django.db import IntegrityError, transaction

from mentors.services.mentorships import unassigned_volunteers, undo_assignment, what_stands_on
from tests.factories import ContactFactory, MentorshipFactory, VisitFactory, VolunteerFactory
from tests.mentors.services.mentorships.assigning import DAY, give, history, within
from volunteer_network.access.scope import open_scope
from volunteer_network.enums import VolunteerStatus
from volunteer_network.errors import RuleViolation
from volunteer_network.models import AuditEvent


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
