"""What can be wrong with a running site, in one word each, and the marks that worker leave for it.

The marks lie in Redis: a request cannot look into the audit trail, whose rows belong to provinces.
"""

import time
from functools import cache as remembered

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from redis.exceptions import RedisError

WORKER_MARK, AUDIT_MARK = "health:worker", "health:audit"
WORKER_LIVES_SECONDS = 30
UNSEALED_AT_MOST_SECONDS = 5 * 60


def note_worker() -> None:
    """A worker lives; said again every few seconds."""
    cache.set(WORKER_MARK, time.time(), WORKER_LIVES_SECONDS)


def note_audit_sealed() -> None:
    """No committed event is unsealed at this moment."""
    cache.set(AUDIT_MARK, time.time(), None)


def broken() -> list[str]:
    """Without these no page works."""
    try:
        return ["migrations"] if _missing_migrations() else []
    except DatabaseError:
        return ["database"]


def weakened() -> list[str]:
    """Pages work without these, but something waits."""
    try:
        marks = cache.get_many([WORKER_MARK, AUDIT_MARK])
    except RedisError:
        return ["redis"]
    faults = [] if WORKER_MARK in marks else ["worker"]
    if time.time() - marks.get(AUDIT_MARK, 0) > UNSEALED_AT_MOST_SECONDS:
        faults.append("audit")
    return faults


def _missing_migrations() -> frozenset[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations")
        return _known_migrations() - frozenset(cursor.fetchall())


@remembered
def _known_migrations() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)
