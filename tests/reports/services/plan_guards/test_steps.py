"""What a step of a plan looks at before it is taken."""

import pytest

from reports.enums import PlanAction, PlanState
from reports.services.plan_steps import lock_plan, take_step
from reports.services.plans import (
    agree_to_plan,
    cancel_plan,
    return_plan_to_makers,
    send_plan,
    take_back_plan,
)
from tests.factories.issued_documents import IssuedDocumentFactory
from tests.reports.services.plan_guards.plans import doing
from volunteer_network.access.scope import open_scope
from volunteer_network.enums import DocumentState
from volunteer_network.errors import RuleViolation


@pytest.mark.parametrize(
    ("service", "state", "details"),
    [
        (agree_to_plan, PlanState.PROPOSED, {}),
        (send_plan, PlanState.AGREED, {}),
        (return_plan_to_makers, PlanState.PROPOSED, {"reason": "ตัวเลขไม่ตรง"}),
    ],
)
def test_the_head_decides_on_what_the_page_showed(service, state, details, made, head):
    plan = made(state)

    with pytest.raises(RuleViolation, match="เสนอใหม่หลังจากที่เปิดหน้า"):
        doing(head, service, plan=plan, version=plan.version - 1, **details)
    assert doing(head, service, plan=plan, version=plan.version, **details).version > plan.version


@pytest.mark.parametrize(
    ("service", "state", "details"),
    [
        (take_back_plan, PlanState.PROPOSED, {}),
        (return_plan_to_makers, PlanState.AGREED, {"reason": "ตัวเลขไม่ตรง"}),
        (cancel_plan, PlanState.AGREED, {"reason": "ทำซ้ำ"}),
        (agree_to_plan, PlanState.PROPOSED, {}),
        (send_plan, PlanState.AGREED, {}),
    ],
)
def test_a_step_back_recalls_the_printed_paper_and_a_step_on_does_not(
    service, state, details, made, maker, head
):
    plan = made(state)
    paper = IssuedDocumentFactory(fiscal_year=plan.fiscal_year, edition=plan.edition)
    by = maker if service is take_back_plan else head

    doing(by, service, plan=plan, **details)

    back = service not in {agree_to_plan, send_plan}
    paper.refresh_from_db()
    assert (paper.state == DocumentState.RECALLED) == back


def test_taking_back_forgets_who_proposed(made, maker):
    draft = doing(maker, take_back_plan, plan=made(PlanState.PROPOSED))

    assert (draft.proposed_by, draft.proposed_at) == (None, None)


def test_a_return_by_the_head_forgets_that_the_head_had_agreed(made, head):
    back = doing(head, return_plan_to_makers, plan=made(PlanState.AGREED), reason="ตัวเลขไม่ตรง")

    assert (back.agreed_by, back.agreed_at) == (None, None)


def test_a_step_itself_looks_at_the_table_of_moves(made, maker):
    plan = made(PlanState.SENT)

    with open_scope(maker.scope), pytest.raises(RuleViolation, match="ส่งส่วนกลาง"):
        take_step(lock_plan(plan.pk, by=maker), PlanAction.PROPOSE, by=maker)
