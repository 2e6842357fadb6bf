"""Last year's quarters of the demo country: signed in time, and what was logged too late for it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Final
from uuid import UUID

import pghistory
from django.utils import timezone

from reports.enums import LOG_MEASURES, Measure
from reports.models import Direction, Plan, PlanProgress, QuarterReport
from reports.quarter_figures import Rows
from reports.queries.plan_actuals import QUARTERS, proofs_of
from reports.queries.plan_tables import PlanTable, plan_table
from reports.queries.quarter_rows import (
    COLUMNS,
    counted_of,
    quarter_bounds,
    rows_behind,
    seen_activities,
)
from reports.queries.quarters import put_together
from reports.services.quarters import freeze
from volunteer_network.access.roles import Role
from volunteer_network.demo.country import Plan as CountryPlan
from volunteer_network.demo.registry import DemoMaker, register_demo
from volunteer_network.models import Activity, User
from volunteer_network.thai_calendar import fiscal_year, quarter

# Whose pages a newcomer opens first: the head's turn to sign, and the mentor's to prepare.
_WAITS_FOR_THE_HEAD, _WAITS_FOR_THE_MENTOR = 50, 55
_ADOPTS: Final = 0.7  # of the heads, each quarter
_SPENT_LATER: Final = 0.3  # of the provinces with a bill that came after the year
_MENDED: Final = 3  # activities of each such province, mended after signing


@dataclass(frozen=True)
class _Logged:
    """An activity as it counts for a line, and when it was written down."""

    pk: int
    work: UUID
    counts: int
    at: datetime


def register() -> None:
    register_demo(DemoMaker(order=55, make=make_quarters, models=lambda: (QuarterReport,)))


def make_quarters(plan: CountryPlan) -> None:
    year = fiscal_year(plan.today) - 1
    chance = Random(plan.seed)  # noqa: S311  # invented data, the same for the same seed
    people = _People()
    text = Direction.objects.get(fiscal_year=year).text
    reports: list[QuarterReport] = []
    plans = Plan.objects.of_year(year).standing().select_related("province").order_by("province")
    for one in plans:
        reports += _Province(one, people, text, chance, plan.today).reports()
    QuarterReport.objects.bulk_create(reports, batch_size=100)
    for report in reports:
        if report.quarter == QUARTERS[-1] and report.signed_at:
            _come_later(report, chance, people)


class _People:
    """The centre looks; mentors prepare and heads sign."""

    def __init__(self) -> None:
        self.centre = User.objects.filter(role=Role.CENTRAL_OFFICER).order_by("pk")[:1].get()
        self.heads = _by_province(Role.PROVINCIAL_HEAD)
        self.makers = _by_province(Role.MENTOR)


def _by_province(role: Role) -> dict[int, User]:
    rows = User.objects.filter(role=role, province__isnull=False).order_by("-pk")
    return {person.province_id: person for person in rows if person.province_id}


class _Province:
    """The quarters of one province, each as it was known on the day it was signed."""

    def __init__(self, plan: Plan, people: _People, text: str, chance: Random, today: date) -> None:
        self.plan, self.people, self.text, self.chance = plan, people, text, chance
        self.yesterday = today - timedelta(days=1)
        self.table: PlanTable = plan_table(plan, user=people.centre)
        self.logged = self._logged()
        self.visits = {one: self._visits(one) for one in QUARTERS}

    def reports(self) -> list[QuarterReport]:
        signed: dict[int, QuarterReport] = {}
        last: list[QuarterReport] = []
        for number in QUARTERS:
            report = self._prepared(number)
            code = self.plan.province_id if number == QUARTERS[-1] else None
            if code == _WAITS_FOR_THE_MENTOR:
                continue
            if code == _WAITS_FOR_THE_HEAD:
                last.append(report)
                continue
            self._sign(report, signed)
            signed[number] = report
        return [*signed.values(), *last]

    def _prepared(self, number: int) -> QuarterReport:
        over = quarter_bounds(self.plan.fiscal_year, number)[1]
        day = over + timedelta(days=self.chance.randint(3, 9))
        return QuarterReport(
            province=self.plan.province,
            fiscal_year=self.plan.fiscal_year,
            quarter=number,
            plan=self.plan,
            prepared_by=self.people.makers[self.plan.province_id],
            prepared_at=_at(min(day, self.yesterday), time(9, 40)),
        )

    def _sign(self, report: QuarterReport, earlier: dict[int, QuarterReport]) -> None:
        day = timezone.localdate(report.prepared_at) + timedelta(days=self.chance.randint(1, 10))
        at = _at(min(day, self.yesterday), time(10, 20))
        behind = {one: self._behind(one, at) for one in [*earlier, report.quarter]}
        taken = put_together(self.table, report.quarter, earlier, behind, self.text)
        if self.chance.random() > _ADOPTS:
            taken = taken.without_adoption()
        freeze(report, taken, by=self.people.heads[self.plan.province_id], at=at)

    def _behind(self, number: int, at: datetime) -> Rows:
        """What was written down by then."""
        rows: dict[UUID, dict[int, int]] = {
            row.line.lineage: {}
            for row in self.table.rows
            if Measure(row.line.measure) in LOG_MEASURES
        }
        for one in self.logged[number]:
            if one.at <= at:
                rows[one.work][one.pk] = one.counts
        return rows | self.visits[number]

    def _visits(self, number: int) -> dict[UUID, dict[int, int]]:
        doors = [row.line for row in self.table.rows if row.line.measure == Measure.ATTENDANCE]
        return rows_behind(self.plan, doors, number, user=self.people.centre) if doors else {}

    def _logged(self) -> dict[int, list[_Logged]]:
        proofs = proofs_of(self.plan, self.people.centre)
        lines = [row.line for row in self.table.rows if Measure(row.line.measure) in LOG_MEASURES]
        line_of = {proof.category: line for line in lines for proof in proofs[line.pk]}
        found: defaultdict[int, list[_Logged]] = defaultdict(list)
        first = quarter_bounds(self.plan.fiscal_year, QUARTERS[0])[0]
        after = quarter_bounds(self.plan.fiscal_year, QUARTERS[-1])[1]
        activities = seen_activities(self.plan, line_of, first, after, user=self.people.centre)
        columns = ("on_date", "recorded_at")
        for day, at, pk, category, *counts in activities.values_list(*columns, *COLUMNS):
            line = line_of[category]
            if counted := counted_of(line, counts):
                found[quarter(day)].append(_Logged(pk, line.lineage, counted, at))
        return found


def _come_later(report: QuarterReport, chance: Random, people: _People) -> None:
    """A bill that came after the year, and a few records that were mended: history knows who."""
    if chance.random() > _SPENT_LATER:
        return
    maker = people.makers[report.province_id]
    lines = [line for line in report.figures.lines if line.disbursed]
    with pghistory.context(user=maker.pk):
        if lines:
            line = chance.choice(lines)
            _spend(report, line.lineage, Decimal(chance.randint(3, 30) * 100))
        _mend(report, chance)


def _spend(report: QuarterReport, work: UUID, more: Decimal) -> None:
    row = PlanProgress.objects.get(
        province=report.province_id,
        fiscal_year=report.fiscal_year,
        lineage=work,
        quarter=report.quarter,
    )
    row.disbursed += more
    row.version += 1
    row.save()


def _mend(report: QuarterReport, chance: Random) -> None:
    first, after = quarter_bounds(report.fiscal_year, report.quarter)
    of_province = Activity.objects.filter(province=report.province_id)
    rows = of_province.filter(on_date__gte=first, on_date__lt=after).order_by("pk")
    for row in rows[:_MENDED]:
        row.people_female += chance.randint(1, 4)
        row.version += 1
        row.save()


def _at(day: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))
