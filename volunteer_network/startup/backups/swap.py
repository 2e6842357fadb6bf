"""Exchanging the restored data for the present ones, so that a kill leaves one or the other whole.

A note says how far a restore has come. Renaming both databases is one transaction, and it decides:
before it the old site stays, after it the files follow at the next start at the latest.
"""

import json
import os
import shutil
from dataclasses import asdict, dataclass

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from volunteer_network.startup.backups.errors import StillRunning
from volunteer_network.startup.environment import owner_conninfo
from volunteer_network.startup.places import DataDir

NOTE, STAGING = "restore.json", "restoring"
LOADING, SWAPPING = "loading", "swapping"
_OTHERS = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"
_FORMER = "SELECT datname FROM pg_database WHERE starts_with(datname, %s) AND datname <> %s"


@dataclass(frozen=True)
class Names:
    """The databases of a restore; `stamp` (YYYYMMDD_HHMMSS) dates what is put aside."""

    database: str
    stamp: str

    @property
    def new(self) -> str:
        return f"{self.database}_restoring"

    @property
    def former_prefix(self) -> str:
        return f"{self.database}_before_"

    @property
    def former(self) -> str:
        return f"{self.former_prefix}{self.stamp}"

    @property
    def former_files(self) -> str:
        return f"files-before-{self.stamp}"


def server_conninfo(data: DataDir, database_url: str) -> str:
    """How to reach the server, beside the databases that change their names."""
    if database_url:
        return make_conninfo(database_url, dbname="postgres")
    password = data.password("postgres")
    host = str(data.sockets())
    return make_conninfo(host=host, dbname="postgres", user="postgres", password=password)


def database_name(data: DataDir, database_url: str) -> str:
    return str(conninfo_to_dict(owner_conninfo(data, database_url))["dbname"])


def refuse_others(server: str, name: str) -> None:
    """Nobody may be connected to the database that is to be exchanged."""
    with psycopg.connect(server) as connection:
        if connection.execute(_OTHERS, [name]).fetchone() != (0,):
            raise StillRunning


def note(data: DataDir, names: Names, state: str) -> None:
    """Write down how far we are, whole or not at all."""
    written = data.path / f"{NOTE}.part"
    with written.open("w") as file:
        json.dump({"state": state, **asdict(names)}, file)
        file.flush()
        os.fsync(file.fileno())
    written.replace(data.path / NOTE)


def swap(data: DataDir, server: str, names: Names) -> None:
    """Exchange databases, then files. The former ones are kept under a dated name."""
    note(data, names, SWAPPING)
    with psycopg.connect(server) as connection:  # one transaction
        if exists(connection, names.database):
            _rename(connection, names.database, names.former)
        _rename(connection, names.new, names.database)
    _exchange_files(data, names)


def settle(data: DataDir, database_url: str = "") -> None:
    """Bring a restore that was cut off to an end: forwards where its data are in, else back.

    Called when the servers run and nobody else does; without a note it does nothing.
    """
    file = data.path / NOTE
    if not file.exists():
        return
    said = json.loads(file.read_text())
    names = Names(said["database"], said["stamp"])
    server = server_conninfo(data, database_url)
    with psycopg.connect(server, autocommit=True) as connection:
        not_in = said["state"] == LOADING or exists(connection, names.new)
        if not_in:
            _drop(connection, names.new)
    if not_in:
        shutil.rmtree(data.path / STAGING, ignore_errors=True)
        file.unlink()
    else:
        _exchange_files(data, names)


def drop_former(data: DataDir, server: str, names: Names) -> None:
    """What earlier restores had put aside; that of this one stays."""
    with psycopg.connect(server, autocommit=True) as connection:
        for (name,) in connection.execute(_FORMER, [names.former_prefix, names.former]).fetchall():
            _drop(connection, name)
    for folder in data.path.glob("files-before-*"):
        if folder.name != names.former_files:
            shutil.rmtree(folder, ignore_errors=True)


def _exchange_files(data: DataDir, names: Names) -> None:
    """May run again after a kill at any line."""
    restored, former = data.path / STAGING / "files", data.path / names.former_files
    if restored.exists():
        if data.files.exists() and not former.exists():
            data.files.rename(former)
        restored.rename(data.files)
    shutil.rmtree(data.path / STAGING, ignore_errors=True)
    (data.path / NOTE).unlink(missing_ok=True)


def exists(connection: "psycopg.Connection[tuple[object, ...]]", name: str) -> bool:
    found = connection.execute("SELECT FROM pg_database WHERE datname = %s", [name])
    return found.fetchone() is not None


def _rename(connection: "psycopg.Connection[tuple[object, ...]]", old: str, new: str) -> None:
    try:
        connection.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                sql.Identifier(old), sql.Identifier(new)
            )
        )
    except psycopg.errors.ObjectInUse:
        raise StillRunning from None


def _drop(connection: "psycopg.Connection[tuple[object, ...]]", name: str) -> None:
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
