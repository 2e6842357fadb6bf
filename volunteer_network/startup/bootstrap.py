"""The roles of the database cluster, and the database itself: what no migration can make."""

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from volunteer_network.startup.places import DataDir

SCOPES = (
    *("scope_province", "scope_nation", "scope_regions", "scope_office", "scope_seminar"),
    "scope_system",
)
LONGEST_STATEMENT = sql.Literal("60s")  # a few endless searches would hold every thread


def bootstrap(data: DataDir, *, name: str, host: str, app_password: str) -> None:
    """Make owner, login `app`, scopes and database where they are missing (embedded server)."""
    login = make_conninfo(
        host=host, dbname="postgres", user="postgres", password=data.password("postgres")
    )
    with psycopg.connect(login, autocommit=True) as server:
        _ensure_login(server, "vn_owner", data.password("vn_owner"), "CREATEDB CREATEROLE")
        make_roles(server, app_password)
        if not _exists(server, "SELECT 1 FROM pg_database WHERE datname = %s", name):
            server.execute(
                sql.SQL("CREATE DATABASE {} OWNER vn_owner TEMPLATE template0").format(
                    sql.Identifier(name)
                )
            )


def make_roles(server: "psycopg.Connection[tuple[object, ...]]", app_password: str) -> None:
    """The login `app`, which inherits nothing, and the scopes that it may become."""
    _ensure_login(server, "app", app_password, "NOINHERIT")
    server.execute(sql.SQL("ALTER ROLE app SET statement_timeout = {}").format(LONGEST_STATEMENT))
    for scope in SCOPES:
        if not _exists(server, "SELECT 1 FROM pg_roles WHERE rolname = %s", scope):
            server.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(scope)))
        server.execute(sql.SQL("GRANT {} TO app").format(sql.Identifier(scope)))


def _ensure_login(
    server: "psycopg.Connection[tuple[object, ...]]", role: str, password: str, options: str
) -> None:
    known = _exists(server, "SELECT 1 FROM pg_roles WHERE rolname = %s", role)
    verb = "ALTER" if known else "CREATE"
    server.execute(
        sql.SQL(f"{verb} ROLE {{}} LOGIN {options} PASSWORD {{}}").format(
            sql.Identifier(role), sql.Literal(password)
        )
    )


def _exists(server: "psycopg.Connection[tuple[object, ...]]", question: str, name: str) -> bool:
    return server.execute(question, [name]).fetchone() is not None
