"""Measures everything, or the parts named; PARTS has their names."""

import os
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from tests.bench import databases
from tests.bench.report import Report
from volunteer_network.startup.parts import Parts
from volunteer_network.startup.places import DataDir
from volunteer_network.startup.run import leave_on_signals
from volunteer_network.startup.services import services

# Those that take the country as it was seeded come first; the others leave seminars of 5,000
# people in it.
PARTS = (
    *("frame", "form", "memory", "dashboard", "depth", "documents"),
    *("search", "writes", "seminars", "door", "imports"),
)
WITH_A_MILLION = {"dashboard", "depth"}


def main() -> None:
    """Make servers and countries of our own below DATA_DIR, measure, and leave nothing behind."""
    leave_on_signals()
    wanted = sys.argv[1:] or PARTS
    base = DataDir.from_environment().path / "bench"
    base.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=base, ignore_cleanup_errors=True) as folder:
        data = DataDir(Path(folder))
        os.environ["DATA_DIR"] = str(data.path)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")
        for elsewhere in ("DATABASE_URL", "APP_DATABASE_URL", "REDIS_URL"):
            os.environ.pop(elsewhere, None)
        with services(data) as parts:
            large = [databases.LARGE_COUNTRY] if WITH_A_MILLION & set(wanted) else []
            databases.make_countries([databases.COUNTRY, *large])
            measure(wanted, parts)


def measure(wanted: "tuple[str, ...] | list[str]", parts: Parts) -> None:
    """Run the parts on databases that are ready, and say at the end what was missed."""
    import django

    django.setup()
    from tests.bench.dashboard import measure_dashboard
    from tests.bench.documents import measure_documents
    from tests.bench.door import measure_door
    from tests.bench.imports import measure_imports
    from tests.bench.memory import measure_memory
    from tests.bench.pages import measure_depth, measure_form, measure_frame
    from tests.bench.search import measure_search
    from tests.bench.seminars import measure_seminars
    from tests.bench.writes import measure_writes

    report = Report()
    measures = {
        "frame": lambda: measure_frame(report),
        "form": lambda: measure_form(report),
        "memory": lambda: measure_memory(report, parts),
        "writes": lambda: measure_writes(report),
        "search": lambda: measure_search(report),
        "seminars": lambda: measure_seminars(report),
        "door": lambda: measure_door(report, parts),
        "documents": lambda: measure_documents(report, parts),
        "imports": lambda: measure_imports(report),
        "dashboard": lambda: measure_dashboard(report, parts),
        "depth": lambda: measure_depth(report),
    }
    for part in PARTS:
        if part in wanted:
            measures[part]()
    report.conclude()


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        main()
