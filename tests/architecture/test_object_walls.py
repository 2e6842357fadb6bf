"""A row of another province does not exist, behind every address, whichever wall stands."""

import pytest

from tests.architecture.asking import Answer, ask, in_lines
from tests.architecture.canaries import canary_of
from tests.architecture.rows import OF_A_PROVINCE, OF_AN_OWNER
from tests.architecture.site_map import EVERYONE, Address, addresses
from volunteer_network.access.roles import CAPABILITIES, Capability, Role
from volunteer_network.access.scope import NATION, current_scope, open_scope
from volunteer_network.models import Activity, Job, StoredFile, Term, Volunteer

PROVINCIAL = (Role.MENTOR, Role.PROVINCIAL_HEAD, Role.INSPECTOR)
SHOWN = {200, 302, 422}
NOT_FOUND, NOT_ALLOWED = 404, 405


@pytest.mark.parametrize("role", PROVINCIAL)
def test_a_row_of_another_province_is_not_found(
    role, walls, person, at_home, abroad, sign_in, songkhla
):
    user = person(role)
    theirs = abroad(user)
    before = rows_of(songkhla)
    client = sign_in(user)
    walls(user)

    wrong = []
    for address in addresses_for(role, OF_A_PROVINCE):
        path = address.path(**OF_A_PROVINCE[address.name](theirs))
        for method in ("get", "post"):
            answer = ask(client, method, path, note=lambda: rows_of(songkhla))
            if not (hides(answer, songkhla) and answer.noted == before):
                wrong.append((method, address.name, answer.status, answer.fault))

    assert not wrong, in_lines(wrong)


@pytest.mark.parametrize("role", [Role.MENTOR, Role.PROVINCIAL_HEAD])
def test_the_own_row_is_there_with_both_walls(role, person, at_home, sign_in):
    user = person(role)
    client = sign_in(user)
    ours = at_home(user)

    closed = []
    for address in addresses_for(role, OF_A_PROVINCE | OF_AN_OWNER):
        path = address.path(**(OF_A_PROVINCE | OF_AN_OWNER)[address.name](ours))
        answers = {ask(client, method, path).status for method in ("get", "post")}
        if not answers & SHOWN or not answers <= SHOWN | {NOT_ALLOWED}:
            closed.append((address.name, answers))

    assert not closed, in_lines(closed)


def test_the_row_of_another_owner_is_not_found(person, abroad, sign_in, songkhla):
    user = person(Role.PROVINCIAL_HEAD)
    theirs = abroad(user)
    client = sign_in(user)

    answers = {
        address.name: ask(client, "post", address.path(**OF_AN_OWNER[address.name](theirs))).status
        for address in addresses()
        if address.name in OF_AN_OWNER
    }

    assert answers == dict.fromkeys(OF_AN_OWNER, NOT_FOUND)


def addresses_for(role: Role, names) -> list[Address]:
    """Those of the addresses that the role may open at all; the others are 403 before any row."""
    return [
        address
        for address in addresses()
        if address.name in names
        and (address.rule == EVERYONE or Capability(address.rule) in CAPABILITIES[role])
    ]


def hides(answer: Answer, province) -> bool:
    return answer.status in {NOT_FOUND, NOT_ALLOWED} and canary_of(province.pk) not in answer.text


def rows_of(province) -> list[object]:
    """Everything of the province, to see that it stayed as it was."""
    assert current_scope() is None
    with open_scope(NATION):
        return [
            sorted(model.objects.filter(province=province).values_list(), key=repr)
            for model in (Volunteer, Term, Activity, StoredFile, Job)
        ]
