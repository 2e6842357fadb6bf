"""A volunteer whose activities are logged, and a folder for photos."""

import pytest

from tests.factories import TermFactory, VolunteerFactory
from tests.volunteer_network.services.activities.deeds import TERM


@pytest.fixture
def volunteer(chiang_mai):
    volunteer = VolunteerFactory(province=chiang_mai)
    TermFactory(volunteer=volunteer, **TERM)
    return volunteer


@pytest.fixture
def files(settings, tmp_path):
    """Where photos lie during the test; call it for the names of those that are there."""
    settings.FILES_DIR = tmp_path
    return lambda: sorted(path.name for path in tmp_path.rglob("*.*"))
