"""What a worker does for an import: read and check the file, write its good rows, take them back.

Each may run twice: checking replaces what it found, writing takes only rows that are still good
and notes them in the transaction that makes what they become.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from volunteer_network import audit, uploads
from volunteer_network.access.scope import SYSTEM, open_scope
from volunteer_network.enums import ImportRowState, ImportState
from volunteer_network.errors import RuleViolation
from volunteer_network.import_kinds import Draft, ImportKind, import_kind_named
from volunteer_network.job_kinds import JobContext
from volunteer_network.models import ImportBatch, ImportRow
from volunteer_network.models.imports import OVER
from volunteer_network.services.import_drafts import (
    OPEN_STATES,
    Context,
    drafts_of_file,
    drafts_of_rows,
    keep_checked,
    keep_new,
    keep_written,
    read_draft,
    state_of,
)
from volunteer_network.services.import_files import open_file
from volunteer_network.services.import_jobs import say_how_many
from volunteer_network.workbooks.reading import Sheet, read_sheets
from volunteer_network.workbooks.refusing import format_of
from volunteer_network.workbooks.tables import Plan, plan_for

ROWS_AT_ONCE = 2_000  # in one transaction of writing
TELL_EVERY_ROWS = 250
TRIES = 3  # when somebody registers the same person while we write


def check_file(job: JobContext) -> None:
    """Read the file and check every row; a file that holds no table ends refused, in words."""
    batch = _batch_of(job)
    kind = import_kind_named(batch.kind)
    job.progress(0, 1, _("กำลังอ่านไฟล์"))
    try:
        plans, drafts = _understood(job, batch, kind)
    except RuleViolation as refusal:
        _end_refused(job, batch, refusal.message)
        return
    _read_all(job, drafts, kind, Context(batch, job.person))
    with job.rights():
        batch = _locked(batch)
        if batch.state != ImportState.CHECKING:
            return
        done = set(batch.rows.filter(state=ImportRowState.WRITTEN).values_list("sheet", "number"))
        drafts = [draft for draft in drafts if (draft.sheet, draft.number) not in done]
        kind.check([one for one in drafts if one.left_out is None], Context(batch, job.person))
        batch.rows.exclude(state=ImportRowState.WRITTEN).delete()
        keep_new(drafts, batch)
        batch.plans, batch.state = [plan.as_json() for plan in plans], ImportState.READY
        batch.save(update_fields=["plans", "state"])
        say_how_many(batch)


def write_rows(job: JobContext) -> None:
    """Check the open rows once more, then write the good ones, some thousands at a time."""
    batch = _batch_of(job)
    kind = import_kind_named(batch.kind)
    with job.rights():
        drafts = drafts_of_rows(_open_rows(batch))
    context = Context(batch, job.person)
    _read_all(job, drafts, kind, context)
    with job.rights():
        kind.refuse(context)
        kind.check(drafts, context)
        keep_checked(drafts, _locked(batch))
    good = [draft for draft in drafts if state_of(draft) == ImportRowState.GOOD]
    for written in range(0, len(good), ROWS_AT_ONCE):
        words = _("นำเข้า %(done)d จาก %(all)d") % {"done": written, "all": len(good)}
        job.progress(written, len(good), words)
        _write_some(job, good[written : written + ROWS_AT_ONCE], kind, context)
    _end_written(job, batch)


def undo_rows(job: JobContext) -> None:
    """Take back what the import made, and note in each row that stays why it does."""
    batch = _batch_of(job)
    kind = import_kind_named(batch.kind)
    job.progress(0, 1, _("กำลังเรียกคืน"))
    with job.rights():
        batch = _locked(batch)
        if batch.state != ImportState.UNDOING:
            return
        rows = list(batch.rows.filter(state=ImportRowState.WRITTEN).order_by("pk"))
        kept = {one.row.pk: one.why for one in kind.undo(rows, Context(batch, job.person))}
        undone = [row.pk for row in rows if row.pk not in kept]
        ImportRow.objects.filter(pk__in=undone).update(state=ImportRowState.UNDONE)
        for row in rows:
            if row.pk in kept:
                row.made = {**row.made, "kept": kept[row.pk]}
                row.save(update_fields=["made"])
        _settle(batch, ImportState.UNDONE)
        audit.record(
            "import.undone",
            by=job.person,
            target=batch,
            province_code=batch.province_id,
            detail={"undone": len(undone), "kept": len(kept)},
        )


def forget_old_imports() -> int:
    """Drop content and name of files that are over, or that nobody went on with. Own scope."""
    now = timezone.now()
    over = now - timedelta(days=settings.IMPORT_KEPT_DAYS)
    idle = now - timedelta(days=settings.IMPORT_KEPT_DAYS + settings.IMPORT_IDLE_DAYS)
    with open_scope(SYSTEM):
        kept = ImportBatch.objects.filter(dropped_at__isnull=True)
        old = list(
            (kept.filter(over_at__lt=over) | kept.filter(over_at__isnull=True, asked_at__lt=idle))
            .select_for_update(of=("self",))
            .order_by("pk")
        )
        for batch in old:
            batch.rows.update(sealed=None)
            stored, batch.stored = batch.stored, ""
            if batch.state not in OVER:
                batch.state, batch.over_at = ImportState.DISCARDED, now
            batch.dropped_at, batch.plans, batch.file_name = now, [], ""
            batch.save(
                update_fields=["stored", "state", "over_at", "dropped_at", "plans", "file_name"]
            )
            if stored:
                uploads.remove(stored)
    return len(old)


def _batch_of(job: JobContext) -> ImportBatch:
    with job.rights():
        return ImportBatch.objects.visible_to(job.person).get(pk=job.parameters["batch"])


def _locked(batch: ImportBatch) -> ImportBatch:
    return ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)


def _open_rows(batch: ImportBatch) -> Iterator[ImportRow]:
    """The rows that may still be written, some at a time: all of them sealed would be heavy."""
    rows = batch.rows.filter(state__in=OPEN_STATES).order_by("sheet", "number")
    return rows.iterator(chunk_size=ROWS_AT_ONCE)


def _understood(
    job: JobContext, batch: ImportBatch, kind: ImportKind
) -> tuple[list[Plan], list[Draft]]:
    """The file's rows with what was mended in them before; its sheets are let go of."""
    with job.rights():
        mended = {
            (row.sheet, row.number): cells
            for row in _open_rows(batch)
            if (cells := row.open().get("mended"))
        }
    sheets = _sheets_of(batch)
    plans = _plans_of(batch, sheets, kind)
    return plans, drafts_of_file(sheets, plans, mended)


def _sheets_of(batch: ImportBatch) -> list[Sheet]:
    try:
        content = open_file(batch.stored)
    except (FileNotFoundError, ValueError):
        raise RuleViolation(_("ไฟล์ของชุดนี้ถูกลบไปแล้ว ส่งไฟล์ใหม่อีกครั้ง")) from None
    return read_sheets(content, format_of(content))


def _plans_of(batch: ImportBatch, sheets: Sequence[Sheet], kind: ImportKind) -> list[Plan]:
    if batch.plans:
        return [Plan.from_json(plan) for plan in batch.plans]
    plans = plan_for(sheets, kind.vocabulary, set(kind.names))
    if not any(plan.used for plan in plans):
        raise RuleViolation(
            _("ไม่พบตารางในไฟล์นี้ ตรวจว่ามีแถวหัวตาราง เช่น ชื่อ สกุล จังหวัด หรือใช้แบบไฟล์ที่ดาวน์โหลดจากหน้านี้")
        )
    return plans


def _read_all(job: JobContext, drafts: Sequence[Draft], kind: ImportKind, context: Context) -> None:
    """Read every draft's cells, outside every transaction."""
    for number, draft in enumerate(drafts):
        if number % TELL_EVERY_ROWS == 0:
            words = _("ตรวจแถวที่ %(done)d จาก %(all)d") % {"done": number, "all": len(drafts)}
            job.progress(number, len(drafts), words)
        read_draft(draft, kind, context)


def _write_some(job: JobContext, drafts: list[Draft], kind: ImportKind, context: Context) -> None:
    """Write within one transaction; look at the rows again when somebody was quicker."""
    for attempt in range(1, TRIES + 1):
        try:
            with job.rights():
                batch = _locked(context.batch)
                still = set(
                    batch.rows.good()
                    .filter(pk__in=[draft.pk for draft in drafts])
                    .values_list("pk", flat=True)
                )
                drafts = [draft for draft in drafts if draft.pk in still]
                with transaction.atomic():
                    keep_written(kind.write(drafts, context))
                return
        except IntegrityError:
            if attempt == TRIES:
                raise
        with job.rights():
            for draft in drafts:
                read_draft(draft, kind, context)
            kind.check(drafts, context)
            keep_checked(drafts, context.batch)
        drafts = [draft for draft in drafts if state_of(draft) == ImportRowState.GOOD]


def _end_written(job: JobContext, batch: ImportBatch) -> None:
    with job.rights():
        batch = _locked(batch)
        if batch.state != ImportState.WRITING:
            return
        _settle(batch, ImportState.WRITTEN)
        audit.record(
            "import.written",
            by=job.person,
            target=batch,
            province_code=batch.province_id,
            detail={"rows": batch.rows.filter(state=ImportRowState.WRITTEN).count()},
        )


def _settle(batch: ImportBatch, end: ImportState) -> None:
    """Over when nothing is left to mend; else the rest waits."""
    waits = batch.rows.filter(state__in=(ImportRowState.BAD, ImportRowState.GOOD)).exists()
    batch.state = ImportState.READY if waits else end
    batch.over_at = None if waits else timezone.now()
    batch.save(update_fields=["state", "over_at"])


def _end_refused(job: JobContext, batch: ImportBatch, words: str) -> None:
    with job.rights():
        batch = _locked(batch)
        batch.state, batch.refusal = ImportState.REFUSED, words[:400]
        batch.over_at = timezone.now()
        batch.save(update_fields=["state", "refusal", "over_at"])
        audit.record("import.refused", by=job.person, target=batch, province_code=batch.province_id)
