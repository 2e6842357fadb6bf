"""What the upkeep of the roll-ups costs those who log activities.

Two clones of the country, one of them without the trigger that adds delta rows. Writers are
processes of their own; while they write, the deltas of the block before are folded, as beat does.
"""

import multiprocessing
import os
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection

from tests.bench import databases
from tests.bench.report import Report
from tests.bench.writer import insert_when_told
from tests.databases import clone, owner, use
from volunteer_network.services.figures import fold_figures

ROWS_ALONE, ROWS_EACH, WRITERS = 150, 150, 8
BLOCKS = 15  # about a second each: in life a fold comes once a minute, here once a block


def measure_writes(report: Report) -> None:
    use("postgres")  # nobody may be in a database that is copied
    for name in (databases.WITH_UPKEEP, databases.WITHOUT_UPKEEP):
        clone(databases.COUNTRY, name)
    with owner(databases.WITHOUT_UPKEEP) as connection:
        connection.execute("ALTER TABLE volunteer_network_activity DISABLE TRIGGER activity_added")
    use(databases.WITH_UPKEEP)

    alone = _ratio(writers=1, rows=ROWS_ALONE)
    report.add("inserting an activity with upkeep / without", alone, at_most=1.25)
    together = _ratio(writers=WRITERS, rows=ROWS_EACH)
    report.add(f"speed of {WRITERS} writers with upkeep / without", 1 / together, at_least=0.9)


def _ratio(*, writers: int, rows: int) -> float:
    """The time with upkeep in units of the time without."""
    with (
        Writers(databases.WITH_UPKEEP, writers) as keeping,
        Writers(databases.WITHOUT_UPKEEP, writers) as plain,
    ):
        pairs = []
        for block in range(BLOCKS + 1):
            order = [keeping, plain] if block % 2 else [plain, keeping]
            seconds = {team: team.write(rows) for team in order}
            pairs.append(seconds[keeping] / seconds[plain])
    return statistics.median(pairs[1:])  # the first block warms up


class Writers:
    """Processes that each insert rows into one database when told to."""

    def __init__(self, database: str, number: int) -> None:
        self.database = database
        context = multiprocessing.get_context("spawn")
        self.pipes: list[Connection] = []
        self.processes = []
        os.environ["BENCH_DATABASE"] = database
        for one in range(number):
            ours, theirs = context.Pipe()
            process = context.Process(target=insert_when_told, args=(theirs, one), daemon=True)
            process.start()
            self.pipes.append(ours)
            self.processes.append(process)
        del os.environ["BENCH_DATABASE"]

    def __enter__(self) -> "Writers":
        for pipe in self.pipes:
            pipe.recv()  # ready
        return self

    def __exit__(self, *exc: object) -> None:
        for pipe, process in zip(self.pipes, self.processes, strict=True):
            pipe.send(0)
            process.join()

    def write(self, rows: int) -> float:
        """Let each insert so many rows at the same time; return how many seconds it took."""
        with ThreadPoolExecutor(1) as beside:
            began = time.perf_counter()
            for pipe in self.pipes:
                pipe.send(rows)
            if self.database == databases.WITH_UPKEEP:
                beside.submit(fold_figures).result()
            for pipe in self.pipes:
                pipe.recv()
            return time.perf_counter() - began
