"""The country in provinces: as a map on a desk and on paper, as a grid of tiles on a phone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from volunteer_network.ui.charts.ink import Ink, hatch, paint
from volunteer_network.ui.map_shapes import MAP_BOX, MAP_NAME, outlines, places

STEPS: Final = 5
PITCH, TILE = 45, 43
NO_DATA, OUTSIDE = "c0", "cx"


@dataclass(frozen=True)
class MapProvince:
    """One province as the map shows it: `mark` is c1 to c5, c0 without data, cx outside."""

    code: int
    abbreviation: str
    mark: str
    words: str  # name, value, rank
    href: str = ""


@dataclass(frozen=True)
class HeatClass:
    """One of five steps with as many provinces as ties allow, and its limits."""

    mark: str
    lowest: float
    highest: float
    count: int


def heat_classes(values: Sequence[float]) -> list[HeatClass]:
    """Five steps by quantile, highest first; equal values are never in two steps."""
    ranked = sorted(values)
    steps: dict[int, list[float]] = {}
    for place, value in enumerate(ranked):
        first = ranked.index(value) if place and ranked[place - 1] == value else place
        steps.setdefault(first * STEPS // len(ranked), []).append(value)
    return [
        HeatClass(f"c{step + 1}", min(held), max(held), len(held))
        for step, held in sorted(steps.items(), reverse=True)
    ]


def mark_of(value: float | None, classes: Sequence[HeatClass]) -> str:
    """The step of a value; without one there are no data."""
    if value is None:
        return NO_DATA
    return next((one.mark for one in classes if one.lowest <= value <= one.highest), NO_DATA)


def country_map(
    provinces: Sequence[MapProvince], *, title: str, description: str, ink: Ink = Ink.SCREEN
) -> SafeString:
    """All provinces where they lie; each a link with its name, value and rank."""
    return _map(tuple(provinces), title, description, ink, get_language())


@lru_cache(maxsize=64)
def _map(
    provinces: tuple[MapProvince, ...],
    title: str,
    description: str,
    ink: Ink,
    language: str | None,
) -> SafeString:
    shapes = format_html_join("", "{}", ((_shape(one, ink),) for one in provinces))
    return _framed("viz map", MAP_BOX, title, description, shapes, ink)


def _shape(one: MapProvince, ink: Ink) -> SafeString:
    if ink is Ink.PAPER:
        return format_html('<path{} d="{}"/>', paint(one.mark, ink), outlines()[one.code])
    used = format_html(
        '<use{} href="{}#p{}"><title>{}</title></use>',
        paint(one.mark, ink),
        static(MAP_NAME),
        one.code,
        one.words,
    )
    return _linked(one, used)


def tile_grid(provinces: Sequence[MapProvince], *, title: str, description: str) -> SafeString:
    """The same as tiles of 44 px, placed as the provinces lie to each other; for phones."""
    return _tiles(tuple(provinces), title, description, get_language())


@lru_cache(maxsize=64)
def _tiles(
    provinces: tuple[MapProvince, ...], title: str, description: str, language: str | None
) -> SafeString:
    rows = 1 + max(place.row for place in places().values())
    columns = 1 + max(place.column for place in places().values())
    box = f"0 0 {columns * PITCH} {rows * PITCH}"
    tiles = format_html_join("", "{}", ((_linked(_called(one), _tile(one)),) for one in provinces))
    return _framed("viz tilemap", box, title, description, tiles, Ink.SCREEN)


def _called(one: MapProvince) -> MapProvince:
    """With its letters in its name: who speaks to the telephone says what stands on the tile."""
    return replace(one, words=f"{one.abbreviation} {one.words}")


def _tile(one: MapProvince) -> SafeString:
    place = places()[one.code]
    x, y = place.column * PITCH, place.row * PITCH
    return format_html(
        '<rect class="tl {}" x="{}" y="{}" width="{}" height="{}" rx="3"/>{}'
        '<text class="tt {}" x="{}" y="{}">{}</text>',
        one.mark,
        x,
        y,
        TILE,
        TILE,
        format_html('<rect class="tb" x="{}" y="{}" width="31" height="21" rx="2"/>', x + 6, y + 11)
        if one.mark == NO_DATA
        else "",
        f"on-{one.mark}",
        x + TILE / 2,
        y + 27,
        one.abbreviation,
    )


def _linked(one: MapProvince, drawn: SafeString) -> SafeString:
    if not one.href:
        return format_html('<g role="img" aria-label="{}">{}</g>', one.words, drawn)
    return format_html('<a href="{}" aria-label="{}">{}</a>', one.href, one.words, drawn)


def _framed(
    classes: str,
    box: str,
    title: str,
    description: str,
    body: SafeString,
    ink: Ink,
) -> SafeString:
    """On paper with the pattern inside; a page holds it once, for both the map and the tiles."""
    return format_html(
        '<svg class="{}" viewBox="{}" role="group" aria-label="{}"><title>{}</title>'
        "<desc>{}</desc>{}{}</svg>",
        classes,
        box,
        title,
        title,
        description,
        format_html("<defs>{}</defs>", hatch(ink)) if ink is Ink.PAPER else "",
        body,
    )
