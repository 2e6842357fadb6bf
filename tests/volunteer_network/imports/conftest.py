"""The officer who imports a register."""

import pytest


@pytest.fixture
def officer(chiang_mai_officer):
    return chiang_mai_officer
