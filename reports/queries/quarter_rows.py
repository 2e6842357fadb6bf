"""The records behind the results of a quarter: which count for a line, and how much each."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from reports.enums import LOG_MEASURES, Measure
from reports.models import Plan, PlanLine, PlanProof
from reports.queries.plan_actuals import first_attendance, proofs_of
from volunteer_network.access.scope import HasScope
from volunteer_network.models import Activity
from volunteer_network.thai_calendar import fiscal_months, fiscal_year_bounds

_COUNTED = ("people", "spotted", "screened", "referred")
COLUMNS = ("pk", "category", *_COUNTED)  # of an activity, as it counts for a line


def quarter_bounds(fiscal_year: int, quarter: int) -> tuple[date, date]:
    """The first day of the quarter, and the first day after it."""
    months = fiscal_months(fiscal_year)
    last = quarter == len(months) // 3
    after = fiscal_year_bounds(fiscal_year + 1)[0] if last else months[3 * quarter]
    return months[3 * (quarter - 1)], after


def rows_behind(
    plan: Plan, lines: Iterable[PlanLine], quarter: int, *, user: HasScope
) -> dict[UUID, dict[int, int]]:
    """Of each line that something proves: activities, or registrations of who came. Three queries.

    A record that counts nothing (an activity without people reached) is left out.
    """
    proofs = proofs_of(plan, user)
    log = [line for line in lines if Measure(line.measure) in LOG_MEASURES]
    doors = [line for line in lines if line.measure == Measure.ATTENDANCE]
    return _log(plan, log, proofs, quarter, user) | _doors(plan, doors, proofs, quarter, user)


def _log(
    plan: Plan,
    lines: list[PlanLine],
    proofs: dict[int, list[PlanProof]],
    quarter: int,
    user: HasScope,
) -> dict[UUID, dict[int, int]]:
    line_of = {proof.category: line for line in lines for proof in proofs.get(line.pk, ())}
    rows: dict[UUID, dict[int, int]] = {line.lineage: {} for line in lines}
    first, after = quarter_bounds(plan.fiscal_year, quarter)
    activities = seen_activities(plan, line_of, first, after, user=user)
    for pk, category, *counts in activities.values_list(*COLUMNS):
        line = line_of[category]
        if counted := counted_of(line, counts):
            rows[line.lineage][pk] = counted
    return rows


def seen_activities(
    plan: Plan, categories: Iterable[str], first: date, after: date, *, user: HasScope
) -> QuerySet[Activity]:
    """The log of the plan's province in some categories, from a day to before another."""
    return (
        Activity.objects.visible_to(user)
        .filter(
            province=plan.province_id,
            on_date__gte=first,
            on_date__lt=after,
            category__in=[one for one in categories if one],
        )
        .order_by()
    )


def counted_of(line: PlanLine, counts: Sequence[int]) -> int:
    """What an activity counts for the line; `counts` in the order of COLUMNS."""
    if line.measure == Measure.ACTIVITIES:
        return 1
    return counts[_COUNTED.index(line.measure)]


def _doors(
    plan: Plan,
    lines: list[PlanLine],
    proofs: dict[int, list[PlanProof]],
    quarter: int,
    user: HasScope,
) -> dict[UUID, dict[int, int]]:
    rows: defaultdict[UUID, dict[int, int]] = defaultdict(dict)
    seminars = {proof.seminar_id: line for line in lines for proof in proofs.get(line.pk, ())}
    first, after = quarter_bounds(plan.fiscal_year, quarter)
    attended = first_attendance(plan, [pk for pk in seminars if pk], user)
    for (seminar, registration), day in attended.items():
        if first <= day < after:
            rows[seminars[seminar].lineage][registration] = 1
    return {line.lineage: rows[line.lineage] for line in lines}
