"""What came of the lines of a plan: from the log, from the doors of seminars, from what was typed.

Results from the log come from the kept figures: they are right in the transaction that changes
them. Each activity counts for one line, because its category proves one line of a plan only.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from reports.enums import LOG_MEASURES, Measure
from reports.models import Plan, PlanLine, PlanProgress, PlanProof
from seminars.models import CheckIn
from volunteer_network.access.scope import HasScope
from volunteer_network.enums import Category
from volunteer_network.models.figures import MEASURES
from volunteer_network.services.figures import Totals, by_category_and_month
from volunteer_network.thai_calendar import fiscal_month_index, fiscal_months, quarter

QUARTERS = (1, 2, 3, 4)
MONTHS = 12
CategoryMonths = Mapping[tuple[Category, date], Totals]


@dataclass(frozen=True, slots=True)
class LineResult:
    """What came of one line, by quarter; `actual` is None where nobody has said anything yet.

    `by_month` (October first) is known only where the log or a door proves the line.
    """

    actual: tuple[int | None, ...]
    by_month: tuple[int, ...] | None
    disbursed: tuple[Decimal, ...]  # baht
    committed: tuple[Decimal, ...]  # baht
    problems: tuple[str, ...]
    suggestions: tuple[str, ...]

    @property
    def actual_year(self) -> int | None:
        known = [one for one in self.actual if one is not None]
        return sum(known) if known else None

    @property
    def disbursed_year(self) -> Decimal:
        return sum(self.disbursed, Decimal(0))


@dataclass(frozen=True, slots=True)
class Unclaimed:
    """Work of the year that belongs to no line of the plan."""

    category: Category
    totals: Totals


@dataclass(frozen=True, slots=True)
class PlanResults:
    of_line: dict[int, LineResult]
    unclaimed: tuple[Unclaimed, ...]


def results_of(plan: Plan, lines: Iterable[PlanLine], *, user: HasScope) -> PlanResults:
    """The results of a plan's lines, and the work that no line claims. Four queries."""
    lines = list(lines)
    log = _log_of(plan)
    proofs = proofs_of(plan, user)
    typed = _typed_for(plan, lines, user)
    doors = _attendance_of(plan, proofs, user)
    found = {line.pk: _result(line, proofs[line.pk], log, doors, typed) for line in lines}
    claimed = {proof.category for of_line in proofs.values() for proof in of_line if proof.category}
    return PlanResults(found, _unclaimed(log, claimed))


def _result(
    line: PlanLine,
    proofs: list[PlanProof],
    log: CategoryMonths,
    doors: Mapping[int, list[int]],
    typed: Mapping[tuple[UUID, int], PlanProgress],
) -> LineResult:
    rows = [typed.get((line.lineage, one)) for one in QUARTERS]
    by_month = _by_month(line, proofs, log, doors)
    if by_month is None:
        actual: tuple[int | None, ...] = tuple(row.actual if row else None for row in rows)
    else:
        actual = tuple(sum(by_month[first : first + 3]) for first in (0, 3, 6, 9))
    return LineResult(
        actual=actual,
        by_month=None if by_month is None else tuple(by_month),
        disbursed=tuple(row.disbursed if row else Decimal(0) for row in rows),
        committed=tuple(row.committed if row else Decimal(0) for row in rows),
        problems=tuple(row.problems if row else "" for row in rows),
        suggestions=tuple(row.suggestions if row else "" for row in rows),
    )


def _by_month(
    line: PlanLine,
    proofs: list[PlanProof],
    log: CategoryMonths,
    doors: Mapping[int, list[int]],
) -> list[int] | None:
    """Twelve months that something proves, or None for a line whose result is typed."""
    if line.measure == Measure.ATTENDANCE:
        attended = [doors.get(proof.seminar_id or 0, [0] * MONTHS) for proof in proofs]
        return [sum(month) for month in zip(*attended, strict=True)] or [0] * MONTHS
    if Measure(line.measure) not in LOG_MEASURES:
        return None
    months = [0] * MONTHS
    claimed = {proof.category for proof in proofs}
    for (category, month), totals in log.items():
        if category in claimed:
            months[fiscal_month_index(month) - 1] += getattr(totals, line.measure)
    return months


def _log_of(plan: Plan) -> CategoryMonths:
    months = fiscal_months(plan.fiscal_year)
    return by_category_and_month(
        month_from=months[0], month_to=months[-1], province=plan.province_id
    )


def proofs_of(plan: Plan, user: HasScope) -> defaultdict[int, list[PlanProof]]:
    """What proves each line (by id) of the plan."""
    proofs: defaultdict[int, list[PlanProof]] = defaultdict(list)
    for proof in PlanProof.objects.visible_to(user).filter(plan=plan):
        proofs[proof.line_id].append(proof)
    return proofs


def _typed_for(
    plan: Plan, lines: Iterable[PlanLine], user: HasScope
) -> dict[tuple[UUID, int], PlanProgress]:
    rows = PlanProgress.objects.visible_to(user).filter(
        province=plan.province_id,
        fiscal_year=plan.fiscal_year,
        lineage__in=[line.lineage for line in lines],
    )
    return {(row.lineage, row.quarter): row for row in rows}


def _attendance_of(
    plan: Plan, proofs: Mapping[int, list[PlanProof]], user: HasScope
) -> dict[int, list[int]]:
    """People of the province at each seminar, once each, in the month they first came."""
    wanted = {proof.seminar_id for of_line in proofs.values() for proof in of_line}
    seminars = [pk for pk in wanted if pk]
    months = {seminar: [0] * MONTHS for seminar in seminars}
    for (seminar, _registration), day in first_attendance(plan, seminars, user).items():
        months[seminar][fiscal_month_index(day) - 1] += 1
    return months


def first_attendance(
    plan: Plan, seminars: Sequence[int], user: HasScope
) -> dict[tuple[int, int], date]:
    """(seminar, registration) of the province → the day in the plan's year they first came."""
    if not seminars:
        return {}
    seen = (
        CheckIn.objects.visible_to(user)
        .standing()
        .filter(province=plan.province_id, seminar__in=seminars)
        .order_by("session__on_date")
        .values_list("seminar", "registration", "session__on_date")
    )
    year = set(fiscal_months(plan.fiscal_year))
    found: dict[tuple[int, int], date] = {}
    for seminar, registration, day in seen:
        if day.replace(day=1) in year:
            found.setdefault((seminar, registration), day)
    return found


def _unclaimed(log: CategoryMonths, claimed: set[str]) -> tuple[Unclaimed, ...]:
    """By category, in the order of the categories."""
    sums: defaultdict[Category, list[int]] = defaultdict(lambda: [0] * len(MEASURES))
    for (category, _month), totals in log.items():
        if category not in claimed:
            for place, name in enumerate(MEASURES):
                sums[category][place] += getattr(totals, name)
    return tuple(
        Unclaimed(category, Totals(*sums[category])) for category in Category if category in sums
    )


def quarter_of_plan(plan: Plan, today: date) -> int | None:
    """The quarter that runs, 4 after the year, None before it."""
    months = fiscal_months(plan.fiscal_year)
    if today < months[0]:
        return None
    return quarter(today) if today.replace(day=1) in months else QUARTERS[-1]
