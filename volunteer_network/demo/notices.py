"""What the people of the demo country were told this month, and the mail that went out for it."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from volunteer_network.access.roles import Capability
from volunteer_network.demo.registry import DemoMaker, register_demo
from volunteer_network.enums import MailState, NoticeKind
from volunteer_network.models import Notice, OutgoingMail, User
from volunteer_network.thai_calendar import month_address, month_name

if TYPE_CHECKING:
    from volunteer_network.demo.country import Plan

_MAILED_PEOPLE: Final = 60
_FAILED: Final = 2  # of the mails, so that the outbox has something to mend
_READ: Final = 0.4

# Days ago, kind, whom it concerns, where it leads.
_TOLD: Final = (
    (1, NoticeKind.CASE, Capability.ANSWER_CASES, "/cases/"),
    (4, NoticeKind.MONTH, Capability.REPORT_MONTHS, "/months/{month}/"),
    (9, NoticeKind.SEMINAR, Capability.VIEW_SEMINARS, "/seminars/"),
    (16, NoticeKind.ACCOUNT, Capability.VIEW_OUTBOX, "/outbox/?state=failed"),
)


def register() -> None:
    register_demo(DemoMaker(order=60, make=make_notices, models=lambda: (Notice, OutgoingMail)))


def make_notices(plan: Plan) -> None:
    """Tell everybody what concerns them; some have read it, and a few mails came back."""
    chance = Random(f"{plan.seed} notices")  # noqa: S311 - a play, not a secret
    people = list(User.objects.order_by("pk"))
    notices = [notice for person in people for notice in _told(person, plan, chance)]
    Notice.objects.bulk_create(notices)
    mailed = [one for one in notices if one.recipient_id <= people[0].pk + _MAILED_PEOPLE]
    mails = [_mail(notice) for notice in mailed]
    for mail in mails[:_FAILED]:
        mail.state, mail.sent_at, mail.attempt = MailState.FAILED, None, 1
        mail.failure = _("เซิร์ฟเวอร์อีเมลไม่รับที่อยู่นี้ ตรวจอีเมลในบัญชีของผู้รับ แล้วส่งอีกครั้ง")
    OutgoingMail.objects.bulk_create(mails)


def _told(person: User, plan: Plan, chance: Random) -> list[Notice]:
    last_month = plan.today.replace(day=1) - timedelta(days=1)
    words = {
        NoticeKind.CASE: _("มีเรื่องส่งต่อที่รอหน่วยงานตอบ"),
        NoticeKind.MONTH: _("ถึงเวลารวบรวมรายงานเดือน%(month)s") % {"month": month_name(last_month)},
        NoticeKind.SEMINAR: _("เปิดรับลงทะเบียนสัมมนาเชิงบูรณาการปีนี้แล้ว"),
        NoticeKind.ACCOUNT: _("มีอีเมลที่ส่งไม่สำเร็จ ตรวจที่อยู่แล้วส่งอีกครั้ง"),
    }
    told = []
    for days, kind, capability, href in _TOLD:
        if not person.can(capability):
            continue
        at = datetime.combine(plan.today - timedelta(days=days), time(8, chance.randrange(60)))
        made_at = timezone.make_aware(at)
        read_at = made_at + timedelta(hours=2) if chance.random() < _READ else None
        told.append(
            Notice(
                province_id=person.province_id,
                recipient=person,
                kind=kind,
                text=words[kind],
                href=href.format(month=month_address(last_month)),
                made_at=made_at,
                read_at=read_at,
            )
        )
    return told


def _mail(notice: Notice) -> OutgoingMail:
    person = notice.recipient
    link = f"{settings.SITE_URL}{notice.href}"
    context = {"person": person, "text": notice.text, "link": link}
    return OutgoingMail(
        province_id=notice.province_id,
        recipient=person,
        kind=notice.kind,
        address=person.email,
        subject=notice.text,
        body=render_to_string("volunteer_network/notices/mail.txt", context),
        state=MailState.SENT,
        attempt=1,
        made_at=notice.made_at,
        due_at=notice.made_at,
        sent_at=notice.made_at + timedelta(seconds=2),
    )
