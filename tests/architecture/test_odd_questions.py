"""No address that somebody types or cuts short is an error page: odd values in every filter."""

import pytest

from tests.architecture.asking import ask, in_lines
from tests.architecture.site_map import PUBLIC, plain_addresses
from volunteer_network.access.roles import Role

ODD = (
    *("x", "-1", "0", "99999999999999999999", "๑๒", "a" * 3000, "\x00", "%", "'\"<b>", "1.5"),
    *("0001-01-01", "0001-10-01", "9999-12-31", "9999-12-01", "2026-13-45", "9999", "1/1/0001"),
)
ALWAYS = ("q", "page", "after", "before", "sort", "show", "id", "code", "next")


def filters_of(response):
    """The names of the fields of all filter forms that a page is drawn with."""
    forms = [
        value
        for layer in response.context or []
        for value in layer.flatten().values()
        if hasattr(value, "querystring")
    ]
    return {name for form in forms for name in form.fields}


@pytest.mark.parametrize("role", [Role.CENTRAL_OFFICER, Role.MENTOR])
def test_no_odd_question_is_an_error(role, person, at_home, sign_in):
    """All filters of a page are given the same odd value at once: each is read for itself."""
    user = person(role)
    at_home(user if user.province_id else person(Role.MENTOR))
    client = sign_in(user)
    pages = {
        path: filters_of(client.get(path))
        for path in (one.path() for one in plain_addresses() if one.rule != PUBLIC)
    }

    faults = [
        (path, value[:20], answer.fault)
        for path, names in pages.items()
        for value in ODD
        for answer in [ask(client, "get", path, dict.fromkeys({*names, *ALWAYS}, value))]
        if answer.status >= 500
    ]

    assert sum(bool(names) for names in pages.values()) >= 10
    assert not faults, in_lines(faults)
