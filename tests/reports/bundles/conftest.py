"""Two provinces whose plans are with the centre."""

import pytest
from django.utils import timezone

from tests.factories.plans import (
    PlanFactory,
    PlanLineFactory,
)
from tests.reports.bundles.asking import SENT


@pytest.fixture
def two_provinces(chiang_mai, songkhla, central_officer):
    for province in (chiang_mai, songkhla):
        plan = PlanFactory(
            province=province, **SENT, sent_at=timezone.now(), sent_by=central_officer
        )
        PlanLineFactory(plan=plan, title=f"งานของ {province.name}")
