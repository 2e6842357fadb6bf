"""record(): who did what to which row, in the transaction that did it."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import models

from volunteer_network.access.context import request_id
from volunteer_network.models import AuditEvent, User


def record(
    verb: str,
    *,
    by: User | AnonymousUser | None,
    target: models.Model | None = None,
    province_code: int | None = None,
    detail: dict[str, Any] | None = None,
) -> None:
    """Add one event. `detail` holds ids and names of fields, never personal data."""
    AuditEvent.objects.create(
        verb=verb,
        actor=by.pk if by else None,
        request=request_id.get(),
        province_id=province_code,
        target_type=target._meta.model_name or "" if target else "",
        target=str(target.pk) if target else "",
        detail=detail or {},
    )
