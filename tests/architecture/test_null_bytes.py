"""PostgreSQL takes no NUL in a text or in JSON: whatever bears one breaks no page."""

import re
from urllib.parse import quote

import pytest

from tests.architecture.asking import ask, in_lines
from tests.architecture.rows import OF_A_PROVINCE, OF_AN_OWNER
from tests.architecture.site_map import PUBLIC, addresses, plain_addresses
from volunteer_network.access.roles import Role
from volunteer_network.models import AuditEvent

NUL = "\x00"
NAMES = (  # what pages read from their address, and a name that none of them knows
    *("q", "sort", "back", "next", "ended", "login", "seen", "session", "person", "standing"),
    *("province", "mentor", "volunteer", "month", "fy", "edition", "code", "category", "kind"),
    *("topic", "urgency", "on_date", "participant_class", "status", "page", "after", "before", NUL),
)
PEOPLE = (Role.MENTOR, Role.CENTRAL_OFFICER)


@pytest.mark.parametrize("role", PEOPLE)
def test_no_page_breaks_over_what_its_address_brings(client, person, at_home, sign_in, role):
    officer = person(role)
    ours = at_home(officer)
    own = OF_A_PROVINCE | OF_AN_OWNER
    plain = [one.path() for one in plain_addresses() if one.rule != PUBLIC]
    paths = plain + [one.path(**own[one.name](ours)) for one in addresses() if one.name in own]
    sign_in(officer)
    questions = [(path, dict.fromkeys(NAMES, NUL)) for path in paths]
    questions += [(path, {"export": "csv", NUL: "1"}) for path in paths]

    broken = [
        (path, sorted(query), answer.fault)
        for path, query in questions
        if (answer := ask(client, "get", path, query)).status >= 500
    ]

    assert not broken, in_lines(broken)


def test_no_page_breaks_over_a_text_within_its_address(client, person, sign_in):
    """Of whoever may see the most, and of somebody who has not signed in."""
    texts = [one for one in addresses() if "<str:" in one.route or "<path:" in one.route]
    paths = [address_of(one) for one in texts]
    assert len(paths) >= 4

    broken = []
    for officer in (None, person(Role.CENTRAL_ADMIN)):
        if officer:
            sign_in(officer)
        answers = [(path, ask(client, "get", path)) for path in paths]
        broken += [(path, one.fault) for path, one in answers if one.status >= 500]

    assert not broken, in_lines(broken)


def address_of(address):
    """Its route with NUL for each text and 1 for each number."""
    route = re.sub(r"<(str|path):[a-z_]+>", "%00", address.route)
    return "/" + re.sub(r"<[a-z]+:[a-z_]+>", "1", route)


@pytest.mark.parametrize("name", ["a\x00b", "x" * 5000])
def test_a_refusal_is_audited_whatever_the_path(client, person, sign_in, everywhere, name):
    sign_in(person(Role.PARTNER_OFFICER))

    answer = client.get(f"/dashboard/printed/{quote(name)}/")

    assert answer.status_code == 403
    with everywhere():
        event = AuditEvent.objects.get(verb="access.refused")
    assert event.detail["path"].startswith(f"/dashboard/printed/{name[0]}")
    assert len(event.detail["path"]) <= 200


@pytest.mark.parametrize("field", ["login", "password"])
def test_signing_in_with_it_is_refused_in_words(client, db, field):
    typed = {"login": "head.chiangmai", "password": "ปลูกข้าวหน้าฝน"} | {field: f"a{NUL}b"}

    assert client.post("/accounts/login/", typed).status_code == 200
