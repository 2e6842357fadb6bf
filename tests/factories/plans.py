import datetime
from decimal import Decimal

import factory

from reports.enums import BudgetType, DirectionState, Measure, PlanState, ProjectGroup
from reports.models import (
    Ceiling,
    Direction,
    Plan,
    PlanComment,
    PlanLine,
    PlanProgress,
    PlanProof,
    StandingProject,
)
from tests.factories.tenant import NationFactory, TenantFactory
from tests.factories.users import UserFactory
from volunteer_network.access.roles import Role
from volunteer_network.models import Province


class DirectionFactory(NationFactory):
    """One of a year: asked for twice, it is the same."""

    class Meta:
        model = Direction
        django_get_or_create = ("fiscal_year",)

    fiscal_year = 2570
    text = "เร่งคุ้มครองแรงงานนอกระบบ และประกันสังคมมาตรา 40"
    propose_by = datetime.date(2026, 10, 15)
    send_by = datetime.date(2026, 10, 31)
    decide_by = datetime.date(2026, 11, 30)
    state = DirectionState.OPEN
    made_by = factory.SubFactory(UserFactory, role=Role.CENTRAL_OFFICER, province=None)


class StandingProjectFactory(NationFactory):
    class Meta:
        model = StandingProject

    direction = factory.SubFactory(DirectionFactory)
    place = factory.Sequence(lambda n: n % 1000 + 1)
    group = ProjectGroup.CORE
    title = factory.Sequence(lambda n: f"ประสานการให้บริการด้านแรงงาน ครั้งที่ {n + 1}")
    indicator = "ผู้รับบริการ"
    unit = "คน"


class CeilingFactory(NationFactory):
    class Meta:
        model = Ceiling

    direction = factory.SubFactory(DirectionFactory)
    province = factory.LazyFunction(lambda: Province.objects.get(pk=50))
    amount = Decimal(720_000)


class PlanFactory(TenantFactory):
    """A draft; give `state` and the pairs of its steps for another."""

    class Meta:
        model = Plan

    province = factory.LazyFunction(lambda: Province.objects.get(pk=50))
    fiscal_year = 2570
    state = PlanState.DRAFT
    made_by = factory.SubFactory(UserFactory, province=factory.SelfAttribute("..province"))


class PlanLineFactory(TenantFactory):
    class Meta:
        model = PlanLine

    plan = factory.SubFactory(PlanFactory)
    province = factory.SelfAttribute("plan.province")
    place = factory.Sequence(lambda n: n % 1000 + 1)
    group = ProjectGroup.CORE
    title = factory.Sequence(lambda n: f"ประสานการให้บริการด้านแรงงานในพื้นที่ {n + 1}")
    indicator = "ผู้รับบริการ"
    unit = "คน"
    target = 40
    target_1 = 10
    target_2 = 10
    target_3 = 10
    target_4 = 10
    budget_type = BudgetType.OPERATING
    allotted = Decimal(40_000)
    months = factory.LazyFunction(lambda: list(range(1, 13)))
    measure = Measure.TYPED


class PlanProofFactory(TenantFactory):
    class Meta:
        model = PlanProof

    line = factory.SubFactory(PlanLineFactory, measure=Measure.PEOPLE)
    plan = factory.SelfAttribute("line.plan")
    province = factory.SelfAttribute("line.province")


class PlanProgressFactory(TenantFactory):
    class Meta:
        model = PlanProgress

    province = factory.LazyFunction(lambda: Province.objects.get(pk=50))
    fiscal_year = 2570
    quarter = 1


class PlanCommentFactory(TenantFactory):
    class Meta:
        model = PlanComment

    plan = factory.SubFactory(PlanFactory)
    province = factory.SelfAttribute("plan.province")
    text = "ไตรมาส 2 ได้ 5 จาก 8 แห่ง เพราะเหตุใด"
    by = factory.SubFactory(UserFactory, role=Role.CENTRAL_OFFICER, province=None)
