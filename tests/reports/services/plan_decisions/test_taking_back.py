"""A decision taken back: within two minutes, to the last field."""

import pytest
import time_machine
from django.utils import timezone

from reports.enums import PlanAction, PlanState
from reports.models import Plan, PlanComment, PlanLine
from reports.services.plan_decisions import approve_plan, approve_plans
from reports.services.plan_undoing import recent_decisions, undo_decisions
from tests.factories import UserFactory
from tests.factories.plans import PlanFactory
from tests.reports.sending import sent_plan, step
from tests.reports.services.plan_decisions.deciding import LATER, do, fresh, give_back, lines_of
from volunteer_network.access.roles import Role
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.errors import RuleViolation

pytestmark = pytest.mark.django_db


def fields_of(plan):
    """All that is written of a plan, without the number that only ever grows."""
    with open_scope(NATION):
        return Plan.objects.filter(pk=plan.pk).values().get() | {"version": None}


def test_an_approval_is_taken_back_to_the_last_field(plan, central_officer):
    before = fields_of(plan)
    do(approve_plan, plan=plan, version=plan.version, by=central_officer)

    do(undo_decisions, plans=[plan.pk], by=central_officer)

    assert fields_of(plan) == before
    assert fresh(plan).version > plan.version


def test_a_return_is_taken_back_to_the_last_field_and_its_questions_go(plan, central_officer):
    before = fields_of(plan)
    give_back(plan, by=central_officer)

    do(undo_decisions, plans=[plan.pk], by=central_officer)

    assert fields_of(plan) == before
    with open_scope(NATION):
        assert not PlanComment.objects.filter(plan=plan).exists()


def test_a_second_return_taken_back_keeps_the_first_and_its_question(plan, central_officer):
    give_back(plan, by=central_officer, text="ครั้งแรก")
    for action, who in (
        (PlanAction.PROPOSE, plan.made_by),
        (PlanAction.AGREE, plan.sent_by),
        (PlanAction.SEND, plan.sent_by),
    ):
        step(plan, action, by=who)
    before = fields_of(plan)
    assert before["returned_because"]
    give_back(plan, by=central_officer, text="ครั้งที่สอง")

    do(undo_decisions, plans=[plan.pk], by=central_officer)

    assert fields_of(plan) == before
    with open_scope(NATION):
        assert [one.text for one in PlanComment.objects.filter(plan=plan)] == ["ครั้งแรก"]


def test_the_edition_before_holds_again(plan, central_officer):
    do(approve_plan, plan=plan, version=plan.version, by=central_officer)
    second = sent_plan(edition=2)
    do(approve_plan, plan=second, version=second.version, by=central_officer)

    do(undo_decisions, plans=[second.pk], by=central_officer)

    assert [fresh(one).state for one in (plan, second)] == [PlanState.APPROVED, PlanState.SENT]


def test_a_group_is_taken_back_as_one(central_officer):
    plans = [sent_plan(50), sent_plan(51)]
    versions = {one.pk: one.version for one in plans}
    do(approve_plans, versions=versions, by=central_officer)
    [recent] = do(recent_decisions, by=central_officer)

    do(undo_decisions, plans=[one.pk for one in recent.plans], by=central_officer)

    assert {fresh(one).state for one in plans} == {PlanState.SENT}
    assert do(recent_decisions, by=central_officer) == []


def test_one_that_cannot_be_taken_back_keeps_the_others_as_they_are(central_officer):
    good, gone = sent_plan(50), sent_plan(51)
    versions = {good.pk: good.version, gone.pk: gone.version}
    do(approve_plans, versions=versions, by=central_officer)
    PlanFactory(province=gone.province, fiscal_year=gone.fiscal_year, edition=2)

    with pytest.raises(RuleViolation, match="จังหวัดเริ่มแก้แผนแล้ว"):
        do(undo_decisions, plans=[good.pk, gone.pk], by=central_officer)

    assert {fresh(one).state for one in (good, gone)} == {PlanState.APPROVED}


def test_two_minutes_and_no_longer(plan, central_officer):
    do(approve_plan, plan=plan, version=plan.version, by=central_officer)

    with time_machine.travel(timezone.now() + LATER, tick=True):
        assert do(recent_decisions, by=central_officer) == []
        with pytest.raises(RuleViolation, match="2 นาที"):
            do(undo_decisions, plans=[plan.pk], by=central_officer)

    assert fresh(plan).state == PlanState.APPROVED


def test_what_was_read_before_a_decision_was_taken_back_is_read_again(plan, central_officer):
    do(approve_plan, plan=plan, version=plan.version, by=central_officer)
    approved = fresh(plan).version
    do(undo_decisions, plans=[plan.pk], by=central_officer)

    assert plan.version < approved < fresh(plan).version
    with pytest.raises(RuleViolation, match="แผนเปลี่ยนหลังจากที่เปิดหน้านี้"):
        do(approve_plan, plan=plan, version=approved, by=central_officer)
    with pytest.raises(RuleViolation, match="ผู้ทำขั้นตอนต่อไปแล้ว"):
        do(undo_decisions, plans=[plan.pk], by=central_officer)


def test_taking_nothing_back_is_told(central_officer):
    with pytest.raises(RuleViolation, match="ไม่มีแผนที่เรียกคืนได้"):
        do(undo_decisions, plans=[], by=central_officer)


def test_only_the_own_decision_is_taken_back(plan, central_officer):
    colleague = UserFactory(role=Role.CENTRAL_OFFICER, province=None)
    do(approve_plan, plan=plan, version=plan.version, by=colleague)

    assert do(recent_decisions, by=central_officer) == []
    with pytest.raises(RuleViolation, match="ขั้นตอนต่อไปแล้ว"):
        do(undo_decisions, plans=[plan.pk], by=central_officer)


def test_a_head_s_return_is_not_the_centre_s_to_take_back(chiang_mai, central_officer):
    plan = sent_plan()
    with open_scope(NATION):
        Plan.objects.filter(pk=plan.pk).update(state=PlanState.PROPOSED)
    step(plan, PlanAction.RETURN_BY_HEAD, by=plan.sent_by, reason="แก้ก่อน")

    with pytest.raises(RuleViolation, match="ขั้นตอนต่อไปแล้ว"):
        do(undo_decisions, plans=[plan.pk], by=central_officer)


@pytest.mark.parametrize("how", ["changed", "removed", "added"])
def test_a_return_stays_once_the_province_works_on_it(plan, central_officer, how):
    give_back(plan, by=central_officer)
    first = lines_of(plan)[0]
    with open_scope(plan.made_by.scope):
        own = PlanLine.objects.filter(plan=plan)
        if how == "changed":
            own.filter(pk=first.pk).update(target=9, version=2)
        elif how == "removed":
            own.exclude(pk=first.pk).delete()
        else:
            copy = own.get(pk=first.pk)
            copy.pk, copy.lineage = None, own.model._meta.get_field("lineage").get_default()
            copy.save()

    with pytest.raises(RuleViolation, match="จังหวัดเริ่มแก้แผนแล้ว"):
        do(undo_decisions, plans=[plan.pk], by=central_officer)

    assert fresh(plan).state == PlanState.RETURNED
