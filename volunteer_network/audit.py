"""record(): who did what to which row, in the transaction that did it."""

import json
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import models

from volunteer_network.access.context import request_id
from volunteer_network.access.scope import ScopeRole, current_scope
from volunteer_network.bulk_insert import insert_rows
from volunteer_network.models import AuditEvent, User


def record(
    verb: str,
    *,
    by: User | AnonymousUser | None,
    target: models.Model | None = None,
    province_code: int | None = None,
    detail: dict[str, Any] | None = None,
) -> None:
    """Add one event. `detail` holds ids and names of fields, never personal data.

    It may hold what a request brought, such as a path: what the database cannot hold is marked.
    """
    for province in _provinces(province_code):
        AuditEvent.objects.create(
            verb=verb,
            actor=by.pk if by else None,
            request=request_id.get(),
            province_id=province,
            target_type=target._meta.model_name or "" if target else "",
            target=str(target.pk) if target else "",
            detail=_storable(detail or {}),
        )


def record_many(
    verb: str,
    *,
    by: User,
    model: type[models.Model],
    targets: Iterable[tuple[int | None, int]],
    detail: dict[str, Any],
) -> None:
    """Add one event for each (province, id) of what one act has done to many rows."""
    words = json.dumps(_storable(detail))
    about = verb, by.pk, request_id.get(), model._meta.model_name
    insert_rows(
        AuditEvent,
        ("verb", "actor", "request", "target_type", "province_id", "target", "detail"),
        ((*about, province, str(pk), words) for province, pk in targets),
    )


def _storable(value: Any) -> Any:
    """The value without NUL, which PostgreSQL takes in no text, nor in JSON."""
    if isinstance(value, str):
        return value.replace("\x00", "\ufffd")
    if isinstance(value, dict):
        return {_storable(name): _storable(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_storable(one) for one in value]
    return value


def _provinces(province_code: int | None) -> tuple[int | None, ...]:
    """What an inspector does without naming a province is an event of each one inspected."""
    scope = current_scope()
    if province_code is None and scope and scope.role is ScopeRole.REGIONS:
        return scope.provinces
    return (province_code,)
