"""What a dashboard holds: cells of provinces, months, quarters of the plan, money, seminars."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reports.enums import BudgetType
from reports.queries.cells import Cell, percent
from reports.queries.hiding import hide_among_sums, hide_sum
from reports.queries.questions import Question
from volunteer_network.figure_words import count_in_words
from volunteer_network.thai_calendar import short_month_name


@dataclass(slots=True)
class Month:
    """One of the twelve months of the year, over all provinces asked about."""

    month: date
    is_chosen: bool
    has_begun: bool
    has_ended: bool
    activities: int = 0
    people: int = 0
    spotted: int = 0
    screened: int = 0
    referred: int = 0
    people_before: int = 0  # the same month of the year before
    expected: int = 0
    received: int = 0
    on_time: int = 0
    hidden: frozenset[str] = frozenset()

    @property
    def short(self) -> str:
        return short_month_name(self.month)

    def shown(self, name: str) -> int | None:
        value: int = getattr(self, name)
        return None if name in self.hidden else value

    @property
    def row(self) -> list[str | None]:
        """The month as a line of a table; None where there is nothing to say yet."""
        log = [count_in_words(self.shown(name)) for name in ("spotted", "screened", "referred")]
        reports = [count_in_words(one) for one in (self.expected, self.received, self.on_time)]
        people = count_in_words(self.shown("people"))
        return [
            people if self.has_begun else None,
            count_in_words(self.shown("people_before")),
            *(log if self.has_begun else [None] * len(log)),
            *(reports if self.has_ended else [None] * len(reports)),
        ]


@dataclass(frozen=True)
class Seminar:
    """How many came to one seminar, over the provinces asked about and the centre."""

    pk: int
    accepted: int
    attended: int


@dataclass(slots=True)
class PlanQuarter:
    """People to be reached in a quarter by the approved plans, and people reached so far."""

    number: int
    has_begun: bool = True
    target: int = 0
    people: int = 0
    hidden: bool = False


@dataclass(slots=True)
class Budget:
    """Money of one type in the approved plans of the year, in baht."""

    budget_type: BudgetType
    allotted: Decimal = Decimal(0)
    disbursed: Decimal = Decimal(0)
    committed: Decimal = Decimal(0)

    @property
    def percent(self) -> float | None:
        return percent(self.disbursed, self.allotted)


@dataclass(frozen=True)
class Dashboard:
    """Everything that a page shows; cells of provinces in Thai order."""

    question: Question
    total: Cell
    provinces: list[Cell]
    months: list[Month]
    seminars: list[Seminar]
    quarters: list[PlanQuarter]
    budgets: list[Budget]
    seen: frozenset[int] | None  # provinces whose rows the reader sees; None for all

    @property
    def regions(self) -> list[Cell]:
        found: defaultdict[str, list[Cell]] = defaultdict(list)
        for cell in self.provinces:
            found[cell.region].append(cell)
        regions = [Cell.sum_of(cells, name=name) for name, cells in found.items()]
        for region in regions:
            hide_sum(region, found[region.name])
        hide_among_sums(regions)
        return regions


def sees(seen: Collection[int] | None, code: int) -> bool:
    """Whether the rows of a province are the reader's to see."""
    return seen is None or code in seen
