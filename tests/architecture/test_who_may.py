"""Every address × every role × every method answers as `access/roles.py` says."""

import pytest

from tests.architecture.asking import ask, in_lines
from tests.architecture.rows import OBJECTS
from tests.architecture.rules import CALLED_BY
from tests.architecture.site_map import (
    EVERYONE,
    PUBLIC,
    RULES_OF_PACKAGES,
    UNDECLARED,
    Address,
    addresses,
    object_addresses,
)
from volunteer_network.access.roles import (
    CAPABILITIES,
    CAPABILITY_IN_WORDS,
    Capability,
    Role,
    roles_with,
)

METHODS = ("get", "post", "delete")
OPEN = {200, 302, 404, 405, 410, 422}
REFUSED, NOT_ALLOWED = 403, 405


def test_every_address_has_a_name():
    assert [address.route for address in addresses() if not address.name] == []


def test_every_address_declares_who_may_call_it():
    assert [address.name for address in addresses() if address.rule == UNDECLARED] == []


def test_every_address_with_a_parameter_is_known_to_the_wall_tests():
    assert {address.name for address in object_addresses()} == OBJECTS.keys()


def test_the_rules_of_packages_name_addresses_that_exist():
    assert RULES_OF_PACKAGES.keys() <= {address.name for address in addresses()}


def test_every_address_declares_the_rule_that_is_written_here():
    declared: dict[str, set[str]] = {}
    for address in addresses():
        declared.setdefault(address.rule, set()).add(address.name)

    assert declared == CALLED_BY


@pytest.mark.parametrize("role", Role)
def test_every_address_answers_a_role_as_declared(role, person, at_home, sign_in):
    user = person(role)
    rows = at_home(user if user.province_id else person(Role.MENTOR))
    client = sign_in(user)

    wrong = []
    for address in addresses():
        right = is_open if allows(address, role) else is_refused
        for method in METHODS:
            answer = ask(client, method, path_of(address, rows))
            if not right(answer, address, method):
                wrong.append((method, address.name, answer.status, answer.fault))

    assert not wrong, in_lines(wrong)


def test_every_address_sends_a_stranger_to_the_sign_in(client, person, at_home):
    rows = at_home(person(Role.MENTOR))

    wrong = []
    for address in addresses():
        right = is_open if address.rule == PUBLIC else is_sent_to_sign_in
        for method in METHODS:
            answer = ask(client, method, path_of(address, rows))
            if not right(answer, address, method):
                wrong.append((method, address.name, answer.status, answer.fault))

    assert not wrong, in_lines(wrong)


def path_of(address: Address, rows) -> str:
    """The address of an own row; one that the map does not know has a test of its own."""
    values = OBJECTS.get(address.name, lambda rows: dict.fromkeys(address.parameters, 0))
    return address.path(**(values(rows) if address.parameters else {}))


def allows(address: Address, role: Role) -> bool:
    if address.rule in {PUBLIC, EVERYONE}:
        return True
    return Capability(address.rule) in CAPABILITIES[role]


def is_open(answer, address: Address, method: str) -> bool:
    if method == "post" and address.name.startswith("admin:"):
        return answer.status in {200, REFUSED}  # the window for support is read-only
    return answer.status in OPEN


def is_sent_to_sign_in(answer, address: Address, method: str) -> bool:
    return answer.status == 302 and answer.location.startswith("/accounts/login/?next=")


def is_refused(answer, address: Address, method: str) -> bool:
    """A Thai page that names what is lacking and who has it; or a method that nobody may use."""
    if answer.status == NOT_ALLOWED and method != "post":
        return True
    capability = Capability(address.rule)
    said = [CAPABILITY_IN_WORDS[capability], *(role.label for role in roles_with(capability))]
    return answer.status == REFUSED and all(str(words) in answer.text for words in said)
