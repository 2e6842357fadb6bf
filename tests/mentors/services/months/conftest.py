"""The day, and the volunteer whose months are reported."""

import pytest
import time_machine

from tests.mentors.services.months.reports import IN_TIME, somebody
from volunteer_network.access.scope import open_scope


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(IN_TIME, tick=False) as traveller:
        yield traveller


@pytest.fixture
def volunteer(chiang_mai):
    return somebody(chiang_mai)


@pytest.fixture
def within(chiang_mai_officer):
    return lambda user=chiang_mai_officer: open_scope(user.scope)
