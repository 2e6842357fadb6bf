"""enqueue(): rings for a worker after the commit; what rings is an id, never data."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from celery import signals
from django.db import transaction
from kombu.exceptions import OperationalError as QueueAway

from volunteer_network.access.context import actor_id, request_id

if TYPE_CHECKING:
    from collections.abc import Iterable
    from contextvars import Token

    from celery import Task

REQUEST_HEADER, ACTOR_HEADER = "vn_request", "vn_actor"

AFTER_SINGLE_JOBS = 6  # a priority: seventy parts do not keep one person's document waiting

logger = logging.getLogger(__name__)

_tokens: dict[str, tuple[Token[str], Token[int | None]]] = {}


def enqueue(task: Task[Any, Any], row_id: int) -> None:
    """Ring for the row once it is committed; without Redis the sweeper rings later.

    `robust`: what was saved must not look failed because the bell is broken; Django logs it.
    """

    def bell() -> None:  # a partial has no name, and Django's report of its failure would fail
        ring(task, row_id)

    transaction.on_commit(bell, robust=True)


def enqueue_many(task: Task[Any, Any], row_ids: Iterable[int]) -> None:
    """Ring for many rows after the commit, behind all that was asked for alone.

    One bell for all: with Redis away each would wait its second before it gave up.
    """
    ids = tuple(row_ids)

    def bells() -> None:
        try:
            for row_id in ids:
                ring(task, row_id, priority=AFTER_SINGLE_JOBS)
        except QueueAway:
            logger.warning("queue away, the next sweep rings")

    transaction.on_commit(bells, robust=True)


def ring(task: Task[Any, Any], row_id: int, *, priority: int = 0) -> None:
    """Ring now; raises kombu's OperationalError when Redis is away."""
    headers: dict[str, Any] = {REQUEST_HEADER: request_id.get(), ACTOR_HEADER: actor_id.get()}
    task.apply_async((row_id,), headers=headers, priority=priority)


@signals.task_prerun.connect
def enter_the_request(task_id: str, task: Task[Any, Any], **_: Any) -> None:
    """Log lines and audit entries of the task carry the request that asked for it."""
    given = task.request.headers or {}
    _tokens[task_id] = (
        request_id.set(given.get(REQUEST_HEADER) or task_id[:13]),
        actor_id.set(given.get(ACTOR_HEADER)),
    )


@signals.task_postrun.connect
def leave_the_request(task_id: str, **_: Any) -> None:
    if tokens := _tokens.pop(task_id, None):
        request_id.reset(tokens[0])
        actor_id.reset(tokens[1])
