"""Looks at a finished document before it is kept, as a reader's program sees it.

Fonts inside, no missing glyph, every text found by search, what must stand in it in its order, and
no page so large that an office could not send or print it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from io import BytesIO
from typing import Any

import pikepdf
from django.template.defaultfilters import filesizeformat
from fontTools.ttLib import TTFont

from volunteer_network.documents.preflight import LONGEST_WORD, Fault, Flaw

MOST_BYTES_OF_A_PAGE = 1024 * 1024
_BLANK = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]+")
# What our own renderer writes: a font, then rows of glyphs in hexadecimal.
_TOKENS = re.compile(rb"/(\w+) [\d.]+ Tf|\[([^\]]*)\] TJ|<([0-9a-fA-F]+)> Tj")
_HEX = re.compile(rb"<([0-9a-fA-F]+)>")
_MAPPING = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]*)>")
_DRAWN = re.compile(rb"/([^\s/]+) Do\b")
_CODE_SPACE = b"<0000> <ffff>"


def flaws_of_file(
    content: bytes, drawn: Sequence[Iterable[str]] = (), expected: Sequence[str] = ()
) -> list[Flaw]:
    """Look at the finished PDF.

    `drawn` are the texts of each page, each of which search must find there; `expected` what must
    stand in the document in this order. Spaces count for nothing.
    """
    flaws: list[Flaw] = []
    texts: list[str] = []
    with pikepdf.open(BytesIO(content)) as finished:
        for number, page in enumerate(finished.pages, start=1):
            text, found = _flaws_of_page(number, page)
            texts.append(_squeezed(text))
            flaws += [*found, *_too_large(number, page)]
    for number, words in enumerate(drawn, start=1):
        flaws += [
            Flaw(Fault.NOT_SEARCHABLE, number, word.strip()[:LONGEST_WORD])
            for word in words
            if _squeezed(word) not in texts[number - 1]
        ]
    return flaws + list(_out_of_order(texts, expected))


def _flaws_of_page(number: int, page: Any) -> tuple[str, list[Flaw]]:
    """The text of a page, and what is wrong with its fonts and letters."""
    listed = page.get("/Resources", {}).get("/Font", {})
    fonts = {name[1:]: _Font(font) for name, font in listed.items()}
    text, missing = _read(_data(page.get("/Contents")), fonts)
    flaws = [
        Flaw(Fault.FONT_MISSING, number, font.name) for font in fonts.values() if not font.program
    ]
    return text, [*flaws, *(Flaw(Fault.GLYPH_MISSING, number, letter) for letter in missing)]


def _too_large(number: int, page: Any) -> Iterator[Flaw]:
    size = _size_of(page)
    if size > MOST_BYTES_OF_A_PAGE:
        yield Flaw(Fault.TOO_LARGE, number, filesizeformat(size))


def _size_of(page: Any) -> int:
    """Bytes of what is drawn on a page, each picture once; fonts belong to the whole file."""
    sizes: dict[Any, int] = {}
    waiting = [(page.get("/Contents"), page.get("/Resources", {}))]
    while waiting:
        stream, resources = waiting.pop()
        if not isinstance(stream, pikepdf.Stream) or stream.objgen in sizes:
            continue
        sizes[stream.objgen] = len(stream.read_raw_bytes())
        if stream.get("/Subtype") == "/Image":
            waiting.append((stream.get("/SMask"), {}))
            continue
        known = resources.get("/XObject", {})  # also what other pages draw
        drawn = (known.get(f"/{name.decode()}", {}) for name in _DRAWN.findall(_data(stream)))
        waiting += [(one, one.get("/Resources", {})) for one in drawn]
    return sum(sizes.values())


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


class _Font:
    """A font of a page: what its glyphs mean, and how many of them lie in the file."""

    def __init__(self, font: Any) -> None:
        self.name = str(font.get("/BaseFont", "")).rpartition("+")[2]
        inner = font["/DescendantFonts"][0] if "/DescendantFonts" in font else font
        descriptor = inner.get("/FontDescriptor", {})
        program = next(
            (descriptor[key] for key in ("/FontFile2", "/FontFile3") if key in descriptor), None
        )
        self.program = _data(program)
        self.meaning = _meanings(_data(font.get("/ToUnicode")))

    @property
    def glyphs(self) -> int:
        return _glyph_count(self.program)


def _data(stream: Any) -> bytes:
    return bytes(stream.read_bytes()) if isinstance(stream, pikepdf.Stream) else b""


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
