"""Makes Thai in our PDFs as easy to search and copy as it is to read.

Text shaping splits ำ into a ring and า, and a PDF can say only what one glyph means, not what two
mean together: กำหนดการ came out as กาหนดการ. Marks stacked on each other stand at odd places, and
readers that sort text by place tore รุ่น apart. So the Thai font gets one glyph for each ring (with
its tone mark) and า, and one for each vowel and its tone mark, drawn where they stood before.
"""

import re
from functools import cache
from io import BytesIO
from itertools import product
from typing import Any

from fontTools.otlLib.builder import buildLigatureSubstSubtable, buildLookup
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphComponent

# Glyphs as Sarabun names them. Narrow forms stand on ป ฝ ฟ; small tone marks stand on vowels.
AA = "uni0E32"
RINGS = re.compile(r"uni0E4D(0E4[89AB])?(\.narrow)?")
VOWELS_ABOVE = re.compile(r"uni0E3[14-7](\.narrow)?")
VOWELS_BELOW = re.compile(r"uni0E3[89]")
TONES_ON_VOWELS = re.compile(r"uni0E4[89ABC]\.small")
TONES_ON_CONSONANTS = re.compile(r"uni0E4[89ABC](\.narrow)?")

BASE_GLYPH, MARK_GLYPH = 1, 3  # classes in the table GDEF
MARK_ON_MARK = 6  # type of lookup in the table GPOS

RING_AND_AA = re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32")

Pair = tuple[str, str]


def in_whole_letters(text: str) -> str:
    """Write ำ as one letter, as keyboards do, where it was pasted as a ring and า."""
    return RING_AND_AA.sub("\\1\u0e33", text)


@cache
def searchable(woff: bytes) -> bytes:
    """Return the font with one glyph for each form of ำ and each stack of marks."""
    font = TTFont(BytesIO(woff))
    names = font.getGlyphOrder()

    def pairs(firsts: re.Pattern[str], seconds: re.Pattern[str]) -> list[Pair]:
        return list(product(filter(firsts.fullmatch, names), filter(seconds.fullmatch, names)))

    letters = pairs(RINGS, re.compile(AA))
    stacks = pairs(VOWELS_ABOVE, TONES_ON_VOWELS) + pairs(VOWELS_BELOW, TONES_ON_CONSONANTS)
    forms = {pair: "_".join(pair) for pair in letters + stacks}
    font.setGlyphOrder([*names, *forms.values()])
    for pair, form in forms.items():
        _draw_together(font, form, pair, BASE_GLYPH if pair in letters else MARK_GLYPH)
    _join_after_all_else(font, forms)
    font.flavor = None
    content = BytesIO()
    font.save(content)
    return content.getvalue()


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
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for table in lookup.SubTable if lookup.LookupType == MARK_ON_MARK else ():
            if offset := _offset_in(table, under, over):
                return offset
    return (0, 0)


def _offset_in(table: Any, under: str, over: str) -> tuple[int, int] | None:
    movable, fixed = table.Mark1Coverage.glyphs, table.Mark2Coverage.glyphs
    if over not in movable or under not in fixed:
        return None
    moved = table.Mark1Array.MarkRecord[movable.index(over)]
    anchor = table.Mark2Array.Mark2Record[fixed.index(under)].Mark2Anchor[moved.Class]
    if anchor is None:
        return None
    return (
        anchor.XCoordinate - moved.MarkAnchor.XCoordinate,
        anchor.YCoordinate - moved.MarkAnchor.YCoordinate,
    )


def _join_after_all_else(font: TTFont, forms: dict[Pair, str]) -> None:
    """Append the substitution to the one feature that is always on; lookups run in order."""
    table = font["GSUB"].table
    table.LookupList.Lookup.append(buildLookup([buildLigatureSubstSubtable(forms)]))
    table.LookupList.LookupCount = len(table.LookupList.Lookup)
    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag == "ccmp":
            record.Feature.LookupListIndex.append(table.LookupList.LookupCount - 1)
            record.Feature.LookupCount = len(record.Feature.LookupListIndex)
