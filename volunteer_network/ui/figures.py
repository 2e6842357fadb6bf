"""Small SVG drawings for pages and PDFs: fiscal strip, ticks, meter; and heat by quantile.

A list page draws fifty strips, so cells of a kind share one path and equal strips are drawn once.
Plan is an outline and actual is a fill, everywhere.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from volunteer_network.figure_words import count_in_words

MONTHS_IN_FISCAL_YEAR = 12
CELL, PITCH, HEIGHT, QUARTER_GAP = 10, 12, 16, 4
STRIP_WIDTH = 11 * PITCH + CELL + 3 * QUARTER_GAP
HEAT_STEPS = 5

CELL_KINDS = {
    "done": _("มีกิจกรรม"),
    "none": _("ไม่มี มีเหตุ"),
    "miss": _("เงียบ"),
    "open": _("กำลังบันทึก"),
    "next": _("ยังไม่ถึง"),
}
MARKS = {"none": ("slash", "M3 8h4"), "miss": ("cross", "M3.2 6.2l3.6 3.6m0-3.6l-3.6 3.6")}


def fiscal_strip(cells: Iterable[str]) -> SafeString:
    """Twelve cells, October to September, in four groups of three; each kind has its own shape."""
    kinds = tuple(cells)
    if len(kinds) != MONTHS_IN_FISCAL_YEAR or not CELL_KINDS.keys() >= set(kinds):
        raise ValueError(f"a fiscal strip is twelve of {sorted(CELL_KINDS)}, not {kinds!r}")
    return _strip(kinds, get_language())


def strip_key(kind: str) -> SafeString:
    """One cell with its word, for the line that explains the strip."""
    return _strip_key(kind, get_language())


@lru_cache(maxsize=16)
def _strip_key(kind: str, language: str | None) -> SafeString:
    return format_html(
        '<span><svg class="fy" width="{}" height="{}" aria-hidden="true">{}</svg>{}</span>',
        CELL,
        HEIGHT,
        _cells(kind, [0]),
        CELL_KINDS[kind],
    )


@lru_cache(maxsize=4096)
def _strip(kinds: tuple[str, ...], language: str | None) -> SafeString:
    drawn = format_html_join(
        "",
        "{}",
        (
            (_cells(kind, [_left(month) for month, one in enumerate(kinds) if one == kind]),)
            for kind in CELL_KINDS
            if kind in kinds
        ),
    )
    return format_html(
        '<svg class="fy" width="{0}" height="{1}" viewBox="0 0 {0} {1}" role="img"'
        ' aria-label="{2}">{3}</svg>',
        STRIP_WIDTH,
        HEIGHT,
        _in_words(kinds),
        drawn,
    )


def _left(month: int) -> int:
    return month * PITCH + month // 3 * QUARTER_GAP


def _cells(kind: str, lefts: Sequence[int]) -> SafeString:
    boxes = "".join(f"M{left + 1} 1h{CELL - 2}v{HEIGHT - 2}h-{CELL - 2}z" for left in lefts)
    box = format_html('<path class="{}" d="{}"/>', kind, boxes)
    if kind not in MARKS:
        return box
    name, mark = MARKS[kind]
    start, rest = mark[1:].split(" ", 1)
    marks = "".join(f"M{left + float(start):g} {rest}" for left in lefts)
    return format_html('{}<path class="{}" d="{}"/>', box, name, marks)


def _in_words(kinds: tuple[str, ...]) -> str:
    told = [kind for kind in CELL_KINDS if kind in kinds and kind != "next"] or ["next"]
    return " ".join(
        ngettext("%(kind)s %(count)d เดือน", "%(kind)s %(count)d เดือน", kinds.count(kind))
        % {"kind": CELL_KINDS[kind], "count": kinds.count(kind)}
        for kind in told
    )


def ticks(done: int, total: int, half: int = 0) -> SafeString:
    """One box per person or province, up to about 120: done, then half done, then empty."""
    step = 1000 / max(total, 1)
    width = max(step - 4, 2)
    boxes = format_html_join(
        "",
        '<rect class="{}" x="{}" y="1" width="{}" height="18" rx="1.5"/>',
        (
            (_tick_kind(place, done, half), f"{place * step:.1f}", f"{width:.1f}")
            for place in range(total)
        ),
    )
    return format_html(
        '<svg class="ticks" viewBox="0 0 1000 20" preserveAspectRatio="none" aria-hidden="true">'
        "{}</svg>",
        boxes,
    )


def _tick_kind(place: int, done: int, half: int) -> str:
    if place < done:
        return "done"
    return "half" if place < done + half else "empty"


def meter(actual: float, plan: float) -> SafeString:
    """Actual as a fill inside the plan's outline; the words beside it carry the figures."""
    share = min(max(actual / plan, 0), 1) if plan else 0
    return format_html(
        '<svg class="meter" viewBox="0 0 1000 12" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="plan" width="1000" height="12"/>'
        '<rect class="actual" y="1" width="{}" height="10"/></svg>',
        f"{share * 1000:.0f}",
    )


def door(value: int | None, href: str) -> str:
    """A count that leads to the rows it counts; in plain words where it leads nowhere."""
    words = count_in_words(value)
    if not href or value == 0:
        return words
    return SafeString(f'<a href="{escape(href)}">{escape(words)}</a>')  # by the hundred on a page


def heat_steps(values: Sequence[int]) -> list[int]:
    """Each value's step from 1 to 5, with as many values in each step as ties allow; 0 for none."""
    ranked = sorted(value for value in values if value)
    if not ranked:
        return [0] * len(values)
    return [
        1 + bisect_left(ranked, value) * HEAT_STEPS // len(ranked) if value else 0
        for value in values
    ]
