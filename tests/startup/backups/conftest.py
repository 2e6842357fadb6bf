"""A small country in a folder of its own, and how to look at all that it holds."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from volunteer_network.startup.environment import owner_conninfo
from volunteer_network.startup.places import BASE_DIR, DataDir
from volunteer_network.startup.services import services

WITHOUT = {"DATA_DIR", "DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE"}
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
ADD_PHOTO = """
INSERT INTO volunteer_network_storedfile
    (province_id, name, content_type, size, uploaded_by_id, uploaded_at)
SELECT 50, %s, 'image/jpeg', %s, min(id), now() FROM volunteer_network_user
"""
ADD_ACTIVITY = """
INSERT INTO volunteer_network_activity ({columns})
SELECT {columns} FROM volunteer_network_activity WHERE id = %s
"""
COLUMNS = """
SELECT string_agg(quote_ident(column_name), ', ') FROM information_schema.columns
WHERE table_name = 'volunteer_network_activity' AND column_name NOT IN ('id', 'photo_id')
  AND is_generated = 'NEVER' AND column_name <> 'submission'
"""


def environment(data, **more):
    kept = {name: value for name, value in os.environ.items() if name not in WITHOUT}
    return {**kept, "DATA_DIR": str(data), "DEMO": "1", **more}


def begin(command, data, path="", **more):
    """`make backup` or `make restore` without make, as a child of the test."""
    return subprocess.Popen(
        [sys.executable, "-m", "volunteer_network.startup", command, str(path)],
        cwd=BASE_DIR,
        env=environment(data, **more),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def carry_out(command, data, path="", **more):
    """The same to its end: exit code and what it said."""
    process = begin(command, data, path, **more)
    said, _ = process.communicate(timeout=180)
    return process.returncode, said


@pytest.fixture(scope="module")
def kept_country(tmp_path_factory):
    """Prepared and seeded once; tests work on copies."""
    data = tmp_path_factory.mktemp("country") / "data"
    for command in (
        ["prepare", "--verbosity", "0"],
        ["seed_demo", "--volunteers", "80", "--activities", "3000"],
    ):
        manage = [sys.executable, "manage.py", *command]
        subprocess.run(
            manage, cwd=BASE_DIR, env=environment(data), check=True, stdout=subprocess.DEVNULL
        )
    with services(DataDir(data)), owner(data) as database:
        for _ in range(5):
            add_photo(data, database)
    return data


@pytest.fixture
def country(kept_country, tmp_path):
    data = tmp_path / "data"
    subprocess.run(["cp", "-a", kept_country, data], check=True)  # with the owners of its files
    return data


def owner(data):
    return psycopg.connect(owner_conninfo(DataDir(data), ""))


def add_photo(data, database):
    name, content = f"{secrets.token_hex(16)}.jpg", secrets.token_bytes(2000)
    path = DataDir(data).files / name[:2] / name[2:4] / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    database.execute(ADD_PHOTO, [name, len(content)])
    return name


def remove_photo(data, database, name):
    """As the site does it: the row first, the bytes once that is committed."""
    database.execute("DELETE FROM volunteer_network_storedfile WHERE name = %s", [name])
    database.commit()
    (DataDir(data).files / name[:2] / name[2:4] / name).unlink()


def add_activity(database, like):
    """One more, through the triggers that keep the figures."""
    (columns,) = database.execute(COLUMNS).fetchone()
    database.execute(ADD_ACTIVITY.format(columns=columns), [like])


def contents(data):
    """A digest of every table and of every file, of a site that is stopped."""
    with services(DataDir(data)), owner(data) as database:
        tables = [name for (name,) in database.execute(TABLES).fetchall()]
        found = {
            name: database.execute(
                "SELECT count(*), md5(coalesce(string_agg(row::text, '|' ORDER BY row::text), ''))"
                f' FROM "{name}" AS row'
            ).fetchone()
            for name in tables
        }
    files = Path(data) / "files"
    for path in sorted(files.rglob("*.*")):
        found[str(path.relative_to(files))] = path.read_bytes()
    return found
