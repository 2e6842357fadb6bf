"""The figures of a dashboard as they are printed: tables whose every number has a code and a door.

A code is the row's and the column's: ข10.2 is the table ข, its row 10, its second column. Rows
keep their numbers whatever their order on paper, so that a code means the same for ever.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from reports.dashboard import lines as rows
from reports.dashboard.charts import Ranking
from reports.dashboard.doors import Doors
from reports.dashboard.lines import Line
from reports.queries.boards import Dashboard

_BREAK = re.compile("(?<=[ก-๙]) (?=[ก-๙])")  # where a heading may break in a narrow column


@dataclass(frozen=True)
class Figure:
    """One printed number; `href` leads to the rows it counts, "" where no list holds them."""

    code: str
    row: str
    column: str
    words: str
    href: str


@dataclass(frozen=True)
class Row:
    code: str
    lead: str  # what stands before the name, as its rank
    label: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Sheet:
    """One table of the paper."""

    letter: str
    name: str
    title: str
    first: str  # what the rows are
    heads: tuple[str, ...]  # for narrow columns, with places to break
    names: tuple[str, ...]  # the same for wide ones
    rows: tuple[Row, ...]

    @property
    def has_leads(self) -> bool:
        return any(row.lead for row in self.rows)


@dataclass(frozen=True)
class Sheets:
    """All tables of a paper, in the order in which they are printed."""

    all: tuple[Sheet, ...]

    @cached_property
    def by_name(self) -> dict[str, Sheet]:
        return {sheet.name: sheet for sheet in self.all}

    @cached_property
    def by_code(self) -> dict[str, Figure]:
        return {figure.code: figure for figure in self.figures()}

    def figures(self) -> Iterator[Figure]:
        for sheet in self.all:
            for row in sheet.rows:
                yield from row.figures


def sheets_of(board: Dashboard, ranking: Ranking, doors: Doors) -> Sheets:
    """What is printed of a board; the doors are those of one reader."""
    made = [
        _sheet("ก", "keys", _("ตัวเลขสำคัญ"), _("ตัวเลข"), rows.key_heads(), rows.keys(board, doors)),
        _sheet(
            *("ข", "months", _("ตาราง 12 เดือน"), _("เดือน")),
            *(rows.month_heads(), rows.months(board, doors)),
        ),
    ]
    if board.total.plans:
        named = ("ค", "quarters", _("แผนและผลรายไตรมาส"), _("ไตรมาส"))
        made.append(_sheet(*named, rows.quarter_heads(), rows.quarters(board, doors)))
    if board.budgets:
        named = ("ง", "budgets", _("งบประมาณตามประเภท"), _("ประเภทงบ"))
        made.append(_sheet(*named, rows.budget_heads(), rows.budgets(board)))
    named = ("จ", "outcomes", _("เรื่องส่งต่อตามผล"), _("ผล"))
    made.append(_sheet(*named, rows.outcome_heads(), rows.outcomes(board, doors)))
    if not board.question.province:
        named = ("ฉ", "regions", _("รายภาค"), _("ภาค"))
        made.append(_sheet(*named, rows.region_heads(), rows.regions(board, doors)))
        named, heads = ("ช", "provinces", _("รายจังหวัด"), _("จังหวัด")), rows.province_heads
        made.append(_sheet(*named, heads(ranking.measure), rows.provinces(ranking, doors)))
    return Sheets(tuple(made))


def _sheet(
    letter: str, name: str, title: str, first: str, heads: Sequence[str], lines: Iterable[Line]
) -> Sheet:
    names = [_BREAK.sub("", head) for head in heads]

    def row_of(line: Line) -> Row:
        code = f"{letter}{line.number}"
        figures = (
            Figure(
                code=f"{code}.{place}",
                row=line.label,
                column=names[place - 1],
                words=words,
                href="" if words == rows.NOTHING else href,
            )
            for place, (words, href) in enumerate(line.cells, start=1)
        )
        return Row(code, line.lead, line.label, tuple(figures))

    return Sheet(letter, name, title, first, tuple(heads), tuple(names), tuple(map(row_of, lines)))
