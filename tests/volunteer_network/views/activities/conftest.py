"""Who looks at the log, the day, and one activity."""

import pytest
import time_machine

from tests.factories import TermFactory, VolunteerFactory
from tests.volunteer_network.views.activities.pages import CREATE, NOW, TERM, logged, typed


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def volunteer(chiang_mai):
    volunteer = VolunteerFactory(province=chiang_mai)
    TermFactory(volunteer=volunteer, **TERM)
    return volunteer


@pytest.fixture
def activity(client, officer, volunteer):
    client.post(CREATE, typed(volunteer))
    return logged()[0]
