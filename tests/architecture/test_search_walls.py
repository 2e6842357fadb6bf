"""Search tells nobody of a row that its own page would refuse, whichever wall stands."""

import re
from html import unescape

import pytest

from tests.architecture.asking import ask, in_lines
from tests.architecture.canaries import CANARY, canary_of
from volunteer_network.access.roles import CAPABILITIES, PROVINCIAL_ROLES, Capability, Role

HELD = (*sorted(PROVINCIAL_ROLES), Role.INSPECTOR)
PALETTE = {"X-Palette": "1"}
# Whose address an answer may hold, by what the person may do.
NEEDED = {
    "/volunteers/": {Capability.VIEW_VOLUNTEERS},
    "/mentors/": {Capability.VIEW_MENTORS},
    "/registrations/": {Capability.RUN_SEMINARS, Capability.REGISTER_FOR_SEMINARS},
    "/people/": {Capability.MANAGE_ACCOUNTS},
}


def questions(rows) -> list[str]:
    """What could name the rows: words, codes, telephones and places."""
    volunteer, registration = rows.volunteer, rows.more["registration"]
    return [
        CANARY,
        CANARY[:3],
        canary_of(rows.province.pk),
        f"{volunteer.first_name} {volunteer.last_name}",
        volunteer.code,
        str(volunteer.number),
        volunteer.phone,
        rows.more["mentor"].phone,
        registration.phone,
        registration.code,
    ]


def answers(client, rows):
    for words in questions(rows):
        for headers in ({}, PALETTE):
            answer = ask(client, "get", "/search", {"q": words}, **headers)
            yield words, answer.text.replace(f'value="{words}"', "").replace(f"“{words}”", "")


def names_a_row_of(rows, text: str) -> bool:
    registration = rows.more["registration"]
    return any(
        one in text
        for one in (
            canary_of(rows.province.pk),
            f"/volunteers/{rows.volunteer.pk}/",
            f"/mentors/{rows.more['mentor'].pk}/",
            f"/registrations/{registration.pk}/",
        )
    )


@pytest.mark.parametrize("role", HELD)
def test_search_finds_no_foreign_row(role, walls, person, at_home, abroad, sign_in):
    user = person(role)
    at_home(user if user.province_id else person(Role.MENTOR))
    theirs = abroad(user)
    client = sign_in(user)
    walls(user)

    leaks = [words for words, text in answers(client, theirs) if names_a_row_of(theirs, text)]

    assert not leaks, in_lines(leaks)


@pytest.mark.parametrize("role", [Role.MENTOR, Role.PROVINCIAL_HEAD, Role.INSPECTOR])
def test_search_finds_the_own_rows(role, walls, person, at_home, sign_in):
    user = person(role)
    ours = at_home(user if user.province_id else person(Role.MENTOR))
    client = sign_in(user)
    walls(user)

    text = ask(client, "get", "/search", {"q": CANARY}).text

    assert f"/volunteers/{ours.volunteer.pk}/" in text
    assert f"/mentors/{ours.more['mentor'].pk}/" in text


@pytest.mark.parametrize("role", Role)
def test_search_leads_nobody_to_a_page_that_would_refuse(role, person, at_home, sign_in):
    user = person(role)
    ours = at_home(user if user.province_id else person(Role.MENTOR))
    client = sign_in(user)

    refused = [
        (words, address)
        for words, text in answers(client, ours)
        for address, capabilities in NEEDED.items()
        if f'href="{address}' in text or f"{address}{ours.more['registration'].pk}/" in text
        if not capabilities & CAPABILITIES[role]
    ]

    assert not refused, in_lines(refused)


@pytest.mark.parametrize("role", Role)
def test_whatever_the_palette_offers_for_a_letter_opens(role, person, sign_in):
    """Pages and things to do: each of them answers this person."""
    client = sign_in(person(role))
    text = "".join(
        ask(client, "get", "/search", {"q": words}, **PALETTE).text for words in ("าร", "re", "ac")
    )

    paths = set(re.findall(r'role="option"[^>]*href="([^"]+)"', text))
    statuses = {path: ask(client, "get", unescape(path)).status for path in paths}
    assert paths
    assert {path: status for path, status in statuses.items() if status != 200} == {}
