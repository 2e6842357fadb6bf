"""Telling people: a notice inside the product, and a mail for those who want one."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.functional import Promise

from volunteer_network import audit
from volunteer_network.access.scope import SYSTEM, open_scope
from volunteer_network.enums import CHOSEN_BY_MAIL, NoticeKind
from volunteer_network.models import Notice, OutgoingMail, User
from volunteer_network.services.outgoing_mail import hold_for_errand, queue_mail

READ_KEPT_FOR = timedelta(days=90)
LONGEST_TEXT = 300


def notify(
    *,
    to: Iterable[User],
    kind: NoticeKind,
    text: str | Promise,
    href: str,
    by: User | None,
    mail: bool = True,
    errand: UUID | None = None,
) -> None:
    """Tell each person, but not the one who acts; within the caller's transaction and scope.

    `text` is one sentence without names of clients, `href` a path of this site. The mail says the
    same sentence with the whole address, to those who have not declined mail of this kind.
    With an `errand` the mail waits as long as the sending can be taken back (`reminders.py`).
    """
    sentence = " ".join(str(text).split())[:LONGEST_TEXT]
    people = [person for person in to if person.is_active and person != by]
    Notice.objects.bulk_create(
        Notice(
            province_id=person.province_id,
            recipient=person,
            sender=by,
            kind=kind,
            text=sentence,
            href=href,
            errand=errand,
        )
        for person in people
    )
    if mail:
        wanting = [one for one in people if one.email and kind not in one.unmailed_kinds]
        mails = [_mail(person, kind, sentence, href, by) for person in wanting]
        if errand:
            hold_for_errand(mails, errand)
        queue_mail(mails)


def _mail(person: User, kind: NoticeKind, text: str, href: str, by: User | None) -> OutgoingMail:
    context = {"person": person, "text": text, "link": f"{settings.SITE_URL}{href}"}
    return OutgoingMail(
        province_id=person.province_id,
        recipient=person,
        sender=by,
        kind=kind,
        address=person.email,
        subject=text,
        body=render_to_string("volunteer_network/notices/mail.txt", context),
    )


def read_notice(*, notice: Notice, by: User) -> Notice:
    """Note that the person has opened it; the first time stays."""
    now = timezone.now()
    Notice.objects.visible_to(by).unread().filter(pk=notice.pk).update(read_at=now)
    return notice


def read_all_notices(*, newest: int, by: User) -> int:
    """Note as read all up to the newest that the person has seen; what came since stays unread."""
    unread = Notice.objects.visible_to(by).unread().filter(pk__lte=newest)
    return unread.update(read_at=timezone.now())


@transaction.atomic
def choose_mail(*, wanted: Iterable[str], by: User) -> User:
    """Keep which kinds of notices the person wants by mail too."""
    user = User.objects.select_for_update(of=("self",)).get(pk=by.pk)
    user.unmailed_kinds = sorted(CHOSEN_BY_MAIL - set(wanted))
    user.save(update_fields=["unmailed_kinds"])
    audit.record("account.mail_chosen", by=by, target=user)
    return user


def forget_read_notices() -> int:
    """Delete what was read three months ago; what nobody has opened stays."""
    with open_scope(SYSTEM):
        old = Notice.objects.filter(read_at__lt=timezone.now() - READ_KEPT_FOR)
        return old.delete()[0]
