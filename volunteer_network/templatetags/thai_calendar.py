"""Thai dates in templates: `{{ day|thai_date }}`. Nothing is shown for None and ""."""

from datetime import date, datetime, time, timedelta
from typing import Literal

from django import template
from django.template.defaultfilters import stringfilter
from django.utils import timezone

from volunteer_network import thai_calendar

register = template.Library()

Nothing = Literal[""] | None


@register.filter
def thai_date(day: date | Nothing) -> str:
    """Show "3 ธ.ค. 2563"."""
    return thai_calendar.short_date(thai_calendar.bangkok_date(day)) if day else ""


@register.filter
def thai_date_long(day: date | Nothing) -> str:
    """Show "3 ธันวาคม 2563"."""
    return thai_calendar.long_date(thai_calendar.bangkok_date(day)) if day else ""


@register.filter
def thai_date_spoken(day: date | Nothing) -> str:
    """Show "พฤหัสบดี 3 ธันวาคม 2563"."""
    return thai_calendar.spoken_date(thai_calendar.bangkok_date(day)) if day else ""


@register.filter
def thai_time(at: time | datetime | Nothing) -> str:
    """Show "13.30 น."."""
    return "" if at is None or at == "" else thai_calendar.clock(at)


@register.filter
def thai_moment(at: datetime | Nothing) -> str:
    """Show "3 ธ.ค. 2563 13.30 น."."""
    return thai_calendar.moment(at) if at else ""


@register.filter
def thai_elapsed(span: timedelta | Nothing) -> str:
    """Show how long something took: "2 นาที 5 วินาที"."""
    return thai_calendar.elapsed(span) if span else ""


@register.filter
def thai_month(day: date | Nothing) -> str:
    """Show "เมษายน 2569"."""
    return thai_calendar.month_name(thai_calendar.bangkok_date(day)) if day else ""


@register.filter
def thai_month_short(day: date | Nothing) -> str:
    """Show "ต.ค."."""
    return thai_calendar.short_month_name(thai_calendar.bangkok_date(day)) if day else ""


@register.filter
def thai_month_address(day: date | Nothing) -> str:
    """Give the month as URLs write it: "2569-04"."""
    return thai_calendar.month_address(thai_calendar.bangkok_date(day)) if day else ""


@register.filter
def thai_ago(day: date | Nothing) -> str:
    """Show "4 เดือนที่แล้ว"."""
    return thai_calendar.ago(thai_calendar.bangkok_date(day), _today()) if day else ""


@register.filter
def thai_remaining(day: date | Nothing) -> str:
    """Show "เหลือ 34 วัน"."""
    return thai_calendar.remaining(thai_calendar.bangkok_date(day), _today()) if day else ""


@register.filter
def thai_since(day: date | Nothing) -> str:
    """Show "5 ปี 10 เดือน"."""
    return thai_calendar.duration(thai_calendar.bangkok_date(day), _today()) if day else ""


@register.filter
def thai_age(born: date | Nothing) -> int | str:
    """Show completed years of age today."""
    return thai_calendar.age(born, _today()) if born else ""


@register.filter(is_safe=True)
@stringfilter
def thai_unbroken(text: str) -> str:
    """Keep the dates of a sentence in one line each."""
    return thai_calendar.unbroken(text)


@register.filter
def buddhist_year(day: date | Nothing) -> int | str:
    return thai_calendar.buddhist_year(thai_calendar.bangkok_date(day)) if day else ""


def _today() -> date:
    return timezone.localdate(timezone=thai_calendar.BANGKOK)
