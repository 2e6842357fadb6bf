"""The Thai calendar: Buddhist era, fiscal years, and dates as people type and read them.

The only file that knows 543. Dates are Gregorian everywhere else. Names of days and months are
facts of the calendar and stay Thai in any language. Before B.E. 2484 the year began on 1 April;
such dates are read and shown by the present rule.
"""

import re
from calendar import monthrange
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from volunteer_network.thai_text import normalise

BANGKOK: Final = ZoneInfo("Asia/Bangkok")

_ERA_OFFSET: Final = 543
_FIRST_BUDDHIST_YEAR: Final = 2401  # a typed year from here on is Buddhist, below it Gregorian
_LAST_BUDDHIST_YEAR: Final = 2700
_CENTURY_OF_SHORT_YEARS: Final = 2500
_FISCAL_YEAR_STARTS: Final = 10
_LONGEST_TYPED_DATE: Final = 60  # so that no refusal repeats a page of text
# Until then a deadline is felt in days; the first warning of a term's end comes 90 days before.
_REMAINING_IN_DAYS: Final = 120

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
    return day.year + _ERA_OFFSET


def gregorian_year(buddhist: int) -> int:
    return buddhist - _ERA_OFFSET


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
    if found is None or not _is_plausible(int(found[1])):
        raise ValueError(_("ที่อยู่ของเดือนต้องเป็นปี พ.ศ. ขีด แล้วเดือนสองหลัก เช่น 2569-04"))
    return date(gregorian_year(int(found[1])), int(found[2]), 1)


# Durations


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


# Reading what was typed

_BEFORE_DAY: Final = rf"(?:(?:วัน)?(?P<weekday>{'|'.join(WEEKDAYS)}|พฤหัส)?\s*(?:ที่)?\s*)?"
_ERA: Final = r"(?P<era>[พค]\.?\s?ศ\.?)?"
_WRITTEN: Final = re.compile(
    rf"{_BEFORE_DAY}(?P<day>[0-9]{{1,2}})[-/ ]*(?:เดือน ?)?(?P<month>[ก-๎. ]+?)[-/ ]*"
    rf"{_ERA} ?(?P<year>[0-9]+)"
)
_DAY_FIRST: Final = re.compile(
    rf"(?P<day>[0-9]{{1,2}}) ?[-/. ] ?(?P<month>[0-9]{{1,2}}) ?[-/. ] ?{_ERA} ?(?P<year>[0-9]+)"
)
_YEAR_FIRST: Final = re.compile(
    r"(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})"
)


def parse_thai_date(text: str) -> date:
    """Return the date that was typed: 3/12/2563, 3 ธ.ค. 63, พฤหัสบดี 3 ธันวาคม 2563, 2020-12-03.

    Day before month, Thai or Arabic digits. A year from 2401 on is Buddhist and one below it
    Gregorian, unless พ.ศ. or ค.ศ. says so. A year of two digits is always Buddhist, 25xx: it
    never depends on the day of typing, and forms echo the date in words. Raises ValueError with
    a Thai sentence that says how to mend it.
    """
    typed = normalise(text)
    found = _match_date(typed)
    month = _read_month(found["month"])
    year = _read_year(found["year"], found.groupdict().get("era"))
    day = int(found["day"])
    _refuse_impossible(day, month, year)
    parsed = date(year, month, day)
    _refuse_other_weekday(parsed, found.groupdict().get("weekday"))
    return parsed


def _match_date(typed: str) -> re.Match[str]:
    if not typed:
        raise ValueError(_("ยังไม่มีวันที่ โปรดพิมพ์ เช่น 3/12/2563"))
    if len(typed) <= _LONGEST_TYPED_DATE:
        for pattern in (_YEAR_FIRST, _DAY_FIRST, _WRITTEN):
            if found := pattern.fullmatch(typed):
                return found
    raise ValueError(_("อ่านวันที่ไม่ออก โปรดพิมพ์วัน เดือน ปี เช่น 3/12/2563 หรือ 3 ธ.ค. 2563"))


def _read_month(typed: str) -> int:
    if typed.isdecimal():
        return int(typed)
    month = _MONTH_OF_NAME.get(_bare(typed))
    if month is None:
        raise ValueError(
            _("ไม่รู้จักเดือน “%(typed)s” โปรดพิมพ์ เช่น ธ.ค. ธันวาคม หรือ 12") % {"typed": typed.strip()}
        )
    return month


def _bare(name: str) -> str:
    return re.sub("[. ]", "", name)


# ธันวา and กุมภา are said and written as often as the full names.
_MONTH_OF_NAME: Final = {
    spelling: number
    for number, (name, short) in enumerate(zip(MONTHS, SHORT_MONTHS, strict=True), start=1)
    for spelling in (name, _bare(short), re.sub("(?:คม|ยน|พันธ์)$", "", name))
}


def _read_year(typed: str, era: str | None) -> int:
    """Return the Gregorian year."""
    year = int(typed)
    gregorian = era is not None and era.startswith("ค")
    if len(typed) == 2 and not gregorian:
        year += _CENTURY_OF_SHORT_YEARS
    elif len(typed) != 4:
        raise ValueError(_("ปี “%(typed)s” ไม่ชัด โปรดพิมพ์ปีสี่หลัก เช่น 2563") % {"typed": typed[:10]})
    if gregorian or (era is None and year < _FIRST_BUDDHIST_YEAR):
        year += _ERA_OFFSET
    if not _is_plausible(year):
        raise ValueError(
            _("ปี %(typed)s อยู่นอกช่วง พ.ศ. %(first)d ถึง %(last)d โปรดตรวจปีอีกครั้ง")
            % {"typed": typed, "first": _FIRST_BUDDHIST_YEAR, "last": _LAST_BUDDHIST_YEAR}
        )
    return gregorian_year(year)


def _is_plausible(buddhist: int) -> bool:
    return _FIRST_BUDDHIST_YEAR <= buddhist <= _LAST_BUDDHIST_YEAR


def _refuse_impossible(day: int, month: int, year: int) -> None:
    if not 1 <= month <= 12:
        raise ValueError(
            _("ไม่มีเดือนที่ %(month)d โปรดพิมพ์วันก่อนเดือน เช่น 31/12/2563 คือ 31 ธันวาคม 2563")
            % {"month": month}
        )
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise ValueError(
            _("เดือน%(month)s พ.ศ. %(year)d มี %(last)d วัน โปรดพิมพ์วันที่ 1 ถึง %(last)d")
            % {"month": MONTHS[month - 1], "year": year + _ERA_OFFSET, "last": last}
        )


def _refuse_other_weekday(day: date, typed: str | None) -> None:
    weekday = WEEKDAYS[day.weekday()]
    if typed and not weekday.startswith(typed):
        raise ValueError(
            _("%(date)s เป็นวัน%(weekday)s ไม่ใช่วัน%(typed)s โปรดตรวจวันที่อีกครั้ง")
            % {"date": long_date(day), "weekday": weekday, "typed": typed}
        )
