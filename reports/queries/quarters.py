"""The figures of a quarter at this moment, and what stands of it by what was signed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from reports.models import Direction, Plan, QuarterReport
from reports.quarter_figures import (
    Adjustment,
    Amounts,
    Before,
    LineFigures,
    QuarterFigures,
    Rows,
    Work,
    digest_of,
    read_rows,
    sum_of_works,
    written,
    written_rows,
)
from reports.queries.plan_tables import PlanTable, Row, plan_table
from reports.queries.quarter_rows import rows_behind
from volunteer_network.access.scope import HasScope


@dataclass(frozen=True)
class Taken:
    """What would be signed now, with all that could be adopted; `rows` by quarter."""

    figures: QuarterFigures
    rows: dict[int, Rows]

    @property
    def digest(self) -> str:
        """Of what the head looks at, before anybody has signed."""
        return digest_of(written(self.figures))

    def without_adoption(self) -> "Taken":
        """The same when nothing of the earlier quarters is adopted."""
        rows = {self.figures.quarter: self.rows[self.figures.quarter]}
        return Taken(
            replace(self.figures, adjustments=(), rows=digest_of(written_rows(rows))), rows
        )


@dataclass(frozen=True)
class Baseline:
    """What stands of a quarter: as it was signed, with what later quarters adopted of it."""

    works: dict[UUID, Work]
    rows: Rows
    since: datetime


def signed_reports(province: int, fiscal_year: int, *, user: HasScope) -> dict[int, QuarterReport]:
    """Quarter → its signed report, in order, without the records behind. One query."""
    reports = QuarterReport.objects.visible_to(user).of_year(fiscal_year).signed()
    found = reports.filter(province=province).without_rows().order_by("quarter")
    return {report.quarter: report for report in found}


def take_figures(plan: Plan, quarter: int, *, user: HasScope) -> Taken:
    """The figures of a quarter, its earlier quarters as signed, and what became of those since."""
    signed = signed_reports(plan.province_id, plan.fiscal_year, user=user)
    earlier = {number: report for number, report in signed.items() if number < quarter}
    table = plan_table(plan, user=user)
    lines = [row.line for row in table.rows]
    behind = {number: rows_behind(plan, lines, number, user=user) for number in [*earlier, quarter]}
    direction = Direction.objects.published().filter(fiscal_year=plan.fiscal_year).first()
    return put_together(table, quarter, earlier, behind, direction.text if direction else "")


def put_together(
    table: PlanTable,
    quarter: int,
    earlier: Mapping[int, QuarterReport],
    behind: Mapping[int, Rows],
    direction: str,
) -> Taken:
    """The same from what was read: `earlier` are the signed reports, `behind` rows by quarter."""
    rows, adjustments = {quarter: behind[quarter]}, []
    for number in earlier:
        now = works_now(table, number, behind[number])
        if found := _open(number, now, standing_works(number, earlier)):
            adjustments += found
            rows[number] = behind[number]
    figures = replace(
        figures_of(
            table,
            quarter,
            behind[quarter],
            direction=direction,
            before=_signed_before(earlier.values()),
        ),
        adjustments=tuple(adjustments),
        former=earlier[quarter - 1].digest if quarter - 1 in earlier else "",
        rows=digest_of(written_rows(rows)),
    )
    return Taken(figures, rows)


def live_figures(table: PlanTable, quarter: int, direction: str) -> QuarterFigures:
    """The figures as they are known now, for a report that nobody has signed."""
    before = {row.line.lineage: _live_before(row, quarter) for row in table.rows}
    return figures_of(table, quarter, {}, direction=direction, before=before)


def figures_of(
    table: PlanTable,
    quarter: int,
    behind: Rows,
    *,
    direction: str,
    before: Mapping[UUID, Before],
) -> QuarterFigures:
    """`behind` are the records of the quarter, where results are taken from them."""
    plan = table.plan
    return QuarterFigures(
        province=plan.province_id,
        fiscal_year=plan.fiscal_year,
        quarter=quarter,
        edition=plan.edition,
        direction=" ".join(direction.split()),
        people_target=table.people_target,
        lines=tuple(
            _line(row, quarter, behind, before.get(row.line.lineage, Before()))
            for row in table.rows
        ),
    )


def works_now(table: PlanTable, quarter: int, behind: Rows) -> dict[UUID, Work]:
    """Each line of the plan in force, with what is known of the quarter now."""
    return {
        row.line.lineage: Work(
            row.line.title,
            row.line.unit,
            Amounts(
                target=row.line.targets[quarter - 1],
                actual=_actual(row, quarter, behind) or 0,
                allotted=row.line.allotted,
                disbursed=row.result.disbursed[quarter - 1],
            ),
        )
        for row in table.rows
    }


def standing_works(quarter: int, signed: Mapping[int, QuarterReport]) -> dict[UUID, Work]:
    """The lines of a signed quarter, with what later quarters adopted."""
    adopted = [
        {one.lineage: Work(one.title, one.unit, one.amounts)}
        for _by, one in passed_on(quarter, signed)
    ]
    return sum_of_works([*adopted, signed[quarter].figures.works])


def passed_on(quarter: int, signed: Mapping[int, QuarterReport]) -> list[tuple[int, Adjustment]]:
    """What later quarters adopted of this one, each with the quarter that did."""
    return [
        (number, one)
        for number, report in signed.items()
        if number > quarter
        for one in report.figures.adjustments
        if one.quarter == quarter
    ]


def baseline_of(quarter: int, signed: Mapping[int, QuarterReport]) -> Baseline:
    """What a ledger compares with; reads the records of the signing that looked last."""
    report = signed[max([quarter, *(by for by, _one in passed_on(quarter, signed))])]
    if report.signed_at is None:
        raise ValueError("a baseline is of signed quarters")
    rows = read_rows(report.rows).get(quarter, {})
    return Baseline(standing_works(quarter, signed), rows, report.signed_at)


def differences(now: Mapping[UUID, Work], then: Mapping[UUID, Work]) -> dict[UUID, Work]:
    """Work by work what is more or less now, in the order of `now`; what is gone comes last."""
    found: dict[UUID, Work] = {}
    for lineage in [*now, *(one for one in then if one not in now)]:
        work, before = now.get(lineage), then.get(lineage)
        changed = (work.amounts if work else Amounts()) - (before.amounts if before else Amounts())
        named = work or before
        if changed and named:
            found[lineage] = Work(named.title, named.unit, changed)
    return found


def _open(quarter: int, now: Mapping[UUID, Work], then: Mapping[UUID, Work]) -> list[Adjustment]:
    return [
        Adjustment(quarter, lineage, work.title, work.unit, work.amounts)
        for lineage, work in differences(now, then).items()
    ]


def _line(row: Row, quarter: int, behind: Rows, before: Before) -> LineFigures:
    line, result = row.line, row.result
    return LineFigures(
        lineage=line.lineage,
        title=line.title,
        indicator=line.indicator,
        unit=line.unit,
        measure=line.measure,
        target=line.targets[quarter - 1],
        actual=_actual(row, quarter, behind),
        allotted=line.allotted,
        disbursed=result.disbursed[quarter - 1],
        before=before,
        problems=result.problems[quarter - 1],
        suggestions=result.suggestions[quarter - 1],
    )


def _actual(row: Row, quarter: int, behind: Rows) -> int | None:
    """From the records that were read, so that they always make up the figure."""
    counted = behind.get(row.line.lineage)
    return row.result.actual[quarter - 1] if counted is None else sum(counted.values())


def _live_before(row: Row, quarter: int) -> Before:
    known = [one for one in row.result.actual[: quarter - 1] if one is not None]
    return Before(
        target=sum(row.line.targets[: quarter - 1]),
        actual=sum(known) if known else None,
        disbursed=sum(row.result.disbursed[: quarter - 1], Decimal("0.00")),
    )


def _signed_before(earlier: Iterable[QuarterReport]) -> dict[UUID, Before]:
    """By what was signed and adopted of the earlier quarters."""
    found: dict[UUID, Before] = {}
    for report in earlier:
        figures = report.figures
        for line in figures.lines:
            so_far = found.get(line.lineage, Before())
            found[line.lineage] = figures.since_october(replace(line, before=so_far))
        there = {line.lineage for line in figures.lines}
        for one in figures.adjustments:
            if one.lineage not in there:
                so_far = found.get(one.lineage, Before())
                found[one.lineage] = Before(
                    so_far.target + one.amounts.target,
                    (so_far.actual or 0) + one.amounts.actual,
                    so_far.disbursed + one.amounts.disbursed,
                )
    return found
