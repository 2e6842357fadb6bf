"""An official's time as a mentor: beginning, change, end, and who goes on with whom."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mentors.enums import MentorEnd, VisitState
from mentors.models import Mentor, Mentorship, Visit
from mentors.services.mentors import (
    accounts_without_mentor,
    add_mentor,
    add_mentor_of_account,
    change_mentor,
    end_mentor,
    own_mentor,
)
from tests.factories import MentorFactory, MentorshipFactory, UserFactory, VisitFactory
from volunteer_network.access.roles import Role
from volunteer_network.access.scope import open_scope
from volunteer_network.errors import RuleViolation
from volunteer_network.models import AuditEvent, Office
from volunteer_network.services.edits import StaleEdit

DAY = timedelta(days=1)


def within(by, service, **kwargs):
    with open_scope(by.scope):
        return service(by=by, **kwargs)


def office_of(province, agency="OPS"):
    return Office.objects.get(province=province, agency=agency)


def details(**changes):
    return {
        "title": "นาง",
        "first_name": "อรพิน",
        "last_name": "แสงทอง",
        "position": "นักวิชาการแรงงานชำนาญการ",
        "phone": "053112233",
        "email": "",
        "starts_on": timezone.localdate(),
        **changes,
    }


def end(by, mentor, ends_on, **changes):
    about = {"end_reason": MentorEnd.MOVED, "successor": None, "leave_open": False, **changes}
    return within(by, end_mentor, mentor=mentor, ends_on=ends_on, **about)


def test_a_mentor_of_another_agency_needs_no_account(officer, chiang_mai, everywhere):
    office = office_of(chiang_mai, "DSD")

    mentor = within(officer, add_mentor, office=office, user=None, **details())

    assert (mentor.province, mentor.agency_id, mentor.user) == (chiang_mai, "DSD", None)
    assert mentor.match_key
    with everywhere():
        assert AuditEvent.objects.filter(verb="mentor.added", target=mentor.pk).exists()


def test_office_and_account_are_of_the_own_province(officer, chiang_mai, songkhla):
    mentor = MentorFactory(province=chiang_mai)

    with pytest.raises(RuleViolation, match="หน่วยงานในจังหวัดเดียวกัน"):
        within(
            officer,
            change_mentor,
            mentor=mentor,
            version=1,
            office=office_of(songkhla),
            user=None,
            **details(starts_on=mentor.starts_on),
        )
    with pytest.raises(RuleViolation, match="บัญชีของจังหวัดเดียวกัน"):
        within(
            officer,
            add_mentor,
            office=office_of(chiang_mai),
            user=UserFactory(province=songkhla),
            **details(),
        )


def test_an_account_becomes_a_mentor_in_one_click_and_only_once(officer, chiang_mai, today):
    account = UserFactory(province=chiang_mai, first_name="กานดา", phone="0811111111")

    mentor = within(officer, add_mentor_of_account, account=account)

    assert (mentor.first_name, mentor.phone, mentor.user) == ("กานดา", "0811111111", account)
    assert (mentor.starts_on, mentor.agency_id) == (today, "OPS")
    with pytest.raises(RuleViolation, match="เป็นพี่เลี้ยงอยู่แล้ว"):
        within(officer, add_mentor_of_account, account=account)


def test_only_mentors_who_can_sign_in_here_are_offered(officer, chiang_mai, songkhla):
    MentorFactory(province=chiang_mai, user=UserFactory(province=chiang_mai))
    MentorFactory(
        province=chiang_mai, user=officer, ends_on=timezone.localdate(), end_reason="moved"
    )
    waiting = UserFactory(province=chiang_mai)
    UserFactory(province=chiang_mai, is_active=False)
    UserFactory(province=chiang_mai, role=Role.PROVINCIAL_HEAD)
    UserFactory(province=songkhla)

    with open_scope(officer.scope):
        assert set(accounts_without_mentor(officer)) == {officer, waiting}


def test_a_change_is_kept_and_an_older_form_refused(officer, chiang_mai, everywhere):
    mentor = MentorFactory(province=chiang_mai)
    about = {"office": mentor.office, "user": None, "mentor": mentor, "version": 1}
    new = details(starts_on=mentor.starts_on)

    saved = within(officer, change_mentor, **about, **new)

    assert (saved.first_name, saved.version) == ("อรพิน", 2)
    with pytest.raises(StaleEdit):
        within(officer, change_mentor, **about, **new)
    with everywhere():
        assert AuditEvent.objects.filter(verb="mentor.changed").count() == 1


def test_nobody_begins_after_the_first_whom_they_guided(officer, chiang_mai, today):
    mentor = MentorFactory(province=chiang_mai)
    MentorshipFactory(mentor=mentor, starts_on=today - 10 * DAY)
    about = {"office": mentor.office, "user": None, "mentor": mentor, "version": 1}

    with pytest.raises(RuleViolation, match="ใช้วันที่ไม่หลังจากนั้น"):
        within(officer, change_mentor, **about, **details(starts_on=today))


def test_who_guides_nobody_can_go(officer, chiang_mai, today, everywhere):
    mentor = MentorFactory(province=chiang_mai)

    ended = end(officer, mentor, today)

    assert (ended.ends_on, ended.end_reason) == (today, MentorEnd.MOVED)
    with everywhere():
        event = AuditEvent.objects.get(verb="mentor.ended")
        assert event.detail == {"reason": "moved", "successor": None}
    with pytest.raises(RuleViolation, match="พ้นหน้าที่ไปแล้ว"):
        end(officer, mentor, today)


def test_nobody_ends_before_beginning(officer, chiang_mai):
    mentor = MentorFactory(province=chiang_mai)

    with pytest.raises(RuleViolation, match="ไม่ก่อนวันเริ่ม"):
        end(officer, mentor, mentor.starts_on - DAY)


def test_who_guides_somebody_cannot_just_go(officer, chiang_mai, today, everywhere):
    mentor = MentorFactory(province=chiang_mai)
    MentorshipFactory.create_batch(2, mentor=mentor)

    with pytest.raises(RuleViolation, match=r"ยังดูแล อสร\. 2 คน") as refusal:
        end(officer, mentor, today)

    assert refusal.value.field == "successor"
    with everywhere():
        assert Mentor.objects.get(pk=mentor.pk).ends_on is None


def test_the_successor_takes_people_and_visits_from_the_next_day(
    officer, chiang_mai, today, everywhere
):
    mentor, successor = MentorFactory.create_batch(2, province=chiang_mai)
    guided = MentorshipFactory(mentor=mentor).volunteer
    over = MentorshipFactory(mentor=mentor, ends_on=today - DAY).volunteer
    soon = VisitFactory(mentor=mentor, on_date=today, people=[guided])
    later = VisitFactory(mentor=mentor, on_date=today + 5 * DAY, people=[guided])

    end(officer, mentor, today, successor=successor)

    with everywhere():
        rows = Mentorship.objects.filter(volunteer=guided).order_by("starts_on")
        assert list(rows.values_list("mentor", "starts_on", "ends_on")) == [
            (mentor.pk, rows[0].starts_on, today),
            (successor.pk, today + DAY, None),
        ]
        assert Mentorship.objects.filter(volunteer=over).count() == 1
        visits = dict(Visit.objects.values_list("pk", "mentor"))
        assert visits == {soon.pk: mentor.pk, later.pk: successor.pk}


def test_places_may_stay_open_when_the_officer_says_so(officer, chiang_mai, today, everywhere):
    mentor = MentorFactory(province=chiang_mai)
    guided = MentorshipFactory(mentor=mentor)
    MentorshipFactory(mentor=mentor, starts_on=today + 9 * DAY)

    end(officer, mentor, today, leave_open=True)

    with everywhere():
        row = Mentorship.objects.get(mentor=mentor)
        assert (row.pk, row.ends_on) == (guided.pk, today)


def test_planned_visits_need_somebody(officer, chiang_mai, today, everywhere):
    mentor = MentorFactory(province=chiang_mai)
    visit = VisitFactory(mentor=mentor)

    with pytest.raises(RuleViolation, match="มีนัด 1 รายการ"):
        end(officer, mentor, today)

    with open_scope(officer.scope):
        Visit.objects.filter(pk=visit.pk).update(state=VisitState.CANCELLED, cancel_reason="ฝน")
    end(officer, mentor, today)


def test_somebody_who_goes_on_elsewhere_stays_there(officer, chiang_mai, today, everywhere):
    """An arrangement for later is not the successor's."""
    mentor, successor, third = MentorFactory.create_batch(3, province=chiang_mai)
    row = MentorshipFactory(mentor=mentor, ends_on=today + 9 * DAY)
    MentorshipFactory(mentor=third, volunteer=row.volunteer, starts_on=today + 10 * DAY)

    end(officer, mentor, today, successor=successor)

    with everywhere():
        rows = Mentorship.objects.filter(volunteer=row.volunteer).order_by("starts_on")
        assert list(rows.values_list("mentor", "ends_on")) == [
            (mentor.pk, today),
            (third.pk, None),
        ]


def test_the_own_time_as_a_mentor_is_the_running_one(officer, chiang_mai, today):
    MentorFactory(
        province=chiang_mai,
        user=officer,
        starts_on=today - 90 * DAY,
        ends_on=today - DAY,
        end_reason="moved",
    )
    with open_scope(officer.scope):
        assert own_mentor(officer) is None

    mentor = MentorFactory(province=chiang_mai, user=officer)

    with open_scope(officer.scope):
        assert own_mentor(officer) == mentor
