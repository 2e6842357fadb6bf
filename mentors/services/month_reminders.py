"""Reminding those who have not reported, once for each province and at most once a day."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mentors.services.month_notices import page_of, remind_province
from mentors.services.month_overviews import overview_of
from volunteer_network import audit
from volunteer_network.advisory_locks import Lock, wait_in_transaction
from volunteer_network.enums import NoticeKind
from volunteer_network.errors import RuleViolation
from volunteer_network.models import AuditEvent, User
from volunteer_network.services.reminders import (
    Errand,
    new_errand,
    open_errand,
    take_back_reminder,
)


@transaction.atomic
def remind_of_month(*, month: date, provinces: Collection[int], by: User) -> int:
    """Remind the chosen provinces that miss something; returns how many were told."""
    wait_in_transaction(Lock.MONTH_REMINDERS, month.toordinal())
    today = timezone.localdate()
    told, errand = 0, new_errand()
    for line in overview_of(month, user=by).not_in:
        code = line.province.pk
        if code not in provinces:
            continue
        if line.reminded_at and timezone.localdate(line.reminded_at) == today:
            continue
        remind_province(code, month, missing=line.receipt.missing, errand=errand, by=by)
        detail = {
            "month": month.isoformat(),
            "missing": line.receipt.missing,
            "errand": str(errand),
        }
        audit.record("month.reminded", by=by, province_code=code, detail=detail)
        told += 1
    if not told:
        raise RuleViolation(_("ไม่มีจังหวัดที่ต้องเตือน จังหวัดที่เตือนแล้ววันนี้เตือนซ้ำได้พรุ่งนี้"))
    return told


def reminder_to_take_back(month: date, *, by: User) -> Errand | None:
    """The reminder of the month that the person sent within the last two minutes."""
    return open_errand(kind=NoticeKind.MONTH, href=page_of(month), by=by)


@transaction.atomic
def take_back_month_reminder(*, month: date, by: User) -> int:
    """Take it back; its provinces can be reminded again. Returns how many they are."""
    wait_in_transaction(Lock.MONTH_REMINDERS, month.toordinal())
    errand = take_back_reminder(kind=NoticeKind.MONTH, href=page_of(month), by=by)
    reminded = AuditEvent.objects.visible_to(by).filter(
        verb="month.reminded", detail__errand=str(errand)
    )
    codes = list(reminded.values_list("province_id", flat=True))
    for code in codes:
        audit.record(
            "month.reminder_taken_back",
            by=by,
            province_code=code,
            detail={"month": month.isoformat(), "errand": str(errand)},
        )
    return len(codes)
