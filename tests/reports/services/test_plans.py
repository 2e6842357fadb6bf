"""State × action × role, and what each step refuses, tells and leaves behind."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from reports.enums import Measure, PlanAction, PlanState
from reports.models import Plan, PlanComment, PlanLine, PlanStep
from reports.plan_moves import MOVES, state_after
from reports.services.plan_editions import revise_plan
from reports.services.plan_lines import TypedLine, answer_comment, type_cells
from reports.services.plan_replacing import replace_former
from reports.services.plan_steps import take_step
from reports.services.plans import (
    Remark,
    agree_to_plan,
    cancel_plan,
    propose_plan,
    return_plan_to_makers,
    send_plan,
    take_back_plan,
)
from tests.factories import ActingHeadFactory, UserFactory
from tests.factories.plans import (
    CeilingFactory,
    DirectionFactory,
    PlanFactory,
    PlanLineFactory,
    PlanProofFactory,
    StandingProjectFactory,
)
from volunteer_network.access.roles import Capability, Role
from volunteer_network.access.scope import NATION, Scope, ScopeRole, open_scope
from volunteer_network.enums import Category
from volunteer_network.errors import RuleViolation
from volunteer_network.models import AuditEvent, Notice

SERVICES = {
    PlanAction.PROPOSE: lambda plan, by: propose_plan(plan=plan, by=by),
    PlanAction.TAKE_BACK: lambda plan, by: take_back_plan(plan=plan, by=by),
    PlanAction.AGREE: lambda plan, by: agree_to_plan(plan=plan, by=by),
    PlanAction.RETURN_BY_HEAD: lambda plan, by: return_plan_to_makers(
        plan=plan, reason="ตัวเลขไม่ตรง", by=by
    ),
    PlanAction.SEND: lambda plan, by: send_plan(plan=plan, by=by),
    PlanAction.CANCEL: lambda plan, by: cancel_plan(plan=plan, reason="ทำซ้ำ", by=by),
    PlanAction.REVISE: lambda plan, by: revise_plan(plan=plan, reason="ปรับกลางปี", by=by),
    PlanAction.WRITE: lambda plan, by: type_cells(
        plan=plan,
        typed=TypedLine(_line_of(plan).pk, _line_of(plan).version, {"target_1": 11}),
        by=by,
    ),
}
WAYS = {  # what has happened to a plan that is in a state
    PlanState.PROPOSED: ("proposed",),
    PlanState.AGREED: ("proposed", "agreed"),
    PlanState.SENT: ("proposed", "agreed", "sent"),
    PlanState.APPROVED: ("proposed", "agreed", "sent", "approved"),
    PlanState.REPLACED: ("proposed", "agreed", "sent", "approved"),
    PlanState.RETURNED: ("proposed", "returned"),
}


def _changing(**values):
    def arrange(plan):
        with open_scope(Scope(ScopeRole.PROVINCE, (plan.province_id,))):
            PlanLine.objects.filter(plan=plan).update(**values)

    return arrange


def _emptied(plan):
    with open_scope(Scope(ScopeRole.PROVINCE, (plan.province_id,))):
        PlanLine.objects.filter(plan=plan).delete()


def _line_of(plan):
    return PlanLine.objects.select_related("plan", "province").get(plan=plan)


def plan_in(state, province, *, maker, head, **details):
    """A plan of one line that has come to a state."""
    who = {"agreed": head, "sent": head, "returned": head, "approved": head}
    steps = {}
    for step in WAYS.get(state, ()):
        # An hour ago: history is stamped with the beginning of a test's one transaction.
        at = timezone.now() - timedelta(hours=1)
        steps |= {f"{step}_by": who.get(step, maker), f"{step}_at": at}
    if state == PlanState.RETURNED:
        steps["returned_because"] = "ตัวเลขไม่ตรง"
    plan = PlanFactory(province=province, state=state, made_by=maker, **steps, **details)
    PlanLineFactory(plan=plan)
    return plan


@pytest.fixture
def made(chiang_mai, maker, head):
    return lambda state=PlanState.DRAFT, **details: plan_in(
        state, chiang_mai, maker=maker, head=head, **details
    )


def doing(action, plan, by):
    with open_scope(by.scope):
        return SERVICES[action](plan, by)


@pytest.mark.parametrize("state", PlanState)
@pytest.mark.parametrize("action", SERVICES)
def test_each_action_leads_from_each_state_where_the_table_says(
    action, state, made, maker, head, everywhere
):
    plan = made(state)
    by = head if MOVES[action].capability == Capability.AGREE_PLANS else maker
    after = state_after(action, state)

    if after is None:
        with pytest.raises(RuleViolation, match="จึง"):
            doing(action, plan, by)
    else:
        doing(action, plan, by)

    with everywhere():
        plan.refresh_from_db()
        steps = PlanStep.objects.filter(plan=plan).values_list("action", "state", "by")
        written = [] if after is None or action == PlanAction.WRITE else [(action, after, by.pk)]
        assert plan.state == (after or state)
        assert list(steps) == written


def test_a_step_leaves_who_when_why_and_an_entry_in_the_audit(made, head, everywhere):
    plan = doing(PlanAction.RETURN_BY_HEAD, made(PlanState.PROPOSED), head)

    with everywhere():
        step = PlanStep.objects.get(plan=plan)
        assert (plan.returned_by, plan.returned_because, step.reason) == (
            head, "ตัวเลขไม่ตรง", "ตัวเลขไม่ตรง",
        )  # fmt: skip
        assert AuditEvent.objects.filter(verb="plan.return_by_head", actor=head.pk).exists()


@pytest.mark.parametrize("action", [one for one in SERVICES if MOVES[one].wants_reason])
def test_a_step_that_wants_a_reason_is_refused_without_one(action, made, maker, head):
    state = next(iter(sorted(MOVES[action].sources)))
    plan = made(state)
    service = {
        PlanAction.RETURN_BY_HEAD: return_plan_to_makers,
        PlanAction.CANCEL: cancel_plan,
        PlanAction.REVISE: revise_plan,
    }[action]
    by = head if action == PlanAction.RETURN_BY_HEAD else maker

    with open_scope(by.scope), pytest.raises(RuleViolation, match="เหตุผล"):
        service(plan=plan, reason="  ", by=by)


def test_whoever_proposed_does_not_agree(made, head, everywhere):
    plan = made(PlanState.DRAFT)
    doing(PlanAction.PROPOSE, plan, head)

    with pytest.raises(RuleViolation, match="ของตนเอง"):
        doing(PlanAction.AGREE, plan, head)

    with everywhere():
        assert Plan.objects.get(pk=plan.pk).state == PlanState.PROPOSED


def test_an_acting_head_agrees_but_not_to_an_own_proposal(made, chiang_mai, everywhere):
    acting = UserFactory(province=chiang_mai, role=Role.MENTOR)
    today = timezone.localdate()
    ActingHeadFactory(user=acting, starts_on=today, ends_on=today)
    assert acting.can(Capability.AGREE_PLANS)

    assert doing(PlanAction.AGREE, made(PlanState.PROPOSED), acting).state == PlanState.AGREED
    own = plan_in(PlanState.PROPOSED, chiang_mai, maker=acting, head=acting, fiscal_year=2571)
    with pytest.raises(RuleViolation, match="ของตนเอง"):
        doing(PlanAction.AGREE, own, acting)


@pytest.mark.parametrize(
    ("arrange", "words"),
    [
        (_emptied, "ยังไม่มีงาน"),
        (_changing(target=99), "ไม่เท่าเป้าหมาย"),
        (lambda plan: StandingProjectFactory(required=True), "ทุกจังหวัดต้องมี"),
        (lambda plan: CeilingFactory(amount=Decimal(39_000)), "เกินเพดาน 1,000 บาท"),
    ],
)
def test_an_unfinished_plan_is_not_proposed(arrange, words, made, maker):
    plan = made()
    arrange(plan)

    with pytest.raises(RuleViolation, match=words):
        doing(PlanAction.PROPOSE, plan, maker)


def test_a_plan_over_its_ceiling_goes_with_a_reason(made, maker):
    plan = made()
    CeilingFactory(amount=Decimal(39_000))

    with open_scope(maker.scope):
        proposed = propose_plan(plan=plan, reason="เพิ่มตำบลใหม่ 2 แห่ง", by=maker)

        assert PlanStep.objects.get(plan=proposed).reason == "เพิ่มตำบลใหม่ 2 แห่ง"


def test_the_line_of_a_required_project_is_enough(made, maker):
    plan = made()
    project = StandingProjectFactory(required=True, direction=DirectionFactory())
    PlanLineFactory(plan=plan, standing=project)

    assert doing(PlanAction.PROPOSE, plan, maker).state == PlanState.PROPOSED


def returned(made, head, *lines):
    plan = made(PlanState.PROPOSED)
    lines = [PlanLineFactory(plan=plan) for _ in range(2)]
    with open_scope(head.scope):
        return_plan_to_makers(
            plan=plan, reason="แก้ 1 งาน", remarks=[Remark(lines[0], "ต่ำกว่าปีก่อน", "target")], by=head
        )
    return plan, lines


def test_a_returned_plan_comes_again_when_each_remark_was_answered(made, maker, head):
    plan, (asked, _other) = returned(made, head)
    with pytest.raises(RuleViolation, match="ยังไม่ได้แก้หรือตอบ"):
        doing(PlanAction.PROPOSE, plan, maker)

    with open_scope(maker.scope):
        answer_comment(line=asked, text="พื้นที่เดิมปิดไป 2 แห่ง", by=maker)
    doing(PlanAction.PROPOSE, plan, maker)

    with open_scope(maker.scope):
        assert not PlanComment.objects.filter(returns=True, settled_at__isnull=True).exists()


def test_a_returned_plan_comes_again_when_the_line_was_changed(made, maker, head):
    plan, (asked, _other) = returned(made, head)

    with open_scope(maker.scope):
        type_cells(plan=plan, typed=TypedLine(asked.pk, asked.version, {"target_1": 12}), by=maker)
    again = doing(PlanAction.PROPOSE, plan, maker)

    assert again.state == PlanState.PROPOSED


@pytest.mark.parametrize(
    ("action", "state"),
    [
        (PlanAction.PROPOSE, PlanState.DRAFT),
        (PlanAction.AGREE, PlanState.PROPOSED),
        (PlanAction.SEND, PlanState.AGREED),
        (PlanAction.RETURN_BY_HEAD, PlanState.PROPOSED),
    ],
)
def test_those_whose_turn_it_is_are_told(
    action, state, made, maker, head, central_officer, everywhere
):
    by = maker if action == PlanAction.PROPOSE else head
    told = {PlanAction.PROPOSE: head, PlanAction.SEND: central_officer}.get(action, maker)

    doing(action, made(state), by)

    with everywhere():
        assert list(Notice.objects.values_list("recipient", flat=True)) == [told.pk]


def test_a_revision_copies_lines_and_proofs_and_the_former_holds(made, maker, everywhere):
    plan = made(PlanState.APPROVED)
    _changing(measure=Measure.PEOPLE)(plan)
    with everywhere():
        line = _line_of(plan)
    PlanProofFactory(line=line, category=Category.INFORMAL_WORKERS)

    revised = doing(PlanAction.REVISE, plan, maker)

    with everywhere():
        copy = _line_of(revised)
        plan.refresh_from_db()
        assert (revised.edition, revised.state, revised.change_note) == (2, "draft", "ปรับกลางปี")
        assert (copy.lineage, copy.targets, copy.measure) == (line.lineage, line.targets, "people")
        assert [proof.category for proof in copy.proofs.all()] == [Category.INFORMAL_WORKERS]
        assert plan.state == PlanState.APPROVED
    with pytest.raises(RuleViolation, match="ยังทำไม่เสร็จ"):
        doing(PlanAction.REVISE, plan, maker)


def test_the_former_edition_is_replaced_when_the_next_is_approved(made, maker, head, everywhere):
    former = made(PlanState.APPROVED)
    made_next = made(PlanState.SENT, edition=2)

    with open_scope(NATION):
        plan = Plan.objects.select_for_update(of=("self",)).get(pk=made_next.pk)
        replace_former(plan, by=head)
        take_step(plan, PlanAction.APPROVE, by=head)

    with everywhere():
        former.refresh_from_db()
        assert (former.state, plan.state) == (PlanState.REPLACED, PlanState.APPROVED)
