"""What can be done to a quarter: each action in each state, by each person and by each role."""

from enum import StrEnum
from itertools import product

import pytest
from django.urls import reverse

from tests.factories import ActingHeadFactory, UserFactory
from tests.reports.quarters import YEAR
from volunteer_network.access.roles import CAPABILITIES, PROVINCIAL_ROLES, Capability, Role
from volunteer_network.errors import RuleViolation

REFUSED = 403


class State(StrEnum):
    UNTOUCHED = "untouched"
    PREPARED = "prepared"
    PREPARED_BY_HEAD = "prepared_by_head"
    HANDED_BACK = "handed_back"
    PREPARED_AGAIN = "prepared_again"
    SIGNED = "signed"


class Action(StrEnum):
    PREPARE = "prepare"
    HAND_BACK = "return"
    SIGN = "sign"
    UNDO = "undo"


class Person(StrEnum):
    MAKER = "maker"
    HEAD = "head"
    ACTING = "acting"


# Who may, where the capability is there: whoever stands in is a head.
ALLOWED = {
    (State.UNTOUCHED, Action.PREPARE): set(Person),
    (State.PREPARED, Action.PREPARE): {Person.HEAD, Person.ACTING},
    (State.PREPARED, Action.HAND_BACK): {Person.HEAD, Person.ACTING},
    (State.PREPARED, Action.SIGN): {Person.HEAD, Person.ACTING},
    (State.PREPARED_BY_HEAD, Action.PREPARE): {Person.MAKER, Person.ACTING},
    (State.PREPARED_BY_HEAD, Action.HAND_BACK): {Person.ACTING},
    (State.PREPARED_BY_HEAD, Action.SIGN): {Person.ACTING},
    (State.HANDED_BACK, Action.PREPARE): set(Person),
    (State.PREPARED_AGAIN, Action.PREPARE): {Person.HEAD, Person.ACTING},
    (State.PREPARED_AGAIN, Action.HAND_BACK): {Person.HEAD, Person.ACTING},
    (State.PREPARED_AGAIN, Action.SIGN): {Person.HEAD, Person.ACTING},
    (State.SIGNED, Action.UNDO): {Person.HEAD},
}
CAPABILITY = {
    Action.PREPARE: Capability.WRITE_PLANS,
    Action.HAND_BACK: Capability.AGREE_PLANS,
    Action.SIGN: Capability.AGREE_PLANS,
    Action.UNDO: Capability.AGREE_PLANS,
}


def bring_to(stage, state):
    if state is State.PREPARED_BY_HEAD:
        stage.prepare(by=stage.head)
    elif state is not State.UNTOUCHED:
        stage.prepare()
    if state in {State.HANDED_BACK, State.PREPARED_AGAIN}:
        stage.hand_back()
    if state is State.PREPARED_AGAIN:
        stage.prepare()
    if state is State.SIGNED:
        stage.sign()


def acting_head(stage, today):
    user = UserFactory(province=stage.province, position="นักวิชาการแรงงาน")
    ActingHeadFactory(user=user, starts_on=today, ends_on=today)
    return user


def act(stage, action, by):
    steps = {
        Action.PREPARE: stage.prepare,
        Action.HAND_BACK: stage.hand_back,
        Action.SIGN: stage.sign,
        Action.UNDO: stage.take_back,
    }
    return steps[action](by=by)


def may_ask(person, action):
    """The maker lacks the head's capability, so the service is never asked."""
    return person is not Person.MAKER or action is Action.PREPARE


@pytest.mark.parametrize(
    ("state", "action", "person"),
    [one for one in product(State, Action, Person) if may_ask(one[2], one[1])],
)
def test_each_action_in_each_state_by_each_person(stage, today, state, action, person):
    people = {Person.MAKER: stage.maker, Person.HEAD: stage.head}
    by = people.get(person) or acting_head(stage, today)
    bring_to(stage, state)

    if person in ALLOWED.get((state, action), set()):
        assert act(stage, action, by)
    else:
        with pytest.raises(RuleViolation):
            act(stage, action, by)


@pytest.mark.parametrize(("state", "action", "role"), list(product(State, Action, Role)))
def test_each_action_in_each_state_by_each_role(client, stage, state, action, role):
    bring_to(stage, state)
    user = UserFactory(
        role=role,
        province=stage.province if role in PROVINCIAL_ROLES else None,
        inspection_regions=[15] if role == Role.INSPECTOR else [],
    )
    client.force_login(user)

    answer = client.post(reverse(f"plans:quarter-{action}", args=[YEAR, 50, 1]), {"reason": "แก้"})

    assert (answer.status_code != REFUSED) == (CAPABILITY[action] in CAPABILITIES[role])
