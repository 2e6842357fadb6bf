"""Kinds of imports: what the columns of a workbook mean, and how its rows are checked and written.

Each app registers its own; the core reads, shows and mends the rows of any kind without naming it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from django.utils.translation import gettext as _

from volunteer_network.workbooks.headings import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.utils.functional import _StrOrPromise

    from volunteer_network.access.roles import Capability
    from volunteer_network.models import ImportBatch, ImportRow, User
    from volunteer_network.workbooks.tables import LeftOut


@dataclass(frozen=True, kw_only=True)
class ImportField:
    """One thing that a column may hold.

    `read` makes the value of a filled cell or raises ValueError in Thai; several fields that make
    one value together are read by the kind. `shared` says that rows may well have the same value,
    so that equal mistakes are mended at once.
    """

    name: str
    label: _StrOrPromise
    synonyms: tuple[str, ...]
    read: Callable[[str], Any] | None = None
    required: bool = False
    shared: bool = False
    example: str = ""
    width: int = 18  # characters, in the workbook to download
    offered: bool = True  # a column of that workbook; not when another column says the same


@dataclass(frozen=True)
class Mistake:
    """Why a row is not taken in, and the field to mend."""

    field: str
    words: str


@dataclass
class Draft:
    """A row on its way from the file to the database."""

    sheet: str
    number: int
    cells: dict[str, str] = field(default_factory=dict)
    mended: dict[str, str] = field(default_factory=dict)
    left_out: LeftOut | None = None
    text: str = ""  # what stands in a row that is left out
    pk: int | None = None

    values: dict[str, Any] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    known: int | None = None  # id of the row that this one would double
    linked: bool = False

    @property
    def typed(self) -> dict[str, str]:
        return {**self.cells, **self.mended}

    @property
    def place(self) -> str:
        """ "แถว 12", with its sheet when there is one."""
        row = _("แถว %(number)d") % {"number": self.number}
        return f"{self.sheet} {row}" if self.sheet else row

    def blame(self, field_name: str, words: _StrOrPromise) -> None:
        """Add a mistake; the first at a field stands, for the others follow from it."""
        if all(one.field != field_name for one in self.mistakes):
            self.mistakes.append(Mistake(field_name, str(words)))

    def has_mistake(self, *names: str) -> bool:
        return any(one.field in names for one in self.mistakes)


@dataclass(frozen=True, kw_only=True)
class Made:
    """What writing a draft made: the row's id, and what undoing needs to know."""

    draft: Draft
    target: int
    remember: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A row that undoing leaves, because somebody has worked on it since."""

    row: ImportRow
    why: str


class ImportContext(Protocol):
    """The batch and the person at work on it."""

    @property
    def batch(self) -> ImportBatch: ...

    @property
    def by(self) -> User: ...


@dataclass(frozen=True, kw_only=True)
class ImportKind:
    """What one kind of import does; every function but `read` runs inside the person's scope.

    `read` fills `values` and `mistakes` of one draft from its cells. `check` looks at all of them:
    doubles, people who are known. `write` adds good drafts in one transaction and says what it
    made; what another has added in the meantime is a database error, and all are checked again.
    `undo` takes back what is untouched and says what it leaves and why.
    """

    name: str
    title: _StrOrPromise
    needs: Capability
    fields: tuple[ImportField, ...]
    names: frozenset[str]  # a table of this kind has a column of one of these
    read: Callable[[Draft, ImportContext], None]
    check: Callable[[Sequence[Draft], ImportContext], None]
    write: Callable[[Sequence[Draft], ImportContext], list[Made]]
    undo: Callable[[Sequence[ImportRow], ImportContext], list[Kept]]
    refuse: Callable[[ImportContext], None]  # raises RuleViolation when nothing may be written now
    subject: Callable[[ImportBatch], str]  # what it is for, in words
    home: Callable[[ImportBatch], str]  # the page that the rows will be seen on
    known_words: _StrOrPromise  # what a row is that is there already

    @property
    def vocabulary(self) -> Vocabulary:
        return Vocabulary({one.name: (str(one.label), *one.synonyms) for one in self.fields})

    @property
    def further(self) -> list[_StrOrPromise]:
        """Labels of what is read when it is there, besides the name."""
        parts = {"title", "first_name", "last_name"} | self.names
        return [
            one.label
            for one in self.fields
            if one.offered and not one.required and one.name not in parts
        ]

    def field(self, name: str) -> ImportField | None:
        return next((one for one in self.fields if one.name == name), None)


def read_fields(draft: Draft, fields: Sequence[ImportField]) -> None:
    """Read every field that stands for itself; blame those that are missing or cannot be read."""
    typed = draft.typed
    for one in fields:
        text = typed.get(one.name, "")
        if not text:
            if one.required:
                draft.blame(one.name, _("ไม่มี%(label)s พิมพ์เพิ่ม") % {"label": one.label})
        elif one.read:
            try:
                draft.values[one.name] = one.read(text)
            except ValueError as problem:
                draft.blame(one.name, str(problem))


def blame_doubles(
    drafts: Sequence[Draft], key: Callable[[Draft], Any], field_name: str, words: _StrOrPromise
) -> None:
    """Of drafts with the same key the first stands; the others are told its place."""
    first: dict[Any, Draft] = {}
    for draft in drafts:
        mine = key(draft)
        if mine is None:
            continue
        if mine in first:
            draft.blame(field_name, str(words) % {"place": first[mine].place})
        else:
            first[mine] = draft


_kinds: dict[str, ImportKind] = {}


def register_import_kind(kind: ImportKind) -> None:
    _kinds[kind.name] = kind


def import_kind_named(name: str) -> ImportKind:
    """The kind of that name; KeyError when no app registered it."""
    return _kinds[name]


def import_kinds_of(user: User) -> list[str]:
    """The names of the kinds that the user may import."""
    return [kind.name for kind in _kinds.values() if user.can(kind.needs)]
