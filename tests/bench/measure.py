"""Arms that take turns, and the median of the ratios of their blocks."""

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

BLOCKS = 7


@dataclass(frozen=True)
class Ratio:
    """How much an arm costs in units of the other, by two clocks."""

    cpu: float  # of this process: the application without the database
    wall: float


@dataclass
class Spent:
    cpu: float = 0.0
    wall: float = 0.0


def compare(
    arm: Callable[[], object], unit: Callable[[], object], *, calls: int, blocks: int = BLOCKS
) -> Ratio:
    """What `arm` costs in units of `unit`: they are called in turn, `calls` times in a block."""
    for _warm in range(5):
        arm(), unit()
    pairs = [_block(arm, unit, calls) for _ in range(blocks)]
    return Ratio(
        cpu=statistics.median(mine.cpu / its.cpu for mine, its in pairs),
        wall=statistics.median(mine.wall / its.wall for mine, its in pairs),
    )


def _block(
    arm: Callable[[], object], unit: Callable[[], object], calls: int
) -> tuple[Spent, Spent]:
    gc.collect()
    mine, its = Spent(), Spent()
    for number in range(calls):
        order = [(arm, mine), (unit, its)]
        for call, spent in order if number % 2 else reversed(order):
            wall, cpu = time.perf_counter(), time.process_time()
            call()
            spent.cpu += time.process_time() - cpu
            spent.wall += time.perf_counter() - wall
    return mine, its
