"""Columns by month: one value with its plan and the year before, or three steps side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from volunteer_network.thai_text import group_thousands
from volunteer_network.ui.charts.ink import Ink, paint

WIDTH: Final = 800
TOP, FLOOR = 30, 178
LINE: Final = 21
LEFT: Final = 72
GRID_LINES: Final = 3
COLUMN: Final = 44
NARROW: Final = 14
QUARTER_GAP: Final = 8
PER_QUARTER: Final = 3
_STEPS: Final = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True)
class Column:
    """One month. `plan` and `before` may be unknown; a month to come has no value."""

    label: str
    value: float | None
    plan: float | None = None
    before: float | None = None
    mark: str = ""  # over the column: "93%"
    note: str = ""  # under the month: "61 จาก 76"


def columns(
    months: Sequence[Column], *, title: str, description: str, ink: Ink = Ink.SCREEN
) -> SafeString:
    """Values as fills inside the outlines of their plan; a line marks the year before."""
    return _columns(tuple(months), title, description, ink, get_language())


@lru_cache(maxsize=256)
def _columns(
    months: tuple[Column, ...], title: str, description: str, ink: Ink, language: str | None
) -> SafeString:
    known = [
        value for one in months for value in (one.value, one.plan, one.before) if value is not None
    ]
    top = _round_top(max(known, default=0))
    body = [_grid(top, ink)]
    for number, one in enumerate(months):
        middle = _middle(number, len(months))
        body.append(_one_column(one, middle, top, ink))
    lines = 2 if any(one.note for one in months) else 1
    return _framed(body, title, description, lines)


def _one_column(one: Column, middle: float, top: float, ink: Ink) -> SafeString:
    parts = []
    left = middle - COLUMN / 2
    inset = 5 if one.plan is not None else 0
    if one.value:
        parts.append(_bar(left + inset, COLUMN - 2 * inset, one.value, top, "ac", ink))
    if one.plan is not None:
        parts.append(_bar(left, COLUMN, one.plan, top, "pl", ink))
    if one.before is not None:
        y = _height(one.before, top)
        parts.append(
            format_html(
                '<path{} d="M{} {}h{}"/>', paint("bf", ink), _f(left - 3), _f(y), COLUMN + 6
            )
        )
    if one.mark:
        highest = max(one.value or 0, one.plan or 0, one.before or 0)
        parts.append(_text(one.mark, middle, _height(highest, top) - 6, "lv", ink))
    parts.append(_text(one.label, middle, FLOOR + LINE, "lb", ink))
    if one.note:
        parts.append(_text(one.note, middle, FLOOR + 2 * LINE, "lb", ink))
    return SafeString("".join(parts))


def triple_columns(
    labels: Sequence[str],
    steps: Sequence[Sequence[int | None]],
    *,
    title: str,
    description: str,
    ink: Ink = Ink.SCREEN,
) -> SafeString:
    """Three values for each month, side by side: the same thing going on."""
    frozen = tuple(tuple(step) for step in steps)
    return _triple(tuple(labels), frozen, title, description, ink, get_language())


@lru_cache(maxsize=256)
def _triple(
    labels: tuple[str, ...],
    steps: tuple[tuple[int | None, ...], ...],
    title: str,
    description: str,
    ink: Ink,
    language: str | None,
) -> SafeString:
    top = _round_top(max((value or 0 for step in steps for value in step), default=0))
    body = [_grid(top, ink)]
    for number, label in enumerate(labels):
        middle = _middle(number, len(labels))
        left = middle - NARROW * len(steps) / 2
        for place, step in enumerate(steps):
            if value := step[number]:
                body.append(
                    _bar(left + place * NARROW, NARROW - 1, value, top, f"s{place + 1}", ink)
                )
        body.append(_text(label, middle, FLOOR + LINE, "lb", ink))
    return _framed(body, title, description, lines=1)


def _framed(body: Sequence[str], title: str, description: str, lines: int) -> SafeString:
    """With room for one or two lines of words under the columns."""
    return format_html(
        '<svg class="viz" viewBox="0 0 {} {}" role="img" aria-label="{}">'
        "<title>{}</title><desc>{}</desc>{}</svg>",
        WIDTH,
        FLOOR + lines * LINE + 8,
        f"{title} {description}",
        title,
        description,
        SafeString("".join(body)),
    )


def _grid(top: float, ink: Ink) -> SafeString:
    lines = [(top * part / GRID_LINES) for part in range(GRID_LINES + 1)]
    return format_html_join(
        "",
        '<path{} d="M{} {}H{}"/>{}',
        (
            (
                paint("gr" if value else "ax", ink),
                LEFT,
                _f(_height(value, top)),
                WIDTH,
                _text(_short(value), LEFT - 8, _height(value, top) + 5, "lb", ink, "end"),
            )
            for value in lines
        ),
    )


def _bar(left: float, width: float, value: float, top: float, mark: str, ink: Ink) -> SafeString:
    y = _height(value, top)
    return format_html(
        '<rect{} x="{}" y="{}" width="{}" height="{}"/>',
        paint(mark, ink),
        _f(left),
        _f(y),
        _f(width),
        _f(max(FLOOR - y, 0)),
    )


def _text(
    words: str, x: float, y: float, mark: str, ink: Ink, anchor: str = "middle"
) -> SafeString:
    return format_html(
        '<text{} x="{}" y="{}" text-anchor="{}">{}</text>',
        paint(mark, ink),
        _f(x),
        _f(y),
        anchor,
        words,
    )


def _middle(number: int, count: int) -> float:
    """Months of a quarter stand a little closer together than quarters."""
    gaps = max((count - 1) // PER_QUARTER, 0) * QUARTER_GAP
    pitch = (WIDTH - LEFT - gaps) / max(count, 1)
    return LEFT + pitch * (number + 0.5) + number // PER_QUARTER * QUARTER_GAP


def _height(value: float, top: float) -> float:
    return FLOOR - (FLOOR - TOP) * value / top


def _round_top(highest: float) -> float:
    """The end of the scale: a round number that three lines divide."""
    part = max(highest / GRID_LINES, 1)
    unit = 10 ** (len(str(int(part))) - 1)
    step = next(one * unit for one in _STEPS if one * unit >= part)
    return float(step) * GRID_LINES


def _short(value: float) -> str:
    if value >= 1_000_000:
        return _("%(count)s ล้าน") % {"count": f"{value / 1_000_000:g}"}
    return group_thousands(int(value)) if value == int(value) else f"{value:g}"


def _f(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
