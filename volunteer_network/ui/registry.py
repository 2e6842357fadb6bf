"""Navigation, home tiles, panels and search: lists that each app fills in `AppConfig.ready()`.

The core shows them without naming a higher app.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Protocol, TypeVar

    from django.utils.functional import _StrOrPromise

    from volunteer_network.access.roles import Capability
    from volunteer_network.models import User

    class HasNeeds(Protocol):
        @property
        def needs(self) -> Capability | None: ...

    Needing = TypeVar("Needing", bound=HasNeeds)

MOST_TILES = 7


@dataclass(frozen=True, kw_only=True)
class NavItem:
    """One section of the site. `badge` counts what waits for the user there.

    On a phone, where few have room, it stands before all others for whom `leads` says so.
    """

    label: _StrOrPromise
    icon: str
    url_name: str
    order: int
    needs: Capability | None = None
    badge: Callable[[User], int] | None = None
    leads: Callable[[User], bool] | None = None


@dataclass(frozen=True, kw_only=True)
class NavLink:
    """A section as one user sees it on one page."""

    label: str
    icon: str
    href: str
    current: bool
    badge: int
    leads: bool


@dataclass(frozen=True, kw_only=True)
class TileFigures:
    """What waits: a number that says of what, why, and one action that repeats the number.

    `total` draws one tick per person; `my_turn` asks to stand large and alone above the tiles;
    `waits` is false for a figure that is only to be read.
    """

    number: int
    unit: _StrOrPromise
    why: _StrOrPromise
    action: _StrOrPromise
    href: str
    total: int | None = None
    my_turn: bool = False
    waits: bool = True


@dataclass(frozen=True, kw_only=True)
class FilledTile:
    """A tile with its figures, ready for `components/tile.html` and `components/turn.html`."""

    title: _StrOrPromise
    icon: str
    figures: TileFigures


@dataclass(frozen=True, kw_only=True)
class Tile:
    """A question the home page answers; `count` returns None when it does not concern the user."""

    title: _StrOrPromise
    icon: str
    order: int
    count: Callable[[User], TileFigures | None]
    needs: Capability | None = None

    def fill(self, user: User) -> list[FilledTile]:
        figures = self.count(user)
        if figures is None:
            return []
        return [FilledTile(title=self.title, icon=self.icon, figures=figures)]


@dataclass(frozen=True, kw_only=True)
class TileGroup:
    """Several tiles out of one reading; `fill` returns none when they do not concern the user."""

    order: int
    fill: Callable[[User], list[FilledTile]]
    needs: Capability | None = None


@dataclass(frozen=True, kw_only=True)
class Panel:
    """A box that a higher app adds to a page of a lower one; `draw` returns "" for nothing.

    `page` names the page ("volunteer"); `draw` gets the viewer and the row the page is about.
    """

    page: str
    order: int
    draw: Callable[[User, Any], str]
    needs: Capability | None = None


@dataclass(frozen=True, kw_only=True)
class BulkAction:
    """What a higher app does with the ticked rows of a list ("volunteers"): a button that posts.

    The address gets the ticked `id`s, or `everything` with the list's own `query`.
    """

    page: str
    label: _StrOrPromise
    icon: str
    url_name: str
    order: int
    needs: Capability | None = None


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One thing found: what it is called, what tells it from its namesakes, where it is."""

    label: str
    detail: str
    href: str


@dataclass(frozen=True, kw_only=True)
class SearchSource:
    """A kind of thing that search and Ctrl K find: `find(user, words, most)`, best first.

    It returns only what the user may open; `more(words)` is the list that shows all of them.
    """

    title: _StrOrPromise
    icon: str
    order: int
    find: Callable[[User, str, int], Sequence[Hit]]
    more: Callable[[str], str] | None = None
    needs: Capability | None = None


@dataclass(frozen=True, kw_only=True)
class Action:
    """Something to do or a ready-made view, found by its words in Thai (`label`) or English."""

    label: _StrOrPromise
    english: str
    icon: str
    url_name: str
    query: str = ""
    needs: Capability | None = None


# Of each volunteer the months in which there was nothing to do, and why.
MonthsWithReason = Callable[[Collection[int], date, date, "User"], dict[int, dict[date, str]]]

_nav: list[NavItem] = []
_tiles: list[Tile | TileGroup] = []
_panels: list[Panel] = []
_bulk_actions: list[BulkAction] = []
_sources: list[SearchSource] = []
_actions: list[Action] = []
_reasons: list[MonthsWithReason] = []


def register_nav(item: NavItem) -> None:
    _nav.append(item)
    _nav.sort(key=lambda known: known.order)


def register_tile(tile: Tile | TileGroup) -> None:
    _tiles.append(tile)
    _tiles.sort(key=lambda known: known.order)


def register_panel(panel: Panel) -> None:
    _panels.append(panel)
    _panels.sort(key=lambda known: known.order)


def register_bulk_action(action: BulkAction) -> None:
    _bulk_actions.append(action)
    _bulk_actions.sort(key=lambda known: known.order)


def register_search(source: SearchSource) -> None:
    _sources.append(source)
    _sources.sort(key=lambda known: known.order)


def register_action(action: Action) -> None:
    _actions.append(action)


def register_reasons(find: MonthsWithReason) -> None:
    _reasons.append(find)


def months_with_reason(
    volunteers: Collection[int], first: date, last: date, user: User
) -> dict[int, dict[date, str]]:
    """What the higher apps know of months without work that have a reason."""
    found: dict[int, dict[date, str]] = {}
    for find in _reasons:
        for volunteer, months in find(volunteers, first, last, user).items():
            found[volunteer] = found.get(volunteer, {}) | months
    return found


def panels_for(user: User, page: str, row: Any) -> list[str]:
    """The boxes of a page that have something to show to the user, in order."""
    wanted = (panel for panel in _allowed(_panels, user) if panel.page == page)
    return [box for panel in wanted if (box := panel.draw(user, row))]


def bulk_actions_for(user: User, page: str) -> list[BulkAction]:
    """What the user may do with the ticked rows of a list, in order."""
    return [action for action in _allowed(_bulk_actions, user) if action.page == page]


def search_sources(user: User) -> list[SearchSource]:
    """What the user may search, in order."""
    return list(_allowed(_sources, user))


def actions_for(user: User) -> list[Action]:
    """What the user may do, in the order in which it was registered."""
    return list(_allowed(_actions, user))


def nav_for(user: User) -> list[NavItem]:
    """The sections open to the user, in order."""
    return list(_allowed(_nav, user))


def badges_for(user: User) -> dict[str, int]:
    """What waits in each section that counts it, by the name of the section's address."""
    return {item.url_name: item.badge(user) for item in nav_for(user) if item.badge}


def nav_links(user: User, path: str, badges: Mapping[str, int]) -> tuple[NavLink, ...]:
    """The sections open to the user as links, with the one that holds `path` marked."""
    site = (get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())
    links = [(item, _address(item.url_name, site)) for item in nav_for(user)]
    holding = [href for _, href in links if path == href or (href != "/" and path.startswith(href))]
    current = max(holding, key=len, default=None)
    return tuple(
        NavLink(
            label=str(item.label),
            icon=item.icon,
            href=href,
            current=href == current,
            badge=badges.get(item.url_name, 0),
            leads=item.leads is not None and item.leads(user),
        )
        for item, href in links
    )


@lru_cache(maxsize=256)
def _address(url_name: str, site: object) -> str:
    """The same for as long as `site`, which says whose addresses and below what, is the same."""
    return reverse(url_name)


def tiles_for(user: User) -> list[FilledTile]:
    """At most seven tiles with something to say to the user; the rest are not even counted."""
    filled: list[FilledTile] = []
    for tile in _allowed(_tiles, user):
        filled += tile.fill(user)
        if len(filled) >= MOST_TILES:
            break
    return filled[:MOST_TILES]


def _allowed(items: Iterable[Needing], user: User) -> Iterable[Needing]:
    return (item for item in items if item.needs is None or user.can(item.needs))
