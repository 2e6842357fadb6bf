"""Telling people: a notice inside the product, and a mail for those who have an address."""

from collections.abc import Iterable

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.functional import Promise

from volunteer_network.enums import NoticeKind
from volunteer_network.models import Notice, OutgoingMail, User


def notify(
    *,
    to: Iterable[User],
    kind: NoticeKind,
    text: str | Promise,
    href: str,
    by: User | None,
    mail: bool = True,
) -> None:
    """Tell each person, but not the one who acts; within the caller's transaction and scope.

    `text` is one sentence without names of clients, `href` a path of this site. The mail says the
    same sentence with the whole address.
    """
    people = [person for person in to if person.is_active and person != by]
    Notice.objects.bulk_create(
        Notice(
            province_id=person.province_id,
            recipient=person,
            sender=by,
            kind=kind,
            text=str(text),
            href=href,
        )
        for person in people
    )
    if mail:
        OutgoingMail.objects.bulk_create(
            _mail(person, str(text), href, by) for person in people if person.email
        )


def _mail(person: User, text: str, href: str, by: User | None) -> OutgoingMail:
    context = {"person": person, "text": text, "link": f"{settings.SITE_URL}{href}"}
    return OutgoingMail(
        province_id=person.province_id,
        recipient=person,
        sender=by,
        address=person.email,
        subject=text,
        body=render_to_string("volunteer_network/notices/mail.txt", context),
    )
