"""State × action × who may, as a table: what the months and the plans have in common."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from volunteer_network.access.roles import Capability

State = TypeVar("State", bound=str)
Doing = TypeVar("Doing", bound=str)


@dataclass(frozen=True)
class Move(Generic[State]):
    """From which states an action leads where, and which capability it needs.

    `to` is None where the state stays. An action that `wants_reason` is refused without one.
    """

    capability: Capability
    sources: frozenset[State]
    to: State | None
    wants_reason: bool = False


def after(moves: Mapping[Doing, Move[State]], action: Doing, state: State) -> State | None:
    """Where the action leads from a state; None when it is not allowed there."""
    move = moves[action]
    if state not in move.sources:
        return None
    return move.to or state
