"""State × action × who may: the one table behind every button of a plan."""

from typing import Final

from reports.enums import UNFINISHED_STATES, WRITABLE_STATES, PlanAction, PlanState
from volunteer_network.access.roles import Capability
from volunteer_network.moves import Move, after

MOVES: Final[dict[PlanAction, Move[PlanState]]] = {
    PlanAction.WRITE: Move(Capability.WRITE_PLANS, WRITABLE_STATES, None),
    PlanAction.PROPOSE: Move(Capability.WRITE_PLANS, WRITABLE_STATES, PlanState.PROPOSED),
    PlanAction.TAKE_BACK: Move(
        Capability.WRITE_PLANS, frozenset({PlanState.PROPOSED}), PlanState.DRAFT
    ),
    PlanAction.AGREE: Move(
        Capability.AGREE_PLANS, frozenset({PlanState.PROPOSED}), PlanState.AGREED
    ),
    PlanAction.RETURN_BY_HEAD: Move(
        Capability.AGREE_PLANS,
        frozenset({PlanState.PROPOSED, PlanState.AGREED}),
        PlanState.RETURNED,
        wants_reason=True,
    ),
    PlanAction.SEND: Move(Capability.AGREE_PLANS, frozenset({PlanState.AGREED}), PlanState.SENT),
    PlanAction.APPROVE: Move(
        Capability.DECIDE_PLANS, frozenset({PlanState.SENT}), PlanState.APPROVED
    ),
    PlanAction.RETURN: Move(
        Capability.DECIDE_PLANS,
        frozenset({PlanState.SENT}),
        PlanState.RETURNED,
        wants_reason=True,
    ),
    # A new edition begins as a draft of its own; the approved one holds until it is approved.
    PlanAction.REVISE: Move(
        Capability.WRITE_PLANS, frozenset({PlanState.APPROVED}), None, wants_reason=True
    ),
    PlanAction.CANCEL: Move(
        Capability.WRITE_PLANS,
        UNFINISHED_STATES - {PlanState.SENT},
        PlanState.CANCELLED,
        wants_reason=True,
    ),
    # Only the centre's own last step, and only for two minutes: see services/plan_undoing.py.
    PlanAction.UNDO: Move(
        Capability.DECIDE_PLANS,
        frozenset({PlanState.APPROVED, PlanState.RETURNED}),
        PlanState.SENT,
    ),
}


def state_after(action: PlanAction, state: PlanState) -> PlanState | None:
    """Where the action leads from a state; None when it is not allowed there."""
    return after(MOVES, action, state)
