"""Somebody who comes while a row or a number is locked: does he wait, and what does he see then?"""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet

from volunteer_network.access.scope import NATION, Scope, open_scope
from volunteer_network.errors import RuleViolation

SECONDS = 10
WHO_WAITS_FOR_US = (
    "SELECT count(*) FROM pg_locks"
    " WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"
)


def while_held(
    first: Callable[[], object],
    call: Callable[[], Any],
    *,
    then: Callable[[], object] = lambda: None,
    scope: Scope = NATION,
) -> Any:
    """Let `call` come from another connection in the middle of a transaction that did `first`.

    As soon as it waits, or has gone through, the transaction does `then` and commits. Gives what
    the call returned, or the refusal that it met. Needs a `committed` database.
    """
    with ThreadPoolExecutor(1) as other:
        with open_scope(scope):
            first()
            coming = other.submit(_told, call)
            _let_it_come(coming)
            then()
        return coming.result(SECONDS)


def without_row_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """For the twin of a test: rows are read, and nobody locks them."""
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_options: rows.all())


def _told(call: Callable[[], Any]) -> Any:
    try:
        return call()
    except RuleViolation as refusal:
        return refusal
    finally:
        connection.close()


def _let_it_come(coming: Future[Any]) -> None:
    end = time.monotonic() + SECONDS
    with connection.cursor() as cursor:
        while not coming.done() and time.monotonic() < end:
            cursor.execute(WHO_WAITS_FOR_US)
            if cursor.fetchone() != (0,):
                return
            time.sleep(0.01)
    assert coming.done(), "it neither waits nor ends"
