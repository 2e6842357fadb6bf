"""Who makes plans, who heads them, and one that was sent."""

import pytest

from tests.reports.sending import sent_plan


@pytest.fixture
def maker(chiang_mai_officer):
    return chiang_mai_officer


@pytest.fixture
def head(chiang_mai_head):
    return chiang_mai_head


@pytest.fixture
def plan(db):
    return sent_plan()
