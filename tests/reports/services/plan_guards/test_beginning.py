"""When a plan or a revision may begin."""

from datetime import date

import pytest

from mentors.enums import MentorEnd
from reports.enums import DirectionState, PlanState
from reports.models import PlanLine
from reports.services.plan_editions import Source, revise_plan
from tests.factories import UserFactory
from tests.factories.mentors import MentorFactory
from tests.factories.plans import DirectionFactory, PlanLineFactory
from tests.reports.services.plan_guards.plans import YEAR, begin, doing
from tests.reports.services.test_plans import plan_in
from volunteer_network.access.roles import Role
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.errors import RuleViolation


@pytest.mark.parametrize("state", [None, DirectionState.DRAFT, DirectionState.CLOSED])
def test_a_plan_begins_in_an_open_year_only(state, maker):
    if state:
        DirectionFactory(fiscal_year=YEAR, state=state)

    with pytest.raises(RuleViolation, match="ยังไม่เปิด หรือปิด"):
        begin(maker)


@pytest.mark.parametrize(
    ("state", "words"), [(PlanState.APPROVED, "ปรับแผน"), (PlanState.SENT, "ยังทำไม่เสร็จ")]
)
def test_a_plan_does_not_begin_beside_another(state, words, made, maker):
    DirectionFactory(fiscal_year=YEAR)
    made(state)

    with pytest.raises(RuleViolation, match=words):
        begin(maker)


def test_without_a_plan_of_last_year_none_begins_from_it(maker, songkhla, songkhla_officer):
    DirectionFactory(fiscal_year=YEAR)
    plan_in(
        PlanState.APPROVED, songkhla, maker=songkhla_officer,
        head=UserFactory(role=Role.PROVINCIAL_HEAD, province=songkhla), fiscal_year=YEAR - 1,
    )  # fmt: skip

    with pytest.raises(RuleViolation, match="ไม่มีแผนปีก่อน"):
        begin(maker, Source.LAST_YEAR)


def test_a_mentor_who_has_left_is_not_responsible_for_the_new_year(made, maker, chiang_mai):
    DirectionFactory(fiscal_year=YEAR)
    left = MentorFactory(
        province=chiang_mai,
        starts_on=date(2020, 1, 1),
        ends_on=date(2021, 1, 1),
        end_reason=next(iter(MentorEnd)),
    )
    stays = MentorFactory(province=chiang_mai)
    former = made(PlanState.APPROVED, fiscal_year=YEAR - 1)
    for mentor in (left, stays):
        PlanLineFactory(plan=former, responsible=mentor)

    plan = begin(maker, Source.LAST_YEAR)

    with open_scope(NATION):
        kept = PlanLine.objects.filter(plan=plan).values_list("responsible", flat=True)
        assert list(kept.order_by("pk")) == [None, None, stays.pk]


def test_a_second_revision_waits_for_the_first(made, maker):
    plan = made(PlanState.APPROVED)
    doing(maker, revise_plan, plan=plan, reason="ปรับกลางปี")

    with pytest.raises(RuleViolation, match="ฉบับใหม่ของปีนี้ที่ยังทำไม่เสร็จ"):
        doing(maker, revise_plan, plan=plan, reason="ปรับกลางปี")


def test_the_plan_of_a_closed_year_is_not_revised(made, maker):
    plan = made(PlanState.APPROVED)
    DirectionFactory(fiscal_year=YEAR, state=DirectionState.CLOSED)

    with pytest.raises(RuleViolation, match="ปิดปีงบประมาณ 2570 แล้ว"):
        doing(maker, revise_plan, plan=plan, reason="ปรับกลางปี")
