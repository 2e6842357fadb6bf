"""Rows of figures on a page. Few change between two looks, so equal ones are drawn once."""

from typing import NamedTuple

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from reports.dashboard.charts import Ranked
from reports.dashboard.doors import Doors
from reports.dashboard.lines import NOTHING
from reports.queries.cells import Cell
from volunteer_network.figure_words import count_in_words, share_in_words
from volunteer_network.ui.lean import draw_once

PLAN_PERCENT = 4  # place of the figure by which regions are ranked


class Shown(NamedTuple):
    """A figure in words, the address of its rows or "", and of how many it is."""

    words: str
    href: str = ""
    rest: str = ""


class FigureRow(NamedTuple):
    label: str
    figures: tuple[Shown, ...]
    href: str = ""  # of the label
    lead: str = ""
    ranked_by: int = -1  # place of the figure that ranks the row


def province_row(ranked: Ranked, href: str, doors: tuple[str, str, str]) -> SafeString:
    """`doors` lead to the reports, the volunteers and the log of the province."""
    cell, (sheet, register, log) = ranked.cell, doors
    figures = (
        Shown(ranked.words),
        _of(cell.received, sheet, cell.expected),
        _of(cell.covered, register, cell.places),
        Shown(cell.people_text, log),
        Shown(cell.referred_text),
        _attended(cell),
    )
    lead = str(ranked.rank) if ranked.rank else NOTHING
    return _drawn(FigureRow(cell.name, figures, href, lead, ranked_by=0))


def region_row(cell: Cell, href: str, doors: Doors) -> SafeString:
    return _drawn(FigureRow(cell.name, _of_a_region(cell, doors), href, ranked_by=PLAN_PERCENT))


def sum_row(cell: Cell, doors: Doors) -> SafeString:
    """All regions together."""
    return _drawn(FigureRow(_("รวม"), _of_a_region(cell, doors), ranked_by=PLAN_PERCENT))


def _of_a_region(cell: Cell, doors: Doors) -> tuple[Shown, ...]:
    log, plans = doors.activities(), doors.plans()
    spotted, screened, referred = (
        Shown(count_in_words(cell.shown(name)), log) for name in ("spotted", "screened", "referred")
    )
    planned = cell.plan_thirds > 0
    return (
        _of(cell.complete, doors.reports(), cell.offices),
        _of(cell.covered, doors.volunteers(), cell.places),
        Shown(count_in_words(cell.plan_target) if planned else NOTHING),
        Shown(count_in_words(cell.shown("plan_people")) if planned else NOTHING),
        Shown(share_in_words(cell.plan_percent)),
        Shown(cell.people_text, log),
        Shown(share_in_words(cell.growth_percent)),
        *(spotted, screened, referred),
        Shown(share_in_words(cell.served_percent)),
        Shown(share_in_words(cell.disbursed_percent), plans),
        _attended(cell),
    )


def _of(part: int, href: str, whole: int) -> Shown:
    return Shown(count_in_words(part), href, f" / {count_in_words(whole)}")


def _attended(cell: Cell) -> Shown:
    return Shown(cell.attended_text if cell.accepted else NOTHING)


def _drawn(row: FigureRow) -> SafeString:
    return draw_once("reports/dashboard/figure_row.html", row=row)
