"""A plan of Chiang Mai, and who works on it."""

import pytest

from reports.enums import PlanState
from reports.models import PlanLine
from tests.factories.plans import PlanFactory, PlanLineFactory
from tests.reports.services.test_plans import plan_in
from tests.reports.views.plans.pages import YEAR


@pytest.fixture
def plan(chiang_mai, direction):
    return PlanFactory(province=chiang_mai, fiscal_year=YEAR)


@pytest.fixture
def line(plan):
    return PlanLineFactory(plan=plan)


@pytest.fixture
def head(client, chiang_mai_head):
    client.force_login(chiang_mai_head)
    return client


@pytest.fixture
def approved(chiang_mai, direction, chiang_mai_officer, chiang_mai_head, everywhere):
    plan = plan_in(
        PlanState.APPROVED, chiang_mai, maker=chiang_mai_officer, head=chiang_mai_head,
        fiscal_year=YEAR,
    )  # fmt: skip
    with everywhere():
        return plan, PlanLine.objects.get(plan=plan)
