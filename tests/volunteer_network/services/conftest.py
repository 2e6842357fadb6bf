"""A volunteer, and keys that a test may change."""

import pytest

from tests.factories import VolunteerFactory


@pytest.fixture
def volunteer(chiang_mai):
    return VolunteerFactory(province=chiang_mai)
