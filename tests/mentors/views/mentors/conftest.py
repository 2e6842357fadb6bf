"""Who looks at the mentors, and one of them."""

import pytest

from tests.factories import MentorFactory


@pytest.fixture
def officer(client, chiang_mai_officer):
    client.force_login(chiang_mai_officer)
    return chiang_mai_officer


@pytest.fixture
def mentor(chiang_mai):
    return MentorFactory(province=chiang_mai)
