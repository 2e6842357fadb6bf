"""Until when a month is to be sent and approved."""

from datetime import date, timedelta
from typing import Final

from django.conf import settings

APPROVAL_DAYS: Final = 5  # that the head has after the due day


def next_month(month: date) -> date:
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def month_before(month: date) -> date:
    return (month.replace(day=1) - timedelta(days=1)).replace(day=1)


def last_day(month: date) -> date:
    return next_month(month) - timedelta(days=1)


def due_day(month: date) -> date:
    """The last day on which a report of the month is on time."""
    return last_day(month) + timedelta(days=settings.MONTH_DUE_DAY)


def approval_day(month: date) -> date:
    """The last day on which the head approves in time."""
    return due_day(month) + timedelta(days=APPROVAL_DAYS)


def is_late(month: date, today: date) -> bool:
    """Whether a report sent today comes after the due day."""
    return today > due_day(month)


def has_ended(month: date, today: date) -> bool:
    """Whether the month is over: only then can it be sent."""
    return today >= next_month(month)


def first_day_to_send(month: date) -> date:
    return next_month(month)


def reporting_month(today: date) -> date:
    """The month that people work on: the last one that is over."""
    return month_before(today)
