"""Search over all that a person may see: each source asked once, grouped, best first."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from volunteer_network.thai_keyboard import typed_in_thai
from volunteer_network.thai_text import clean
from volunteer_network.ui.registry import search_sources

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

    from volunteer_network.models import User
    from volunteer_network.ui.registry import Hit

LONGEST = 100
FEWEST_LETTERS = 2
ID_DIGITS = 13


@dataclass(frozen=True)
class Group:
    """What one source found, and where the rest of it is."""

    title: _StrOrPromise
    icon: str
    hits: list[Hit]
    more_href: str


@dataclass(frozen=True)
class Answer:
    """`typed` is what was asked, `words` what was looked for."""

    typed: str
    words: str
    groups: list[Group] = field(default_factory=list)
    too_short: bool = False
    is_national_id: bool = False

    @property
    def count(self) -> int:
        return sum(len(group.hits) for group in self.groups)

    @property
    def was_typed_in_latin(self) -> bool:
        return self.words != self.typed


def answer_for(user: User, typed: str, *, most: int) -> Answer:
    """Look in every source that is open to the user; `most` of each are shown.

    Where nothing is found for Latin letters, they are read as Thai typed on the wrong layout.
    """
    words = clean(typed)[:LONGEST]
    if sum(letter.isdecimal() for letter in words) == ID_DIGITS:
        return Answer(words, words, is_national_id=True)
    if len(words) < FEWEST_LETTERS:
        return Answer(words, words, too_short=True)
    groups = _groups(user, words, most)
    if not groups and (meant := clean(typed_in_thai(words))):
        return Answer(words, meant, _groups(user, meant, most))
    return Answer(words, words, groups)


def _groups(user: User, words: str, most: int) -> list[Group]:
    found = []
    for source in search_sources(user):
        hits = list(source.find(user, words, most + 1))
        more = source.more(words) if source.more and len(hits) > most else ""
        if hits:
            found.append(Group(source.title, source.icon, hits[:most], more))
    return found
