"""The kept database of the tests is the one that the migrations make today."""

import re
from pathlib import Path

import grimp
import pytest
from django.core.management import call_command

from tests.architecture.sources import APPS, name_of
from tests.databases import cloned, used
from tests.kept_database import deciding_files, dump, kept_file, run
from volunteer_network.access.owner import as_owner


def test_whatever_models_and_migrations_import_decides_whether_it_is_kept():
    graph = grimp.build_graph(*APPS, exclude_type_checking_imports=True, cache_dir=None)
    lowest = {one for one in graph.modules if {"models", "migrations"} & set(one.split("."))}
    below = set().union(*map(graph.find_upstream_modules, lowest))
    deciding = {name_of(path) for path in deciding_files()}

    forgotten = {one for one in lowest | below if not set(files_of(one)) & deciding}

    assert lowest
    assert forgotten == set()


def files_of(module: str) -> tuple[str, str]:
    path = module.replace(".", "/")
    return f"{path}.py", f"{path}/__init__.py"


@pytest.mark.long
def test_what_is_kept_is_what_the_migrations_make(committed, django_db_blocker, tmp_path):
    now = tmp_path / "now.dump"
    with cloned("template1", f"{committed}_now") as made:
        with used(made), django_db_blocker.unblock(), as_owner():
            call_command("migrate", verbosity=0)
        dump(made, now)

    assert tables_in(kept_file()) == tables_in(now)


def tables_in(dumped: Path) -> list[list[str]]:
    """Every table, constraint, trigger and right, as SQL; a migration writes sets in any order."""
    sql = run("pg_restore", "--schema-only", "--restrict-key=none", "--file=-", dumped)
    return [sorted(re.findall(r"\w+", line)) for line in sql.splitlines()]
