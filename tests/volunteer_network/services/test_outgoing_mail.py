"""Mail is sent by one worker, tried again when that may help, and never gives a link away."""

import smtplib
import threading
from datetime import timedelta

import pytest
from django.core import mail as django_mail
from django.core.mail.backends import locmem
from django.db import connection, connections
from django.utils import timezone
from kombu.exceptions import OperationalError as QueueAway

from tests.factories import OutgoingMailFactory, UserFactory
from volunteer_network import sealing
from volunteer_network.access.scope import NATION, SYSTEM, open_scope
from volunteer_network.enums import MailState
from volunteer_network.errors import RuleViolation
from volunteer_network.models import AuditEvent, InvitationPurpose, OutgoingMail, User
from volunteer_network.models.notices import LINK_PLACE
from volunteer_network.services import outgoing_mail
from volunteer_network.services.invitations import invite
from volunteer_network.services.outgoing_mail import (
    MOST_ATTEMPTS,
    forget_old_mail,
    queue_mail,
    resend_mail,
    ring_again,
    send_mail,
)
from volunteer_network.services.resealing import LINKS
from volunteer_network.services.sealed_values import reseal_table

WORKERS = 6


@pytest.fixture
def server_says(monkeypatch):
    """From here on the mail server answers with this fault, or takes everything."""

    def says(fault):
        def send_messages(self, messages):
            if fault:
                raise fault
            return len(messages)

        monkeypatch.setattr(locmem.EmailBackend, "send_messages", send_messages)

    return says


def now(mail):
    with open_scope(SYSTEM):
        return OutgoingMail.objects.get(pk=mail.pk)


def make_due(mail):
    with open_scope(SYSTEM):
        OutgoingMail.objects.filter(pk=mail.pk).update(due_at=timezone.now())


def again(mail, by):
    with open_scope(by.scope):
        return resend_mail(mail=mail, by=by)


@pytest.fixture
def invitation_mail(central_admin, chiang_mai):
    """A waiting mail with a link that opens an account, and the link."""
    person = UserFactory(province=chiang_mai, email="new@example.go.th", password=None)
    link = invite(
        user=person,
        purpose=InvitationPurpose.WELCOME,
        link_to=lambda token: f"https://example.go.th/invitations/{token}/",
        by=central_admin,
    )
    with open_scope(SYSTEM):
        return OutgoingMail.objects.get(recipient=person), link


def test_a_mail_is_sent_once_and_says_so(db):
    mail = OutgoingMailFactory(body="เปิดดูได้ที่ /cases/")

    send_mail(mail.pk)
    send_mail(mail.pk)

    [sent] = django_mail.outbox
    assert (sent.to, sent.subject, sent.body) == ([mail.address], mail.subject, mail.body)
    assert sent.extra_headers["Message-ID"].startswith(f"<mail.{mail.pk}@")
    assert (now(mail).state, now(mail).attempt) == (MailState.SENT, 1)
    assert now(mail).sent_at is not None


@pytest.mark.parametrize(
    "fault",
    [
        smtplib.SMTPServerDisconnected("gone"),
        TimeoutError(),
        ConnectionRefusedError(),
        smtplib.SMTPRecipientsRefused({"a@b.th": (450, b"later")}),
        smtplib.SMTPDataError(421, b"later"),
    ],
)
def test_what_may_pass_by_itself_is_tried_again_later(db, server_says, fault):
    mail = OutgoingMailFactory()
    server_says(fault)

    send_mail(mail.pk)
    send_mail(mail.pk)  # not due yet

    assert (now(mail).state, now(mail).attempt) == (MailState.WAITING, 1)
    assert now(mail).due_at > timezone.now() + timedelta(seconds=50)


def test_each_pause_is_longer_and_the_fifth_attempt_is_the_last(db, server_says):
    mail = OutgoingMailFactory()
    server_says(TimeoutError())

    pauses = []
    for _attempt in range(MOST_ATTEMPTS):
        make_due(mail)
        send_mail(mail.pk)
        pauses.append(now(mail).due_at - timezone.now())

    assert MOST_ATTEMPTS == 5
    assert pauses[:-1] == sorted(pauses[:-1])
    assert (now(mail).state, now(mail).attempt) == (MailState.FAILED, 5)
    assert "5 ครั้ง" in now(mail).failure


@pytest.mark.parametrize(
    "fault",
    [
        smtplib.SMTPRecipientsRefused({"a@b.th": (550, b"no such user")}),
        smtplib.SMTPDataError(554, b"no"),
    ],
)
def test_a_refused_address_is_not_tried_again(db, server_says, fault):
    mail = OutgoingMailFactory()
    server_says(fault)

    send_mail(mail.pk)

    assert now(mail).state == MailState.FAILED
    assert "ตรวจอีเมลในบัญชี" in now(mail).failure


def test_a_closed_account_gets_no_mail(db):
    mail = OutgoingMailFactory()
    User.objects.filter(pk=mail.recipient_id).update(is_active=False)

    send_mail(mail.pk)

    assert django_mail.outbox == []
    assert (now(mail).state, "ปิดใช้งาน" in now(mail).failure) == (MailState.FAILED, True)


def test_a_failed_mail_is_sent_again_to_the_address_of_now(central_admin, server_says):
    mail = OutgoingMailFactory(state=MailState.FAILED, attempt=5, failure="x")
    User.objects.filter(pk=mail.recipient_id).update(email="right@example.go.th")

    again(mail, central_admin)
    send_mail(mail.pk)

    assert django_mail.outbox[0].to == ["right@example.go.th"]
    assert (now(mail).state, now(mail).attempt, now(mail).failure) == (MailState.SENT, 1, "")
    with open_scope(NATION):
        assert AuditEvent.objects.filter(verb="mail.resent", target=str(mail.pk)).count() == 1


@pytest.mark.parametrize("state", [MailState.WAITING, MailState.SENDING, MailState.SENT])
def test_only_a_failed_mail_is_sent_again(central_admin, state):
    mail = OutgoingMailFactory(state=state)

    with pytest.raises(RuleViolation, match="ส่งไม่สำเร็จ"):
        again(mail, central_admin)


def test_the_bell_rings_after_the_commit(db, monkeypatch, django_capture_on_commit_callbacks):
    rung = []
    monkeypatch.setattr("volunteer_network.queue.ring", lambda task, pk: rung.append(pk))

    with django_capture_on_commit_callbacks(execute=True), open_scope(NATION):
        queue_mail([OutgoingMail(kind="case", address="a@b.th", subject="x", body="x")])

    with open_scope(NATION):
        assert rung == list(OutgoingMail.objects.values_list("pk", flat=True))


def test_the_sweeper_rings_for_what_is_due(db, monkeypatch):
    rung = []
    monkeypatch.setattr(outgoing_mail, "ring", lambda task, pk: rung.append(pk))
    an_hour = timedelta(hours=1)
    made = timezone.now() - an_hour
    lost = OutgoingMailFactory(made_at=made)
    OutgoingMailFactory(made_at=made, due_at=timezone.now() + an_hour)
    OutgoingMailFactory(made_at=made, state=MailState.SENT)
    OutgoingMailFactory()  # its own bell is on the way

    assert (ring_again(), rung) == (1, [lost.pk])


def test_the_sweeper_lives_without_the_queue(db, monkeypatch):
    def away(task, pk):
        raise QueueAway

    monkeypatch.setattr(outgoing_mail, "ring", away)
    OutgoingMailFactory(made_at=timezone.now() - timedelta(hours=1))

    assert ring_again() == 1


def test_what_a_dead_worker_claimed_is_left_to_a_person(db):
    """It may have gone: sending it again is for somebody who has asked."""
    long_ago = timezone.now() - timedelta(minutes=11)
    dead = OutgoingMailFactory(state=MailState.SENDING, attempt=1, claimed_at=long_ago)
    alive = OutgoingMailFactory(state=MailState.SENDING, attempt=1, claimed_at=timezone.now())

    ring_again()
    send_mail(dead.pk)

    assert (now(dead).state, "ถามผู้รับก่อน" in now(dead).failure) == (MailState.FAILED, True)
    assert now(alive).state == MailState.SENDING
    assert django_mail.outbox == []


def test_a_worker_that_wakes_up_late_does_not_overwrite_what_became_of_the_mail(db, monkeypatch):
    mail = OutgoingMailFactory()

    def slow(self, messages):
        with open_scope(SYSTEM):
            OutgoingMail.objects.filter(pk=mail.pk).update(state=MailState.FAILED, failure="ไม่ทราบ")
        return 1

    monkeypatch.setattr(locmem.EmailBackend, "send_messages", slow)
    send_mail(mail.pk)

    assert (now(mail).state, now(mail).failure) == (MailState.FAILED, "ไม่ทราบ")


def test_old_mail_is_forgotten(db):
    recent = OutgoingMailFactory(made_at=timezone.now() - timedelta(days=179))
    OutgoingMailFactory(made_at=timezone.now() - timedelta(days=181))

    assert forget_old_mail() == 1
    with open_scope(SYSTEM):
        assert list(OutgoingMail.objects.all()) == [recent]


def test_a_link_stands_in_the_mail_and_nowhere_else(invitation_mail):
    mail, link = invitation_mail

    stored = str(vars(now(mail)))
    send_mail(mail.pk)

    assert link in django_mail.outbox[0].body
    assert LINK_PLACE not in django_mail.outbox[0].body
    assert link.split("/")[-2] not in stored
    assert link not in now(mail).shown_body
    assert now(mail).secret_sealed is None


def test_a_link_is_kept_for_as_long_as_it_opens_something(invitation_mail, central_admin):
    mail, _link = invitation_mail
    with open_scope(SYSTEM):
        OutgoingMail.objects.filter(pk=mail.pk).update(state=MailState.FAILED)

    forget_old_mail()
    assert now(mail).secret_sealed is not None
    with open_scope(SYSTEM):
        OutgoingMail.objects.update(made_at=timezone.now() - timedelta(days=8))
    forget_old_mail()

    assert now(mail).secret_sealed is None
    with pytest.raises(RuleViolation, match="ออกลิงก์ใหม่"):
        again(mail, central_admin)


def test_a_link_that_cannot_be_opened_fails_in_words(invitation_mail):
    mail, _link = invitation_mail
    foreign = sealing.seal("x", table="outgoing_mail.link", row="0")
    with open_scope(SYSTEM):
        OutgoingMail.objects.filter(pk=mail.pk).update(secret_sealed=foreign)

    send_mail(mail.pk)

    assert (now(mail).state, "ออกลิงก์ใหม่" in now(mail).failure) == (MailState.FAILED, True)
    assert django_mail.outbox == []


def test_a_link_is_sealed_anew_with_a_new_key(invitation_mail, own_keys):
    mail, link = invitation_mail
    sealing.add_sealing_key(own_keys)
    with open_scope(SYSTEM):
        assert reseal_table(LINKS).changed == 1
    (own_keys / "sealing-1.key").unlink()

    send_mail(mail.pk)

    assert link in django_mail.outbox[0].body


def test_workers_that_are_rung_at_once_send_a_mail_once(committed):
    for _round in range(5):
        mail = OutgoingMailFactory()
        assert sent_by_workers(mail) == 1


def test_without_the_claim_a_mail_would_be_sent_twice(committed, monkeypatch):
    """The twin: the same race, with the claim taken away."""

    def look_only(mail_id):
        with open_scope(SYSTEM):
            return OutgoingMail.objects.waiting().filter(pk=mail_id).first()

    monkeypatch.setattr(outgoing_mail, "_claim", look_only)

    assert sent_by_workers(OutgoingMailFactory()) > 1


def sent_by_workers(mail) -> int:
    before, gate = len(django_mail.outbox), threading.Barrier(WORKERS)
    faults = []

    def work():
        try:
            connection.ensure_connection()
            gate.wait(10)
            send_mail(mail.pk)
        except Exception as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _number in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    return len(django_mail.outbox) - before
