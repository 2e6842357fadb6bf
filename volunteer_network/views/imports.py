"""Pages of an import: sending a file, what was understood, mending, writing, taking back."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from volunteer_network.access.guards import needs
from volunteer_network.access.requests import StaffRequest
from volunteer_network.access.roles import Capability
from volunteer_network.documents.blank_workbook import BlankColumn, blank_workbook
from volunteer_network.enums import ImportRowState, ImportState
from volunteer_network.forms.imports import SKIP, ImportFileForm, cells_typed, columns_chosen
from volunteer_network.import_kinds import ImportKind, import_kind_named, import_kinds_of
from volunteer_network.models import ImportBatch, ImportRow, Job
from volunteer_network.models.imports import ImportBatchQuerySet
from volunteer_network.services import imports
from volunteer_network.services.import_drafts import OPEN_STATES
from volunteer_network.services.import_reports import (
    counts_of,
    full_row,
    groups_of,
    note_viewing,
    report_of,
)
from volunteer_network.ui.exports import TYPES
from volunteer_network.ui.refusals import telling_refusals

PAGES = "volunteer_network/imports"
SHOWN_AT_ONCE = 50
SHAPES = {
    ImportState.CHECKING: "half",
    ImportState.READY: "due",
    ImportState.WRITING: "half",
    ImportState.WRITTEN: "good",
    ImportState.UNDOING: "half",
    ImportState.REFUSED: "bad",
    ImportState.DISCARDED: "off",
    ImportState.UNDONE: "off",
}


def send_page(
    request: StaffRequest,
    *,
    kind: ImportKind,
    about: int | None = None,
    template_href: str,
    **context: Any,
) -> HttpResponse:
    """Take a file for a kind of import; also used by the apps above."""
    form = ImportFileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        batch = form.perform(
            imports.begin_import,
            kind=kind,
            file_name=form.file_name,
            about=about,
            by=request.user,
        )
        if batch:
            return redirect(batch)
    recent = _visible(request).filter(kind=kind.name, about=about)[:5]
    context |= {
        "form": form,
        "kind": kind,
        "template_href": template_href,
        "recent": _listed(recent),
    }
    return render(request, f"{PAGES}/form.html", context, status=422 if form.is_bound else 200)


def template_response(kind: ImportKind, *, name: str) -> HttpResponse:
    """The workbook to fill in."""
    columns = [
        BlankColumn(str(one.label), one.width, one.required, one.example)
        for one in kind.fields
        if one.offered
    ]
    response = HttpResponse(blank_workbook(columns, sheet=_("รายชื่อ")), content_type=TYPES["xlsx"])
    file_name = quote(f"{name}.xlsx")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{file_name}"
    return response


@needs(Capability.IMPORT_ROWS)
@require_safe
def import_list(request: StaffRequest) -> HttpResponse:
    batches = list(_visible(request).select_related("asked_by")[: SHOWN_AT_ONCE + 1])
    context = {"rows": _listed(batches[:SHOWN_AT_ONCE]), "more": len(batches) > SHOWN_AT_ONCE}
    return render(request, f"{PAGES}/list.html", context)


@needs(Capability.IMPORT_ROWS)
@require_safe
def import_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """The page, or for htmx only the part that changes while the worker is at it."""
    batch = _batch(request, pk)
    if not request.htmx:
        note_viewing(batch=batch, by=request.user)
    return _work(request, batch)


@needs(Capability.IMPORT_ROWS)
@require_POST
def import_columns(request: StaffRequest, pk: int) -> HttpResponse:
    batch = _batch(request, pk)
    kind = import_kind_named(batch.kind)
    columns, used = columns_chosen(request.POST, groups_of(batch, kind), kind)
    return _try(
        request,
        batch,
        lambda: imports.remap_import(batch=batch, columns=columns, used=used, by=request.user),
    )


@needs(Capability.IMPORT_ROWS)
def import_row(request: StaffRequest, pk: int, row: int) -> HttpResponse:
    """One row with all its fields; from the grid htmx sends the changed cells only."""
    batch = _batch(request, pk)
    found = get_object_or_404(_rows(request, batch), pk=row)
    if request.method == "POST":
        with telling_refusals(request):
            found = _mended(request, found)
        if request.htmx:
            return _work(request, _batch(request, pk))
        if found.state != ImportRowState.BAD:
            return redirect(batch)
    kind = import_kind_named(batch.kind)
    context = {"batch": batch, "row": full_row(found, kind), "state": found.state}
    status = 422 if request.method == "POST" else 200
    return render(request, f"{PAGES}/row.html", context, status=status)


def _mended(request: StaffRequest, row: ImportRow) -> ImportRow:
    if SKIP in request.POST:
        return imports.skip_row(row=row, by=request.user)
    return imports.mend_row(row=row, cells=cells_typed(request.POST), by=request.user)


@needs(Capability.IMPORT_ROWS)
@require_POST
def import_mend(request: StaffRequest, pk: int) -> HttpResponse:
    """Mend one mistake in all rows that have it."""
    batch = _batch(request, pk)
    typed = {name: request.POST.get(name, "") for name in ("field", "typed", "instead")}
    return _try(
        request,
        batch,
        lambda: imports.mend_equal(batch=batch, by=request.user, **typed),
        done=_("แก้แล้ว %(result)s แถว"),
    )


@needs(Capability.IMPORT_ROWS)
@require_POST
def import_write(request: StaffRequest, pk: int) -> HttpResponse:
    batch = _batch(request, pk)
    return _try(request, batch, lambda: imports.ask_to_write(batch=batch, by=request.user))


@needs(Capability.IMPORT_ROWS)
@require_POST
def import_again(request: StaffRequest, pk: int) -> HttpResponse:
    batch = _batch(request, pk)
    return _try(request, batch, lambda: imports.ask_again(batch=batch, by=request.user))


@needs(Capability.IMPORT_ROWS)
def import_undo(request: StaffRequest, pk: int) -> HttpResponse:
    batch = _batch(request, pk)
    if request.method == "POST":
        return _try(request, batch, lambda: imports.ask_to_undo(batch=batch, by=request.user))
    return render(request, f"{PAGES}/confirm_undo.html", _context(batch))


@needs(Capability.IMPORT_ROWS)
def import_discard(request: StaffRequest, pk: int) -> HttpResponse:
    batch = _batch(request, pk)
    if request.method == "POST":
        return _try(request, batch, lambda: imports.discard_import(batch=batch, by=request.user))
    return render(request, f"{PAGES}/confirm_discard.html", _context(batch))


def _try(
    request: StaffRequest, batch: ImportBatch, act: Callable[[], Any], *, done: str = ""
) -> HttpResponse:
    """Do it, say what came of it or why not, and go back to the page."""
    with telling_refusals(request):
        result = act()
        if done:
            messages.success(request, done % {"result": result})
    return _work(request, _batch(request, batch.pk)) if request.htmx else redirect(batch)


def _work(request: StaffRequest, batch: ImportBatch) -> HttpResponse:
    part = "_work.html" if request.htmx else "detail.html"
    job = Job.objects.visible_to(request.user).filter(pk=batch.job or 0).first()
    context = _context(batch) | {
        "job": job,
        "stuck": job is not None and batch.is_being_worked_on and job.is_finished,
        "report": report_of(batch),
    }
    response = render(request, f"{PAGES}/{part}", context)
    response.headers["Vary"] = "HX-Request"
    return response


def _context(batch: ImportBatch) -> dict[str, Any]:
    kind = import_kind_named(batch.kind)
    return {
        "batch": batch,
        "kind": kind,
        "subject": kind.subject(batch),
        "home": kind.home(batch),
        "shape": SHAPES[ImportState(batch.state)],
        "counts": counts_of(batch),
    }


def _listed(batches: Any) -> list[dict[str, Any]]:
    return [
        {
            "batch": batch,
            "shape": SHAPES[ImportState(batch.state)],
            "subject": import_kind_named(batch.kind).title,
        }
        for batch in batches
    ]


def _visible(request: StaffRequest) -> ImportBatchQuerySet:
    kinds = import_kinds_of(request.user)
    return ImportBatch.objects.visible_to(request.user).of_kinds(kinds)


def _batch(request: StaffRequest, pk: int) -> ImportBatch:
    return get_object_or_404(_visible(request).select_related("asked_by"), pk=pk)


def _rows(request: StaffRequest, batch: ImportBatch) -> Any:
    rows = ImportRow.objects.visible_to(request.user).select_related("batch")
    return rows.filter(batch=batch, state__in=OPEN_STATES)
