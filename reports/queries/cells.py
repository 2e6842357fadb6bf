"""A cell of the dashboard: the figures of one province, of one region or of all that are asked."""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from decimal import Decimal
from operator import attrgetter
from typing import Final, Self

from volunteer_network.figure_words import count_in_words

FEWEST_SHOWN: Final = 5  # persons; fewer, of a province that is not one's own, are not shown
MONTHS_OF_A_QUARTER: Final = 3
TELLS_OF_PEOPLE: Final = (
    *("people", "people_ended", "people_before", "spotted", "screened", "referred"),
    *("waiting", "at_office", "served", "not_eligible", "unreachable", "ended", "withdrawn"),
    *("accepted", "attended", "plan_people"),
)


@dataclass(slots=True, kw_only=True)
class Cell:
    """Plain sums, so that cells can be added; shares are asked of them.

    `people_ended` and `people_before` are of the months that are over and had something the year
    before: they alone can be compared.
    """

    code: int = 0  # of a province; 0 for several
    name: str = ""
    region: str = ""
    cluster: str = ""
    hidden: frozenset[str] = field(default_factory=frozenset)

    offices: int = 0
    complete: int = 0  # offices that are in with everybody
    # of the log, in the months asked for
    activities: int = 0
    people: int = 0
    spotted: int = 0
    screened: int = 0
    referred: int = 0
    people_ended: int = 0
    people_before: int = 0
    # of the month whose reports are waited for
    expected: int = 0
    received: int = 0
    on_time: int = 0
    # of today
    places: int = 0
    covered: int = 0
    # of the cases brought in
    waiting: int = 0
    at_office: int = 0
    served: int = 0
    not_eligible: int = 0
    unreachable: int = 0
    ended: int = 0
    withdrawn: int = 0
    # of the seminars of the year
    accepted: int = 0
    attended: int = 0
    # of the approved plans: people in the months that are over, money of the year in baht
    plans: int = 0
    plan_people: int = 0
    plan_thirds: int = 0  # three times the target: a month has a third of its quarter's
    allotted: Decimal = Decimal(0)
    disbursed: Decimal = Decimal(0)
    committed: Decimal = Decimal(0)

    @classmethod
    def sum_of(cls, cells: Iterable["Cell"], *, name: str) -> Self:
        sums = (sum(values) for values in zip(*map(_ALL_SUMS, cells), strict=True))
        return cls(name=name, **dict(zip(SUMS, sums, strict=False)))

    def shown(self, name: str) -> int | None:
        """A figure as this reader may see it; None for one that is hidden (queries/hiding.py)."""
        value: int = getattr(self, name)
        return None if name in self.hidden else value

    @property
    def people_text(self) -> str:
        return count_in_words(self.shown("people"))

    @property
    def referred_text(self) -> str:
        return count_in_words(self.shown("referred"))

    @property
    def attended_text(self) -> str:
        """How many came of those who accepted."""
        pair = (self.shown("attended"), self.shown("accepted"))
        return " / ".join(count_in_words(one) for one in pair)

    @property
    def answered(self) -> int:
        return self.served + self.not_eligible + self.unreachable + self.ended

    @property
    def cases(self) -> int:
        """Cases that an office has or had to answer, without what was withdrawn."""
        return self.at_office + self.answered

    @property
    def all_cases(self) -> int:
        return self.cases + self.waiting + self.withdrawn

    @property
    def vacant(self) -> int:
        return self.places - self.covered

    @property
    def missing(self) -> int:
        return max(self.expected - self.received, 0)

    @property
    def is_complete(self) -> bool:
        return self.expected > 0 and not self.missing

    @property
    def covered_percent(self) -> float | None:
        return percent(self.covered, self.places)

    @property
    def received_percent(self) -> float | None:
        return percent(self.received, self.expected)

    @property
    def on_time_percent(self) -> float | None:
        return percent(self.on_time, self.expected)

    @property
    def served_percent(self) -> float | None:
        """Of the cases that an office has or had to answer."""
        if self.hidden & {"served", "at_office", "not_eligible", "unreachable", "ended"}:
            return None
        return percent(self.served, self.cases)

    @property
    def attended_percent(self) -> float | None:
        return (
            None
            if self.hidden & {"accepted", "attended"}
            else percent(self.attended, self.accepted)
        )

    @property
    def plan_target(self) -> int:
        """People to be reached by the end of the months that are over."""
        return round(self.plan_thirds / MONTHS_OF_A_QUARTER)

    @property
    def plan_percent(self) -> float | None:
        if "plan_people" in self.hidden or not self.plan_thirds:
            return None
        return percent(self.plan_people * MONTHS_OF_A_QUARTER, self.plan_thirds)

    @property
    def disbursed_percent(self) -> float | None:
        return percent(self.disbursed, self.allotted)

    @property
    def growth_percent(self) -> float | None:
        """People reached in the months that are over, less those of the year before."""
        if self.hidden & {"people_ended", "people_before"}:
            return None
        more = self.people_ended - self.people_before
        return percent(more, self.people_before)


_NO_SUMS: Final = {"code", "name", "region", "cluster", "hidden"}
SUMS: Final = tuple(one.name for one in fields(Cell) if one.name not in _NO_SUMS)
_ALL_SUMS: Final = attrgetter(*SUMS)


def percent(part: int | Decimal, whole: int | Decimal) -> float | None:
    """With one decimal; None where there is nothing to have a share of."""
    return round(float(part * 100 / whole), 1) if whole else None
