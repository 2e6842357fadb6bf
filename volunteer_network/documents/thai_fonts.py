"""Makes Thai in our PDFs as easy to search and copy as it is to read.

Text shaping splits ำ into a ring and า, and a PDF can say only what one glyph means, not what two
mean together: กำหนดการ came out as กาหนดการ. Marks stacked on each other stand at odd places, and
readers that sort text by place tore รุ่น apart. So the Thai font gets one glyph for each ring (with
its tone mark) and า, and one for each vowel and tone mark, drawn as before. After layout the
meaning of every Thai glyph is written into the file from the font itself, where WeasyPrint would
have kept whatever it had guessed when the glyph first came by.
"""

import re
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any

from fontTools.otlLib.builder import buildLigatureSubstSubtable, buildLookup
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphComponent

SARA_AA, SARA_AM, RING = "\u0e32", "\u0e33", "\u0e4d"
ABOVE = "\u0e31\u0e34\u0e35\u0e36\u0e37"  # vowels above a consonant
BELOW = "\u0e38\u0e39"
TONES = "\u0e48\u0e49\u0e4a\u0e4b\u0e4c"  # and the mark of silence
LIFTED = ".small"  # how the font names a tone mark that stands on a vowel

BASE_GLYPH, MARK_GLYPH = 1, 3  # classes in GDEF
SINGLE, LIGATURE = 1, 4  # types of lookup in GSUB
MARK_ON_BASE, MARK_ON_MARK = 4, 6  # and in GPOS

Pair = tuple[str, str]
GLYPH_MEANING = re.compile(rb"<([0-9a-f]{4})> <[0-9a-f]*>")


@dataclass(frozen=True)
class ThaiFont:
    """A font file that the layout reads, and the text that each of its glyphs stands for."""

    content: bytes
    texts: dict[int, str]


@cache
def searchable(woff: bytes) -> ThaiFont:
    """Return the font with one glyph for each form of ำ and each stack of marks."""
    font = TTFont(BytesIO(woff))
    texts = _texts_by_name(font)
    aa = font.getBestCmap()[ord(SARA_AA)]
    rings = [(ring, aa) for ring, text in texts.items() if RING in text]
    stacks = _stacks(texts)
    forms = {pair: "_".join(pair) for pair in (*rings, *stacks)}
    font.setGlyphOrder([*font.getGlyphOrder(), *forms.values()])
    for pair in rings:
        _draw_together(font, forms[pair], pair, BASE_GLYPH)
        texts[forms[pair]] = texts[pair[0]].replace(RING, "") + SARA_AM
    for pair in stacks:
        _draw_together(font, forms[pair], pair, MARK_GLYPH)
        _stand_like(font, forms[pair], pair[0] if pair[1].endswith(LIFTED) else pair[1])
        texts[forms[pair]] = texts[pair[0]] + texts[pair[1]]
    _join_after_all_else(font, forms)
    font.flavor = None
    content = BytesIO()
    font.save(content)
    return ThaiFont(
        content.getvalue(), {font.getGlyphID(name): text for name, text in texts.items()}
    )


def write_meanings(pdf: Any, family: bytes, texts: dict[int, str]) -> None:
    """Set what each glyph of the family means in a pydyf.PDF that is about to be written."""
    by_reference = {item.reference: item for item in pdf.objects if item.number}
    for item in pdf.objects:
        if isinstance(item, dict) and family in item.get("BaseFont", b"") and "ToUnicode" in item:
            meanings = by_reference[item["ToUnicode"]]
            meanings.stream = [_corrected(line, texts) for line in meanings.stream]


def _corrected(line: bytes, texts: dict[int, str]) -> bytes:
    match = GLYPH_MEANING.fullmatch(line)
    text = texts.get(int(match[1], 16)) if match else None
    if match is None or text is None:
        return line
    return b"<%s> <%s>" % (match[1], text.encode("utf-16-be").hex().encode())


def _texts_by_name(font: TTFont) -> dict[str, str]:
    """Follow the substitutions from the characters to their narrow, small and joined forms."""
    texts = {name: chr(code) for code, name in sorted(font.getBestCmap().items(), reverse=True)}
    tables = [table for lookup in font["GSUB"].table.LookupList.Lookup for table in lookup.SubTable]
    for _round in range(3):  # a joined form of narrow forms needs the narrow forms first
        for table in tables:
            for parts, form in _substitutions(table):
                if all(part in texts for part in parts):
                    texts.setdefault(form, _in_typed_order("".join(texts[p] for p in parts)))
    return texts


def _substitutions(table: Any) -> list[tuple[tuple[str, ...], str]]:
    if table.LookupType == SINGLE:
        return [((old,), new) for old, new in table.mapping.items()]
    if table.LookupType == LIGATURE:
        return [
            ((first, *ligature.Component), ligature.LigGlyph)
            for first, ligatures in table.ligatures.items()
            for ligature in ligatures
        ]
    return []


def _in_typed_order(text: str) -> str:
    """Put the ring last: a tone mark is typed before ำ."""
    return text.replace(RING, "") + RING if RING in text else text


def _stacks(texts: dict[str, str]) -> list[Pair]:
    """Pair vowels with the form of the tone mark that shaping puts next to them."""
    tones = [name for name, text in texts.items() if text in TONES]
    above = [name for name, text in texts.items() if text in ABOVE]
    below = [name for name, text in texts.items() if text in BELOW and not name.endswith(LIFTED)]
    return [(vowel, tone) for vowel in above for tone in tones if tone.endswith(LIFTED)] + [
        (vowel, tone) for vowel in below for tone in tones if not tone.endswith(LIFTED)
    ]


def _draw_together(font: TTFont, form: str, pair: Pair, kind: int) -> None:
    """Draw both where they stood: a mark's own place is within 1 % of that over any consonant."""
    glyphs, widths = font["glyf"], font["hmtx"]
    first, second = pair
    glyph = Glyph()
    glyph.numberOfContours = -1  # made of others
    glyph.components = [
        _component(first, (0, 0)),
        _component(second, _offset_on_mark(font, first, second)),
    ]
    glyphs[form] = glyph
    glyph.recalcBounds(glyphs)
    widths[form] = (widths[second][0], glyph.xMin)
    font["GDEF"].table.GlyphClassDef.classDefs[form] = kind


def _component(name: str, place: tuple[int, int]) -> GlyphComponent:
    component = GlyphComponent()
    component.glyphName, component.flags = name, 0
    component.x, component.y = place
    return component


def _offset_on_mark(font: TTFont, under: str, over: str) -> tuple[int, int]:
    """Return how far shaping would move a mark that stands on another, in font units."""
    for table in _positions(font, MARK_ON_MARK):
        if over in table.Mark1Coverage.glyphs and under in table.Mark2Coverage.glyphs:
            moved = table.Mark1Array.MarkRecord[table.Mark1Coverage.glyphs.index(over)]
            anchors = table.Mark2Array.Mark2Record[table.Mark2Coverage.glyphs.index(under)]
            if anchor := anchors.Mark2Anchor[moved.Class]:
                return (
                    anchor.XCoordinate - moved.MarkAnchor.XCoordinate,
                    anchor.YCoordinate - moved.MarkAnchor.YCoordinate,
                )
    return (0, 0)


def _stand_like(font: TTFont, form: str, model: str) -> None:
    """Attach the new mark to consonants as the model is attached."""
    for table in _positions(font, MARK_ON_BASE):
        glyphs, records = table.MarkCoverage.glyphs, table.MarkArray.MarkRecord
        if model in glyphs:
            glyphs.append(form)
            records.append(records[glyphs.index(model)])
            table.MarkArray.MarkCount = len(records)


def _positions(font: TTFont, kind: int) -> list[Any]:
    lookups = font["GPOS"].table.LookupList.Lookup
    return [table for lookup in lookups if lookup.LookupType == kind for table in lookup.SubTable]


def _join_after_all_else(font: TTFont, forms: dict[Pair, str]) -> None:
    """Append the substitution to the one feature that is always on; lookups run in order."""
    table = font["GSUB"].table
    table.LookupList.Lookup.append(buildLookup([buildLigatureSubstSubtable(forms)]))
    table.LookupList.LookupCount = len(table.LookupList.Lookup)
    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag == "ccmp":
            record.Feature.LookupListIndex.append(table.LookupList.LookupCount - 1)
            record.Feature.LookupCount = len(record.Feature.LookupListIndex)
