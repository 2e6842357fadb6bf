"""A Word file from the HTML of a document.

It knows what our templates of documents are made of: headings, paragraphs, tables, and the running
lines of a page. Pictures and signatures stay away: what is signed is the paper with a serial,
never its copy.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.section import Section
from docx.shared import Mm
from docx.text.paragraph import Paragraph
from lxml.html import HtmlElement, document_fromstring

from volunteer_network.documents.word.styles import CELL, FOOTER, OF_TAG, set_up_styles
from volunteer_network.documents.word.tables import table_of
from volunteer_network.documents.word.text import has_class, lines_of
from volunteer_network.documents.word.xml import new, new_text

NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LEFT_OUT = ("signatures", "page-number", "page-foot", "demo-band")
STANDING, LYING = (210, 297), (297, 210)  # millimetres of A4
TWIPS_PER_MM = 1440 / 25.4


def word_of(html: str) -> bytes:
    """The page as the content of a .docx file, A4; its title becomes that of the file."""
    page = document_fromstring(NOT_IN_XML.sub("", html))
    document = Document()
    _describe(document, page)
    set_up_styles(document)
    section = document.sections[0]
    width = _set_up_page(section, lies=has_class(page.body, "landscape"))
    _write_running_lines(section, page)
    for element in _blocks(page.body):
        _write(document, element, width)
    return _saved(document)


def _describe(document: WordDocument, page: HtmlElement) -> None:
    """Nothing of the library's own sample stays: author, comment, day."""
    about, now = document.core_properties, datetime.now(UTC)
    about.title = "".join(lines_of(page.find(".//title")))
    about.author = about.comments = about.keywords = ""
    about.language, about.created, about.modified = "th-TH", now, now


def _set_up_page(section: Section, *, lies: bool) -> int:
    """Margins as in css/document.css and css/official.css; returns the width left, in twips."""
    width, height = LYING if lies else STANDING
    top, right, bottom, left = (19, 15, 17, 15) if lies else (25, 20, 20, 30)
    section.orientation = WD_ORIENT.LANDSCAPE if lies else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.top_margin, section.right_margin = Mm(top), Mm(right)
    section.bottom_margin, section.left_margin = Mm(bottom), Mm(left)
    section.header_distance = section.footer_distance = Mm(8)
    return round((width - left - right) * TWIPS_PER_MM)


def _write_running_lines(section: Section, page: HtmlElement) -> None:
    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    head.add_run(_running(page, "demo-band"))
    foot.add_run(_running(page, "page-foot"))
    number = section.footer.add_paragraph(style=FOOTER)
    number.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _number_pages(number, page)


def _number_pages(paragraph: Paragraph, page: HtmlElement) -> None:
    """หน้า 1 จาก 3, counted by Word; the words are those of the page's own running line."""
    one, digits = ("๑", r" \* ThaiArabic") if has_class(page.body, "thai-digits") else ("1", "")
    words = _running(page, "page-number").split()
    for word, field in zip(words, ("PAGE", "NUMPAGES"), strict=True):
        counted = new("fldSimple", new_text(one), instr=f"{field}{digits}")
        paragraph._p.extend([new_text(f" {word} "), counted])  # no API for fields


def _running(page: HtmlElement, name: str) -> str:
    return " ".join(line for element in page.find_class(name) for line in lines_of(element))


def _blocks(element: HtmlElement) -> Iterator[HtmlElement]:
    """What is written one below the other; frames around it are looked into."""
    for child in element.iterchildren("h1", "h2", "p", "table", "div", "section"):
        if any(has_class(child, name) for name in LEFT_OUT):
            continue
        if child.tag in ("div", "section"):
            yield from _blocks(child)
        else:
            yield child


def _write(document: WordDocument, element: HtmlElement, width: int) -> None:
    if element.tag == "table":
        document.element.body.insert_element_before(table_of(element, width), "w:sectPr")
        document.add_paragraph(style=CELL)  # or the next table would become one with it
        return
    for line in lines_of(element):
        document.add_paragraph(line, style=OF_TAG[element.tag])


def _saved(document: WordDocument) -> bytes:
    file = BytesIO()
    document.save(file)
    return file.getvalue()
