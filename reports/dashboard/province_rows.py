"""The table of provinces: few of its 76 rows change between two looks, so equal ones are kept."""

from functools import lru_cache
from typing import NamedTuple

from django.utils.safestring import SafeString
from django.utils.translation import get_language

from reports.dashboard.charts import Ranked
from volunteer_network.ui.lean import draw


class ProvinceRow(NamedTuple):
    """Everything that a row shows; figures that are too small to be shown are None."""

    name: str
    href: str
    rank: int
    words: str  # of the measure that ranks
    received: int
    expected: int
    covered: int
    places: int
    people: int | None
    referred: int | None
    attended: str
    sheet: str  # addresses of the rows behind the figures, or ""
    register: str
    log: str


def province_row(ranked: Ranked, href: str, doors: tuple[str, str, str]) -> SafeString:
    """A drawn row; `doors` lead to the reports, the volunteers and the log of the province."""
    cell = ranked.cell
    row = ProvinceRow(
        cell.name,
        href,
        ranked.rank,
        ranked.words,
        cell.received,
        cell.expected,
        cell.covered,
        cell.places,
        cell.shown("people"),
        cell.shown("referred"),
        cell.attended_text if cell.accepted else "–",
        *doors,
    )
    return _drawn(row, get_language())


@lru_cache(maxsize=2048)
def _drawn(row: ProvinceRow, language: str | None) -> SafeString:
    return draw("reports/dashboard/province_row.html", row=row)
