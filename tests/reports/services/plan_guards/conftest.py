"""Plans of Chiang Mai, and who makes them."""

import pytest

from tests.reports.services.test_plans import plan_in


@pytest.fixture
def made(chiang_mai, maker, head):
    return lambda state, **details: plan_in(state, chiang_mai, maker=maker, head=head, **details)
