"""Volunteers of two provinces whose activities are counted."""

from types import SimpleNamespace

import pytest

from tests.factories import UserFactory, VolunteerFactory
from tests.volunteer_network.services.figures.cast import CHIANG_MAI, SONGKHLA
from volunteer_network.models import Province


@pytest.fixture
def cast(db):
    """Two volunteers in Chiang Mai, one in Songkhla."""
    volunteers = [
        VolunteerFactory(province=Province.objects.get(pk=code))
        for code in (CHIANG_MAI, CHIANG_MAI, SONGKHLA)
    ]
    return SimpleNamespace(
        volunteers=volunteers,
        officers={
            code: UserFactory(province=Province.objects.get(pk=code))
            for code in (CHIANG_MAI, SONGKHLA)
        },
    )
