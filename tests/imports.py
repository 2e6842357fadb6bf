"""Driving an import in tests: the worker's part is called at once."""

from volunteer_network.access.scope import open_scope
from volunteer_network.import_kinds import import_kind_named
from volunteer_network.models import ImportBatch, ImportRow
from volunteer_network.services import imports
from volunteer_network.services.import_drafts import drafts_of_rows
from volunteer_network.services.jobs import run_job


def begin(content, *, by, kind="volunteers", about=None, name="รายชื่อ.xlsx"):
    """Send a file and let the worker check it."""
    with open_scope(by.scope):
        batch = imports.begin_import(
            kind=import_kind_named(kind), content=content, file_name=name, about=about, by=by
        )
    return worked_on(batch, by)


def write(batch, by):
    with open_scope(by.scope):
        batch = imports.ask_to_write(batch=batch, by=by)
    return worked_on(batch, by)


def undo(batch, by):
    with open_scope(by.scope):
        batch = imports.ask_to_undo(batch=batch, by=by)
    return worked_on(batch, by)


def worked_on(batch, by):
    run_job(batch.job)
    with open_scope(by.scope):
        return ImportBatch.objects.get(pk=batch.pk)


def rows_of(batch, by):
    """[(state, draft)] in the order of the file."""
    with open_scope(by.scope):
        rows = list(ImportRow.objects.filter(batch=batch).order_by("sheet", "number"))
    return list(zip([row.state for row in rows], drafts_of_rows(rows), strict=True))


def mistakes_of(batch, by):
    """{row number: {field: words}} of the bad rows."""
    return {
        draft.number: {one.field: one.words for one in draft.mistakes}
        for state, draft in rows_of(batch, by)
        if state == "bad"
    }
