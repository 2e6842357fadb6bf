"""A question taken back, and for whom it waits."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from mentors.enums import CheckState
from mentors.models import CheckRequest
from mentors.services.check_stories import notes_of
from tests.factories import ActivityFactory, CheckRequestFactory, UserFactory, VolunteerFactory
from tests.mentors.services.check_requests.asking import ABOUT, ask, now, told, withdraw
from volunteer_network.access.roles import Role
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.enums import MailState
from volunteer_network.errors import RuleViolation
from volunteer_network.models import OutgoingMail, User


def test_taken_back_at_once_no_mail_goes(activity, central_officer, officer):
    asked = ask(activity, central_officer)

    withdraw(asked, central_officer)

    assert now(asked).state == CheckState.WITHDRAWN
    assert [text for text, _href in told(officer)] == [
        f"เรียกคืนแล้ว: ขอให้ตรวจสอบกิจกรรม {ABOUT}: จำนวนสูงผิดปกติ"
    ]
    with open_scope(NATION):
        assert OutgoingMail.objects.get().state == MailState.RECALLED
    with open_scope(central_officer.scope):
        assert notes_of(central_officer, [activity.pk]) == {}
    assert ask(activity, central_officer).pk != asked.pk


def test_taken_back_later_the_person_is_told(activity, central_officer, officer):
    asked = ask(activity, central_officer)

    with time_machine.travel(timezone.now() + timedelta(minutes=3), tick=True):
        withdraw(asked, central_officer)

    assert [text for text, _href in told(officer)][1:] == [f"ไม่ต้องตรวจสอบแล้ว: กิจกรรม {ABOUT}"]


def test_a_head_takes_back_too(activity, chiang_mai_head, officer):
    asked = ask(activity, chiang_mai_head)

    withdraw(asked, chiang_mai_head)

    assert now(asked).state == CheckState.WITHDRAWN


def test_only_who_asked_takes_back(activity, central_officer, chiang_mai_head):
    asked = ask(activity, central_officer)

    with pytest.raises(RuleViolation, match="เฉพาะผู้ที่ขอ"):
        withdraw(asked, chiang_mai_head)


def test_whom_it_waits_for(
    activity, central_officer, officer, chiang_mai, chiang_mai_head, songkhla
):
    mine = CheckRequestFactory(activity=activity)
    colleague = UserFactory(province=chiang_mai)
    other = ActivityFactory(volunteer=activity.volunteer, recorded_by=colleague)
    theirs = CheckRequestFactory(activity=other)
    CheckRequestFactory(activity=ActivityFactory(volunteer=VolunteerFactory(province=songkhla)))

    assert waiting_for(officer) == {mine.pk}
    assert waiting_for(chiang_mai_head) == set()
    User.objects.filter(pk=colleague.pk).update(is_active=False)
    assert waiting_for(officer) == {mine.pk, theirs.pk}
    assert waiting_for(chiang_mai_head) == {theirs.pk}


def waiting_for(user):
    with open_scope(user.scope):
        rows = CheckRequest.objects.visible_to(user).waiting_for(user)
        return set(rows.values_list("pk", flat=True))


def test_a_late_withdrawal_reaches_everybody_who_was_asked(activity, central_officer, officer):
    User.objects.filter(pk=officer.pk).update(is_active=False)
    heads = [UserFactory(role=Role.PROVINCIAL_HEAD, province=officer.province) for _ in range(2)]
    with time_machine.travel("2026-11-23T12:00:00+07:00", tick=True):
        asked = ask(activity, central_officer)
    with time_machine.travel("2026-11-23T12:05:00+07:00", tick=True):
        withdraw(asked, central_officer)

    told_last = (f"ไม่ต้องตรวจสอบแล้ว: กิจกรรม {ABOUT}", activity.get_absolute_url())
    assert [told(head)[-1] for head in heads] == [told_last, told_last]
