"""Since a quarter was signed: what is different now, and every record that made it so.

The entries of a line always make up its difference. What no record explains (another edition of the
plan, something else that counts as the result) is an entry too.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from typing import Final
from uuid import UUID

from reports.enums import LedgerKind, Measure
from reports.models import Plan, PlanLine, QuarterReport
from reports.quarter_figures import FIELDS, Amounts, Rows, Work
from reports.queries.plan_tables import PlanTable, plan_table
from reports.queries.quarter_rows import rows_behind
from reports.queries.quarter_traces import Trace, activity_traces, progress_traces, visit_traces
from reports.queries.quarters import Baseline, baseline_of, differences, works_now
from volunteer_network.access.scope import HasScope

RESULT: Final = "actual"


@dataclass(frozen=True, slots=True)
class Entry:
    """One record that made a difference, or several of a kind that the viewer may not see."""

    field: str
    kind: LedgerKind
    amount: int | Decimal
    label: str = ""
    href: str = ""
    at: datetime | None = None
    who: str = ""
    count: int = 1


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """What became of one line of a signed quarter."""

    lineage: UUID
    title: str
    unit: str
    amounts: Amounts
    entries: tuple[Entry, ...]

    def entries_of(self, field: str) -> list[Entry]:
        return [one for one in self.entries if one.field == field]


@dataclass(frozen=True)
class Ledger:
    """Everything since a moment, in the order of the plan."""

    since: datetime
    lines: tuple[LedgerLine, ...]

    def __bool__(self) -> bool:
        return bool(self.lines)


@dataclass(frozen=True)
class _Reading:
    """What the entries of all lines are made from."""

    plan: Plan
    baseline: Baseline
    lines: Mapping[UUID, PlanLine]
    traces: Mapping[tuple[str, object], Trace]


def ledger_of(
    plan: Plan,
    quarter: int,
    signed: Mapping[int, QuarterReport],
    *,
    user: HasScope,
    table: PlanTable | None = None,
    sees_records: bool,
) -> Ledger:
    """The open ledger of a signed quarter, by the plan in force.

    Without `sees_records` it says how much was added, changed and removed, and no record or person.
    """
    table = table or plan_table(plan, user=user)
    lines = {row.line.lineage: row.line for row in table.rows}
    now = rows_behind(plan, lines.values(), quarter, user=user)
    baseline = baseline_of(quarter, signed)
    changed = differences(works_now(table, quarter, now), baseline.works)
    moved = _moved(changed, now, baseline.rows)
    traces = {
        **_record_traces(moved, lines, baseline.since, user),
        **progress_traces(plan, quarter, changed.keys(), since=baseline.since, user=user),
    }
    reading = _Reading(plan, baseline, lines, traces)
    open_lines = tuple(
        _line(lineage, work, moved.get(lineage, ()), reading) for lineage, work in changed.items()
    )
    if not sees_records:
        open_lines = tuple(map(_without_records, open_lines))
    return Ledger(baseline.since, open_lines)


def ledgers_of_year(
    plan: Plan, signed: Mapping[int, QuarterReport], *, user: HasScope, sees_records: bool
) -> dict[int, Ledger]:
    """Signed quarter → what is open of it, where there is anything.

    A quarter that does not fit its digest is left out. `signed` are the reports of the plan's year.
    """
    table = plan_table(plan, user=user)
    ledgers = {
        number: ledger_of(plan, number, signed, user=user, table=table, sees_records=sees_records)
        for number, report in signed.items()
        if report.holds
    }
    return {number: ledger for number, ledger in ledgers.items() if ledger}


def _moved(changed: Iterable[UUID], now: Rows, then: Rows) -> dict[UUID, list[tuple[int, int]]]:
    """Work → (record, how much more it counts), where records make the result then and now."""
    found: dict[UUID, list[tuple[int, int]]] = {}
    for lineage in changed:
        if lineage in now and lineage in then:
            after, before = now[lineage], then[lineage]
            found[lineage] = [
                (record, more)
                for record in sorted({*after, *before})
                if (more := after.get(record, 0) - before.get(record, 0))
            ]
    return found


def _record_traces(
    moved: Mapping[UUID, Sequence[tuple[int, int]]],
    lines: Mapping[UUID, PlanLine],
    since: datetime,
    user: HasScope,
) -> dict[tuple[str, object], Trace]:
    visits = {lineage for lineage in moved if lines[lineage].measure == Measure.ATTENDANCE}
    activities = [pk for work, changes in moved.items() if work not in visits for pk, _ in changes]
    registrations = [pk for work in visits for pk, _ in moved[work]]
    return {
        **activity_traces(activities, since=since, user=user),
        **visit_traces(registrations, since=since, user=user),
    }


def _line(
    lineage: UUID, work: Work, moved: Sequence[tuple[int, int]], reading: _Reading
) -> LedgerLine:
    entries = [
        _of_field(field, lineage, work.amounts.of(field), reading)
        for field in FIELDS
        if field != RESULT and work.amounts.of(field)
    ]
    entries += _of_result(lineage, moved, work.amounts.actual, reading)
    entries.sort(key=lambda one: FIELDS.index(one.field))
    return LedgerLine(lineage, work.title, work.unit, work.amounts, tuple(entries))


def _of_field(field: str, lineage: UUID, amount: int | Decimal, reading: _Reading) -> Entry:
    """Money spent is typed; targets and money allotted change with an edition alone."""
    trace = reading.traces.get(("progress", lineage))
    if field == "disbursed" and trace:
        return Entry(field, LedgerKind.TYPED, amount, at=trace.at, who=trace.who)
    return _by_edition(field, amount, reading)


def _of_result(
    lineage: UUID, moved: Sequence[tuple[int, int]], amount: int, reading: _Reading
) -> list[Entry]:
    """The records that moved, and whatever of the difference they leave unexplained."""
    line = reading.lines.get(lineage)
    noun = "visit" if line and line.measure == Measure.ATTENDANCE else "activity"
    known = ((reading.traces.get((noun, record)), more) for record, more in moved)
    entries = [_of_record(trace, more) for trace, more in known if trace]
    left = amount - sum(int(entry.amount) for entry in entries)
    if not left:
        return entries
    trace = reading.traces.get(("progress", lineage))
    if line and line.measure == Measure.TYPED and lineage in reading.baseline.works and trace:
        return [*entries, Entry(RESULT, LedgerKind.TYPED, left, at=trace.at, who=trace.who)]
    return [*entries, _by_edition(RESULT, left, reading)]


def _of_record(trace: Trace, amount: int) -> Entry:
    return Entry(
        RESULT, trace.kind, amount, trace.label, href=trace.href, at=trace.at, who=trace.who
    )


def _by_edition(field: str, amount: int | Decimal, reading: _Reading) -> Entry:
    """The plan in force is another than the one that was signed by, or something else moved."""
    plan = reading.plan
    if plan.approved_at and plan.approved_at > reading.baseline.since:
        return Entry(
            field,
            LedgerKind.EDITION,
            amount,
            str(plan.edition),
            plan.get_absolute_url(),
            plan.approved_at,
            str(plan.approved_by or ""),
        )
    return Entry(field, LedgerKind.OTHER, amount)


def _without_records(line: LedgerLine) -> LedgerLine:
    """Sums by field and kind, with the latest moment."""

    def key(one: Entry) -> tuple[int, str]:
        return FIELDS.index(one.field), one.kind.value

    sums = []
    for (field, kind), found in groupby(sorted(line.entries, key=key), key):
        entries = list(found)
        moments = [one.at for one in entries if one.at]
        sums.append(
            Entry(
                FIELDS[field],
                LedgerKind(kind),
                sum((one.amount for one in entries), 0),
                at=max(moments, default=None),
                count=len(entries),
            )
        )
    return LedgerLine(line.lineage, line.title, line.unit, line.amounts, tuple(sums))
