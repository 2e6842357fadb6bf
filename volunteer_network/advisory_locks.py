"""Locks that PostgreSQL keeps by number, for what no row stands for."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum

from django.db import connection

_INT4 = 2**31


class Lock(IntEnum):
    """What is locked; a second number says which one."""

    JOB_REQUESTS_OF = 1  # a person: two clicks make one job
    WORK_ON_JOB = 2  # a job: one worker at a time
    AUDIT_SEAL = 3
    VOLUNTEER_NUMBERS_OF = 4  # a province: two officers never give one number twice
    MEETING_ROUNDS_OF = 8  # a province: rounds are numbered without gaps or twins
    CASE_NUMBERS_OF = 12  # a province
    SAVED_VIEWS_OF = 28  # a person: no name twice
    DOCUMENTS_OF = 23  # a province: one valid document of an edition
    CHECKS_OF = 29  # an activity: who asks to check it sees what was changed just now
    LOG_OF = 31  # a volunteer: sums of a month and single activities do not begin together
    MONTH_REMINDERS = 30  # a month: two who remind together remind once


def wait_in_transaction(lock: Lock, which: int = 0) -> None:
    """Wait for the lock and hold it until the transaction ends."""
    _ask("SELECT pg_advisory_xact_lock(%s, %s)", lock, which)


def take_in_transaction(lock: Lock, which: int = 0) -> bool:
    """Take the lock until the transaction ends, or return False at once."""
    return bool(_ask("SELECT pg_try_advisory_xact_lock(%s, %s)", lock, which))


@contextmanager
def held_by_session(lock: Lock, which: int) -> Iterator[bool]:
    """Try to hold the lock through many transactions; it ends with the process, however it ends."""
    taken = bool(_ask("SELECT pg_try_advisory_lock(%s, %s)", lock, which))
    try:
        yield taken
    finally:
        if taken and connection.connection is not None and not connection.connection.closed:
            _ask("SELECT pg_advisory_unlock(%s, %s)", lock, which)


def _ask(question: str, lock: Lock, which: int) -> object:
    with connection.cursor() as cursor:
        cursor.execute(question, [lock, which % _INT4])
        row = cursor.fetchone()
        return row[0] if row else None
