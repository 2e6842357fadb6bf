"""What lies on the centre's table in the demo country: most plans are like last year's."""

from enum import Enum, auto
from random import Random
from typing import Final


class Kind(Enum):
    """What sets a plan that was sent apart from last year's."""

    ALIKE = auto()
    OVER_CEILING = auto()
    LESS_FOR_MORE = auto()
    QUARTERS = auto()
    MISSING = auto()
    CHANGED = auto()


# Of the plans that wait, in turn.
ON_THE_TABLE: Final = (
    *(Kind.ALIKE, Kind.ALIKE, Kind.OVER_CEILING, Kind.ALIKE, Kind.LESS_FOR_MORE, Kind.ALIKE),
    *(Kind.ALIKE, Kind.QUARTERS, Kind.ALIKE, Kind.OVER_CEILING, Kind.ALIKE, Kind.MISSING),
    *(Kind.ALIKE, Kind.LESS_FOR_MORE, Kind.ALIKE, Kind.CHANGED, Kind.OVER_CEILING),
)
MORE_MONEY: Final = "1.04"  # than last year, for whoever plans alike
LEFT_OUT: Final = 2  # the place of the required work that one of them forgets
_MUCH_MORE, _LESS = 1.3, 0.8
_ALIKE_AT_MOST = 1.06


def targets_on_the_table(kind: Kind, place: int, before: list[int], chance: Random) -> list[int]:
    """This year's quarters of a line from last year's; `place` is the line's, from 1."""
    if kind is Kind.CHANGED:
        factor = _MUCH_MORE
    elif kind is Kind.LESS_FOR_MORE and place == 1:
        factor = _LESS
    else:
        factor = chance.uniform(1, _ALIKE_AT_MOST)
    return [int(one * factor) for one in before]
