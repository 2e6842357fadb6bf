"""What a higher app says of the rows of a lower one's list, and what it lets people do with one.

The list draws it without naming the app, as with panels (`registry.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import Exists
    from django.utils.functional import _StrOrPromise

    from volunteer_network.access.roles import Capability
    from volunteer_network.models import User


@dataclass(frozen=True, kw_only=True)
class RowNote:
    """A state as shape and word, and a sentence; while it is `open` nothing new can be begun."""

    shape: str
    words: str
    detail: str = ""
    open: bool = False


@dataclass(frozen=True, kw_only=True)
class NoteCount:
    """How many rows have a note of a kind; `value` filters by it, "" where no filter does."""

    label: str
    number: int
    value: str = ""


@dataclass(frozen=True, kw_only=True)
class RowNotes:
    """Notes on the rows of a list ("activities"): each row's, a filter by them, and how many.

    `count` gets the filters of the list, and narrows its own rows with `filters.about(rows)`.
    The note leads to the `anchor` of the row's page, the action to `action_url` with the row's id.
    `settled` is a condition on the list's rows: of those nothing is left to ask.
    """

    page: str
    label: _StrOrPromise
    anchor: str
    choices: Sequence[tuple[str, _StrOrPromise]]
    of: Callable[[User, Collection[int]], dict[int, RowNote]]
    narrow: Callable[[User, Any, str], Any]
    count: Callable[[User, Any], list[NoteCount]]
    settled: Callable[[], Exists]
    action: _StrOrPromise
    action_url: str
    action_needs: Capability


_notes: dict[str, RowNotes] = {}


def register_row_notes(notes: RowNotes) -> None:
    _notes[notes.page] = notes


def row_notes_on(page: str) -> RowNotes | None:
    """What is noted on the rows of a list; None when no app does."""
    return _notes.get(page)
