"""Who works with mentors."""

import pytest


@pytest.fixture
def officer(chiang_mai_officer):
    return chiang_mai_officer
