"""Small drawings and words that every page uses: icons, states, notes, address helpers.

They are called hundreds of times on a list page, so they build strings, not templates.
"""

from collections.abc import Sequence
from functools import cache, lru_cache

from django import template
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest
from django.template.context import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from volunteer_network.ui.charts import Ink, hatch, paint
from volunteer_network.ui.figures import (
    MONTHS_IN_FISCAL_YEAR,
    fiscal_strip,
    meter,
    strip_key,
    ticks,
)
from volunteer_network.ui.lean import draw
from volunteer_network.ui.page_context import MOST_COUNTED, Viewer
from volunteer_network.ui.registry import NavLink
from volunteer_network.ui.term_calendar import SHORT_MONTHS, TermYear, shaded

register = template.Library()

STATES = frozenset({"good", "half", "warn", "bad", "off", "due"})
CURRENT_PAGE = format_html(' aria-current="{}"', "page")
TONE_ICONS = {"good": "check", "warn": "alert", "bad": "alert", "info": "info"}
LEFT_OPEN = "--left-open--"  # what differs from page to page in something drawn once
PAGING = ("page", "after", "before")  # where a page begins: meaningless once a filter changes


@cache
def _sprite() -> str:
    return static("img/icons.svg")  # storage does not change while the process lives


@register.simple_tag
@lru_cache(maxsize=256)
def icon(name: str, size: str = "") -> SafeString:
    """A drawing from the sprite; `size` is "s" for 16 px or "logo" for the mark."""
    classes = {"": "i", "s": "i i-s", "logo": "logo"}[size]
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>', classes, _sprite(), name
    )


@register.simple_tag
@cache
def once(name: str) -> SafeString:
    """A template drawn once per process: nothing in it may depend on the request."""
    return SafeString(render_to_string(name).strip())


@register.simple_tag
def frame_head() -> SafeString:
    """The part of <head> that no request changes: a page would spend a third of its frame on it."""
    return once("layout/_head.html")


@register.simple_tag(takes_context=True)
def top_bar(context: Context) -> SafeString:
    """The bar on top; of one user only the bell and the form's token change from page to page."""
    before, between, after = _top_bar(context["viewer"])
    mark = _unread(context["unread"])
    return format_html("{}{}{}{}{}", before, mark, between, context["csrf_token"], after)


@lru_cache(maxsize=512)
def _top_bar(viewer: Viewer) -> tuple[SafeString, SafeString, SafeString]:
    left_open = {"unread_mark": LEFT_OPEN, "csrf_token": LEFT_OPEN}
    drawn = render_to_string("layout/_top.html", {"viewer": viewer, **left_open})
    before, between, after = drawn.split(LEFT_OPEN)
    return SafeString(before), SafeString(between), SafeString(after)


@lru_cache(maxsize=MOST_COUNTED + 1)
def _unread(number: int) -> SafeString:
    """How many notices wait, over the bell; nothing when there are none."""
    if not number:
        return SafeString("")
    return _tick(number, _("เรื่องยังไม่อ่าน"))


@register.simple_tag
def nav_rail(nav: tuple[NavLink, ...]) -> SafeString:
    """The sections beside a page; equal ones are drawn once."""
    return _drawn_nav("components/nav_rail.html", nav, get_language())


@register.simple_tag
def nav_bottom(nav: tuple[NavLink, ...]) -> SafeString:
    """The sections below a page on a phone, that of the reader's work first."""
    led = tuple(sorted(nav, key=lambda item: not item.leads))
    return _drawn_nav("components/nav_bottom.html", led, get_language())


@lru_cache(maxsize=4096)
def _drawn_nav(template: str, nav: tuple[NavLink, ...], language: str | None) -> SafeString:
    return SafeString(render_to_string(template, {"nav": nav}))


@register.simple_tag
@lru_cache(maxsize=1024)
def nav_item(item: NavLink) -> SafeString:
    """One section of the rail or the phone's bar, with what waits there."""
    return format_html(
        '<a class="nav-item" href="{}"{}>{}<span>{}</span>{}</a>',
        item.href,
        CURRENT_PAGE if item.current else "",
        icon(item.icon),
        item.label,
        nav_badge(item),
    )


@register.simple_tag
def nav_badge(item: NavLink) -> SafeString:
    """What waits in a section, where it stands in a list of words."""
    return _waiting(item.badge) if item.badge else SafeString("")


def _waiting(number: int) -> SafeString:
    return _tick(number, _("รายการรอ"))


def _tick(number: int, words: str) -> SafeString:
    """A number in a round mark; from a hundred on it was not counted further."""
    shown = f"{MOST_COUNTED - 1}+" if number >= MOST_COUNTED else str(number)
    return format_html('<span class="tick">{}<span class="sr"> {}</span></span>', shown, words)


@register.simple_tag
def status(state: str, words: object) -> SafeString:
    """A state as a shape and a word: good, half, warn, bad, off, or due (the reader's turn)."""
    if state not in STATES:
        raise ValueError(f"unknown state {state!r}: one of {sorted(STATES)}")
    return format_html('<span class="st {}">{}</span>', state, words)


@register.simple_tag
def note_icon(tone: str) -> SafeString:
    """The drawing that goes with a note's tone: good, warn, bad or info."""
    return icon(TONE_ICONS[tone])


@register.filter
def tone(message: Message) -> str:
    """The tone of a Django message: good, info, warn or bad."""
    if message.level >= constants.ERROR:
        return "bad"
    if message.level >= constants.WARNING:
        return "warn"
    return "good" if message.level == constants.SUCCESS else "info"


@register.simple_tag(takes_context=True)
def querystring_without(context: Context, name: str, value: object = None) -> str:
    """The address's query without a parameter, or without one of its values; back on page one."""
    request: HttpRequest = context["request"]
    query = request.GET.copy()
    kept = [] if value is None else [one for one in query.getlist(name) if one != str(value)]
    query.setlist(name, kept)
    for place in PAGING:
        query.pop(place, None)
    return f"?{query.urlencode()}"


@register.simple_tag
def empty_strip() -> SafeString:
    """Twelve pale cells over an empty list."""
    return fiscal_strip(["next"] * MONTHS_IN_FISCAL_YEAR)


@register.inclusion_tag("components/term_calendar.html")
def term_calendar(years: Sequence[TermYear]) -> dict[str, object]:
    """Months across, fiscal years down, each with how often something was done."""
    return {"years": shaded(years), "months": SHORT_MONTHS}


@register.simple_tag
def map_hatch() -> SafeString:
    """The pattern of "no data", once on a page that has a map or a bar with it."""
    return hatch(Ink.SCREEN)


@register.simple_tag
def paper_mark(mark: str) -> SafeString:
    """The colours of a mark as attributes, for a drawing in a PDF."""
    return paint(mark, Ink.PAPER)


register.simple_tag(fiscal_strip)
register.simple_tag(draw, name="lean")
register.simple_tag(strip_key)
register.simple_tag(ticks)
register.simple_tag(meter)
