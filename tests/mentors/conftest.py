"""A mentor of Chiang Mai."""

import pytest

from tests.factories import MentorFactory


@pytest.fixture
def mentor(chiang_mai):
    return MentorFactory(province=chiang_mai)
