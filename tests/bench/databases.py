"""The databases of a run, made by the owner: an empty one, the demo countries, and clones."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql

from volunteer_network.settings.services import DATABASE
from volunteer_network.startup.places import BASE_DIR, DataDir

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


def clone(original: str, name: str) -> None:
    with owner("postgres") as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(original)
            )
        )


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


@contextmanager
def owner(database: str) -> "Iterator[psycopg.Connection[tuple[object, ...]]]":
    """A connection of the tables' owner, each statement by itself."""
    data = DataDir.from_environment()
    with psycopg.connect(
        host=str(data.sockets()),
        dbname=database,
        user="vn_owner",
        password=data.password("vn_owner"),
        autocommit=True,
    ) as connection:
        yield connection


def use(name: str) -> None:
    """Let Django in this process speak to another database."""
    from django.conf import settings
    from django.db import connections

    connections.close_all()
    settings.DATABASES["default"]["NAME"] = name
    connections["default"].settings_dict["NAME"] = name
