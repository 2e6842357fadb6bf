"""The number beside "แผนงาน" in the frame: the plans whose next step is the reader's."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.enums import PlanState
from tests.reports.services.test_plans import plan_in
from volunteer_network.access.scope import open_scope
from volunteer_network.ui.registry import badges_for

STATES = (PlanState.RETURNED, PlanState.PROPOSED, PlanState.AGREED, PlanState.SENT, PlanState.DRAFT)


@pytest.fixture
def plans(chiang_mai, songkhla, chiang_mai_officer, chiang_mai_head):
    """Of Chiang Mai one in each state, of as many years; of another province one returned."""
    people = {"maker": chiang_mai_officer, "head": chiang_mai_head}
    for number, state in enumerate(STATES):
        plan_in(state, chiang_mai, fiscal_year=2565 + number, **people)
    plan_in(PlanState.RETURNED, songkhla, **people)
    plan_in(PlanState.SENT, songkhla, fiscal_year=2571, **people)


@pytest.mark.parametrize(
    ("who", "count"),
    [
        ("chiang_mai_officer", 1),  # the returned one
        ("chiang_mai_head", 2),  # to agree to, and to send
        ("central_officer", 2),  # of all provinces
        ("inspector", 0),
        ("executive", 0),
    ],
)
def test_it_counts_what_waits_for_the_reader(request, plans, who, count):
    user = request.getfixturevalue(who)

    with open_scope(user.scope):
        assert badges_for(user)["plans:list"] == count


def test_it_stands_on_every_page_and_asks_once_a_minute(client, chiang_mai_officer, plans):
    client.force_login(chiang_mai_officer)

    first = client.get("/reports/")
    with CaptureQueriesContext(connection) as again:
        client.get("/reports/")

    assert 'แผนงาน<span class="tick">1<span' in first.content.decode().replace("\n", "")
    assert not [query for query in again if "reports_plan" in query["sql"]]
