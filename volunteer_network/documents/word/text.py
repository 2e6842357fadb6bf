"""The words of an HTML element, as a browser would show them line by line."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

BLOCKS = frozenset({"div", "h1", "h2", "h3", "p", "section", "table", "td", "th", "tr"})
SPACES = re.compile("[ \t\r\n]+")  # not those that must not break


def has_class(element: HtmlElement, name: str) -> bool:
    return name in element.get("class", "").split()


def lines_of(element: HtmlElement) -> list[str]:
    """Its lines without empty ones: one for each block and after each <br>."""
    lines = "".join(_pieces(element)).split("\n")
    return [line for line in (SPACES.sub(" ", line).strip(" ") for line in lines) if line]


def _pieces(element: HtmlElement) -> Iterator[str]:
    is_block = element.tag in BLOCKS
    if is_block or element.tag == "br":
        yield "\n"
    yield SPACES.sub(" ", element.text or "")
    for child in element.iterchildren("*"):
        yield from _pieces(child)
        yield SPACES.sub(" ", child.tail or "")
    if is_block:
        yield "\n"
