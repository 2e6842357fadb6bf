"""What an import's page shows: counts, equal mistakes, the grid of bad rows, what was left out."""

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from volunteer_network import audit
from volunteer_network.enums import ImportRowState
from volunteer_network.import_kinds import Draft, ImportField, ImportKind, import_kind_named
from volunteer_network.models import ImportBatch, ImportRow, User
from volunteer_network.services.import_drafts import (
    CHECKED_AT_ONCE,
    draft_of,
    name_in_file,
)
from volunteer_network.workbooks.headings import NOTHING
from volunteer_network.workbooks.tables import LeftOut, Plan

ROWS_IN_GRID = 50
LISTED_AT_MOST = 200
GROUPS_AT_MOST = 40
PLACES_NAMED = 5
ALIKE_AT_LEAST = 2

LEFT_OUT_WORDS: dict[LeftOut, str | Promise] = {
    LeftOut.SUM: gettext_lazy("แถวยอดรวม"),
    LeftOut.HEADING: gettext_lazy("หัวตารางซ้ำ"),
    LeftOut.COLUMN_NUMBERS: gettext_lazy("เลขกำกับคอลัมน์"),
    LeftOut.NUMBERING: gettext_lazy("มีแต่ลำดับ ไม่มีข้อมูล"),
    LeftOut.FOOT: gettext_lazy("ข้อความท้ายตาราง"),
    LeftOut.SKIPPED: gettext_lazy("ข้ามตามที่สั่ง"),
    LeftOut.ALONE: gettext_lazy("ข้อความคั่น ไม่ใช่รายชื่อ"),
}


@dataclass(frozen=True)
class Counts:
    """How many rows are in which state."""

    good: int = 0
    bad: int = 0
    known: int = 0
    left_out: int = 0
    written: int = 0
    undone: int = 0
    linked: int = 0  # of those good or written


@dataclass(frozen=True)
class GridCell:
    field: str
    label: str
    text: str
    words: str  # the mistake, or nothing on the page of a whole row


@dataclass(frozen=True)
class GridRow:
    pk: int
    place: str
    who: str
    cells: list[GridCell]


@dataclass
class Alike:
    """A mistake that many rows share, mended once."""

    field: str
    label: str
    typed: str
    words: str
    places: list[str] = dataclasses.field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.places)

    @property
    def where(self) -> str:
        named = ", ".join(self.places[:PLACES_NAMED])
        return f"{named} …" if self.count > PLACES_NAMED else named


@dataclass(frozen=True)
class Line:
    """A row that is only told of: where, who or what, why."""

    place: str
    text: str
    why: str


@dataclass(frozen=True)
class ColumnChoice:
    name: str  # of the input
    letter: str
    heading: str
    field: str
    unknown: bool


@dataclass(frozen=True)
class SheetGroup:
    """Sheets with the same headings, mapped together."""

    sheets: list[tuple[int, str, bool]]  # number of the plan, name, used
    heading_rows: str
    columns: list[ColumnChoice]

    missing: list[str]  # labels of fields that every row needs and no column gives

    @property
    def read(self) -> int:
        return sum(one.field != NOTHING for one in self.columns)

    @property
    def unknown(self) -> list[str]:
        return [one.heading for one in self.columns if one.unknown]


@dataclass(frozen=True)
class Report:
    counts: Counts
    alike: list[Alike]
    grid: list[GridRow]
    known: list[Line]
    noted: list[Line]
    left_out: list[Line]
    kept: list[Line]
    groups: list[SheetGroup]
    checked_when_written: bool = False  # too many rows to compare a mended one with all of them

    @property
    def more_bad(self) -> int:
        return self.counts.bad - len(self.grid)


def counts_of(batch: ImportBatch) -> Counts:
    states: Counter[str] = Counter()
    linked = 0
    for state, is_linked in batch.rows.values_list("state", "linked"):
        states[state] += 1
        linked += is_linked and state in {ImportRowState.GOOD, ImportRowState.WRITTEN}
    return Counts(linked=linked, **states)


def report_of(batch: ImportBatch) -> Report:
    """Everything the page shows; opens the sealed rows it tells of, and no others."""
    kind = import_kind_named(batch.kind)
    counts = counts_of(batch)
    bad = [draft_of(row) for row in batch.rows.bad().order_by("sheet", "number")]
    return Report(
        counts=counts,
        alike=_alike(bad, kind),
        grid=[_grid_row(draft, _wrong_fields(draft, kind)) for draft in bad[:ROWS_IN_GRID]],
        known=_lines(batch, ImportRowState.KNOWN, lambda draft, row: " ".join(draft.notes)),
        noted=[
            line
            for line in _lines(batch, ImportRowState.GOOD, lambda draft, row: " ".join(draft.notes))
            if line.why
        ],
        left_out=_lines(batch, ImportRowState.LEFT_OUT, _why_left_out),
        kept=[
            line
            for line in _lines(
                batch, ImportRowState.WRITTEN, lambda draft, row: row.made.get("kept")
            )
            if line.why
        ],
        groups=groups_of(batch, kind),
        checked_when_written=counts.good + counts.bad + counts.known > CHECKED_AT_ONCE,
    )


def note_viewing(*, batch: ImportBatch, by: User) -> None:
    """A file is full of people: who looked at it is part of the trail."""
    audit.record("import.viewed", by=by, target=batch, province_code=batch.province_id)


def full_row(row: ImportRow, kind: ImportKind) -> GridRow:
    """Every field of one row, for its own page."""
    return _grid_row(draft_of(row), kind.fields)


def groups_of(batch: ImportBatch, kind: ImportKind) -> list[SheetGroup]:
    """Sheets with equal headings together, in the order of the file."""
    plans = [Plan.from_json(plan) for plan in batch.plans]
    alike: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for number, plan in enumerate(plans):
        if plan.columns:
            alike[(plan.columns, plan.bottom - plan.top)].append(number)
    return [
        _group(place, [(number, plans[number]) for number in numbers], kind)
        for place, numbers in enumerate(alike.values())
    ]


def _group(place: int, members: list[tuple[int, Plan]], kind: ImportKind) -> SheetGroup:
    first, vocabulary = members[0][1], kind.vocabulary
    top, bottom = first.top + 1, first.bottom + 1
    return SheetGroup(
        sheets=[(number, plan.sheet, plan.used) for number, plan in members],
        heading_rows=str(top) if top == bottom else f"{top}–{bottom}",
        columns=[
            ColumnChoice(
                name=f"c-{place}-{one.at}",
                letter=_letter(one.at),
                heading=one.heading,
                field=one.field,
                unknown=one.field == NOTHING and vocabulary.field_of(one.heading) is None,
            )
            for one in first.columns
            if one.heading
        ],
        missing=[
            str(one.label) for one in kind.fields if one.required and one.name not in first.fields
        ],
    )


def _letter(at: int) -> str:
    """A, B, … Z, AA: as the spreadsheet names its columns."""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _wrong_fields(draft: Draft, kind: ImportKind) -> list[ImportField]:
    return [one for one in kind.fields if draft.has_mistake(one.name)]


def _grid_row(draft: Draft, fields: Sequence[ImportField]) -> GridRow:
    words = {one.field: one.words for one in draft.mistakes}
    return GridRow(
        pk=draft.pk or 0,
        place=draft.place,
        who=name_in_file(draft),
        cells=[
            GridCell(
                one.name, str(one.label), draft.typed.get(one.name, ""), words.get(one.name, "")
            )
            for one in fields
        ],
    )


def _alike(bad: Sequence[Draft], kind: ImportKind) -> list[Alike]:
    found: dict[tuple[str, str, str], Alike] = {}
    for draft in bad:
        for mistake in draft.mistakes:
            one = kind.field(mistake.field)
            if one is None or not one.shared:
                continue
            typed = draft.typed.get(mistake.field, "")
            key = (mistake.field, typed, mistake.words)
            alike = found.setdefault(
                key, Alike(mistake.field, str(one.label), typed, mistake.words)
            )
            alike.places.append(draft.place)
    many = [one for one in found.values() if one.count >= ALIKE_AT_LEAST]
    return sorted(many, key=lambda one: -one.count)[:GROUPS_AT_MOST]


def _lines(batch: ImportBatch, state: ImportRowState, why: Any) -> list[Line]:
    rows = batch.rows.filter(state=state).order_by("sheet", "number")[:LISTED_AT_MOST]
    drafts = [(draft_of(row), row) for row in rows]
    return [
        Line(one.place, one.text or name_in_file(one), why(one, row) or "") for one, row in drafts
    ]


def _why_left_out(draft: Draft, row: ImportRow) -> str:
    return str(LEFT_OUT_WORDS[draft.left_out]) if draft.left_out else ""
