"""The databases of a run, made by the owner: an empty one, the demo countries, and clones."""

import os
import subprocess
import sys

from tests.databases import clone, owner
from volunteer_network.settings.services import DATABASE
from volunteer_network.startup.places import BASE_DIR

COUNTRY = DATABASE  # what everything else uses as well
LARGE_COUNTRY = "bench_million"
WITH_UPKEEP, WITHOUT_UPKEEP = "bench_with_upkeep", "bench_without_upkeep"
ACTIVITIES = {COUNTRY: 50_000, LARGE_COUNTRY: 1_000_000}


def make_countries(names: list[str]) -> None:
    """Prepare an empty database, copy it, and fill the copies that are asked for."""
    manage(COUNTRY, "collectstatic", "--noinput", "--verbosity", "0")
    manage(COUNTRY, "prepare", "--verbosity", "0")
    for name in names:
        if name != COUNTRY:
            clone(COUNTRY, name)
    for name in names:
        manage(name, "seed_demo", "--activities", str(ACTIVITIES[name]))
        with owner(name) as connection:
            connection.execute("VACUUM ANALYZE")


def manage(database: str, *command: str) -> None:
    """Run one of Django's commands on a database, quietly unless it fails."""
    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=BASE_DIR,
        env={**os.environ, "BENCH_DATABASE": database},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"manage.py {' '.join(command)} failed:\n{done.stdout}{done.stderr}")
