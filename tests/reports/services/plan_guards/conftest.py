"""Plans of Chiang Mai, and who makes them."""

import pytest

from tests.reports.services.test_plans import plan_in


@pytest.fixture
def maker(chiang_mai_officer):
    return chiang_mai_officer


@pytest.fixture
def head(chiang_mai_head):
    return chiang_mai_head


@pytest.fixture
def made(chiang_mai, maker, head):
    return lambda state, **details: plan_in(state, chiang_mai, maker=maker, head=head, **details)
