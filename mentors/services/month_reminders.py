"""Reminding those who have not reported, once for each province and at most once a day."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mentors.services.month_notices import remind_province
from mentors.services.month_overviews import overview_of
from volunteer_network import audit
from volunteer_network.errors import RuleViolation
from volunteer_network.models import User


@transaction.atomic
def remind_of_month(*, month: date, provinces: Collection[int], by: User) -> int:
    """Remind the chosen provinces that miss something; returns how many were told."""
    today = timezone.localdate()
    told = 0
    for line in overview_of(month, user=by).not_in:
        code = line.province.pk
        if code not in provinces:
            continue
        if line.reminded_at and timezone.localdate(line.reminded_at) == today:
            continue
        remind_province(code, month, missing=line.receipt.missing, by=by)
        detail = {"month": month.isoformat(), "missing": line.receipt.missing}
        audit.record("month.reminded", by=by, province_code=code, detail=detail)
        told += 1
    if not told:
        raise RuleViolation(_("ไม่มีจังหวัดที่ต้องเตือน จังหวัดที่เตือนแล้ววันนี้เตือนซ้ำได้พรุ่งนี้"))
    return told
