"""State × action × who may: the one table behind every button of a month."""

from typing import Final

from mentors.enums import MonthAction, MonthState
from volunteer_network.access.roles import Capability
from volunteer_network.moves import Move, after

MOVES: Final[dict[MonthAction, Move[MonthState]]] = {
    MonthAction.ANSWER: Move(
        Capability.REPORT_MONTHS, frozenset({MonthState.DRAFT, MonthState.RETURNED}), None
    ),
    MonthAction.SEND: Move(
        Capability.REPORT_MONTHS,
        frozenset({MonthState.DRAFT, MonthState.RETURNED}),
        MonthState.SENT,
    ),
    MonthAction.TAKE_BACK: Move(
        Capability.REPORT_MONTHS,
        frozenset({MonthState.SENT, MonthState.CERTIFIED}),
        MonthState.DRAFT,
    ),
    MonthAction.CERTIFY: Move(
        Capability.REPORT_MONTHS, frozenset({MonthState.SENT}), MonthState.CERTIFIED
    ),
    MonthAction.RETURN: Move(
        Capability.REPORT_MONTHS,
        frozenset({MonthState.SENT}),
        MonthState.RETURNED,
        wants_reason=True,
    ),
    MonthAction.APPROVE: Move(
        Capability.APPROVE_MONTHS, frozenset({MonthState.CERTIFIED}), MonthState.APPROVED
    ),
    MonthAction.RETURN_APPROVED: Move(
        Capability.APPROVE_MONTHS,
        frozenset({MonthState.CERTIFIED, MonthState.APPROVED}),
        MonthState.RETURNED,
        wants_reason=True,
    ),
    MonthAction.LOCK: Move(
        Capability.CLOSE_MONTHS, frozenset({MonthState.APPROVED}), MonthState.LOCKED
    ),
    MonthAction.REOPEN: Move(
        Capability.CLOSE_MONTHS,
        frozenset({MonthState.LOCKED}),
        MonthState.APPROVED,
        wants_reason=True,
    ),
}


def state_after(action: MonthAction, state: MonthState) -> MonthState | None:
    """Where the action leads from a state; None when it is not allowed there."""
    return after(MOVES, action, state)
