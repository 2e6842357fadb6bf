"""How a mark looks: by class on a screen, by attributes in a PDF.

On a screen the style sheet holds the colours, so that dark and high-contrast modes work. In a PDF
WeasyPrint does not apply the page's styles inside an SVG.
"""

from enum import StrEnum
from functools import cache
from typing import Final

from django.utils.html import format_html
from django.utils.safestring import SafeString


class Ink(StrEnum):
    SCREEN = "screen"
    PAPER = "paper"


_FONT: Final = "font-family=\"'Sarabun Thai','Sarabun Latin'\""
# As in static/css/tokens.css, for paper.
ON_PAPER: Final = {
    "ac": 'fill="#14507a"',
    "pl": 'fill="none" stroke="#5f7688" stroke-width="1.5"',
    "bf": 'fill="none" stroke="#c2571a" stroke-width="2.5"',
    "gr": 'stroke="#dfe2de" stroke-width="1" fill="none"',
    "ax": 'stroke="#1b2430" stroke-width="1" fill="none"',
    "lb": f'fill="#4d5966" font-size="14" {_FONT}',
    "lv": f'fill="#1b2430" font-size="14" font-weight="600" {_FONT}',
    "c1": 'fill="#dbe8f0" stroke="#fff" stroke-width="1"',
    "c2": 'fill="#aecbdd" stroke="#fff" stroke-width="1"',
    "c3": 'fill="#76a6c5" stroke="#fff" stroke-width="1"',
    "c4": 'fill="#3c7ba4" stroke="#fff" stroke-width="1"',
    "c5": 'fill="#14507a" stroke="#fff" stroke-width="1"',
    "c0": 'fill="url(#hatch)" stroke="#9aa5ae" stroke-width="1"',
    "cx": 'fill="#eceeeb" stroke="#9aa5ae" stroke-width=".5"',
    "s1": 'fill="#aecbdd"',
    "s2": 'fill="#3c7ba4"',
    "s3": 'fill="#14507a"',
    "s4": 'fill="#c6ced4"',
    "s5": 'fill="url(#hatch)" stroke="#9aa5ae"',
}
HATCH: Final = SafeString(
    '<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse"'
    ' patternTransform="rotate(45)"><rect width="6" height="6" class="hp"/>'
    '<path d="M0 0v6" class="hl"/></pattern>'
)
_HATCH_ON_PAPER: Final = SafeString(
    '<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse">'
    '<rect width="6" height="6" fill="#fff"/>'
    '<path d="M0 6L6 0" stroke="#9aa5ae" stroke-width="1.5"/></pattern>'
)


@cache
def paint(mark: str, ink: Ink) -> SafeString:
    """The attributes of a mark: ` class="ac"`, or its colours."""
    if ink is Ink.SCREEN:
        return format_html(' class="{}"', mark)
    return SafeString(f" {ON_PAPER[mark]}")


def hatch(ink: Ink) -> SafeString:
    """The pattern of "no data", once for each page."""
    return HATCH if ink is Ink.SCREEN else _HATCH_ON_PAPER
