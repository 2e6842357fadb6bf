"""State × action × who may: the one table behind every button of a plan."""

from dataclasses import dataclass
from typing import Final

from reports.enums import UNFINISHED_STATES, WRITABLE_STATES, PlanAction, PlanState
from volunteer_network.access.roles import Capability


@dataclass(frozen=True)
class Move:
    """From which states an action leads where, and which capability it needs.

    `to` is None where the state stays. An action that `wants_reason` is refused without one.
    """

    capability: Capability
    sources: frozenset[PlanState]
    to: PlanState | None
    wants_reason: bool = False


MOVES: Final[dict[PlanAction, Move]] = {
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
    move = MOVES[action]
    if state not in move.sources:
        return None
    return move.to or state
