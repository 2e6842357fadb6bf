"""A quarter's figures and its ledger as the page draws them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from reports.plan_bands import percent_of
from reports.quarter_figures import FIELDS, Adjustment, LineFigures, QuarterFigures
from reports.quarter_words import difference_in_words, differences_in_words, more_or_less
from reports.queries.quarter_ledgers import Entry, Ledger, LedgerLine

SHOWN = 6  # entries of a figure; the others are behind one press


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One line of the quarter; money in baht."""

    number: int
    line: LineFigures
    percent: Decimal | None
    planned: int
    done: int | None
    done_percent: Decimal | None
    disbursed: Decimal
    disbursed_percent: Decimal | None


@dataclass(frozen=True, slots=True)
class EntryView:
    amount: str
    kind: str
    label: str
    href: str
    at: datetime | None
    who: str
    count: int


@dataclass(frozen=True, slots=True)
class DifferenceView:
    """One figure that is no longer the signed one, with the records that made it so."""

    words: str
    first: tuple[EntryView, ...]
    rest: tuple[EntryView, ...]


@dataclass(frozen=True, slots=True)
class LedgerRow:
    title: str
    differences: tuple[DifferenceView, ...]


@dataclass(frozen=True, slots=True)
class AdjustmentRow:
    quarter: int
    title: str
    words: str


def figure_rows(figures: QuarterFigures) -> list[FigureRow]:
    return [_figures(number, line, figures) for number, line in enumerate(figures.lines, start=1)]


def ledger_rows(ledger: Ledger) -> list[LedgerRow]:
    return [
        LedgerRow(
            line.title,
            tuple(_difference(line, field) for field in FIELDS if line.amounts.of(field)),
        )
        for line in ledger.lines
    ]


def adjustment_rows(adjustments: Sequence[Adjustment]) -> list[AdjustmentRow]:
    return [
        AdjustmentRow(
            one.quarter, one.title, ", ".join(differences_in_words(one.amounts, one.unit))
        )
        for one in adjustments
    ]


def passed_on_rows(found: Sequence[tuple[int, Adjustment]]) -> list[AdjustmentRow]:
    """What later quarters adopted of this one; `quarter` is the one that did."""
    return [AdjustmentRow(by, one.title, _in_words(one)) for by, one in found]


def _in_words(one: Adjustment) -> str:
    return ", ".join(differences_in_words(one.amounts, one.unit))


def _figures(number: int, line: LineFigures, figures: QuarterFigures) -> FigureRow:
    year = figures.since_october(line)
    return FigureRow(
        number=number,
        line=line,
        percent=percent_of(line.actual, line.target),
        planned=year.target,
        done=year.actual,
        done_percent=percent_of(year.actual, year.target),
        disbursed=year.disbursed,
        disbursed_percent=percent_of(year.disbursed, line.allotted),
    )


def _difference(line: LedgerLine, field: str) -> DifferenceView:
    entries = tuple(map(_entry, line.entries_of(field)))
    words = difference_in_words(field, line.amounts.of(field), line.unit)
    return DifferenceView(words, entries[:SHOWN], entries[SHOWN:])


def _entry(entry: Entry) -> EntryView:
    return EntryView(
        amount=more_or_less(entry.amount),
        kind=str(entry.kind.label),
        label=entry.label,
        href=entry.href,
        at=entry.at,
        who=entry.who,
        count=entry.count,
    )
