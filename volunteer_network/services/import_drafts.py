"""Rows of an import between the sealed table and the checks of their kind."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from volunteer_network.bulk_insert import insert_rows
from volunteer_network.enums import ImportRowState
from volunteer_network.import_kinds import Draft, ImportContext, ImportKind, Made
from volunteer_network.models import ImportBatch, ImportRow, User
from volunteer_network.models.imports import seal_content
from volunteer_network.thai_text import full_name
from volunteer_network.workbooks.reading import Sheet
from volunteer_network.workbooks.tables import LeftOut, Plan, data_rows

CHECKED_AT_ONCE = 1_000  # rows that one request checks against each other; more wait for writing
OPEN_STATES = (ImportRowState.GOOD, ImportRowState.BAD, ImportRowState.KNOWN)
_COLUMNS = (
    *("province_id", "batch_id", "sheet", "number", "state", "sealed", "target", "linked", "made"),
)


@dataclass(frozen=True)
class Context:
    """What a kind's functions are told; see `ImportContext`."""

    batch: ImportBatch
    by: User


def drafts_of_file(
    sheets: Sequence[Sheet], plans: Sequence[Plan], mended: dict[tuple[str, int], dict[str, str]]
) -> list[Draft]:
    """The rows of the sheets that are used, with what was mended in them before."""
    by_name = {sheet.name: sheet for sheet in sheets}
    return [
        Draft(
            sheet=row.sheet,
            number=row.number,
            cells=row.cells,
            mended=mended.get((row.sheet, row.number), {}),
            left_out=row.left_out,
            text=row.text,
        )
        for plan in plans
        if plan.used and plan.sheet in by_name
        for row in data_rows(by_name[plan.sheet], plan)
    ]


def drafts_of_rows(rows: Iterable[ImportRow]) -> list[Draft]:
    """Drafts of kept rows, opened."""
    return [draft_of(row) for row in rows]


def draft_of(row: ImportRow) -> Draft:
    content = row.open()
    why = content.get("left_out")
    draft = Draft(
        sheet=row.sheet,
        number=row.number,
        pk=row.pk,
        cells=content.get("cells", {}),
        mended=content.get("mended", {}),
        left_out=LeftOut(why) if why else None,
        text=content.get("text", ""),
        notes=content.get("notes", []),
        known=row.target if row.state == ImportRowState.KNOWN else None,
        linked=row.linked,
    )
    for field, words in content.get("mistakes", []):
        draft.blame(field, words)
    return draft


def read_draft(draft: Draft, kind: ImportKind, context: ImportContext) -> None:
    """Read the cells anew; what was found before is forgotten."""
    draft.values, draft.mistakes, draft.notes = {}, [], []
    draft.known, draft.linked = None, False
    if draft.left_out is None:
        kind.read(draft, context)


def name_in_file(draft: Draft) -> str:
    """The person as the file calls them."""
    typed = draft.typed
    parts = (typed.get(name, "") for name in ("title", "first_name", "last_name"))
    return typed.get("full_name") or full_name(*parts) or draft.text or _("(ไม่มีชื่อ)")


def state_of(draft: Draft) -> ImportRowState:
    if draft.left_out is not None:
        return ImportRowState.LEFT_OUT
    if draft.mistakes:
        return ImportRowState.BAD
    return ImportRowState.KNOWN if draft.known is not None else ImportRowState.GOOD


def keep_new(drafts: Sequence[Draft], batch: ImportBatch) -> None:
    """Add the drafts as rows of the batch, sealed."""
    insert_rows(
        ImportRow,
        _COLUMNS,
        (
            (
                batch.province_id,
                batch.pk,
                draft.sheet,
                draft.number,
                str(state_of(draft)),
                _sealed(draft, batch),
                draft.known,
                draft.linked,
                "{}",
            )
            for draft in drafts
        ),
    )


def keep_checked(drafts: Sequence[Draft], batch: ImportBatch) -> None:
    """Write down what checking has found of rows that exist, in one statement for all."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE volunteer_network_importrow AS kept
            SET state = found.state, sealed = found.sealed, target = found.target,
                linked = found.linked
            FROM unnest(%s::bigint[], %s::text[], %s::bytea[], %s::bigint[], %s::boolean[])
                AS found (id, state, sealed, target, linked)
            WHERE kept.id = found.id
            """,
            [
                [draft.pk for draft in drafts],
                [str(state_of(draft)) for draft in drafts],
                [_sealed(draft, batch) for draft in drafts],
                [draft.known for draft in drafts],
                [draft.linked for draft in drafts],
            ],
        )


def keep_written(made: Sequence[Made]) -> None:
    """Write down what came of rows, in the transaction that made it."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE volunteer_network_importrow AS kept
            SET state = 'written', target = made.target, made = made.remembered::jsonb
            FROM unnest(%s::bigint[], %s::bigint[], %s::text[]) AS made (id, target, remembered)
            WHERE kept.id = made.id
            """,
            [
                [one.draft.pk for one in made],
                [one.target for one in made],
                [json.dumps(one.remember) for one in made],
            ],
        )


def _sealed(draft: Draft, batch: ImportBatch) -> bytes:
    content: dict[str, Any] = {
        "cells": draft.cells,
        "mended": draft.mended,
        "mistakes": [[one.field, one.words] for one in draft.mistakes],
        "notes": draft.notes,
    }
    if draft.left_out is not None:
        content = {"left_out": str(draft.left_out), "text": draft.text}
    return seal_content(content, batch=batch.pk, sheet=draft.sheet, number=draft.number)
