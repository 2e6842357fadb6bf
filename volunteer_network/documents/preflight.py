"""Looks at a document before it is kept: what would be noticed only on three hundred sheets.

The first of three looks, at the boxes as they were laid out: text outside its cell or the paper,
cut lines, empty pages. The second, at the lines in the boxes, is `preflight_lines`; the third, at
the finished file, `preflight_file`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

TOLERANCE_PX = 1.0  # rounding of Pango, less than a third of a millimetre
LONGEST_WORD = 40
NAMED_AT_MOST = 3


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
    MARK_CUT = "mark_cut"
    WORD_BROKEN = "word_broken"
    WRONG_ERA = "wrong_era"
    TOO_LARGE = "too_large"


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
            Fault.MARK_CUT: _("หน้า %(page)d วรรณยุกต์หรือสระของ “%(word)s” ทับบรรทัดบนหรือถูกตัด"),
            Fault.WORD_BROKEN: _("หน้า %(page)d “%(word)s” ถูกตัดคำผิดที่"),
            Fault.WRONG_ERA: _("หน้า %(page)d “%(word)s” ใช้ศักราชไม่ตรง"),
            Fault.TOO_LARGE: _("หน้า %(page)d มีขนาด %(word)s ใหญ่เกินไป"),
        }[self.fault] % about


def in_words(flaws: Sequence[Flaw]) -> str:
    """Say the first flaws to the person who asked, and what to do."""
    named = " · ".join(str(flaw) for flaw in flaws[:NAMED_AT_MOST])
    more = len(flaws) - NAMED_AT_MOST
    if more > 0:
        named += _(" และอีก %(count)d แห่ง") % {"count": more}
    return _("ตรวจก่อนพิมพ์ไม่ผ่าน: %(named)s ให้แก้ข้อความในระบบแล้วสั่งใหม่") % {"named": named}


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
    for box, cell, clip, in_margin in with_their_boxes(page):
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


def with_their_boxes(
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
        yield from with_their_boxes(child, cell=cell, clip=clip, in_margin=margin)


_HOLDERS = frozenset({"BlockBox", "InlineBlockBox", "TableCellBox", "FlexBox", "MarginBox"})


def _texts(page: Any) -> Iterator[Any]:
    return (box for box, _cell, _clip, _margin in with_their_boxes(page) if hasattr(box, "text"))
