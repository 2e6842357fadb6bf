"""The Thai calendar: Buddhist era, fiscal years, and dates as people type and read them.

The only package that knows 543. Dates are Gregorian everywhere else. Names of days and months are
facts of the calendar and stay Thai in any language. Before B.E. 2484 the year began on 1 April;
such dates are read and shown by the present rule.
"""

from volunteer_network.thai_calendar.dates import (
    BANGKOK,
    MONTHS,
    SHORT_MONTHS,
    WEEKDAYS,
    bangkok_date,
    bangkok_time,
    buddhist_year,
    clock,
    fiscal_month_index,
    fiscal_months,
    fiscal_year,
    fiscal_year_bounds,
    gregorian_year,
    is_plausible_year,
    long_date,
    moment,
    month_address,
    month_from_address,
    month_name,
    quarter,
    short_date,
    short_month_name,
    spoken_date,
    unbroken,
)
from volunteer_network.thai_calendar.durations import age, ago, duration, elapsed, remaining
from volunteer_network.thai_calendar.typed_dates import parse_thai_date

__all__ = [
    "BANGKOK",
    "MONTHS",
    "SHORT_MONTHS",
    "WEEKDAYS",
    "age",
    "ago",
    "bangkok_date",
    "bangkok_time",
    "buddhist_year",
    "clock",
    "duration",
    "elapsed",
    "fiscal_month_index",
    "fiscal_months",
    "fiscal_year",
    "fiscal_year_bounds",
    "gregorian_year",
    "is_plausible_year",
    "long_date",
    "moment",
    "month_address",
    "month_from_address",
    "month_name",
    "parse_thai_date",
    "quarter",
    "remaining",
    "short_date",
    "short_month_name",
    "spoken_date",
    "unbroken",
]
