"""Every state of a case has an owner, a date and a way on; every move is the right side's only."""

import pytest
from django.utils import timezone

from tests.factories import CaseFactory, UserFactory
from volunteer_network.access.roles import CAPABILITIES, Capability, Role
from volunteer_network.access.scope import open_scope
from volunteer_network.case_steps import (
    DAYS_TO_FINISH,
    FINISHED,
    OWNER,
    STEPS,
    WITH_KEEPER,
    WITH_OFFICE,
    Side,
)
from volunteer_network.enums import (
    AGENCY_OF_CATEGORY,
    CaseAction,
    CaseOutcome,
    CaseState,
    Category,
    DeclineReason,
)
from volunteer_network.errors import RuleViolation
from volunteer_network.models import Case, CaseEvent, Office
from volunteer_network.services import cases

# What each move wants beside the case, its version and who does it.
DETAILS = {
    CaseAction.REFER: {"text": ""},
    CaseAction.ACCEPT: {},
    CaseAction.DECLINE: {"reason": DeclineReason.WRONG_OFFICE, "text": ""},
    CaseAction.PROGRESS: {"text": "โทรนัดแล้ว"},
    CaseAction.CLOSE: {"outcome": CaseOutcome.SERVED, "text": "ได้งานแล้ว"},
    CaseAction.TELL: {"text": ""},
    CaseAction.WITHDRAW: {"text": "ตกลงกันเองแล้ว"},
    CaseAction.REOPEN: {"text": "นายจ้างผิดนัด"},
}
SERVICES = {
    CaseAction.REFER: cases.refer_case,
    CaseAction.ACCEPT: cases.accept_case,
    CaseAction.DECLINE: cases.decline_case,
    CaseAction.PROGRESS: cases.note_progress,
    CaseAction.CLOSE: cases.close_case,
    CaseAction.TELL: cases.tell_volunteer,
    CaseAction.WITHDRAW: cases.withdraw_case,
    CaseAction.REOPEN: cases.reopen_case,
}
EVERYTHING = [(state, action) for state in CaseState for action in STEPS]


@pytest.fixture
def mentor(chiang_mai):
    return UserFactory(province=chiang_mai)


@pytest.fixture
def officer(chiang_mai):
    """Of the employment office, where the factory's cases are."""
    office = Office.objects.get(province=chiang_mai, agency="DOE")
    return UserFactory(role=Role.PARTNER_OFFICER, province=chiang_mai, office=office)


def do(action, case, *, by):
    details = dict(DETAILS[action])
    if action is CaseAction.REFER:
        details["office"] = Office.objects.get(province=case.province_id, agency="OPS")
    with open_scope(by.scope):
        return SERVICES[action](case=case, version=case.version, by=by, **details)


def test_every_state_has_an_owner():
    assert OWNER.keys() == set(CaseState)
    assert set(CaseState) == WITH_KEEPER | WITH_OFFICE | FINISHED
    for state in CaseState:
        assert (OWNER[state] is Side.OFFICE) == (state in WITH_OFFICE)


def test_every_state_can_be_reached_and_left():
    """Also a finished one: what was ended by mistake is opened again."""
    reached = {CaseState.OPENED, *(step.after for step in STEPS.values())}
    left = {state for step in STEPS.values() for state in step.before}

    assert reached == left == set(CaseState)


def test_whoever_owns_a_case_can_move_it_on():
    for state in CaseState:
        if state not in FINISHED:
            assert [
                1 for step in STEPS.values() if state in step.before and step.side is OWNER[state]
            ]


def test_each_side_has_roles_that_can_act():
    for step in STEPS.values():
        assert [role for role in Role if step.needs in CAPABILITIES[role]]
    assert Capability.REFER_CASES not in CAPABILITIES[Role.PARTNER_OFFICER]


def test_every_topic_has_days_and_an_agency():
    assert AGENCY_OF_CATEGORY.keys() >= DAYS_TO_FINISH.keys()
    assert set(Category) - DAYS_TO_FINISH.keys() == {
        Category.PUBLIC_INFORMATION,
        Category.LABOUR_DATA,
        Category.PUBLIC_BENEFIT,
    }


@pytest.mark.parametrize(("state", "action"), EVERYTHING)
def test_a_move_is_made_from_its_states_by_its_side_alone(
    state, action, mentor, officer, everywhere
):
    """Every state × move × side: it goes through with an owner and a date, or is refused in words
    and leaves everything as it was."""
    step = STEPS[action]
    people = {Side.KEEPER: mentor, Side.OFFICE: officer}
    for side, by in people.items():
        case = CaseFactory(state=state, opened_by=mentor)
        if side is Side.OFFICE and state is CaseState.OPENED:
            continue  # with no office yet, it exists for none
        allowed = state in step.before and side is step.side
        if not allowed:
            with pytest.raises(RuleViolation):
                do(action, case, by=by)
            with everywhere():
                assert Case.objects.get(pk=case.pk).state == state
                assert not CaseEvent.objects.filter(case=case).exists()
            continue
        moved = do(action, case, by=by)
        with everywhere():
            moved = Case.objects.get(pk=moved.pk)
            last = CaseEvent.objects.get(case=case)
            assert moved.state == step.after == last.state
            assert moved.owner == (moved.office if OWNER[step.after] is Side.OFFICE else mentor)
            assert moved.due_on == last.due_on
            assert moved.due_on >= timezone.localdate()
            assert (last.action, last.actor) == (action, by)
            assert moved.version == case.version + 1


@pytest.mark.parametrize("state", CaseState)
def test_the_page_offers_what_the_services_allow(state, mentor, officer):
    case = CaseFactory(state=state, opened_by=mentor)

    for side, by in ((Side.KEEPER, mentor), (Side.OFFICE, officer)):
        wanted = [
            action for action, step in STEPS.items() if state in step.before and step.side is side
        ]
        assert case.actions_for(by) == wanted or (
            side is Side.OFFICE and state is CaseState.OPENED and not case.actions_for(by)
        )
