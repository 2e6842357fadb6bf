"""Imports as an official drives them: send a file, say what columns mean, mend, write, undo.

The work itself is a job (`import_work.py`); mending a few rows happens at once.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from volunteer_network import audit, uploads
from volunteer_network.enums import ImportRowState, ImportState
from volunteer_network.errors import RuleViolation
from volunteer_network.import_kinds import ImportKind, import_kind_named
from volunteer_network.models import ImportBatch, ImportRow, User
from volunteer_network.services.import_drafts import (
    CHECKED_AT_ONCE,
    OPEN_STATES,
    Context,
    draft_of,
    drafts_of_rows,
    keep_checked,
    name_in_file,
    read_draft,
)
from volunteer_network.services.import_files import keep_file
from volunteer_network.services.import_jobs import CHECK, UNDO, WRITE, ask_for_step
from volunteer_network.workbooks.headings import NOTHING
from volunteer_network.workbooks.refusing import format_of
from volunteer_network.workbooks.tables import LeftOut, Plan, clean_cell

LONGEST_CELL = 400
LONGEST_FILE_NAME = 160


@transaction.atomic
def begin_import(
    *, kind: ImportKind, content: bytes, file_name: str, about: int | None, by: User
) -> ImportBatch:
    """Take a file in for checking, or refuse it at once: nothing of it is read in the request."""
    batch = ImportBatch(
        province_id=by.province_id,
        kind=kind.name,
        about=about,
        file_name=file_name[-LONGEST_FILE_NAME:],
        asked_by=by,
    )
    kind.refuse(Context(batch, by))
    format_of(content)
    batch.stored = keep_file(content)
    try:
        batch.save()
        audit.record(
            "import.began",
            by=by,
            target=batch,
            province_code=batch.province_id,
            detail={"kind": kind.name},
        )
        ask_for_step(CHECK, batch, by=by)
    except Exception:
        uploads.remove(batch.stored)
        raise
    return batch


@transaction.atomic
def remap_import(
    *, batch: ImportBatch, columns: Mapping[tuple[int, int], str], used: Sequence[int], by: User
) -> ImportBatch:
    """Let columns mean other fields, by number of sheet and column; then check the file anew."""
    batch = _locked(batch)
    _refuse_unless(batch, ImportState.READY)
    plans = [Plan.from_json(plan) for plan in batch.plans]
    chosen = [
        _with_columns(plan, number, columns, used=number in used)
        for number, plan in enumerate(plans)
    ]
    _refuse_useless(chosen, import_kind_named(batch.kind))
    batch.plans = [plan.as_json() for plan in chosen]
    batch.state = ImportState.CHECKING
    batch.save(update_fields=["plans", "state"])
    audit.record("import.remapped", by=by, target=batch, province_code=batch.province_id)
    ask_for_step(CHECK, batch, by=by)
    return batch


@transaction.atomic
def mend_row(*, row: ImportRow, cells: Mapping[str, str], by: User) -> ImportRow:
    """Change cells of one row and look at it again."""
    _mend(row.batch, [row.pk], cells, by=by)
    row.refresh_from_db()
    return row


@transaction.atomic
def skip_row(*, row: ImportRow, by: User) -> ImportRow:
    """Leave a row out: it is no person, or one that stands in the file already."""
    batch = _locked(row.batch)
    _refuse_unless(batch, ImportState.READY)
    draft = draft_of(row)
    draft.left_out, draft.text = LeftOut.SKIPPED, name_in_file(draft)
    keep_checked([draft], batch)
    audit.record(
        "import.row_skipped",
        by=by,
        target=batch,
        province_code=batch.province_id,
        detail={"row": row.number},
    )
    _mend(batch, [], {}, by=by)
    row.refresh_from_db()
    return row


@transaction.atomic
def mend_equal(*, batch: ImportBatch, field: str, typed: str, instead: str, by: User) -> int:
    """Change one field of all rows with a mistake there and the same text; return how many."""
    if not clean_cell(instead):
        raise RuleViolation(_("พิมพ์ค่าที่ถูกต้องก่อน แล้วจึงแก้พร้อมกัน"), field="instead")
    bad = drafts_of_rows(batch.rows.bad().order_by("pk"))
    same = [
        draft.pk or 0
        for draft in bad
        if draft.has_mistake(field) and draft.typed.get(field, "") == typed
    ]
    _mend(batch, same, {field: instead}, by=by)
    return len(same)


def _mend(batch: ImportBatch, rows: Sequence[int], cells: Mapping[str, str], *, by: User) -> None:
    batch = _locked(batch)
    _refuse_unless(batch, ImportState.READY)
    kind = import_kind_named(batch.kind)
    known = {one.name for one in kind.fields}
    clean = {name: clean_cell(text)[:LONGEST_CELL] for name, text in cells.items() if name in known}
    open_rows = batch.rows.filter(state__in=OPEN_STATES).order_by("sheet", "number")
    few = open_rows.count() <= CHECKED_AT_ONCE
    drafts = drafts_of_rows(open_rows if few else open_rows.filter(pk__in=rows))
    context = Context(batch, by)
    for draft in drafts:
        if draft.pk in rows:
            changed = {name: text for name, text in clean.items() if draft.typed.get(name) != text}
            draft.mended = {**draft.mended, **changed}
        read_draft(draft, kind, context)
    kind.check(drafts, context)
    keep_checked(drafts, batch)
    if rows:
        audit.record(
            "import.mended",
            by=by,
            target=batch,
            province_code=batch.province_id,
            detail={"fields": sorted(clean), "rows": len(rows)},
        )


@transaction.atomic
def ask_to_write(*, batch: ImportBatch, by: User) -> ImportBatch:
    """Write the good rows; the bad ones stay and may be mended and written later."""
    batch = _locked(batch)
    _refuse_unless(batch, ImportState.READY)
    import_kind_named(batch.kind).refuse(Context(batch, by))
    if not batch.rows.good().exists():
        raise RuleViolation(_("ยังไม่มีแถวที่พร้อมนำเข้า แก้แถวที่ผิดก่อน"))
    return _move(batch, ImportState.WRITING, WRITE, by=by)


@transaction.atomic
def ask_to_undo(*, batch: ImportBatch, by: User) -> ImportBatch:
    """Take back what the import has made, as far as nobody has worked on it since."""
    batch = _locked(batch)
    if batch.is_being_worked_on:
        raise RuleViolation(_("กำลังทำอยู่ รอให้เสร็จก่อน แล้วจึงเรียกคืน"))
    if not batch.rows.filter(state=ImportRowState.WRITTEN).exists():
        raise RuleViolation(_("ชุดนี้ยังไม่ได้นำเข้า หรือเรียกคืนไปแล้ว"))
    return _move(batch, ImportState.UNDOING, UNDO, by=by)


@transaction.atomic
def ask_again(*, batch: ImportBatch, by: User) -> ImportBatch:
    """Begin the work anew that failed or was stopped: each of it may run twice."""
    batch = _locked(batch)
    step = {
        ImportState.CHECKING: CHECK,
        ImportState.WRITING: WRITE,
        ImportState.UNDOING: UNDO,
    }.get(ImportState(batch.state))
    if step is None:
        raise RuleViolation(_("งานนี้เสร็จแล้ว เปิดหน้านี้ใหม่เพื่อดูผล"))
    ask_for_step(step, batch, by=by)
    return batch


@transaction.atomic
def discard_import(*, batch: ImportBatch, by: User) -> ImportBatch:
    """Throw away what was not written; what was written stays and its batch is over."""
    batch = _locked(batch)
    if batch.is_being_worked_on:
        raise RuleViolation(_("กำลังทำอยู่ รอให้เสร็จก่อน แล้วจึงทิ้ง"))
    _refuse_unless(batch, ImportState.READY)
    written = batch.rows.filter(state=ImportRowState.WRITTEN).exists()
    batch.rows.exclude(state=ImportRowState.WRITTEN).delete()
    batch.state = ImportState.WRITTEN if written else ImportState.DISCARDED
    batch.over_at = timezone.now()
    stored, batch.stored = batch.stored, ""
    batch.save(update_fields=["state", "over_at", "stored"])
    audit.record("import.discarded", by=by, target=batch, province_code=batch.province_id)
    transaction.on_commit(lambda: _remove(stored))
    return batch


def _remove(stored: str) -> None:
    if stored:
        uploads.remove(stored)


def _move(batch: ImportBatch, state: ImportState, step: str, *, by: User) -> ImportBatch:
    batch.state, batch.over_at = state, None
    batch.save(update_fields=["state", "over_at"])
    audit.record(f"import.{step}_asked", by=by, target=batch, province_code=batch.province_id)
    ask_for_step(step, batch, by=by)
    return batch


def _locked(batch: ImportBatch) -> ImportBatch:
    """The batch's row is the lock for its rows."""
    return ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)


def _refuse_unless(batch: ImportBatch, state: ImportState) -> None:
    if batch.state != state:
        raise RuleViolation(
            _("ทำไม่ได้ เพราะชุดนี้อยู่ในสถานะ “%(now)s” เปิดหน้านี้ใหม่เพื่อดูล่าสุด")
            % {"now": batch.get_state_display()}
        )


def _with_columns(
    plan: Plan, number: int, columns: Mapping[tuple[int, int], str], *, used: bool
) -> Plan:
    chosen = [(one, columns.get((number, one.at), one.field)) for one in plan.columns]
    twice = {field for field in _fields(chosen) if [f for _, f in chosen].count(field) > 1}
    if used and twice:
        raise RuleViolation(_("มีสองคอลัมน์ที่เลือกเป็นช่องเดียวกัน เลือกให้เหลือคอลัมน์เดียว"))
    return Plan(
        sheet=plan.sheet,
        top=plan.top,
        bottom=plan.bottom,
        columns=tuple(type(one)(one.at, one.heading, field) for one, field in chosen),
        used=used and bool(plan.columns),
    )


def _fields(chosen: Sequence[tuple[Any, str]]) -> set[str]:
    return {field for _column, field in chosen} - {NOTHING}


def _refuse_useless(plans: Sequence[Plan], kind: ImportKind) -> None:
    used = [plan for plan in plans if plan.used]
    if not used:
        raise RuleViolation(_("เลือกแผ่นงานที่จะนำเข้าอย่างน้อยหนึ่งแผ่น"))
    if not all(plan.fields & kind.names for plan in used):
        raise RuleViolation(_("ทุกแผ่นงานที่นำเข้าต้องมีคอลัมน์ชื่อ เลือกว่าคอลัมน์ใดคือชื่อหรือชื่อสกุล"))
