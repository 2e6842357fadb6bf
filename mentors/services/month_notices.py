"""Whom a month's step concerns, and the sentence that tells them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from mentors.models import MonthReport
from mentors.services.month_deadlines import approval_day, due_day
from volunteer_network.access.roles import Capability
from volunteer_network.enums import NoticeKind
from volunteer_network.models import User
from volunteer_network.services.colleagues import who_may
from volunteer_network.services.notices import notify
from volunteer_network.services.reminders import remind
from volunteer_network.thai_calendar import month_address, month_name, short_date


def tell_heads(reports: Sequence[MonthReport], month: date, *, by: User) -> None:
    """Months wait for the head."""
    text = _("รายงานเดือน%(month)s %(count)d คน รอเห็นชอบ ภายใน %(day)s") % {
        "month": month_name(month),
        "count": len(reports),
        "day": short_date(approval_day(month)),
    }
    _notify(who_may(Capability.APPROVE_MONTHS, reports[0].province_id), text, month, by)


def tell_approved(reports: Sequence[MonthReport], month: date, *, by: User) -> None:
    """The head approved what each mentor has sent."""
    for sender, count in Counter(report.sent_by_id for report in reports).items():
        text = _("แรงงานจังหวัดเห็นชอบรายงานเดือน%(month)s %(count)d คนแล้ว") % {
            "month": month_name(month),
            "count": count,
        }
        _notify(User.objects.filter(pk=sender), text, month, by)


def tell_returned(report: MonthReport, people: Iterable[User], *, by: User) -> None:
    """A month came back; the reason stands on its page."""
    text = _("รายงานเดือน%(month)s ของ %(name)s ถูกส่งกลับแก้ไข") % {
        "month": month_name(report.month),
        "name": report.volunteer,
    }
    notify(
        to=set(people),
        kind=NoticeKind.MONTH,
        text=text,
        href=report.get_absolute_url(),
        by=by,
    )


def remind_province(province: int, month: date, *, missing: int, errand: UUID, by: User) -> int:
    """Remind those who report for the province; returns how many people were told."""
    people = who_may(Capability.REPORT_MONTHS, province)
    text = _("รายงานเดือน%(month)s ยังขาด %(count)d คน กำหนดส่ง %(day)s โปรดส่งหรือตอบเหตุที่ไม่มีผลงาน") % {
        "month": month_name(month),
        "count": missing,
        "day": short_date(due_day(month)),
    }
    remind(to=people, kind=NoticeKind.MONTH, text=text, href=page_of(month), errand=errand, by=by)
    return len(people)


def _notify(people: Iterable[User], text: str, month: date, by: User) -> None:
    notify(
        to=people,
        kind=NoticeKind.MONTH,
        text=text,
        href=page_of(month),
        by=by,
    )


def page_of(month: date) -> str:
    return reverse("months:sheet", args=[month_address(month)])
