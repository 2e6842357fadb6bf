"""Every action in every state by every role, against a table written by hand."""

from datetime import date
from itertools import product

import pytest
from django.urls import reverse

from mentors.enums import MonthAction, MonthState
from mentors.models import MonthReport
from mentors.month_moves import MOVES, state_after
from tests.factories import UserFactory
from tests.mentors.services.months.reports import MONTH, report_in
from volunteer_network.access.roles import CAPABILITIES, Role
from volunteer_network.access.scope import NATION, open_scope

ADDRESSES = {
    MonthAction.ANSWER: ("months:nothing", {"because": "ill"}),
    MonthAction.SEND: ("months:send", {}),
    MonthAction.TAKE_BACK: ("months:take-back", {}),
    MonthAction.RETURN: ("months:return", {"reason": "แก้จำนวน"}),
    MonthAction.APPROVE: ("months:approve", {}),
    MonthAction.RETURN_APPROVED: ("months:send-back", {"reason": "แก้จำนวน"}),
    MonthAction.LOCK: ("months:close", {}),
    MonthAction.REOPEN: ("months:reopen", {"reason": "แก้ตามหนังสือ"}),
}
OF_ONE = {MonthAction.ANSWER, MonthAction.RETURN, MonthAction.RETURN_APPROVED}
# Written once more by hand: (action, state) → state after it, where it is allowed.
ALLOWED = {
    ("answer", "draft"): "draft",
    ("answer", "returned"): "returned",
    ("send", "draft"): "certified",  # the mentor who sends certifies with the same click
    ("send", "returned"): "certified",
    ("take_back", "sent"): "draft",
    ("take_back", "certified"): "draft",
    ("return", "sent"): "returned",
    ("approve", "certified"): "approved",
    ("return_approved", "certified"): "returned",
    ("return_approved", "approved"): "returned",
    ("lock", "approved"): "locked",
    ("reopen", "locked"): "approved",
}
WHO = {
    **{key: {"mentor", "provincial_head"} for key in ("answer", "send", "take_back", "return")},
    **{key: {"provincial_head"} for key in ("approve", "return_approved")},
    **{key: {"central_officer"} for key in ("lock", "reopen")},
}


@pytest.mark.parametrize("role", list(Role))
def test_every_action_in_every_state_by_every_role(role, client, chiang_mai, volunteer):
    person = UserFactory(role=role, inspection_regions=[15] if role == Role.INSPECTOR else [])
    client.force_login(person)

    wrong = []
    for action, state in product(ADDRESSES, MonthState):
        report = report_in(state, volunteer, person, nothing_because="away")
        name, data = ADDRESSES[action]
        one = [volunteer.pk] if action in OF_ONE else []
        query = "?province=50" if role == Role.CENTRAL_OFFICER else "?mentor=all"
        response = client.post(reverse(name, args=[MONTH, *one]) + query, data)
        with open_scope(NATION):
            after, version = MonthReport.objects.values_list("state", "version").get(pk=report.pk)
        allowed = role in WHO[action]
        moves = allowed and (action, state) in ALLOWED
        expected = ALLOWED.get((action, state), state) if allowed else state
        refused = response.status_code == 403
        if after != expected or refused == allowed or (version > 1) != moves:
            wrong.append((action, state, after, response.status_code))
        clear_away(report)

    assert not wrong


def clear_away(report):
    """The product never removes a month; the next round needs an empty place."""
    with open_scope(NATION):
        free = date(1990 + report.pk % 30, 1 + report.pk % 12, 1)
        MonthReport.objects.filter(pk=report.pk).update(month=free)


def test_the_hand_written_table_is_the_tables(db):
    by_table = {
        (action.value, state.value): after.value
        for action, state in product(MOVES, MonthState)
        if action in ADDRESSES and (after := state_after(action, state))
    }
    by_table |= {key: "certified" for key, after in by_table.items() if after == "sent"}

    assert by_table == ALLOWED
    for action, roles in WHO.items():
        assert {role for role in Role if MOVES[action].capability in CAPABILITIES[role]} == roles
