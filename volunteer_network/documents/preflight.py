"""Looks at a document before it is kept: what would be noticed only on three hundred sheets.

Two looks. At the pages as they were laid out: text outside its cell or the paper, cut lines, empty
pages. At the finished file, as a reader's program sees it: fonts inside, no missing glyph, every
text found by search, and what must stand in it in its order. Together some milliseconds a page.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from fontTools.ttLib import TTFont
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, StreamObject

TOLERANCE_PX = 1.0  # rounding of Pango, less than a third of a millimetre
LONGEST_WORD = 40
NAMED_AT_MOST = 3

_BLANK = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]+")
# What our own renderer writes: a font, then rows of glyphs in hexadecimal.
_TOKENS = re.compile(rb"/(\w+) [\d.]+ Tf|\[([^\]]*)\] TJ|<([0-9a-fA-F]+)> Tj")
_HEX = re.compile(rb"<([0-9a-fA-F]+)>")
_MAPPING = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]*)>")
_CODE_SPACE = b"<0000> <ffff>"


class Fault(StrEnum):
    EMPTY_PAGE = "empty_page"
    OUT_OF_BOX = "out_of_box"
    OFF_PAPER = "off_paper"
    TOO_WIDE = "too_wide"
    CUT = "cut"
    FONT_MISSING = "font_missing"
    GLYPH_MISSING = "glyph_missing"
    NOT_SEARCHABLE = "not_searchable"
    NOT_THERE = "not_there"


@dataclass(frozen=True)
class Flaw:
    """What is wrong, on which page (from 1), at which word."""

    fault: Fault
    page: int
    word: str = ""

    def __str__(self) -> str:
        about = {"page": self.page, "word": self.word}
        return {
            Fault.EMPTY_PAGE: _("หน้า %(page)d ว่างเปล่า"),
            Fault.OUT_OF_BOX: _("หน้า %(page)d “%(word)s” ล้นออกนอกช่อง"),
            Fault.OFF_PAPER: _("หน้า %(page)d “%(word)s” ล้นออกนอกกระดาษ"),
            Fault.TOO_WIDE: _("หน้า %(page)d ตารางกว้างเกินหน้ากระดาษที่ “%(word)s”"),
            Fault.CUT: _("หน้า %(page)d “%(word)s” ถูกตัดขอบ"),
            Fault.FONT_MISSING: _("หน้า %(page)d ไม่มีแบบอักษร %(word)s ในไฟล์"),
            Fault.GLYPH_MISSING: _("หน้า %(page)d พิมพ์ตัวอักษร “%(word)s” ไม่ได้"),
            Fault.NOT_SEARCHABLE: _("หน้า %(page)d ค้นคำว่า “%(word)s” ไม่พบ"),
            Fault.NOT_THERE: _("ไม่พบ “%(word)s” ตามลำดับในเอกสาร ตั้งแต่หน้า %(page)d"),
        }[self.fault] % about


def in_words(flaws: Sequence[Flaw]) -> str:
    """Say the first flaws to the person who asked, and what to do."""
    named = " · ".join(str(flaw) for flaw in flaws[:NAMED_AT_MOST])
    more = len(flaws) - NAMED_AT_MOST
    if more > 0:
        named += _(" และอีก %(count)d แห่ง") % {"count": more}
    return _("ตรวจก่อนพิมพ์ไม่ผ่าน: %(named)s ให้แก้ข้อความในระบบแล้วสั่งใหม่") % {"named": named}


# --- as laid out ---------------------------------------------------------------------------------


def flaws_of_layout(pages: Sequence[Any]) -> list[Flaw]:
    """Look at WeasyPrint's pages before they are written."""
    return [
        flaw
        for number, page in enumerate(pages, start=1)
        for flaw in _flaws_of_page(number, page._page_box)
    ]


def words_of_layout(pages: Sequence[Any]) -> list[list[str]]:
    """The texts that are drawn on each page, for `flaws_of_file`."""
    return [[box.text for box in _texts(page._page_box)] for page in pages]


def _flaws_of_page(number: int, page: Any) -> Iterator[Flaw]:
    filled = False
    width, height = page.margin_width(), page.margin_height()
    for box, cell, clip, in_margin in _with_their_boxes(page):
        if not hasattr(box, "text"):
            filled = True  # a picture
            continue
        filled = filled or not in_margin
        word = box.text.strip()[:LONGEST_WORD]
        left, top = box.position_x, box.position_y
        right, bottom = left + box.width, top + box.height
        if _sticks_out(left, right, 0, width) or _sticks_out(top, bottom, 0, height):
            yield Flaw(Fault.OFF_PAPER, number, word)
        elif clip and (
            _sticks_out(left, right, clip.border_box_x(), clip.border_width())
            or _sticks_out(top, bottom, clip.border_box_y(), clip.border_height())
        ):
            yield Flaw(Fault.CUT, number, word)
        elif cell and _sticks_out(left, right, cell.border_box_x(), cell.border_width()):
            yield Flaw(Fault.OUT_OF_BOX, number, word)
        elif type(cell).__name__ == "TableCellBox" and _sticks_out(
            cell.border_box_x(),
            cell.border_box_x() + cell.border_width(),
            page.content_box_x(),
            page.width,
        ):
            yield Flaw(Fault.TOO_WIDE, number, word)
    if not filled:
        yield Flaw(Fault.EMPTY_PAGE, number)


def _sticks_out(begin: float, end: float, box_begin: float, box_size: float) -> bool:
    return begin < box_begin - TOLERANCE_PX or end > box_begin + box_size + TOLERANCE_PX


def _with_their_boxes(
    box: Any, *, cell: Any = None, clip: Any = None, in_margin: bool = False
) -> Iterator[tuple[Any, Any, Any, bool]]:
    """Each text and picture with the block that should hold it and what would cut it."""
    kind = type(box).__name__
    if kind == "TextBox":
        if box.text.strip() and box.style["visibility"] == "visible":
            yield box, cell, clip, in_margin
        return
    if kind.endswith("ReplacedBox"):
        yield box, cell, clip, in_margin
        return
    if kind in _HOLDERS:
        cell = box
    if kind not in {"PageBox", "MarginBox"} and box.style["overflow"] != "visible":
        clip = box
    for child in getattr(box, "children", ()):
        margin = in_margin or kind == "MarginBox"
        yield from _with_their_boxes(child, cell=cell, clip=clip, in_margin=margin)


_HOLDERS = frozenset({"BlockBox", "InlineBlockBox", "TableCellBox", "FlexBox", "MarginBox"})


def _texts(page: Any) -> Iterator[Any]:
    return (box for box, _cell, _clip, _margin in _with_their_boxes(page) if hasattr(box, "text"))


# --- as a file -----------------------------------------------------------------------------------


def flaws_of_file(
    content: bytes, drawn: Sequence[Iterable[str]] = (), expected: Sequence[str] = ()
) -> list[Flaw]:
    """Look at the finished PDF.

    `drawn` are the texts of each page, each of which search must find there; `expected` what must
    stand in the document in this order. Spaces count for nothing.
    """
    flaws: list[Flaw] = []
    texts: list[str] = []
    for number, page in enumerate(PdfReader(BytesIO(content)).pages, start=1):
        fonts = {name[1:]: _Font(font.get_object()) for name, font in _fonts_of(page)}
        flaws += [
            Flaw(Fault.FONT_MISSING, number, font.name)
            for font in fonts.values()
            if not font.program
        ]
        text, missing = _read(_data(page.get_contents()), fonts)
        flaws += [Flaw(Fault.GLYPH_MISSING, number, letter) for letter in missing]
        texts.append(_squeezed(text))
    for number, words in enumerate(drawn, start=1):
        flaws += [
            Flaw(Fault.NOT_SEARCHABLE, number, word.strip()[:LONGEST_WORD])
            for word in words
            if _squeezed(word) not in texts[number - 1]
        ]
    return flaws + list(_out_of_order(texts, expected))


def _out_of_order(texts: Sequence[str], expected: Sequence[str]) -> Iterator[Flaw]:
    whole, place = "".join(texts), 0
    ends = [sum(map(len, texts[: number + 1])) for number in range(len(texts))]
    for words in expected:
        found = whole.find(_squeezed(words), place)
        if found < 0:
            page = next((n for n, end in enumerate(ends, start=1) if place <= end), 1)
            yield Flaw(Fault.NOT_THERE, page, words[:LONGEST_WORD])
        else:
            place = found + len(_squeezed(words))


def _squeezed(text: str) -> str:
    return _BLANK.sub("", text)


def _fonts_of(page: Any) -> Iterable[tuple[str, Any]]:
    resources = page.get("/Resources", DictionaryObject()).get_object()
    fonts: dict[str, Any] = resources.get("/Font", DictionaryObject()).get_object()
    return fonts.items()


class _Font:
    """A font of a page: what its glyphs mean, and how many of them lie in the file."""

    def __init__(self, font: Any) -> None:
        self.name = str(font.get("/BaseFont", "")).rpartition("+")[2]
        inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
        descriptor = inner.get("/FontDescriptor", DictionaryObject()).get_object()
        program = next(
            (descriptor[key] for key in ("/FontFile2", "/FontFile3") if key in descriptor), None
        )
        self.program = _data(program)
        self.meaning = _meanings(_data(font.get("/ToUnicode")))

    @property
    def glyphs(self) -> int:
        return _glyph_count(self.program)


def _data(stream: Any) -> bytes:
    found = stream.get_object() if stream is not None else None
    return bytes(found.get_data()) if isinstance(found, StreamObject) else b""


@lru_cache(maxsize=32)
def _meanings(table: bytes) -> dict[int, str]:
    return {
        int(glyph, 16): bytes.fromhex(letters.decode()).decode("utf-16-be")
        for glyph, letters in _MAPPING.findall(table.replace(_CODE_SPACE, b""))
    }


@lru_cache(maxsize=32)
def _glyph_count(program: bytes) -> int:
    """How many glyphs a font has; one that cannot be read has none."""
    if not program:
        return 0
    return int(TTFont(BytesIO(program), lazy=True)["maxp"].numGlyphs)


def _read(content: bytes, fonts: dict[str, _Font]) -> tuple[str, list[str]]:
    """The text of a page in the order in which it is drawn, and the letters without a glyph."""
    text: list[str] = []
    missing: list[str] = []
    font: _Font | None = None
    for name, row, one in _TOKENS.findall(content):
        if name:
            font = fonts.get(name.decode())
            continue
        glyphs = one or b"".join(_HEX.findall(row))
        for place in range(0, len(glyphs) if font else 0, 4):
            glyph = int(glyphs[place : place + 4], 16)
            meaning = font.meaning.get(glyph, "") if font else ""
            text.append(meaning)
            if font and (glyph == 0 or glyph >= font.glyphs):
                missing.append(meaning)
    return "".join(text), list(dict.fromkeys(missing))
