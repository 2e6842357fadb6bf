"""The two eras, fiscal years, and how dates and moments are shown."""

import re
from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

BANGKOK: Final = ZoneInfo("Asia/Bangkok")
NO_BREAK_SPACE: Final = "\u00a0"

ERA_OFFSET: Final = 543
FIRST_BUDDHIST_YEAR: Final = 2401  # a typed year from here on is Buddhist, below it Gregorian
LAST_BUDDHIST_YEAR: Final = 2700
_FISCAL_YEAR_STARTS: Final = 10

WEEKDAYS: Final = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")
MONTHS: Final = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน", "กรกฎาคม", "สิงหาคม",
    "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
SHORT_MONTHS: Final = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.",
    "พ.ย.", "ธ.ค.",
)  # fmt: skip


def buddhist_year(day: date) -> int:
    return day.year + ERA_OFFSET


def gregorian_year(buddhist: int) -> int:
    return buddhist - ERA_OFFSET


def is_plausible_year(buddhist: int) -> bool:
    return FIRST_BUDDHIST_YEAR <= buddhist <= LAST_BUDDHIST_YEAR


# Fiscal years run from 1 October to 30 September and bear the Buddhist year in which they end.


def fiscal_year(day: date) -> int:
    return buddhist_year(day) + (day.month >= _FISCAL_YEAR_STARTS)


def fiscal_year_bounds(year: int) -> tuple[date, date]:
    """Return the first and the last day of a fiscal year."""
    ends_in = gregorian_year(year)
    return date(ends_in - 1, _FISCAL_YEAR_STARTS, 1), date(ends_in, _FISCAL_YEAR_STARTS - 1, 30)


def fiscal_months(year: int) -> list[date]:
    """Return the first days of the twelve months of a fiscal year, October first."""
    ends_in = gregorian_year(year)
    return [
        *(date(ends_in - 1, month, 1) for month in range(_FISCAL_YEAR_STARTS, 13)),
        *(date(ends_in, month, 1) for month in range(1, _FISCAL_YEAR_STARTS)),
    ]


def fiscal_month_index(day: date) -> int:
    """Return 1 for October to 12 for September."""
    return (day.month - _FISCAL_YEAR_STARTS) % 12 + 1


def quarter(day: date) -> int:
    """Return the quarter of the fiscal year: 1 for October to December."""
    return (fiscal_month_index(day) + 2) // 3


# Showing


def short_date(day: date) -> str:
    """Return "3 ธ.ค. 2563"."""
    return f"{day.day} {short_month_name(day)} {buddhist_year(day)}"


def long_date(day: date) -> str:
    """Return "3 ธันวาคม 2563"."""
    return f"{day.day} {month_name(day)}"


def spoken_date(day: date) -> str:
    """Return "พฤหัสบดี 3 ธันวาคม 2563"."""
    return f"{WEEKDAYS[day.weekday()]} {long_date(day)}"


def month_name(day: date) -> str:
    """Return "เมษายน 2569"."""
    return f"{MONTHS[day.month - 1]} {buddhist_year(day)}"


def short_month_name(day: date) -> str:
    """Return "ต.ค."."""
    return SHORT_MONTHS[day.month - 1]


def clock(at: time | datetime) -> str:
    """Return "13.30 น."; a moment is read on the clocks of Bangkok."""
    at = bangkok_time(at) if isinstance(at, datetime) else at
    return f"{at.hour:02}.{at.minute:02} น."


def moment(at: datetime) -> str:
    """Return "3 ธ.ค. 2563 13.30 น."."""
    return f"{short_date(bangkok_date(at))} {clock(at)}"


_WRITTEN: Final = re.compile(
    rf"\b[0-9]{{1,2}} (?:{'|'.join(map(re.escape, (*MONTHS, *SHORT_MONTHS)))}) [0-9]{{4}}"
    r"(?: [0-9]{1,2}\.[0-9]{2} น\.)?"
)


def unbroken(text: str) -> str:
    """Return a text in which no line ends inside a date: its spaces become non-breaking ones.

    For sentences on pages only: what is searched, exported or printed keeps plain spaces.
    """
    return _WRITTEN.sub(lambda found: found[0].replace(" ", NO_BREAK_SPACE), text)


def bangkok_time(at: datetime) -> datetime:
    """Return the moment on the clocks of Bangkok; a moment without a time zone is a bug."""
    if at.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return at.astimezone(BANGKOK)


def bangkok_date(value: date) -> date:
    """Return the day of a moment as Bangkok counts it; a date is returned as it is."""
    return bangkok_time(value).date() if isinstance(value, datetime) else value


def month_address(day: date) -> str:
    """Return the month as URLs write it: "2569-04"."""
    return f"{buddhist_year(day)}-{day.month:02}"


def month_from_address(address: str) -> date:
    """Return the first day of the month in a URL; ValueError when it is not a month."""
    found = re.fullmatch("([0-9]{4})-(0[1-9]|1[0-2])", address)
    if found is None or not is_plausible_year(int(found[1])):
        raise ValueError(_("ที่อยู่ของเดือนต้องเป็นปี พ.ศ. ขีด แล้วเดือนสองหลัก เช่น 2569-04"))
    return date(gregorian_year(int(found[1])), int(found[2]), 1)
