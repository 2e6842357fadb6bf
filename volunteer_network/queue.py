"""enqueue(): rings for a worker after the commit; what rings is an id, never data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from celery import signals
from django.db import transaction

from volunteer_network.access.context import actor_id, request_id

if TYPE_CHECKING:
    from contextvars import Token

    from celery import Task

REQUEST_HEADER, ACTOR_HEADER = "vn_request", "vn_actor"

_tokens: dict[str, tuple[Token[str], Token[int | None]]] = {}


def enqueue(task: Task[Any, Any], row_id: int) -> None:
    """Ring for the row once it is committed; without Redis the sweeper rings later.

    `robust`: what was saved must not look failed because the bell is broken; Django logs it.
    """

    def bell() -> None:  # a partial has no name, and Django's report of its failure would fail
        ring(task, row_id)

    transaction.on_commit(bell, robust=True)


def ring(task: Task[Any, Any], row_id: int) -> None:
    """Ring now; raises kombu's OperationalError when Redis is away."""
    headers: dict[str, Any] = {REQUEST_HEADER: request_id.get(), ACTOR_HEADER: actor_id.get()}
    task.apply_async((row_id,), headers=headers)


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
