"""How paragraphs of a Word file look: the type of Thai offices."""

from dataclasses import dataclass
from typing import cast

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Pt
from docx.styles.style import ParagraphStyle

from volunteer_network.documents.word.xml import new

FONT = "TH Sarabun New"  # what Thai offices write in; its letters are small for their size
NORMAL, TITLE, HEADING = "Normal", "Heading 1", "Heading 2"
HEADER, FOOTER = "Header", "Footer"
CELL, HEAD_CELL, SMALL_CELL = "Cell", "Head Cell", "Small Cell"
OF_TAG = {"h1": TITLE, "h2": HEADING, "p": NORMAL, "th": HEAD_CELL, "td": CELL}


@dataclass(frozen=True)
class _Look:
    """Sizes in points."""

    size: int
    bold: bool = False
    before: int = 0
    after: int = 0


_LOOKS = {
    NORMAL: _Look(14, after=4),
    TITLE: _Look(18, bold=True),
    HEADING: _Look(15, bold=True, before=10, after=2),
    HEADER: _Look(12, bold=True),
    FOOTER: _Look(12),
    CELL: _Look(12),
    HEAD_CELL: _Look(12, bold=True),
    SMALL_CELL: _Look(10, bold=True),
}


def id_of(style: str) -> str:
    """What a paragraph names its style by."""
    return style.replace(" ", "")


def set_up_styles(document: Document) -> None:
    """Give all styles that we use their look; nothing of the library's own look stays."""
    for name, look in _LOOKS.items():
        _set_up(_style(document, name), look)


def _style(document: Document, name: str) -> ParagraphStyle:
    styles = document.styles
    style = styles[name] if name in styles else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    return cast("ParagraphStyle", style)


def _set_up(style: ParagraphStyle, look: _Look) -> None:
    """Thai is a complex script: its font, weight and size have names of their own in Word."""
    spacing = style.paragraph_format
    spacing.space_before, spacing.space_after = Pt(look.before), Pt(look.after)
    spacing.line_spacing = 1.0
    letters = style.element.get_or_add_rPr()
    letters.clear()
    letters.append(new("rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT, cs=FONT))
    letters.extend(new(weight) for weight in ("b", "bCs") if look.bold)
    letters.extend(new(size, val=look.size * 2) for size in ("sz", "szCs"))
    letters.append(new("lang", val="th-TH", bidi="th-TH"))
