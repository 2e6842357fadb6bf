"""A year of plans, its quarters, and a day of it."""

import pytest
import time_machine

from tests.factories.plans import DirectionFactory
from tests.reports.quarters import stage_in


@pytest.fixture
def stage(db):
    return stage_in()


@pytest.fixture
def direction(db):
    return DirectionFactory(fiscal_year=2570)


@pytest.fixture
def november():
    with time_machine.travel("2026-11-20T10:00:00+07:00", tick=True):
        yield
