"""What a dashboard is asked: some months of a fiscal year, some provinces, perhaps a category."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Self

from django.utils.translation import gettext as _

from mentors.services.month_deadlines import has_ended
from volunteer_network.enums import Category
from volunteer_network.known_places import known_offices
from volunteer_network.models import Province
from volunteer_network.thai_calendar import (
    MONTHS,
    buddhist_year,
    fiscal_months,
    quarter,
    short_month_name,
)


@dataclass(frozen=True)
class Question:
    """Months are first days. `today` is the day on which it is asked."""

    fiscal_year: int
    today: date
    quarter: int | None = None
    month: date | None = None
    region: str = ""
    cluster: str = ""
    category: Category | None = None
    province: int | None = None  # the one that a province's page is about

    def of_province(self, code: int) -> Self:
        """The same question about one province."""
        return replace(self, province=code, region="", cluster="")

    @cached_property
    def year(self) -> list[date]:
        """The twelve months of the fiscal year."""
        return fiscal_months(self.fiscal_year)

    @cached_property
    def year_before(self) -> list[date]:
        return fiscal_months(self.fiscal_year - 1)

    @cached_property
    def chosen(self) -> list[date]:
        """The months that the filters name, whether they have come or not."""
        if self.month:
            return [self.month]
        if self.quarter:
            return [month for month in self.year if quarter(month) == self.quarter]
        return self.year

    @cached_property
    def months(self) -> list[date]:
        """The chosen months that have begun: what is added up."""
        return [month for month in self.chosen if month <= self.today]

    @cached_property
    def ended(self) -> list[date]:
        """The chosen months that are over: they alone are compared with the year before."""
        return [month for month in self.chosen if has_ended(month, self.today)]

    @property
    def reporting(self) -> date | None:
        """The month whose reports are waited for: the last chosen one that is over."""
        return self.ended[-1] if self.ended else None

    @cached_property
    def offices(self) -> list[Province]:
        """The provinces asked about, in Thai order; those with an office only."""
        return [
            office
            for office in known_offices()
            if (self.province is None or office.pk == self.province)
            and self.region in {"", office.region}
            and self.cluster in {"", office.cluster}
        ]

    @property
    def period(self) -> str:
        """The months in words: "ต.ค. 2568–เม.ย. 2569", "เมษายน 2569"; nothing before they come."""
        return period_in_words(self.months)


def period_in_words(months: list[date]) -> str:
    """Some months that follow one another, as short as they can be told."""
    if not months:
        return ""
    first, last = months[0], months[-1]
    if first == last:
        return f"{MONTHS[first.month - 1]} {buddhist_year(first)}"
    words = {
        "first": short_month_name(first),
        "last": short_month_name(last),
        "year": buddhist_year(first),
        "last_year": buddhist_year(last),
    }
    if words["year"] == words["last_year"]:
        return _("%(first)s–%(last)s %(year)d") % words
    return _("%(first)s %(year)d–%(last)s %(last_year)d") % words
