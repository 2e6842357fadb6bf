"""Kinds of long work: each app registers its own, the core runs them without naming any.

A kind's `make` runs in a worker, outside every transaction. It reads inside `with job.rights():`,
says in `job.progress()` how far it is, and returns the file that the person gets, or None when
what came of it is rows: then the kind knows the `page` that shows them.

A kind of `parts` is made of jobs of another kind, each on its own: its `make` runs when all of
them have ended, and puts together what `job.parts()` gives.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from volunteer_network.access.roles import Capability
from volunteer_network.documents.serials import Issue

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from django.utils.functional import _StrOrPromise

    from volunteer_network.models import User

PART_BY_PART = _("ส่วนที่ %(done)d จาก %(all)d")


@dataclass(frozen=True, kw_only=True)
class Result:
    """A finished file and the name it is downloaded under; the extension is without its dot.

    `issue` says which official document it is; with the file its serial becomes known. `also` is
    what the kind itself writes in the transaction that keeps the file, in the scope of the system.
    """

    content: bytes
    extension: str
    name: str
    issue: Issue | None = None
    also: Callable[[], None] | None = None


@dataclass(frozen=True, kw_only=True)
class PartAsked:
    """A part to be made: what its kind is told, and what people read."""

    title: str
    parameters: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class PartMade:
    """A part that has ended: its file under its name, or the reason why there is none."""

    title: str
    parameters: dict[str, Any]
    name: str = ""
    content: bytes = b""
    failure: str = ""


class JobContext(Protocol):
    """What a kind knows of the job it makes."""

    @property
    def person(self) -> User:
        """Who asked, as this person was when `rights()` was last asked for."""

    @property
    def parameters(self) -> dict[str, Any]: ...

    def rights(self) -> AbstractContextManager[None]:
        """A short scope of the person's own; read in it and leave it before computing.

        The person is read anew, so the work sees what this person sees now. Raises RuleViolation,
        which ends the work in words, when the account was closed, moved or lost the capability.
        """

    def parts(self) -> list[PartMade]:
        """What the parts of a whole have become, in the order in which they were asked for."""

    def progress(self, done: int, of: int, words: _StrOrPromise) -> None:
        """Tell the person who waits ("คนที่ 31 จาก 76"); ends the work when it was stopped."""


@dataclass(frozen=True, kw_only=True)
class JobKind:
    name: str
    title: _StrOrPromise
    make: Callable[[JobContext], Result | None]
    needs: Capability = Capability.MAKE_DOCUMENTS
    page: Callable[[dict[str, Any]], str] | None = None  # from the job's parameters
    parts: str = ""  # name of the kind of its parts
    counting: _StrOrPromise = PART_BY_PART


_kinds: dict[str, JobKind] = {}


def register_kind(kind: JobKind) -> None:
    _kinds[kind.name] = kind


def kind_named(name: str) -> JobKind:
    """The kind of that name; KeyError when no app registered it."""
    return _kinds[name]


def kind_still_made(name: str) -> JobKind | None:
    """The kind of a job that was asked for once; None when no app registers it any more."""
    return _kinds.get(name)


def is_whole(name: str) -> bool:
    """Whether jobs of that kind are made of parts."""
    kind = kind_still_made(name)
    return bool(kind and kind.parts)


def title_of_kind(name: str) -> _StrOrPromise:
    """What the kind makes, in words; also for a kind that no app registers any more."""
    kind = kind_still_made(name)
    return kind.title if kind else gettext("เอกสารที่สั่งไว้")
