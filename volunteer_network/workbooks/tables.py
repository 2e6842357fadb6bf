"""Finds the table in a sheet: what is a heading, what is a row of data, and what is left out.

An official's sheet has a title on top, headings in one to three rows, perhaps repeated on each
page, rows that were never filled in, a sum at the foot and a signature below it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from volunteer_network.thai_text import clean, normalise, to_arabic_digits
from volunteer_network.workbooks.headings import NOTHING, Vocabulary
from volunteer_network.workbooks.reading import Sheet

HEADINGS_WITHIN: Final = 60  # rows from the top of a sheet
FIELDS_AT_LEAST: Final = 2  # recognised headings that make a row the head of a table
LONGEST_HEADING: Final = 120

_SUM: Final = re.compile(
    r"(?:ยอด)?รวม(?:ทั้งสิ้น|ทั้งหมด|ทั้งหมดทั้งสิ้น|จำนวน|ผู้เข้าร่วม|ยอด)*[\s:=]*[\d,]*\s*(?:คน|ราย|ท่าน|แห่ง)?[\s.]*"
    r"|(?:grand\s+|sub)?total[\s:=]*[\d,]*"
)
_FOOT: Final = re.compile(r"(?:หมายเหตุ|ลงชื่อ|ผู้จัดทำ|ผู้รับรอง|ผู้ตรวจสอบ|ที่มา|ข้อมูล ณ|พิมพ์เมื่อ)(?:[\s:.(…]|$)")
_COLUMN_NUMBER: Final = re.compile(r"\(?(\d{1,2})\)?")
_BLANK: Final = frozenset({"", "-", "–", "—", "--", "..."})


class LeftOut(StrEnum):
    """Why a row is no data."""

    SUM = "sum"
    HEADING = "heading"
    COLUMN_NUMBERS = "column_numbers"
    NUMBERING = "numbering"
    FOOT = "foot"
    ALONE = "alone"
    SKIPPED = "skipped"  # by the person who looked at it


@dataclass(frozen=True)
class Column:
    at: int
    heading: str
    field: str  # NOTHING when it is not taken in


@dataclass(frozen=True)
class Plan:
    """How one sheet is read; an official may change all of it but the headings."""

    sheet: str
    top: int  # first and last row of the heading, counted from 0; -1 when none was found
    bottom: int
    columns: tuple[Column, ...]
    used: bool = True

    @property
    def fields(self) -> set[str]:
        return {column.field for column in self.columns} - {NOTHING}

    def as_json(self) -> dict[str, Any]:
        return {
            "sheet": self.sheet,
            "top": self.top,
            "bottom": self.bottom,
            "columns": [[one.at, one.heading, one.field] for one in self.columns],
            "used": self.used,
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Plan":
        columns = tuple(Column(*one) for one in kept["columns"])
        return cls(**{**kept, "columns": columns})


@dataclass(frozen=True)
class DataRow:
    """A row of the table by field, or one that is none and why; `number` is the sheet's own."""

    sheet: str
    number: int
    cells: dict[str, str] = field(default_factory=dict)
    left_out: LeftOut | None = None
    text: str = ""  # what stands in a row that is left out


def plan_for(sheets: Sequence[Sheet], vocabulary: Vocabulary, names: set[str]) -> list[Plan]:
    """A plan for each sheet that an official can see; unused where no table was found.

    A table of people has a column among `names`. When no sheet has one, the largest is offered
    with its first full row as the heading, for an official to say what the columns are.
    """
    visible = [sheet for sheet in sheets if not sheet.hidden and any(map(any, sheet.rows))]
    plans = [_plan(sheet, vocabulary, names) for sheet in visible]
    if visible and not any(plan.used for plan in plans):
        largest = max(range(len(visible)), key=lambda one: len(visible[one].rows))
        plans[largest] = _guess(visible[largest], vocabulary)
    return plans


def data_rows(sheet: Sheet, plan: Plan) -> Iterator[DataRow]:
    """Every row below the heading but the blank ones."""
    taken = [column for column in plan.columns if column.field != NOTHING]
    judge = _Judge(sheet, plan)
    for number, row in enumerate(sheet.rows[plan.bottom + 1 :], start=plan.bottom + 2):
        texts = [clean_cell(text) for text in row]
        if not any(texts):
            continue
        if why := judge.why_left_out(texts):
            words = " ".join(dict.fromkeys(filter(None, texts)))[:LONGEST_HEADING]
            yield DataRow(sheet.name, number, left_out=why, text=words)
            continue
        cells = {one.field: texts[one.at] for one in taken if one.at < len(texts)}
        yield DataRow(sheet.name, number, cells=cells)


def clean_cell(text: str) -> str:
    """The text as it is meant: spelt in one way, "" for a dash, without Excel's apostrophe."""
    text = clean(text)
    if text in _BLANK:
        return ""
    return text[1:] if re.match(r"'[\d+=@-]", text) else text


def _plan(sheet: Sheet, vocabulary: Vocabulary, names: set[str]) -> Plan:
    best: tuple[float, Plan] | None = None
    for top in range(min(HEADINGS_WITHIN, len(sheet.rows))):
        for depth in (1, 2, 3):
            columns = _columns(sheet, top, depth, vocabulary)
            fields = {column.field for column in columns if column.field}
            worth = len(fields) + 0.01 * _known_to_hold_nothing(columns, vocabulary) - 0.1 * depth
            if depth > 1 and columns and _stands_over_all(sheet.rows[top : top + depth]):
                worth += 0.1 * depth
            if len(fields) < FIELDS_AT_LEAST or not fields & names:
                continue
            if best is None or worth > best[0]:
                best = worth, Plan(sheet.name, top, top + depth - 1, columns)
    return best[1] if best else Plan(sheet.name, -1, -1, (), used=False)


def _guess(sheet: Sheet, vocabulary: Vocabulary) -> Plan:
    fullest = max(
        range(min(HEADINGS_WITHIN, len(sheet.rows))),
        key=lambda number: (len(set(filter(None, sheet.rows[number]))), -number),
    )
    return Plan(sheet.name, fullest, fullest, _columns(sheet, fullest, 1, vocabulary))


def _columns(sheet: Sheet, top: int, depth: int, vocabulary: Vocabulary) -> tuple[Column, ...]:
    """The columns under a heading of some rows; each field is taken from its first column."""
    rows = [[clean_cell(text) for text in row] for row in sheet.rows[top : top + depth]]
    if len(rows) < depth:
        return ()
    columns: list[Column] = []
    seen: set[str] = set()
    for at, (above, below, spread) in enumerate(_stacks(rows, vocabulary)):
        known = vocabulary.field_of_stack(above, below, spread=spread) or NOTHING
        texts = [below] if spread and below else [above, below]
        heading = " ".join(dict.fromkeys(filter(None, texts)))[:LONGEST_HEADING]
        columns.append(Column(at, heading, NOTHING if known in seen else known))
        seen.add(known)
    return tuple(columns)


def _stands_over_all(rows: Sequence[Sequence[str]]) -> bool:
    """Whether some heading was merged over all rows: no row of data repeats its heading."""
    return any(one and set(others) == {one} for one, *others in zip(*rows, strict=False))


def _stacks(rows: list[list[str]], vocabulary: Vocabulary) -> list[tuple[str, str, bool]]:
    """Each column's upper and lower text, from headings of one row, two or three.

    Of three the lower two say what a column is, as they do without the third; where they say
    nothing that is known, the first and the last are asked, and one that stands in the first row
    alone speaks for itself.
    """
    if len(rows) == 1:
        return [(text, "", False) for text in rows[0]]
    lower = _stacked(rows[-2], rows[-1])
    if len(rows) == 2:
        return lower
    stacks = []
    top = [*rows[0], *[""] * len(lower)]
    for (first, last, first_spread), (above, below, spread) in zip(
        _stacked(top[: len(lower)], [below or above for above, below, _spread in lower]),
        lower,
        strict=True,
    ):
        unknown = vocabulary.field_of_stack(above, below, spread=spread) is None
        stacks.append((first, last, first_spread) if unknown else (above, below, spread))
    return stacks


def _stacked(upper: list[str], lower: list[str]) -> list[tuple[str, str, bool]]:
    """Each column's upper and lower text; a group's heading spreads to the right over blanks."""
    width = max(len(upper), len(lower))
    upper, lower = [one + [""] * (width - len(one)) for one in (upper, lower)]
    stacks, group = [], ""
    for above, below in zip(upper, lower, strict=True):
        spread = not above and bool(below) and bool(group)
        group = above or (group if below else "")
        stacks.append((group if spread else above, below, spread))
    return stacks


def _known_to_hold_nothing(columns: Sequence[Column], vocabulary: Vocabulary) -> int:
    return sum(
        column.field == NOTHING and vocabulary.field_of(column.heading) == NOTHING
        for column in columns
    )


class _Judge:
    """Tells the rows of one table that are no data."""

    def __init__(self, sheet: Sheet, plan: Plan) -> None:
        self._taken = {column.at for column in plan.columns if column.field != NOTHING}
        self._numbering = {
            column.at for column in plan.columns if column.field == NOTHING and column.heading
        }
        whole = [column.heading for column in plan.columns]
        rows = sheet.rows[plan.top : plan.bottom + 1] if plan.top >= 0 else []
        self._heads = [[clean_cell(text) for text in head] for head in (whole, *rows)]

    def why_left_out(self, texts: list[str]) -> LeftOut | None:
        filled = [at for at, text in enumerate(texts) if text]
        if self._taken.isdisjoint(filled):
            lone_number = all(at in self._numbering and texts[at].isdecimal() for at in filled)
            return LeftOut.NUMBERING if lone_number else _kind_of_stray(texts, filled)
        if self._repeats_heading(texts, filled):
            return LeftOut.HEADING
        distinct = {texts[at] for at in filled}
        if len(filled) > 1 and _counts_columns([texts[at] for at in filled]):
            return LeftOut.COLUMN_NUMBERS
        is_thin = len(distinct) <= max(3, len(self._taken) // 2)
        if is_thin and _has_sum(texts, filled):
            return LeftOut.SUM
        if len(distinct) == 1:
            if _FOOT.match(texts[filled[0]]):
                return LeftOut.FOOT
            if len(filled) > 1:  # one text merged across: a heading between the rows
                return LeftOut.ALONE
        return None

    def _repeats_heading(self, texts: list[str], filled: list[int]) -> bool:
        """Whether the row says what the heading says, in whole or in either of its rows."""
        for head in self._heads:
            same = sum(at < len(head) and head[at] == texts[at] for at in filled)
            if same >= 2 and same * 2 > len(filled):
                return True
        return False


def _kind_of_stray(texts: list[str], filled: list[int]) -> LeftOut:
    """A row with nothing in the columns that are taken in."""
    if _has_sum(texts, filled):
        return LeftOut.SUM
    return LeftOut.FOOT if _FOOT.match(texts[filled[0]]) else LeftOut.ALONE


def _has_sum(texts: list[str], filled: list[int]) -> bool:
    return any(_SUM.fullmatch(normalise(texts[at])) for at in filled)


def _counts_columns(texts: list[str]) -> bool:
    """(1) (2) (3) under the headings."""
    numbers = []
    for text in texts:
        if not (found := _COLUMN_NUMBER.fullmatch(to_arabic_digits(text))):
            return False
        numbers.append(int(found[1]))
    return numbers == list(range(1, len(numbers) + 1))
