"""Every page that somebody can open: axe finds nothing, it fits its window, it can be touched."""

from collections.abc import Iterator

import pytest

from tests.architecture.rows import OBJECTS
from tests.architecture.site_map import EVERYONE, PUBLIC, Address, addresses
from tests.browser.country import CAST
from tests.browser.looks import complaints
from volunteer_network.access.roles import CAPABILITIES

STRANGER = ""
ADDRESSES_AT_ONCE = 20
# Each address is looked at by the first of these who may open it.
OPENERS = ("mentor.chiangmai", "head.chiangmai", "central", "seminar", "admin")
# And some again by others: all provinces and nothing to change, an empty province, bare homes.
AGAIN = {
    "central": (
        *("home", "volunteers:list", "volunteers:detail", "activities:list", "reports:list"),
        *("months:list", "months:detail", "dashboard:national", "plans:list", "plans:detail"),
    ),
    "mentor.nan": ("home", "volunteers:list", "activities:list", "reports:list", "plans:list"),
    "admin": ("home",),
    "executive": ("home", "dashboard:national", "dashboard:province"),
    "inspector": ("home", "volunteers:list", "dashboard:national"),
    "seminar": ("home", "seminars:detail", "seminars:registrations", "seminars:register"),
    "partner.chiangmai": ("home", "cases:list"),
}
HOME = {"home"}
# What must be among the pages looked at, so that these tests cannot pass by looking at nothing.
CERTAINLY = {
    STRANGER: {"account_login", "invitation"},
    "mentor.chiangmai": {"home", "design", "volunteers:update", "activities:create"},
    "head.chiangmai": {"acting-heads:list", "acting-heads:create"},
    "seminar": {"seminars:classes", "seminars:programme", "seminars:update"},
    "admin": {"people:list", "people:detail", "admin:index", "outbox:list", "outbox:detail"},
}


def _opener(address: Address) -> str:
    if address.rule == PUBLIC:
        return STRANGER
    able = (
        name
        for name in OPENERS
        if address.rule == EVERYONE or address.rule in CAPABILITIES[CAST[name][0]]
    )
    return next(able, "nobody")


def _addresses_of(who: str) -> list[Address]:
    return [
        address
        for address in addresses()
        if (address.name in OBJECTS or not address.parameters)
        and (_opener(address) == who or address.name in AGAIN.get(who, ()))
    ]


def _shares() -> Iterator[tuple[str, list[Address]]]:
    """Who looks at which addresses, in parts that several workers can share evenly."""
    for who in dict.fromkeys([STRANGER, "mentor.chiangmai", "head.chiangmai", *AGAIN]):
        all_of_them = _addresses_of(who)
        for first in range(0, len(all_of_them), ADDRESSES_AT_ONCE):
            yield who, all_of_them[first : first + ADDRESSES_AT_ONCE]


def _in_words(who: str, some: list[Address]) -> str:
    return f"{who or 'stranger'}: {some[0].name} to {some[-1].name}"


SHARES = {_in_words(who, some): (who, some) for who, some in _shares()}


def test_what_must_be_looked_at_is_among_the_pages():
    named = {who: {one.name for one in _addresses_of(who)} for who, _some in SHARES.values()}

    assert all(named[who] >= CERTAINLY.get(who, HOME) for who in named)


@pytest.mark.parametrize("share", SHARES)
def test_pages_are_for_everybody(visit, rows, share):
    who, some = SHARES[share]
    page, looked, found = visit(who or None), set(), []

    for address in some:
        path = address.path(**OBJECTS.get(address.name, lambda rows: {})(rows))
        answer = page.request.get(path, max_redirects=0)
        if answer.status != 200 or "html" not in answer.headers["content-type"]:
            continue  # a file, a redirection, or a view that only takes a POST
        if "<html" not in answer.text():
            continue  # a part that stands in a page
        page.goto(path)
        found += complaints(page, f"{address.name}-{who or 'stranger'}".replace(":", "-"))
        looked.add(address.name)

    assert found == []
    assert looked >= CERTAINLY.get(who, HOME) & {address.name for address in some}
