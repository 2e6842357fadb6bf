"""Dates as people type them."""

import re
from calendar import monthrange
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from volunteer_network.thai_calendar.dates import (
    ERA_OFFSET,
    FIRST_BUDDHIST_YEAR,
    LAST_BUDDHIST_YEAR,
    MONTHS,
    SHORT_MONTHS,
    WEEKDAYS,
    gregorian_year,
    is_plausible_year,
    long_date,
)
from volunteer_network.thai_text import normalise

_CENTURY_OF_SHORT_YEARS: Final = 2500
_LONGEST_TYPED_DATE: Final = 60  # so that no refusal repeats a page of text

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
    if gregorian or (era is None and year < FIRST_BUDDHIST_YEAR):
        year += ERA_OFFSET
    if not is_plausible_year(year):
        raise ValueError(
            _("ปี %(typed)s อยู่นอกช่วง พ.ศ. %(first)d ถึง %(last)d โปรดตรวจปีอีกครั้ง")
            % {"typed": typed, "first": FIRST_BUDDHIST_YEAR, "last": LAST_BUDDHIST_YEAR}
        )
    return gregorian_year(year)


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
            % {"month": MONTHS[month - 1], "year": year + ERA_OFFSET, "last": last}
        )


def _refuse_other_weekday(day: date, typed: str | None) -> None:
    weekday = WEEKDAYS[day.weekday()]
    if typed and not weekday.startswith(typed):
        raise ValueError(
            _("%(date)s เป็นวัน%(weekday)s ไม่ใช่วัน%(typed)s โปรดตรวจวันที่อีกครั้ง")
            % {"date": long_date(day), "weekday": weekday, "typed": typed}
        )
