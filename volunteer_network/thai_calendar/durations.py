"""How long something lasts, took, or is still away."""

from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _

# Until then a deadline is felt in days; the first warning of a term's end comes 90 days before.
_REMAINING_IN_DAYS: Final = 120


def age(born: date, today: date) -> int:
    """Return completed years; who was born on 29 February has a birthday on 1 March otherwise."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def duration(start: date, end: date) -> str:
    """Return "5 ปี 10 เดือน", or days when it is less than a month."""
    if end < start:
        raise ValueError("a duration cannot end before it starts")
    months = _whole_months(start, end)
    if months == 0:
        return _days((end - start).days)
    years, months = divmod(months, 12)
    parts = []
    if years:
        parts.append(_("%(count)d ปี") % {"count": years})
    if months:
        parts.append(_("%(count)d เดือน") % {"count": months})
    return " ".join(parts)


def elapsed(span: timedelta) -> str:
    """Return how long something took: "12 วินาที", "2 นาที 5 วินาที", "1 ชั่วโมง 20 นาที"."""
    seconds = max(round(span.total_seconds()), 1)
    if seconds < 60:
        return _("%(count)d วินาที") % {"count": seconds}
    minutes, rest = divmod(seconds, 60)
    if minutes < 60:
        return _("%(minutes)d นาที %(rest)d วินาที") % {"minutes": minutes, "rest": rest}
    hours, rest = divmod(minutes, 60)
    return _("%(hours)d ชั่วโมง %(rest)d นาที") % {"hours": hours, "rest": rest}


def ago(day: date, today: date) -> str:
    """Return how long ago in its largest unit: "เมื่อวาน", "9 วันที่แล้ว", "4 เดือนที่แล้ว"."""
    if day == today:
        return _("วันนี้")
    if day == today - timedelta(days=1):
        return _("เมื่อวาน")
    if day == today + timedelta(days=1):
        return _("พรุ่งนี้")
    if day > today:
        return _("อีก %(span)s") % {"span": _largest_unit(today, day)}
    return _("%(span)sที่แล้ว") % {"span": _largest_unit(day, today)}


def remaining(day: date, today: date) -> str:
    """Return how long until the last day: "เหลือ 34 วัน", "วันสุดท้าย", "เลยกำหนด 3 วัน"."""
    if day == today:
        return _("วันสุดท้าย")
    if day < today:
        return _("เลยกำหนด %(span)s") % {"span": _span(day, today)}
    return _("เหลือ %(span)s") % {"span": _span(today, day)}


def _span(start: date, end: date) -> str:
    days = (end - start).days
    return _days(days) if days <= _REMAINING_IN_DAYS else duration(start, end)


def _largest_unit(start: date, end: date) -> str:
    months = _whole_months(start, end)
    if months >= 12:
        return _("%(count)d ปี") % {"count": months // 12}
    if months:
        return _("%(count)d เดือน") % {"count": months}
    return _days((end - start).days)


def _days(count: int) -> str:
    return _("%(count)d วัน") % {"count": count}


def _whole_months(start: date, end: date) -> int:
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
