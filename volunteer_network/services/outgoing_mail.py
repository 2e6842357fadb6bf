"""Mail that goes out: queued as a row, sent by one worker, tried again, kept to look it up.

A worker claims the row before it speaks to the mail server, so two never send the same mail. One
that dies in between leaves the row claimed: nobody knows whether the mail has gone, so a person
decides, not a clock.
"""

import logging
from collections.abc import Sequence
from datetime import timedelta
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError as QueueAway

from volunteer_network import audit, sealing
from volunteer_network.access.scope import SYSTEM, open_scope
from volunteer_network.enums import MailState, NoticeKind
from volunteer_network.errors import RuleViolation
from volunteer_network.models import OutgoingMail, User
from volunteer_network.models.notices import LINK_PLACE, LINKS_LIVE
from volunteer_network.queue import enqueue, ring
from volunteer_network.tasks import send_mail as send_mail_task

logger = logging.getLogger(__name__)

SEALED_LINK = "outgoing_mail.link"  # what the seal is bound to
WAIT_BEFORE_AGAIN = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120))
MOST_ATTEMPTS = len(WAIT_BEFORE_AGAIN) + 1
RING_AGAIN_AFTER = timedelta(seconds=50)
NOBODY_IS_AT_IT_AFTER = timedelta(minutes=10)  # a task is stopped after a minute and a half
TAKEN_BACK_WITHIN = timedelta(minutes=2)  # of a sending that offers it
MOST_RUNG_AT_ONCE = 200
KEPT_FOR = timedelta(days=180)
PERMANENT = 500  # an answer of the mail server from here on will not change by itself


class Undeliverable(Exception):
    """No further attempt would help; the message says why, in Thai."""

    def __init__(self, reason: str | Promise) -> None:
        super().__init__(reason)
        self.reason = str(reason)


def queue_mail(mails: Sequence[OutgoingMail]) -> None:
    """Save the mails and ring for each after the commit, within the caller's scope."""
    for mail in OutgoingMail.objects.bulk_create(mails):
        enqueue(send_mail_task, mail.pk)


def hold_for_errand(mails: Sequence[OutgoingMail], errand: UUID) -> None:
    """Let mails wait until their sending can no longer be taken back."""
    for mail in mails:
        mail.errand, mail.due_at = errand, mail.made_at + TAKEN_BACK_WITHIN


def recall_mail(errand: UUID, *, by: User) -> int:
    """Keep the mails of an errand from leaving; return how many. One that a worker has is gone."""
    mine = OutgoingMail.objects.filter(sender=by, errand=errand).waiting()
    return mine.update(state=MailState.RECALLED)


def queue_with_link(*, mail: OutgoingMail, link: str) -> None:
    """Queue a mail whose body says LINK_PLACE where the link will stand.

    The link opens an account: until the mail has gone it is kept sealed, and no page shows it.
    """
    mail.save()
    mail.secret_sealed = sealing.seal(link, table=SEALED_LINK, row=str(mail.pk))
    mail.save(update_fields=["secret_sealed"])
    enqueue(send_mail_task, mail.pk)


def account_mail(*, recipient: User, subject: str, body: str, by: User) -> OutgoingMail:
    """A mail about an account: the centre's own, in no province."""
    return OutgoingMail(
        recipient=recipient,
        sender=by,
        kind=NoticeKind.ACCOUNT,
        address=recipient.email,
        subject=subject,
        body=body,
    )


@transaction.atomic
def resend_mail(*, mail: OutgoingMail, by: User) -> OutgoingMail:
    """Let a mail that failed be tried anew, to the address that the account has now."""
    mail = OutgoingMail.objects.select_for_update(of=("self",)).get(pk=mail.pk)
    if mail.state != MailState.FAILED:
        raise RuleViolation(_("ส่งอีกครั้งได้เฉพาะอีเมลที่ส่งไม่สำเร็จ เปิดหน้านี้ใหม่เพื่อดูสถานะล่าสุด"))
    if LINK_PLACE in mail.body and mail.secret_sealed is None:
        raise RuleViolation(_("ลิงก์ในอีเมลนี้หมดอายุแล้ว ออกลิงก์ใหม่จากหน้าบัญชีของผู้รับแทน"))
    if mail.recipient and mail.recipient.email:
        mail.address = mail.recipient.email
    mail.state, mail.attempt, mail.failure = MailState.WAITING, 0, ""
    mail.due_at = timezone.now()
    mail.save(update_fields=["address", "state", "attempt", "failure", "due_at"])
    audit.record("mail.resent", by=by, target=mail, province_code=mail.province_id)
    enqueue(send_mail_task, mail.pk)
    return mail


def send_mail(mail_id: int) -> None:
    """Send the mail, unless it is not due or somebody has claimed it. Opens its own scopes."""
    mail = _claim(mail_id)
    if mail is None:
        return
    about = {"mail": mail.pk, "attempt": mail.attempt}
    try:
        _message(mail).send()
    except Undeliverable as refusal:
        _fail(mail, refusal.reason)
    except (SMTPException, OSError) as fault:
        logger.warning("mail not taken", extra={**about, "fault": type(fault).__name__})
        _refused(mail, fault)
    else:
        _end(mail, state=MailState.SENT, sent_at=timezone.now(), secret_sealed=None)
        logger.info("mail sent", extra=about)


def ring_again() -> int:
    """Ring for mail that is due, and end what a worker claimed and never finished."""
    now = timezone.now()
    with open_scope(SYSTEM):
        OutgoingMail.objects.filter(
            state=MailState.SENDING, claimed_at__lt=now - NOBODY_IS_AT_IT_AFTER
        ).update(
            state=MailState.FAILED,
            failure=_("เครื่องหยุดระหว่างส่ง ไม่ทราบว่าถึงผู้รับแล้วหรือไม่ ถามผู้รับก่อนส่งอีกครั้ง"),
        )
        due = list(
            OutgoingMail.objects.waiting()
            .filter(due_at__lt=now, made_at__lt=now - RING_AGAIN_AFTER)
            .order_by("due_at")
            .values_list("pk", flat=True)[:MOST_RUNG_AT_ONCE]
        )
    for pk in due:
        try:
            ring(send_mail_task, pk)
        except QueueAway:
            logger.warning("queue away, the next sweep rings", extra={"mail": pk})
            break
    return len(due)


def forget_old_mail() -> int:
    """Delete mail after half a year, and sooner the links that open nothing any more."""
    now = timezone.now()
    with open_scope(SYSTEM):
        OutgoingMail.objects.filter(
            secret_sealed__isnull=False, made_at__lt=now - LINKS_LIVE
        ).update(secret_sealed=None)
        return OutgoingMail.objects.filter(made_at__lt=now - KEPT_FOR).delete()[0]


def _claim(mail_id: int) -> OutgoingMail | None:
    """Make the mail ours: only one gets it while it waits and is due."""
    now = timezone.now()
    with open_scope(SYSTEM):
        due = OutgoingMail.objects.waiting().filter(pk=mail_id, due_at__lte=now)
        mail = due.select_for_update(of=("self",), skip_locked=True).first()
        if mail is None:
            return None
        mail.state, mail.claimed_at = MailState.SENDING, now
        mail.attempt += 1
        mail.save(update_fields=["state", "claimed_at", "attempt"])
    return mail


def _message(mail: OutgoingMail) -> EmailMessage:
    """The mail as it leaves; its number stays the same, so that a server may notice a second."""
    recipient = User.objects.filter(pk=mail.recipient_id).first()
    if recipient and not recipient.is_active:
        raise Undeliverable(_("บัญชีของผู้รับปิดใช้งานแล้ว จึงไม่ส่ง"))
    body = mail.body
    if LINK_PLACE in body:
        body = body.replace(LINK_PLACE, _link(mail))
    host = urlsplit(settings.SITE_URL).hostname
    return EmailMessage(
        mail.subject,
        body,
        settings.DEFAULT_FROM_EMAIL,
        [mail.address],
        headers={"Message-ID": f"<mail.{mail.pk}@{host}>", "Auto-Submitted": "auto-generated"},
    )


def _link(mail: OutgoingMail) -> str:
    expired = _("ลิงก์ในอีเมลนี้เปิดไม่ได้แล้ว ออกลิงก์ใหม่จากหน้าบัญชีของผู้รับ")
    if mail.secret_sealed is None:
        raise Undeliverable(expired)
    try:
        return sealing.unseal(bytes(mail.secret_sealed), table=SEALED_LINK, row=str(mail.pk))
    except (sealing.SealBroken, sealing.MissingKey):
        raise Undeliverable(expired) from None


def _refused(mail: OutgoingMail, fault: Exception) -> None:
    """Try again later, or give up when that cannot help."""
    if _is_permanent(fault):
        _fail(mail, _("เซิร์ฟเวอร์อีเมลไม่รับที่อยู่นี้ ตรวจอีเมลในบัญชีของผู้รับ แล้วส่งอีกครั้ง"))
    elif mail.attempt >= MOST_ATTEMPTS:
        reason = _("ลองส่งแล้ว %(count)d ครั้ง เซิร์ฟเวอร์อีเมลยังไม่รับ ส่งอีกครั้งเมื่อเซิร์ฟเวอร์ใช้ได้")
        _fail(mail, reason % {"count": mail.attempt})
    else:
        wait = WAIT_BEFORE_AGAIN[mail.attempt - 1]
        _end(mail, state=MailState.WAITING, due_at=timezone.now() + wait)


def _is_permanent(fault: Exception) -> bool:
    if isinstance(fault, SMTPRecipientsRefused):
        return all(code >= PERMANENT for code, _words in fault.recipients.values())
    return isinstance(fault, SMTPResponseException) and fault.smtp_code >= PERMANENT


def _fail(mail: OutgoingMail, reason: str) -> None:
    _end(mail, state=MailState.FAILED, failure=reason)


def _end(mail: OutgoingMail, **values: object) -> None:
    """Write how this attempt ended, if it is still the mail's own."""
    with open_scope(SYSTEM):
        OutgoingMail.objects.filter(
            pk=mail.pk, state=MailState.SENDING, attempt=mail.attempt
        ).update(**values)
