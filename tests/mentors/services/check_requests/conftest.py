"""The day, and an odd activity that somebody can be asked about."""

from datetime import date

import pytest
import time_machine

from tests.factories import ActivityFactory, TermFactory, VolunteerFactory
from tests.mentors.services.check_requests.asking import DAY
from volunteer_network.models import User


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-23T12:00:00+07:00", tick=True):
        yield


@pytest.fixture
def officer(chiang_mai_officer):
    User.objects.filter(pk=chiang_mai_officer.pk).update(email="mentor@example.org")
    chiang_mai_officer.refresh_from_db()
    return chiang_mai_officer


@pytest.fixture
def activity(chiang_mai, officer):
    volunteer = VolunteerFactory(province=chiang_mai)
    TermFactory(volunteer=volunteer, starts_on=date(2025, 1, 1), ends_on=date(2027, 12, 31))
    return ActivityFactory(
        volunteer=volunteer, recorded_by=officer, on_date=DAY, people_male=0, people_female=400
    )
