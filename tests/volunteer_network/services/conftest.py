"""A volunteer of Chiang Mai."""

import pytest

from tests.factories import VolunteerFactory


@pytest.fixture
def volunteer(chiang_mai):
    return VolunteerFactory(province=chiang_mai)
