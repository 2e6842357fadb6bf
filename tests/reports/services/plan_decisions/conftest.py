"""A sent plan that the centre decides on."""

import pytest

from tests.reports.sending import sent_plan


@pytest.fixture
def plan(db):
    return sent_plan()
