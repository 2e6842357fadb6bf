"""What the centre sends can be taken back for two minutes: its mails wait so long.

A notice that nobody has opened goes as if it had never been; who has read one is told anew.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone

from volunteer_network.enums import MailState, NoticeKind
from volunteer_network.models import Notice, OutgoingMail, User

TAKEN_BACK_WITHIN: Final = timedelta(minutes=2)


def still_open(since: datetime) -> bool:
    """Whether what was done at that moment can still be taken back."""
    return timezone.now() - since <= TAKEN_BACK_WITHIN


def hold_mail(since: datetime, *, by: User) -> int:
    """Let the mails about plans that the person has just queued wait; returns how many."""
    mails = OutgoingMail.objects.filter(
        sender=by, kind=NoticeKind.PLAN, state=MailState.WAITING, made_at__gte=since
    )
    return mails.update(due_at=since + TAKEN_BACK_WITHIN)


def withdraw(pages: Collection[str], since: datetime, *, by: User) -> list[User]:
    """Take back what the person has said of these pages since a moment.

    Mails that still wait never leave and unread notices go. Returns those who have read theirs.
    """
    sent = {"sender": by, "kind": NoticeKind.PLAN, "made_at__gte": since}
    notices = Notice.objects.filter(**sent, href__in=pages)
    readers = list(User.objects.filter(notices__in=notices.filter(read_at__isnull=False)))
    waiting = OutgoingMail.objects.filter(**sent, state=MailState.WAITING, attempt=0)
    bodies = waiting.values_list("pk", "body")
    mails = [pk for pk, body in bodies if any(_leads_to(page, body) for page in pages)]
    OutgoingMail.objects.filter(pk__in=mails, state=MailState.WAITING).delete()
    notices.filter(read_at__isnull=True).delete()
    return readers


def _leads_to(page: str, body: str) -> bool:
    """Whether a mail has the page's whole address as a word of its own."""
    return any(word.endswith(page) for word in body.split())
