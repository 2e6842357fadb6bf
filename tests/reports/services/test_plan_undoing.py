"""What taking a decision back leaves alone, and what does not stand in its way."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from reports.enums import PlanAction, PlanState, ReturnReason
from reports.models import Plan, PlanComment, PlanLine, PlanStep, QuarterReport
from reports.services.plan_decisions import Question, approve_plan, approve_plans, return_plan
from reports.services.plan_lines import answer_comment
from reports.services.plan_undoing import recent_decisions, undo_decisions
from tests.factories.plans import PlanCommentFactory, PlanFactory
from tests.reports.sending import YEAR, sent_plan
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.errors import RuleViolation
from volunteer_network.models import AuditEvent
from volunteer_network.services.outgoing_mail import TAKEN_BACK_WITHIN


@pytest.fixture
def do(central_officer):
    def do(service, **details):
        with open_scope(central_officer.scope):
            return service(by=central_officer, **details)

    return do


@pytest.fixture
def give_back(do):
    def give_back(plan):
        with open_scope(NATION):
            line = PlanLine.objects.filter(plan=plan).first()
        asked = [Question(line.pk, ReturnReason.TARGET, "ขอเหตุผล")]
        return do(return_plan, plan=plan, version=plan.version, questions=asked)

    return give_back


def state_of(plan):
    with open_scope(NATION):
        return Plan.objects.get(pk=plan.pk).state


def test_only_the_questions_of_this_return_go(plan, do, give_back, central_officer):
    other = sent_plan(51)
    give_back(plan)
    give_back(other)
    remark = PlanCommentFactory(plan=plan, by=central_officer)
    of_the_head = PlanCommentFactory(plan=plan, by=plan.sent_by, returns=True)

    do(undo_decisions, plans=[plan.pk])

    with open_scope(NATION):
        assert set(PlanComment.objects.filter(plan=plan)) == {remark, of_the_head}
        assert PlanComment.objects.filter(plan=other).count() == 1


def test_a_return_that_the_province_has_answered_stays(plan, do, give_back):
    give_back(plan)
    with open_scope(plan.made_by.scope):
        line = PlanLine.objects.filter(plan=plan).first()
        answer_comment(line=line, text="เพิ่มอบรมอีก 2 รุ่น", by=plan.made_by)

    with pytest.raises(RuleViolation, match="จังหวัดเริ่มแก้แผนแล้ว"):
        do(undo_decisions, plans=[plan.pk])

    assert state_of(plan) == PlanState.RETURNED
    with open_scope(NATION):
        assert PlanComment.objects.filter(plan=plan).count() == 2


def test_other_years_and_provinces_do_not_stand_in_the_way(plan, do):
    """Nor an edition that was given up."""
    other = sent_plan(51)
    do(approve_plan, plan=plan, version=plan.version)
    PlanFactory(province=plan.province, fiscal_year=YEAR + 1)
    PlanFactory(province=plan.province, fiscal_year=YEAR, edition=2, state=PlanState.CANCELLED)
    with open_scope(other.made_by.scope):
        QuarterReport.objects.create(
            province=other.province, fiscal_year=YEAR, quarter=1, plan=other,
            prepared_by=other.made_by, prepared_at=other.made_at,
        )  # fmt: skip

    do(undo_decisions, plans=[plan.pk])

    assert state_of(plan) == PlanState.SENT


def test_who_took_it_back_stands_in_the_story_and_in_the_audit(plan, do, central_officer):
    do(approve_plan, plan=plan, version=plan.version)

    do(undo_decisions, plans=[plan.pk])

    with open_scope(NATION):
        step = PlanStep.objects.filter(plan=plan).order_by("at", "pk").last()
        event = AuditEvent.objects.get(verb="plan.undo")
    assert (step.action, step.by, step.state) == (PlanAction.UNDO, central_officer, PlanState.SENT)
    assert (event.actor, event.province_id) == (central_officer.pk, plan.province_id)
    assert event.detail["undone"] == PlanAction.APPROVE


def test_a_group_can_be_taken_back_as_long_as_its_first_decision(do):
    plans = [sent_plan(50), sent_plan(51)]
    do(approve_plans, versions={one.pk: one.version for one in plans})
    with open_scope(NATION):
        steps = PlanStep.objects.filter(action=PlanAction.APPROVE)
        first, last = sorted(steps.values_list("at", flat=True))

    [recent] = do(recent_decisions)

    assert first < last
    assert recent.until == first + TAKEN_BACK_WITHIN


def test_of_two_decisions_the_later_one_is_offered_first(do, give_back):
    earlier, later = sent_plan(50), sent_plan(51)
    do(approve_plan, plan=earlier, version=earlier.version)
    with time_machine.travel(timezone.now() + timedelta(seconds=5), tick=True):
        give_back(later)
        found = do(recent_decisions)

    assert [(one.action, one.plans) for one in found] == [
        (PlanAction.RETURN, [later]),
        (PlanAction.APPROVE, [earlier]),
    ]


def test_an_approval_stays_once_a_newer_edition_was_approved(plan, do):
    do(approve_plan, plan=plan, version=plan.version)
    second = sent_plan(edition=2)
    do(approve_plan, plan=second, version=second.version)

    with pytest.raises(RuleViolation, match="มีฉบับใหม่แทน"):
        do(undo_decisions, plans=[plan.pk])

    assert [state_of(one) for one in (plan, second)] == [PlanState.REPLACED, PlanState.APPROVED]


def test_a_plan_that_nobody_has_decided_on_is_not_taken_back(do, chiang_mai):
    plan = PlanFactory(province=chiang_mai)

    with pytest.raises(RuleViolation, match="ผู้ทำขั้นตอนต่อไปแล้ว"):
        do(undo_decisions, plans=[plan.pk])


def test_what_was_taken_back_is_not_offered_again(plan, do):
    do(approve_plan, plan=plan, version=plan.version)
    do(undo_decisions, plans=[plan.pk])

    assert do(recent_decisions) == []
