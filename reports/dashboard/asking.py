"""A question typed in words becomes the question of a dashboard: ภาคใต้ ไตรมาส 2 แผน ผล.

Plain reading, no guessing: what is known is taken out word by word, the rest is told as not used.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from reports.dashboard import vocabulary as words
from reports.dashboard.vocabulary import FIGURE_NAMED, AskedFigure, Meaning
from reports.queries.questions import Question
from volunteer_network.enums import Category
from volunteer_network.forms.periods import recent_years
from volunteer_network.thai_calendar import (
    MONTHS,
    SHORT_MONTHS,
    fiscal_months,
    fiscal_year,
    gregorian_year,
    quarter,
)
from volunteer_network.thai_text import normalise

SHORT_YEAR, CENTURY = 100, 2500
YEAR, QUARTER, MONTH = "year", "quarter", "month"
_YEAR_DIGITS: Final = r"(2[4-6]\d\d|\d\d)(?!\d)"
_MONTH_NAMES: Final = {normalise(name): number for number, name in enumerate(MONTHS, start=1)} | {
    normalise(name): number for number, name in enumerate(SHORT_MONTHS, start=1)
}
_ANY_MONTH: Final = "|".join(
    [*map(re.escape, MONTHS), *(rf"(?<![ก-๙]){re.escape(name)}" for name in SHORT_MONTHS)]
)
_QUARTER: Final = re.compile(
    rf"(?:ไตรมาส\s*(?:ที่)?|(?<![a-z])q)\s*([1-4])(?!\d)(?:\s*/\s*{_YEAR_DIGITS})?"
)
_MONTH: Final = re.compile(rf"(?:เดือน\s*)?({_ANY_MONTH})(?:\s*{_YEAR_DIGITS})?")
_YEAR: Final = re.compile(
    rf"(?:ปีงบประมาณ|ปีงบฯ?|ปี|fy)\s*(?:พ\.?\s?ศ\.?)?\s*{_YEAR_DIGITS}|(?<!\d)(25\d\d)(?!\d)"
)
_RELATIVE: Final = re.compile(r"(ปีงบประมาณ|ปีงบฯ?|ปี|ไตรมาส|เดือน)\s*(นี้|ก่อน|ที่แล้ว)")
# Enough by itself; a figure or a province alone is rather the name of a page or a place.
SAYS_ENOUGH: Final = frozenset({words.REGION, words.CLUSTER, QUARTER})


@dataclass(frozen=True)
class Asked:
    """What was understood: a question, perhaps a figure of it, and the words that were not used."""

    question: Question
    figure: AskedFigure | None
    names_a_place: bool
    unused: list[str]


@dataclass(frozen=True)
class _Period:
    """What is named of a time; 0 where nothing is. `unknown` is a year that no dashboard has."""

    fiscal_year: int = 0
    quarter: int = 0
    month: date | None = None
    unknown: bool = False

    @property
    def kinds(self) -> set[str]:
        if self.month:
            return {MONTH}
        named = ((YEAR, self.fiscal_year), (QUARTER, self.quarter))
        return {kind for kind, value in named if value}


def read(typed: str, *, today: date) -> Asked | None:
    """The question in some words; None where they do not ask for a figure."""
    period, text = _period_in(normalise(typed), today)
    meanings, unused = _meanings_in(text)
    kinds = period.kinds | {meaning.kind for meaning in meanings}
    if period.unknown or not (len(kinds) > 1 or (kinds & SAYS_ENOUGH and not unused)):
        return None
    named: dict[str, str] = {}
    for meaning in meanings:
        named.setdefault(meaning.kind, meaning.value)
    province = int(named.get(words.PROVINCE, 0)) or None
    work = named.get(words.WORK)
    question = Question(
        fiscal_year=period.fiscal_year or fiscal_year(today),
        today=today,
        quarter=period.quarter or None,
        month=period.month,
        province=province,
        region="" if province else named.get(words.REGION, ""),
        cluster="" if province else named.get(words.CLUSTER, ""),
        category=Category(work) if work else None,
    )
    if not question.offices:
        return None  # a region and a cluster elsewhere
    figure = FIGURE_NAMED.get(named.get(words.FIGURE, ""))
    places = {words.NATION, words.REGION, words.CLUSTER, words.PROVINCE}
    return Asked(question, figure, names_a_place=bool(places & kinds), unused=unused)


def _period_in(text: str, today: date) -> tuple[_Period, str]:
    """The time that is named, and the text without it.

    A quarter or a month without a year is the latest that has begun. A year right behind a month
    is that of the calendar; behind ปีงบ and everywhere else it is the fiscal year.
    """
    year, part, month = _relative_in(text, today)
    text = _RELATIVE.sub(" ", text)
    of_month = 0
    if found := _QUARTER.search(text):
        part, year = int(found[1]), _full_year(found[2]) or year
        text = _QUARTER.sub(" ", text)
    if found := _MONTH.search(text):
        month, of_month = _MONTH_NAMES[found[1]], _full_year(found[2])
        text = _MONTH.sub(" ", text)
    if found := _YEAR.search(text):
        year = _full_year(found[1] or found[2])
        text = _YEAR.sub(" ", text)
    if month:
        return _of_month(month, of_month, year, today), text
    known = {known for known, _label in recent_years()}
    if part and not year:
        this_year = fiscal_year(today)
        year = this_year if part <= quarter(today) else this_year - 1
    return _Period(year, part, unknown=bool(year) and year not in known), text


def _of_month(number: int, calendar_year: int, year: int, today: date) -> _Period:
    if calendar_year:
        day = date(gregorian_year(calendar_year), number, 1)
    elif year:
        [day] = [one for one in fiscal_months(year) if one.month == number]
    else:
        day = date(today.year - (number > today.month), number, 1)
    known = {known for known, _label in recent_years()}
    return _Period(fiscal_year(day), month=day, unknown=fiscal_year(day) not in known)


def _relative_in(text: str, today: date) -> tuple[int, int, int]:
    """Year, quarter and month of ปีนี้, ไตรมาสก่อน, เดือนที่แล้ว; 0 where nothing is said so."""
    year = part = month = 0
    for unit, which in _RELATIVE.findall(text):
        back = 0 if which == "นี้" else 1
        if unit == "ไตรมาส":
            places = fiscal_year(today) * 4 + quarter(today) - 1 - back
            year, part = places // 4, places % 4 + 1
        elif unit == "เดือน":
            places = today.year * 12 + today.month - 1 - back
            month, year = places % 12 + 1, fiscal_year(date(places // 12, places % 12 + 1, 1))
        else:
            year = fiscal_year(today) - back
    return year, part, month


def _full_year(digits: str | None) -> int:
    """2569 of "69" and "2569"; 0 of nothing."""
    year = int(digits or 0)
    return year + CENTURY if 0 < year < SHORT_YEAR else year


def _meanings_in(text: str) -> tuple[list[Meaning], list[str]]:
    """What the words mean, in their order, and the words that mean nothing here."""
    known, lone = words.anywhere(), words.alone()
    found: list[Meaning] = []
    unused: list[str] = []
    for piece in re.split(_known_words(), text):
        if piece in known:
            found.append(known[piece])
            continue
        for word in piece.split():
            if word in lone:
                found.append(lone[word])
            elif word not in words.FILLERS and any(map(str.isalnum, word)):
                unused.append(word)
    return found, unused


@cache
def _known_words() -> re.Pattern[str]:
    """Any of the words that are known inside a run of letters, the longest first."""
    longest_first = sorted(words.anywhere(), key=len, reverse=True)
    return re.compile(f"({'|'.join(map(re.escape, longest_first))})")
