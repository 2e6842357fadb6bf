"""Who gets which mentor, from when, and what is refused."""

import pytest

from mentors.models import Mentorship
from mentors.services.mentorship_checks import latest_mentorships
from mentors.services.mentorships import undo_assignment
from tests.factories import MentorFactory, MentorshipFactory, VolunteerFactory
from tests.mentors.services.mentorships.assigning import DAY, give, history, within
from volunteer_network.access.scope import open_scope
from volunteer_network.enums import VolunteerStatus
from volunteer_network.errors import RuleViolation
from volunteer_network.models import AuditEvent, Notice


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
