"""Parts of one whole in a single bar, each named under it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from volunteer_network.ui.charts.ink import Ink, paint

WIDTH, HEIGHT = 800, 36
MARKS: Final = ("s3", "s2", "s1", "c1", "s4", "s5", "pl")  # as many parts as a bar can have


@dataclass(frozen=True)
class Share:
    name: str
    value: int


def share_bar(
    shares: Sequence[Share], *, title: str, description: str, ink: Ink = Ink.SCREEN
) -> SafeString:
    """The parts in the order given; the table beside it repeats their names and figures."""
    return _bar(tuple(shares), title, description, ink, get_language())


@lru_cache(maxsize=256)
def _bar(
    shares: tuple[Share, ...], title: str, description: str, ink: Ink, language: str | None
) -> SafeString:
    whole = sum(share.value for share in shares) or 1
    parts, left = [], 0.0
    for share, mark in zip(shares, MARKS, strict=False):
        width = WIDTH * share.value / whole
        if share.value:
            parts.append((paint(mark, ink), f"{left:.1f}", f"{max(width - 1, 1):.1f}", HEIGHT))
        left += width
    return format_html(
        '<svg class="viz" viewBox="0 0 {} {}" role="img" aria-label="{}">'
        "<title>{}</title><desc>{}</desc>{}</svg>",
        WIDTH,
        HEIGHT,
        f"{title} {description}",
        title,
        description,
        format_html_join("", '<rect{} x="{}" y="0" width="{}" height="{}"/>', parts),
    )


def key_mark(number: int, ink: Ink = Ink.SCREEN) -> SafeString:
    """A small square in the colour of a part, for the table beside the bar."""
    return format_html(
        '<svg class="key" width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">'
        '<rect{} width="14" height="14"/></svg>',
        paint(MARKS[number], ink),
    )
