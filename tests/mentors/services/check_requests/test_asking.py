"""Who is asked about an activity, and what cannot be asked."""

import pytest
from django.utils import timezone

from mentors.enums import CheckReason, CheckState
from mentors.services.check_requests import ask_for_check, withdraw_check
from tests.factories import ActivityFactory, MentorFactory, MentorshipFactory, UserFactory
from tests.mentors.services.check_requests.asking import ABOUT, ask, change, confirm, events, told
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.enums import NoticeKind
from volunteer_network.errors import RuleViolation
from volunteer_network.models import Activity, Notice, OutgoingMail, User
from volunteer_network.services.activities import remove_activity


def test_who_wrote_it_down_is_asked_and_told(activity, central_officer, officer):
    asked = ask(activity, central_officer, words="ใบลงชื่อมี 40 คน")

    assert (asked.asked_of, asked.state) == (officer, CheckState.OPEN)
    assert told(officer) == [
        (f"ขอให้ตรวจสอบกิจกรรม {ABOUT}: จำนวนสูงผิดปกติ", activity.get_absolute_url())
    ]
    with open_scope(NATION):
        assert OutgoingMail.objects.get().due_at > timezone.now()  # it can be taken back
        assert Notice.objects.get().kind == NoticeKind.MENTORING
    assert events() == [("check.asked", central_officer.pk, 50)]


def test_of_a_closed_account_the_mentor_is_asked_then_the_head(
    activity, central_officer, officer, chiang_mai, chiang_mai_head
):
    User.objects.filter(pk=officer.pk).update(is_active=False)
    with open_scope(NATION):
        assert ask_and_forget(activity, central_officer) == chiang_mai_head

    guiding = UserFactory(username="mentor2", province=chiang_mai)
    MentorshipFactory(
        volunteer=activity.volunteer, mentor=MentorFactory(province=chiang_mai, user=guiding)
    )
    with open_scope(NATION):
        assert ask_and_forget(activity, central_officer) == guiding


def test_who_works_in_another_province_now_is_not_asked(
    activity, central_officer, officer, songkhla, chiang_mai_head
):
    User.objects.filter(pk=officer.pk).update(province=songkhla)

    with open_scope(NATION):
        assert ask_and_forget(activity, central_officer) == chiang_mai_head


def ask_and_forget(activity, by):
    asked = ask_for_check(
        activity=activity, version=1, reason=CheckReason.TOO_HIGH, words="", by=by
    )
    withdraw_check(asked=asked, by=by)
    return asked.asked_of


def test_without_anybody_to_answer_it_is_said(activity, central_officer, officer):
    User.objects.filter(pk=officer.pk).update(is_active=False)

    with pytest.raises(RuleViolation, match="ยังไม่มีบัญชีที่ตอบได้"):
        ask(activity, central_officer)


def test_the_same_question_twice_is_one_and_another_waits(
    activity, central_officer, chiang_mai_head
):
    first = ask(activity, central_officer)

    assert ask(activity, central_officer) == first
    for who, reason in (
        (central_officer, CheckReason.NO_PROOF),
        (chiang_mai_head, CheckReason.TOO_HIGH),
    ):
        with pytest.raises(RuleViolation, match="ขอให้ตรวจสอบรายการนี้แล้วเมื่อ"):
            ask(activity, who, reason)
    confirm(first, activity.recorded_by)
    assert ask(activity, chiang_mai_head) != first


def test_another_reason_needs_words(activity, central_officer):
    with pytest.raises(RuleViolation) as refused:
        ask(activity, central_officer, CheckReason.OTHER)

    assert refused.value.field == "words"


def test_nobody_asks_about_figures_that_were_changed_meanwhile(activity, central_officer, officer):
    change(activity, officer, people_female=40)

    with pytest.raises(RuleViolation, match="เพิ่งถูกแก้"):
        ask(activity, central_officer, version=1)


def test_nobody_asks_about_a_removed_one(activity, central_officer, officer):
    with open_scope(officer.scope):
        remove_activity(activity=Activity.objects.get(pk=activity.pk), by=officer)

    with pytest.raises(RuleViolation, match="เอาออกจากบันทึกแล้ว"):
        ask(activity, central_officer)


def test_a_head_does_not_ask_about_an_own_entry(activity, chiang_mai_head):
    own = ActivityFactory(volunteer=activity.volunteer, recorded_by=chiang_mai_head)

    with pytest.raises(RuleViolation, match="คุณบันทึกรายการนี้เอง"):
        ask(own, chiang_mai_head)
    assert ask(activity, chiang_mai_head).asked_of == activity.recorded_by
