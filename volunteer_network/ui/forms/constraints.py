"""Turns the database's refusal into the sentence that the model gave its constraint."""

from dataclasses import dataclass
from functools import cache

import psycopg
from django.apps import apps
from django.db import IntegrityError, models


@dataclass(frozen=True)
class BrokenConstraint:
    """A named rule of the database, its Thai message and the model fields it is about."""

    name: str
    message: str
    fields: tuple[str, ...]


def broken_constraint(error: IntegrityError) -> BrokenConstraint | None:
    """Return the rule that was broken, or None when no model has a message for it."""
    cause = error.__cause__
    if not isinstance(cause, psycopg.Error):
        return None
    constraint = _by_name().get(cause.diag.constraint_name or "")
    if constraint is None or not _has_own_message(constraint):
        return None
    return BrokenConstraint(
        constraint.name,
        str(constraint.get_violation_error_message()),
        tuple(getattr(constraint, "fields", ())),
    )


@cache
def _by_name() -> dict[str, models.BaseConstraint]:
    return {
        constraint.name: constraint
        for model in apps.get_models()
        for constraint in model._meta.constraints
    }


def _has_own_message(constraint: models.BaseConstraint) -> bool:
    return (
        constraint.violation_error_message
        is not models.BaseConstraint.default_violation_error_message
    )
