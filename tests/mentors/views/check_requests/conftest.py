"""An activity that is asked about, and who looks at it."""

from datetime import date

import pytest

from tests.factories import TermFactory, VolunteerFactory


@pytest.fixture
def volunteer(chiang_mai):
    volunteer = VolunteerFactory(province=chiang_mai)
    TermFactory(volunteer=volunteer, starts_on=date(2025, 1, 1), ends_on=date(2027, 12, 31))
    return volunteer
