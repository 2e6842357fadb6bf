"""A volunteer's terms as a calendar: months across from October, fiscal years down."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext_lazy as _

from volunteer_network.ui.figures import MONTHS_IN_FISCAL_YEAR, heat_steps

MonthKind = Literal["count", "reason", "silent", "open", "outside"]

SHORT_MONTHS = (
    _("ต.ค."),
    _("พ.ย."),
    _("ธ.ค."),
    _("ม.ค."),
    _("ก.พ."),
    _("มี.ค."),
    _("เม.ย."),
    _("พ.ค."),
    _("มิ.ย."),
    _("ก.ค."),
    _("ส.ค."),
    _("ก.ย."),
)


@dataclass(frozen=True)
class TermMonth:
    """One month: how often (count), why not (reason), or that nothing was heard (silent).

    `open` is being recorded now, `outside` lies before or after the terms, or is still to come.
    """

    kind: MonthKind
    count: int = 0
    words: str = ""
    href: str = ""


@dataclass(frozen=True)
class TermYear:
    """One fiscal year, named by its Buddhist year, from October to September."""

    year: int
    months: tuple[TermMonth, ...]

    def __post_init__(self) -> None:
        if len(self.months) != MONTHS_IN_FISCAL_YEAR:
            raise ValueError(f"a fiscal year has twelve months, not {len(self.months)}")

    @property
    def total(self) -> int:
        return sum(month.count for month in self.months)


@dataclass(frozen=True)
class ShadedYear:
    year: int
    months: tuple[tuple[TermMonth, int], ...]
    total: int


def shaded(years: Sequence[TermYear]) -> list[ShadedYear]:
    """The years with each month's heat step, ranked over the whole calendar."""
    steps = iter(heat_steps([month.count for year in years for month in year.months]))
    return [
        ShadedYear(
            year=year.year,
            months=tuple((month, next(steps)) for month in year.months),
            total=year.total,
        )
        for year in years
    ]
