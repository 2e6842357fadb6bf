"""Every page that somebody can open: axe finds nothing, it fits its window, it can be touched."""

import pytest

from tests.architecture.rows import OBJECTS
from tests.architecture.site_map import EVERYONE, PUBLIC, Address, addresses
from tests.browser.country import CAST
from tests.browser.looks import complaints
from volunteer_network.access.roles import CAPABILITIES

# Whoever comes first opens the page; central sees all provinces and may change nothing.
OPENERS = ("mentor.chiangmai", "head.chiangmai", "central", "admin")
SEEN_BY_CENTRAL_TOO = ("volunteers:list", "volunteers:detail", "activities:list", "reports:list")
EMPTY_IN_NAN = ("volunteers:list", "activities:list", "reports:list")
HOMES = ("mentor.nan", "executive", "inspector", "seminar", "partner.chiangmai")


def _openers(address: Address) -> list[str]:
    if address.rule == PUBLIC:
        return [""]
    able = [
        name
        for name in OPENERS
        if address.rule == EVERYONE or address.rule in CAPABILITIES[CAST[name][0]]
    ]
    return able[:1]


def _walk() -> list[tuple[str, str]]:
    known = [one for one in addresses() if one.name and (one.name in OBJECTS or not one.parameters)]
    walk = [(one.name, who) for one in known for who in _openers(one)]
    walk += [(name, "central") for name in SEEN_BY_CENTRAL_TOO]
    walk += [("home", name) for name in (*HOMES, "central", "admin")]
    walk += [
        (name, "mentor.nan") for name in ("volunteers:list", "activities:list", "reports:list")
    ]
    return list(dict.fromkeys(walk))


@pytest.mark.parametrize(("name", "who"), _walk())
def test_page_is_for_everybody(visit, rows, name, who):
    address = next(one for one in addresses() if one.name == name)
    path = address.path(**OBJECTS.get(name, lambda rows: {})(rows))
    page = visit(who or None)
    answer = page.request.get(path, max_redirects=0)
    if answer.status != 200 or "html" not in answer.headers["content-type"]:
        pytest.skip(f"no page of its own: {answer.status}")

    page.goto(path)

    assert complaints(page, f"{name}-{who}".replace(":", "-").strip("-")) == []
