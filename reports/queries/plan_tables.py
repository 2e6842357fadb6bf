"""A plan as a table: the rows, sums and ceilings that a page, a document and a workbook share."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from reports.enums import Measure, PlanState, ProjectGroup
from reports.models import Ceiling, Plan, PlanLine
from reports.plan_bands import Band, band_of, percent_of
from reports.queries.plan_actuals import LineResult, Unclaimed, results_of
from volunteer_network.access.scope import HasScope


@dataclass(frozen=True, slots=True)
class Cell:
    """One quarter of one line, or a whole year."""

    target: int
    actual: int | None

    @property
    def percent(self) -> Decimal | None:
        return percent_of(self.actual, self.target)

    @property
    def band(self) -> Band | None:
        return band_of(self.percent)


@dataclass(frozen=True, slots=True)
class Row:
    """A line with its result; `number` is its place in the whole table, from 1."""

    number: int
    line: PlanLine
    result: LineResult

    @property
    def quarters(self) -> tuple[Cell, ...]:
        return tuple(
            Cell(target, actual)
            for target, actual in zip(self.line.targets, self.result.actual, strict=True)
        )

    @property
    def year(self) -> Cell:
        return Cell(self.line.target, self.result.actual_year)

    @property
    def left(self) -> Decimal:
        """Of the money, in baht: allotted less disbursed and committed."""
        return self.line.allotted - self.result.disbursed_year - sum(self.result.committed)

    @property
    def disbursed_percent(self) -> Decimal | None:
        return percent_of(self.result.disbursed_year, self.line.allotted)


@dataclass(frozen=True, slots=True)
class Group:
    """The rows under one heading of the printed plan."""

    place: int
    group: ProjectGroup
    rows: tuple[Row, ...]

    @property
    def allotted(self) -> Decimal:
        return sum((row.line.allotted for row in self.rows), Decimal(0))


@dataclass(frozen=True, slots=True)
class PlanTable:
    plan: Plan
    rows: tuple[Row, ...]
    ceiling: Decimal | None  # baht; None where the centre has set none
    unclaimed: tuple[Unclaimed, ...]

    @property
    def groups(self) -> tuple[Group, ...]:
        of_group = groupby(self.rows, key=lambda row: row.line.group)
        return tuple(
            Group(place, ProjectGroup(name), tuple(rows))
            for place, (name, rows) in enumerate(of_group, start=1)
        )

    @property
    def allotted(self) -> Decimal:
        return sum((row.line.allotted for row in self.rows), Decimal(0))

    @property
    def disbursed(self) -> Decimal:
        return sum((row.result.disbursed_year for row in self.rows), Decimal(0))

    @property
    def disbursed_percent(self) -> Decimal | None:
        return percent_of(self.disbursed, self.allotted)

    @property
    def left_under_ceiling(self) -> Decimal | None:
        """Baht that may still be planned; negative when the plan is over its ceiling."""
        return None if self.ceiling is None else self.ceiling - self.allotted

    @property
    def people_target(self) -> int:
        """People to be reached in the year, over the lines that count them."""
        return sum(row.line.target for row in self.rows if row.line.measure == Measure.PEOPLE)


def current_plan(plans: Iterable[Plan]) -> Plan | None:
    """Of a province's editions in a year, the one to show: the unfinished one, else the newest."""
    alive = [plan for plan in plans if plan.state != PlanState.CANCELLED]
    return max(alive, key=lambda plan: plan.edition, default=None)


def plan_table(plan: Plan, *, user: HasScope) -> PlanTable:
    """The plan with results and ceiling, lines by group and place. Six queries."""
    order = {group: place for place, group in enumerate(ProjectGroup)}
    lines = list(
        PlanLine.objects.visible_to(user).of(plan).select_related("responsible").order_by("place")
    )
    lines.sort(key=lambda line: order[ProjectGroup(line.group)])  # stable: keeps the places
    results = results_of(plan, lines, user=user)
    ceiling = Ceiling.objects.filter(
        direction__fiscal_year=plan.fiscal_year, province=plan.province_id
    ).first()
    return PlanTable(
        plan=plan,
        rows=_rows(lines, results.of_line),
        ceiling=ceiling.amount if ceiling else None,
        unclaimed=results.unclaimed,
    )


def _rows(lines: Sequence[PlanLine], results: dict[int, LineResult]) -> tuple[Row, ...]:
    return tuple(Row(number, line, results[line.pk]) for number, line in enumerate(lines, start=1))
