"""Databases beside the one of the tests: reached as their owner, copied, used and dropped."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql

from volunteer_network.startup.environment import owner_conninfo
from volunteer_network.startup.places import DataDir


@contextmanager
def owner(database: str) -> "Iterator[psycopg.Connection[tuple[object, ...]]]":
    """A connection of the tables' owner, each statement by itself."""
    login = owner_conninfo(DataDir.from_environment(), os.environ.get("DATABASE_URL", ""))
    with psycopg.connect(login, dbname=database, autocommit=True) as connection:
        yield connection


def clone(original: str, name: str) -> None:
    """Copy a database that nobody is in."""
    command = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    with owner("postgres") as server:
        server.execute(command.format(sql.Identifier(name), sql.Identifier(original)))


def drop(name: str) -> None:
    """Drop a database where there is one.

    Without FORCE it waits some seconds for those who are just leaving; the owner may not end
    connections of `app`, so FORCE would fail instead.
    """
    with owner("postgres") as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def use(name: str) -> None:
    """Let Django in this process speak to another database."""
    from django.conf import settings
    from django.db import connections

    connections.close_all()
    settings.DATABASES["default"]["NAME"] = name
    connections["default"].settings_dict["NAME"] = name


@contextmanager
def used(name: str) -> Iterator[None]:
    """Let Django speak to another database until the block ends."""
    from django.db import connection

    ours = connection.settings_dict["NAME"]
    use(name)
    try:
        yield
    finally:
        use(ours)


@contextmanager
def cloned(original: str, name: str) -> Iterator[str]:
    """A copy of a database until the block ends; Django leaves the original for it to be made."""
    from django.db import connections

    connections.close_all()
    drop(name)
    clone(original, name)
    try:
        yield name
    finally:
        connections.close_all()
        drop(name)
