"""Mentors of Chiang Mai, and the officer who assigns them."""

import pytest

from tests.factories import MentorFactory


@pytest.fixture
def officer(chiang_mai_officer):
    return chiang_mai_officer


@pytest.fixture
def mentor(chiang_mai):
    return MentorFactory(province=chiang_mai)


@pytest.fixture
def other(chiang_mai):
    return MentorFactory(province=chiang_mai)
