"""A plan that has been approved, and a quarter of it with results."""

from decimal import Decimal

import pytest

from reports.enums import PlanState, ProjectGroup
from tests.factories.plans import (
    PlanFactory,
    PlanLineFactory,
    PlanProgressFactory,
)
from tests.reports.papers.reading import AT
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.models import Job
from volunteer_network.services import jobs


@pytest.fixture
def make(chiang_mai_officer):
    def make(kind, by=chiang_mai_officer, **parameters):
        with open_scope(by.scope):
            job = jobs.ask_for_job(kind=kind, title="เอกสาร", parameters=parameters, by=by)
        jobs.run_job(job.pk)
        with open_scope(NATION):
            return Job.objects.get(pk=job.pk)

    return make


@pytest.fixture
def plan(chiang_mai, chiang_mai_officer, chiang_mai_head, central_officer):
    plan = PlanFactory(
        province=chiang_mai,
        state=PlanState.APPROVED,
        made_by=chiang_mai_officer,
        **{
            f"{step}_{what}": value
            for step, who in {
                "proposed": chiang_mai_officer,
                "agreed": chiang_mai_head,
                "sent": chiang_mai_head,
                "approved": central_officer,
            }.items()
            for what, value in {"by": who, "at": AT}.items()
        },
    )
    PlanLineFactory(
        plan=plan,
        place=1,
        title="ประสานการให้บริการด้านแรงงาน",
        target=2720,
        target_1=2690,
        months=[1, 2],
    )
    PlanLineFactory(
        plan=plan,
        place=2,
        group=ProjectGroup.NETWORK,
        title="กำหนดการน้ำใจ",
        allotted=Decimal("96000.50"),
        target_2=0,
    )
    return plan


@pytest.fixture
def reported(plan):
    line = plan.lines.order_by("place")
    with open_scope(NATION):
        first = line[0]
    PlanProgressFactory(
        lineage=first.lineage,
        quarter=1,
        actual=1345,
        disbursed=Decimal(20_000),
        problems="น้ำท่วมหลายตำบล",
        suggestions="จัดหน่วยเคลื่อนที่",
    )
    return plan
