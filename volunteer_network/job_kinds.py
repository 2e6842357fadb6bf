"""Kinds of long work: each app registers its own, the core runs them without naming any.

A kind's `make` runs in a worker, outside every transaction. It reads inside `with job.rights():`,
says in `job.progress()` how far it is, and returns the file that the person gets, or None when
what came of it is rows: then the kind knows the `page` that shows them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from django.utils.translation import gettext

from volunteer_network.access.roles import Capability

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from django.utils.functional import _StrOrPromise

    from volunteer_network.models import User


@dataclass(frozen=True, kw_only=True)
class Result:
    """A finished file and the name it is downloaded under; the extension is without its dot."""

    content: bytes
    extension: str
    name: str


class JobContext(Protocol):
    """What a kind knows of the job it makes."""

    @property
    def person(self) -> User:
        """Who asked; the work sees what this person sees now."""

    @property
    def parameters(self) -> dict[str, Any]: ...

    def rights(self) -> AbstractContextManager[None]:
        """A short scope of the person's own; read in it and leave it before computing."""

    def progress(self, done: int, of: int, words: _StrOrPromise) -> None:
        """Tell the person who waits ("คนที่ 31 จาก 76"); ends the work when it was stopped."""


@dataclass(frozen=True, kw_only=True)
class JobKind:
    name: str
    title: _StrOrPromise
    make: Callable[[JobContext], Result | None]
    needs: Capability = Capability.MAKE_DOCUMENTS
    page: Callable[[dict[str, Any]], str] | None = None  # from the job's parameters


_kinds: dict[str, JobKind] = {}


def register_kind(kind: JobKind) -> None:
    _kinds[kind.name] = kind


def kind_named(name: str) -> JobKind:
    """The kind of that name; KeyError when no app registered it."""
    return _kinds[name]


def title_of_kind(name: str) -> _StrOrPromise:
    """What the kind makes, in words; also for a kind that no app registers any more."""
    kind = _kinds.get(name)
    return kind.title if kind else gettext("เอกสารที่สั่งไว้")
