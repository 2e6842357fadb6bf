"""A reminder is seen at once and can be taken back for two minutes."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from tests.factories import UserFactory
from volunteer_network.access.scope import SYSTEM, open_scope
from volunteer_network.enums import MailState, NoticeKind
from volunteer_network.errors import RuleViolation
from volunteer_network.models import Notice, OutgoingMail
from volunteer_network.services.outgoing_mail import ring_again, send_mail
from volunteer_network.services.reminders import (
    new_errand,
    open_errand,
    remind,
    take_back_reminder,
)

NOW = datetime(2026, 11, 3, 9, tzinfo=ZoneInfo("Asia/Bangkok"))
ABOUT = {"kind": NoticeKind.MONTH, "href": "/months/2569-10/"}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def mentor(chiang_mai):
    return UserFactory(province=chiang_mai, email="mentor@example.go.th")


@pytest.fixture(params=["central_officer", "chiang_mai_head"])
def sender(request):
    """The centre, which reads the outbox, and a head, who does not."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def reminded(sender, mentor):
    with open_scope(sender.scope):
        remind(to=[mentor], text="รายงานยังขาด 2 คน", errand=new_errand(), by=sender, **ABOUT)


def take_back(by):
    with open_scope(by.scope):
        return take_back_reminder(by=by, **ABOUT)


def mail():
    with open_scope(SYSTEM):
        return OutgoingMail.objects.get()


def notice_of(person):
    with open_scope(person.scope):
        return Notice.objects.visible_to(person).get()


def test_it_is_seen_at_once_and_its_mail_waits_two_minutes(reminded, mentor, clock, mailoutbox):
    assert notice_of(mentor).read_at is None
    send_mail(mail().pk)
    assert mailoutbox == []

    clock.shift(timedelta(seconds=121))
    assert ring_again() == 1
    send_mail(mail().pk)
    assert [one.to for one in mailoutbox] == [["mentor@example.go.th"]]


def test_taken_back_in_time_its_mail_never_leaves(reminded, sender, mentor, clock, mailoutbox):
    clock.shift(timedelta(seconds=119))

    take_back(sender)

    clock.shift(timedelta(minutes=10))
    assert ring_again() == 0
    send_mail(mail().pk)
    assert (mailoutbox, mail().state) == ([], MailState.RECALLED)
    notice = notice_of(mentor)
    assert notice.text == "เรียกคืนแล้ว: รายงานยังขาด 2 คน"
    assert notice.read_at is not None


def test_after_two_minutes_it_is_too_late(reminded, sender, mentor, clock):
    clock.shift(timedelta(seconds=120))

    with pytest.raises(RuleViolation, match="ภายใน 2 นาที"):
        take_back(sender)
    assert notice_of(mentor).text == "รายงานยังขาด 2 คน"


def test_it_is_taken_back_once(reminded, sender):
    take_back(sender)

    with pytest.raises(RuleViolation):
        take_back(sender)


def test_nobody_takes_back_what_another_has_sent(reminded, sender, mentor):
    other = UserFactory(role=sender.role, province=sender.province)

    with pytest.raises(RuleViolation):
        take_back(other)
    assert notice_of(mentor).read_at is None


def test_only_the_last_of_several_is_taken_back(reminded, sender, mentor, clock):
    clock.shift(timedelta(seconds=30))
    with open_scope(sender.scope):
        remind(to=[mentor], text="อีกครั้ง", errand=new_errand(), by=sender, **ABOUT)

    take_back(sender)

    with open_scope(mentor.scope):
        left = Notice.objects.visible_to(mentor).unread().values_list("text", flat=True)
        assert list(left) == ["รายงานยังขาด 2 คน"]
    with open_scope(sender.scope):
        assert open_errand(by=sender, **ABOUT) is not None


def test_a_mail_that_a_worker_has_is_gone(reminded, sender):
    with open_scope(SYSTEM):
        OutgoingMail.objects.update(state=MailState.SENDING)

    take_back(sender)

    assert mail().state == MailState.SENDING
