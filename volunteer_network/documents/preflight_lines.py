"""Looks at the lines of a document as they were laid out: what a reader of Thai stumbles over.

Tone marks that run into the line above or are cut by their box, words broken where no word ends,
and years of the wrong era.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from volunteer_network.documents.preflight import (
    LONGEST_WORD,
    TOLERANCE_PX,
    Fault,
    Flaw,
    with_their_boxes,
)
from volunteer_network.thai_calendar import MONTHS, SHORT_MONTHS

# How far Sarabun reaches above its baseline and below, in parts of the font size: a mark on a vowel
# by mark, any other mark, a vowel below.
RISE_OF_STACK: Final = {
    "\u0e48": 1.22, "\u0e49": 1.28, "\u0e4a": 1.26, "\u0e4b": 1.25, "\u0e4c": 1.29,
}  # fmt: skip
RISE_OF_MARK, DROP_BELOW = 1.04, 0.35
STACK: Final = re.compile("[\u0e31\u0e34-\u0e37\u0e4d]([\u0e48-\u0e4c])|([\u0e48-\u0e4b])\u0e33")
MARK: Final = re.compile("[\u0e31\u0e33-\u0e37\u0e47-\u0e4e]")
BELOW: Final = re.compile("[\u0e38-\u0e3a]")

NEVER_FIRST: Final = re.compile("[\u0e30-\u0e3a\u0e45\u0e47-\u0e4e]")  # stands after a consonant
NEVER_LAST: Final = re.compile("[\u0e40-\u0e44]$")  # เ แ โ ใ ไ
# Latin words and numbers, also in Thai digits; an address may be longer than any line.
LATIN: Final = re.compile("[!-~\u0e50-\u0e59]+")
LATIN_END: Final = re.compile(f"{LATIN.pattern}$")
UNFINISHED: Final = re.compile(r"(?:[A-Za-z\d]|\d[.,])$")
OF_AN_ADDRESS: Final = re.compile(r"[@/:_]|\w\.[A-Za-z]")

_GREGORIAN = r"(?:19|20|๑๙|๒๐)\d\d(?!\d)"
_MONTH = "|".join(map(re.escape, (*MONTHS, *SHORT_MONTHS)))
WRONG_ERA: Final = re.compile(
    rf"(?:{_MONTH}|พ\.\s?ศ\.|ปีงบประมาณ|ประจำปี)\s*(?:พ\.\s?ศ\.\s*)?{_GREGORIAN}"
    r"|ค\.\s?ศ\.\s*(?:2[45]|๒[๔๕])\d\d(?!\d)"
)


@dataclass(frozen=True, slots=True)
class _Text:
    """A text where it stands; sizes in pixels, `top` and `bottom` as far as its letters reach."""

    words: str
    left: float
    right: float
    baseline: float
    top: float
    bottom: float
    marked: bool  # has something above its letters


def flaws_of_lines(pages: Sequence[Any]) -> list[Flaw]:
    """Look at WeasyPrint's pages before they are written."""
    return [
        flaw
        for number, page in enumerate(pages, start=1)
        for flaw in (
            *_marks_cut(number, page._page_box),
            *_flaws_of_blocks(number, page._page_box),
        )
    ]


def _marks_cut(number: int, page: Any) -> Iterator[Flaw]:
    texts: list[_Text] = []
    for box, cell, clip, _in_margin in with_their_boxes(page):
        if not hasattr(box, "text"):
            continue
        text = _placed(box)
        texts.append(text)
        if (clip and _reaches_out(text, clip)) or (_is_ruled(cell) and _reaches_out(text, cell)):
            yield Flaw(Fault.MARK_CUT, number, text.words)
    yield from (Flaw(Fault.MARK_CUT, number, text.words) for text in _into_the_line_above(texts))


def _placed(box: Any) -> _Text:
    size, words = box.style["font_size"], box.text
    baseline = box.position_y + box.baseline
    rise = _rise_of(words)
    return _Text(
        words=words.strip()[:LONGEST_WORD],
        left=box.position_x,
        right=box.position_x + box.width,
        baseline=baseline,
        top=baseline - rise * size,
        bottom=baseline + (DROP_BELOW * size if BELOW.search(words) else 0),
        marked=rise > 0,
    )


def _rise_of(words: str) -> float:
    """How far the marks of a text reach above its baseline; 0 without any."""
    marks = {tone or before_am for tone, before_am in STACK.findall(words)}
    if marks:
        return max(RISE_OF_STACK[mark] for mark in marks)
    return RISE_OF_MARK if MARK.search(words) else 0


def _is_ruled(cell: Any) -> bool:
    """Whether what leaves a cell runs into a rule."""
    if type(cell).__name__ != "TableCellBox":
        return False
    return bool(cell.border_top_width > 0 and cell.border_bottom_width > 0)


def _reaches_out(text: _Text, holder: Any) -> bool:
    top = holder.border_box_y()
    bottom = top + holder.border_height()
    inside = top < text.baseline < bottom  # else the whole text is out, which is another flaw
    out = text.top < top - TOLERANCE_PX or text.bottom > bottom + TOLERANCE_PX
    return bool(inside and out)


def _into_the_line_above(texts: list[_Text]) -> Iterator[_Text]:
    """Texts whose marks stand higher than the feet of letters above them.

    A vowel below and a mark may touch: at the line heights of Thai print they do, and are read.
    """
    by_baseline = sorted(texts, key=lambda text: text.baseline)
    baselines = [text.baseline for text in by_baseline]
    for text in filter(lambda text: text.marked, texts):
        first = bisect_left(baselines, text.top + TOLERANCE_PX)
        above = by_baseline[first : bisect_left(baselines, text.baseline - TOLERANCE_PX)]
        if any(_over(other, text) for other in above):
            yield text


def _over(one: _Text, other: _Text) -> bool:
    return min(one.right, other.right) - max(one.left, other.left) > TOLERANCE_PX


def _flaws_of_blocks(number: int, page: Any) -> Iterator[Flaw]:
    for block in _blocks(page):
        lines = [_words_of(line) for line in block.children]
        yield from _broken_words(number, block, lines)
        for found in WRONG_ERA.finditer(" ".join(lines)):
            yield Flaw(Fault.WRONG_ERA, number, found[0])


def _blocks(box: Any) -> Iterator[Any]:
    """The boxes that hold lines."""
    children = getattr(box, "children", ())
    if children and type(children[0]).__name__ == "LineBox":
        yield box
    for child in children:
        yield from _blocks(child)


def _words_of(box: Any) -> str:
    """The text of a line; what stands in a block of its own there is asked by itself."""
    if type(box).__name__ == "TextBox":
        return str(box.text)
    inner = getattr(box, "children", ()) if type(box).__name__ in _INLINE else ()
    return "".join(map(_words_of, inner))


_INLINE: Final = frozenset({"LineBox", "InlineBox"})


def _broken_words(number: int, block: Any, lines: Sequence[str]) -> Iterator[Flaw]:
    """Words that go on in the next line though no word ends there, each once."""
    torn = (_torn_word(before, after, block) for before, after in pairwise(lines))
    for word in dict.fromkeys(filter(None, torn)):
        yield Flaw(Fault.WORD_BROKEN, number, word[:LONGEST_WORD])


def _torn_word(before: str, after: str, block: Any) -> str:
    """The word that two lines tear apart, or "".

    Lines lose the space at which they were broken. So a break is inside a Latin word or a number
    only where the source writes both sides together.
    """
    if NEVER_FIRST.match(after) or NEVER_LAST.search(before):
        return before[-LONGEST_WORD // 2 :] + after[: LONGEST_WORD // 2]
    end, begin = LATIN_END.search(before), LATIN.match(after)
    if not (end and begin and UNFINISHED.search(before) and after[0].isalnum()):
        return ""
    torn = end[0] + begin[0]
    words = (word for word in LATIN.findall(_source(block)) if torn in word)
    return next((word for word in words if not OF_AN_ADDRESS.search(word)), "")


def _source(block: Any) -> str:
    element = block.element
    return "\n".join(element.itertext()) if element is not None else ""
