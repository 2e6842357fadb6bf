"""Where the result of a line comes from: each number with the rows it counts."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from reports.enums import LOG_MEASURES, Measure
from reports.models import PlanLine, PlanProof
from reports.queries.plan_actuals import LineResult, results_of
from volunteer_network.access.scope import HasScope
from volunteer_network.enums import Category
from volunteer_network.services.figures import by_category_and_month
from volunteer_network.thai_calendar import fiscal_months


@dataclass(frozen=True, slots=True)
class SourceCell:
    """One month of one category, and the rows of the log behind it."""

    month: date
    value: int
    href: str


@dataclass(frozen=True, slots=True)
class SourceQuarter:
    """Three months of every category that proves the line; `total` is the quarter's result."""

    number: int
    target: int
    total: int | None
    rows: tuple[tuple[str, tuple[SourceCell, ...], int], ...]  # category, months, sum


@dataclass(frozen=True, slots=True)
class SourceSeminar:
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Source:
    result: LineResult
    quarters: tuple[SourceQuarter, ...]
    seminars: tuple[SourceSeminar, ...]

    @property
    def counted(self) -> int:
        """What the cells add up to: the year's result, by another way."""
        return sum(total for quarter in self.quarters for _words, _cells, total in quarter.rows)


def source_of(line: PlanLine, *, user: HasScope) -> Source:
    """The result of one line with the way back to the rows."""
    result = results_of(line.plan, [line], user=user).of_line[line.pk]
    proofs = list(PlanProof.objects.visible_to(user).filter(line=line).select_related("seminar"))
    named = {proof.category for proof in proofs if proof.category}
    categories = [one for one in Category if one in named]
    kept = _kept(line, user) if Measure(line.measure) in LOG_MEASURES else {}
    return Source(
        result=result,
        quarters=tuple(
            SourceQuarter(
                number=number,
                target=line.targets[number - 1],
                total=result.actual[number - 1],
                rows=tuple(_row(line, category, number, kept) for category in categories),
            )
            for number in (1, 2, 3, 4)
        ),
        seminars=tuple(
            SourceSeminar(
                proof.seminar.title, reverse("seminars:registrations", args=[proof.seminar.pk])
            )
            for proof in proofs
            if proof.seminar
        ),
    )


def _kept(line: PlanLine, user: HasScope) -> dict[tuple[Category, date], int]:
    months = fiscal_months(line.plan.fiscal_year)
    kept = by_category_and_month(
        month_from=months[0], month_to=months[-1], province=line.province_id
    )
    return {key: getattr(totals, line.measure) for key, totals in kept.items()}


def _row(
    line: PlanLine, category: Category, quarter: int, kept: dict[tuple[Category, date], int]
) -> tuple[str, tuple[SourceCell, ...], int]:
    months = fiscal_months(line.plan.fiscal_year)[3 * (quarter - 1) : 3 * quarter]
    cells = tuple(
        SourceCell(month, kept.get((category, month), 0), log_href(line, category, month))
        for month in months
    )
    return str(category.label), cells, sum(cell.value for cell in cells)


def log_href(line: PlanLine, category: str, month: date) -> str:
    """The list of the activities of a category in one month of the province."""
    asked = {"province": line.province_id, "category": category, "month": month.isoformat()}
    return f"{reverse('activities:list')}?{urlencode(asked)}"
