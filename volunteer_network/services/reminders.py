"""What is seen at once and can be taken back for two minutes: its mails wait so long.

A reminder that is taken back says so. A decision that is taken back goes as if it had never been.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db.models import F, Value
from django.db.models.functions import Coalesce, Concat, Left
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from volunteer_network.enums import NoticeKind
from volunteer_network.errors import RuleViolation
from volunteer_network.models import Notice, OutgoingMail, User
from volunteer_network.services.notices import LONGEST_TEXT, notify
from volunteer_network.services.outgoing_mail import TAKEN_BACK_WITHIN, recall_mail


@dataclass(frozen=True)
class Errand:
    """One sending that can still be taken back, until a moment."""

    key: UUID
    until: datetime


def new_errand() -> UUID:
    """The mark that all notices and mails of one sending bear."""
    return uuid4()


def still_open(since: datetime) -> bool:
    """Whether what was sent at that moment can still be taken back."""
    return timezone.now() - since <= TAKEN_BACK_WITHIN


def unsend(errand: UUID, *, by: User) -> list[User]:
    """Take a sending back as if it had not been; return those who have read their notice.

    Mails that still wait never leave, and unread notices go.
    """
    notices = Notice.objects.sent_by(by).filter(errand=errand)
    readers = list(User.objects.filter(notices__in=notices.filter(read_at__isnull=False)))
    OutgoingMail.objects.filter(sender=by, errand=errand).waiting().delete()
    notices.filter(read_at__isnull=True).delete()
    return readers


def remind(
    *,
    to: Iterable[User],
    kind: NoticeKind,
    text: str | Promise,
    href: str,
    errand: UUID,
    by: User,
) -> None:
    """Tell people of something they have not done; within the caller's transaction and scope."""
    notify(to=to, kind=kind, text=text, href=href, by=by, errand=errand)


def open_errand(*, kind: NoticeKind, href: str, by: User) -> Errand | None:
    """The last sending about that page which the person may still take back."""
    since = timezone.now() - TAKEN_BACK_WITHIN
    last = (
        Notice.objects.sent_by(by)
        .filter(kind=kind, href=href, errand__isnull=False, made_at__gt=since)
        .order_by("-made_at")
        .first()
    )
    if last is None or last.errand is None:
        return None
    return Errand(last.errand, last.made_at + TAKEN_BACK_WITHIN)


def take_back_reminder(*, kind: NoticeKind, href: str, by: User) -> UUID:
    """Take back the last sending about that page; return its mark.

    Mails that still wait never leave. The notices say that they were taken back and count no
    longer as unread: what somebody may have read is not made unsaid.
    """
    errand = open_errand(kind=kind, href=href, by=by)
    if errand is None:
        raise RuleViolation(_("เรียกคืนได้ภายใน 2 นาทีหลังส่ง อีเมลออกไปแล้ว แจ้งผู้รับโดยตรง"))
    recall_mail(errand.key, by=by)
    words = Concat(Value(_("เรียกคืนแล้ว: ")), F("text"))
    Notice.objects.sent_by(by).filter(errand=errand.key).update(
        text=Left(words, LONGEST_TEXT),
        read_at=Coalesce("read_at", Value(timezone.now())),
        errand=None,
    )
    return errand.key
