"""Recognises the headings of columns, in Thai and English, however they are spelt or stacked."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from volunteer_network.thai_text import normalise

NOTHING: Final = ""  # a heading that is known to hold nothing to take in
_IN_BRACKETS: Final = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_NEVER_TELLS: Final = re.compile(r"[่้๊๋็์\s.,:;/\\|_*()\[\]\"'“”ฯ?–—-]")
_LONG_ENOUGH_TO_BE_PART: Final = 5
# Columns of every official list that say nothing of a person.
NUMBERING: Final = ("ลำดับ", "ลำดับที่", "ที่", "ลำดับเลขที่", "no", "no.", "#", "order")
_HOLD_NOTHING: Final = (
    *NUMBERING, "ลายมือชื่อ", "ลงชื่อ", "ลายเซ็น", "signature", "เช้า", "บ่าย", "รวม", "อายุ",
    "อายุปี", "age", "โทรศัพท์ที่ทำงาน", "โทรสาร", "fax",
)  # fmt: skip


def heading_key(text: str) -> str:
    """What is left of a heading for comparing: small letters without marks, spaces, punctuation."""
    return _NEVER_TELLS.sub("", normalise(text))


class Vocabulary:
    """The headings under which the fields of one kind of import are known."""

    def __init__(self, synonyms: Mapping[str, Iterable[str]]) -> None:
        self._fields = {heading_key(word): NOTHING for word in _HOLD_NOTHING}
        for field, words in synonyms.items():
            self._fields.update({heading_key(word): field for word in words})
        self._parts = sorted(
            (word for word in self._fields if len(word) >= _LONG_ENOUGH_TO_BE_PART),
            key=len,
            reverse=True,
        )

    def field_of(self, heading: str) -> str | None:
        """The field of a heading; NOTHING when it is known to hold none, None when unknown."""
        found = self._exactly(heading)
        return self._by_a_part(heading) if found is None else found

    def field_of_stack(self, upper: str, lower: str, *, spread: bool = False) -> str | None:
        """The field of a group's heading with one of its own below, or the other way round.

        `spread` says that the upper one stands over a neighbour and only reaches to this column.
        """
        if not upper or not lower or upper == lower:
            return self.field_of(lower or ("" if spread else upper))
        whole = (f"{upper} {lower}", f"{lower} {upper}", lower, *(() if spread else (upper,)))
        found = next((one for text in whole if (one := self._exactly(text)) is not None), None)
        return self._by_a_part(lower) if found is None else found

    def _exactly(self, heading: str) -> str | None:
        for text in (heading, _IN_BRACKETS.sub(" ", heading)):
            if (key := heading_key(text)) in self._fields:
                return self._fields[key]
        return None

    def _by_a_part(self, heading: str) -> str | None:
        """The longest known heading within a longer one: หมายเลขโทรศัพท์ที่ติดต่อได้สะดวก."""
        key = heading_key(_IN_BRACKETS.sub(" ", heading))
        return next((self._fields[part] for part in self._parts if part in key), None)
