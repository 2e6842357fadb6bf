"""Dumping a database and loading the dump, with PostgreSQL's own programs."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from volunteer_network.startup.backups.errors import CannotCopy, Damaged
from volunteer_network.startup.errors import CannotStart
from volunteer_network.startup.parts import Parts
from volunteer_network.startup.servers import postgres_binaries

LOADERS = 2  # tables and indexes at once
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
_MIGRATIONS = "SELECT app || '.' || name FROM django_migrations ORDER BY id"


def program(name: str, *, server_version: int, embedded: bool) -> Path:
    """`pg_dump` or `pg_restore`: of our own server, or for a named one the one on PATH.

    The program must not be older than the server (a major version); ours serves for the others.
    """
    on_path = shutil.which(name)
    if not embedded and on_path and _version_of(Path(on_path)) >= server_version:
        return Path(on_path)
    try:
        ours = postgres_binaries() / name
    except CannotStart:
        ours = Path()
    if ours.is_file() and _version_of(ours) >= server_version:
        return ours
    raise CannotCopy(
        f"ไม่พบโปรแกรม {name} รุ่น {server_version} ขึ้นไป ติดตั้งแพ็กเกจ postgresql-client ก่อน\n"
        f"There is no {name} of version {server_version} or later: "
        f"install the package postgresql-client-{server_version}."
    )


def _version_of(path: Path) -> int:
    """The major version that the program says it has, as in `pg_dump (PostgreSQL) 18.1`."""
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)
    found = re.search(r"\) (\d+)", said.stdout)
    return int(found[1]) if found else 0


def _server_version(owner: str) -> int:
    with psycopg.connect(owner) as database:
        return database.info.server_version // 10_000


def dump(parts: Parts, owner: str, target: Path, *, snapshot: str, embedded: bool) -> None:
    """Write the database as it was at the snapshot, compressed, as `pg_restore` reads it."""
    using = program("pg_dump", server_version=_server_version(owner), embedded=embedded)
    command: list[object] = [using, "--format=custom", "--compress=3"]
    command += ["--no-owner", f"--snapshot={snapshot}", f"--file={target}"]
    target.touch(mode=0o600)
    _run(parts, "pg_dump", command, owner)


def load(parts: Parts, owner: str, source: Path, *, embedded: bool) -> None:
    """Fill an empty database; the first mistake ends it."""
    using = program("pg_restore", server_version=_server_version(owner), embedded=embedded)
    command: list[object] = [using, "--exit-on-error", "--no-owner"]
    command += [f"--jobs={LOADERS}", source]
    _run(parts, "pg_restore", command, owner)


def count_rows(database: "psycopg.Connection[tuple[object, ...]]") -> dict[str, int]:
    """How many rows each table holds, as this connection's transaction sees them."""
    tables = [str(name) for (name,) in database.execute(_TABLES)]
    return {table: _count(database, table) for table in tables}


def applied_migrations(
    database: "psycopg.Connection[tuple[object, ...]]",
) -> tuple[str, ...]:
    return tuple(str(name) for (name,) in database.execute(_MIGRATIONS))


def refuse_missing_rows(owner: str, expected: dict[str, int]) -> None:
    """Every table holds as many rows as were counted when the archive was made."""
    with psycopg.connect(owner) as database:
        found = count_rows(database)
    different = [name for name, rows in expected.items() if found.get(name) != rows]
    if different or set(found) - set(expected):
        raise Damaged(", ".join(different) or "database.dump")


def _count(database: "psycopg.Connection[tuple[object, ...]]", table: str) -> int:
    row = database.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))
    return int(str((row.fetchone() or (0,))[0]))


def _run(parts: Parts, name: str, command: Iterable[object], owner: str) -> None:
    """Run it with the password in its environment, where no other user of the machine sees it."""
    words = conninfo_to_dict(owner)
    password = str(words.pop("password", "") or "")
    address = make_conninfo(**words)  # type: ignore[arg-type]  # the words of a conninfo
    environment = {**os.environ, "PGPASSWORD": password}
    with tempfile.TemporaryFile() as said:
        code = parts.run(name, *command, f"--dbname={address}", environment=environment, log=said)
        said.seek(0)
        output = said.read().decode(errors="replace")
    if code:
        raise CannotCopy(
            f"{name} ไม่สำเร็จ ข้อมูลเดิมยังอยู่ครบ\n"
            f"{name} failed, nothing was changed. It said: {_first_error(output)}"
        )


def _first_error(output: str) -> str:
    """Its first complaint. What follows may show a row, and rows are about persons."""
    return next((line for line in output.splitlines() if "error:" in line), "nothing")
