"""The tables behind the charts of a page: the lines of the paper's tables, in parts."""

from dataclasses import dataclass
from typing import NamedTuple

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from reports.dashboard import lines as rows
from reports.dashboard.doors import Doors
from reports.dashboard.figure_rows import FigureRow, Shown
from reports.dashboard.lines import Line
from reports.queries.boards import Budget, Dashboard
from volunteer_network.figure_words import share_in_words
from volunteer_network.thai_text import baht
from volunteer_network.ui.lean import draw_once


class Table(NamedTuple):
    summary: str
    caption: str
    first: str  # what the rows are
    heads: tuple[str, ...]
    rows: tuple[FigureRow, ...]


@dataclass(frozen=True)
class Tables:
    """Each drawn; what has no figures is empty."""

    people: SafeString
    steps: SafeString
    reports: SafeString
    plan: SafeString
    budget: SafeString


def tables_of(board: Dashboard, doors: Doors) -> Tables:
    twelve_lines = rows.months(board, doors)
    by_month = list(zip(board.months, twelve_lines, strict=True))
    begun = [line for month, line in by_month if month.has_begun]
    ended = [line for month, line in by_month if month.has_ended]
    twelve, month, nothing = _("ตาราง 12 เดือน"), _("เดือน"), SafeString()
    return Tables(
        people=_table(
            *(twelve, _("ผู้รับบริการรายเดือน"), month),
            {_("ปีนี้"): 0, _("ปีก่อน"): 1},
            twelve_lines,
        ),
        steps=_table(
            *(twelve, _("ชี้เป้า คัดกรอง ส่งต่อ รายเดือน"), month),
            {_("ชี้เป้า"): 2, _("คัดกรอง"): 3, _("ส่งต่อ"): 4},
            begun,
        ),
        reports=_table(
            *(twelve, _("รายงานประจำเดือนที่ได้รับ"), month),
            {_("ต้องรายงาน"): 5, _("ได้รับ"): 6, _("ทันกำหนด"): 7},
            ended,
        ),
        plan=_table(
            *(_("ตาราง 4 ไตรมาส"), _("ผู้รับบริการตามแผน รายไตรมาส"), _("ไตรมาส")),
            {_("แผน"): 0, _("ผล"): 1},
            rows.quarters(board, doors),
        )
        if board.total.plans
        else nothing,
        budget=_table(
            *(_("ตารางตามประเภทงบ"), _("งบประมาณตามประเภท"), _("ประเภทงบ")),
            {_("จัดสรร"): 0, _("เบิกจ่าย"): 1, _("ผูกพัน"): 2, _("ร้อยละ"): 3},
            [_budget(one) for one in board.budgets],
        )
        if board.budgets
        else nothing,
    )


def _table(
    summary: str, caption: str, first: str, columns: dict[str, int], lines: list[Line]
) -> SafeString:
    """Some columns of some lines; equal tables are drawn once."""
    places = tuple(columns.values())
    shown = tuple(
        FigureRow(line.label, tuple(Shown(*line.cells[place]) for place in places))
        for line in lines
    )
    table = Table(summary, caption, first, tuple(columns), shown)
    return draw_once("reports/dashboard/table.html", table=table)


def _budget(one: Budget) -> Line:
    amounts = (one.allotted, one.disbursed, one.committed)
    cells = [*(baht(amount) for amount in amounts), share_in_words(one.percent)]
    return Line(0, str(one.budget_type.label), tuple((words, "") for words in cells))
