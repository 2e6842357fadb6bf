"""Mentors of Chiang Mai, and the officer who assigns them."""

import pytest

from tests.factories import MentorFactory


@pytest.fixture
def other(chiang_mai):
    return MentorFactory(province=chiang_mai)
