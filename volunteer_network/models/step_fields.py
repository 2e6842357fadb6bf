"""Who did a step of a row, and when: two columns for each step, that go together."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from volunteer_network.models.users import User


def whoever() -> "models.ForeignKey[User | None, User | None]":
    """Who did a step. Nobody looks for rows by it, so it has no index to be kept up."""
    return models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)


def go_together(noun: str, *steps: str) -> list[models.CheckConstraint]:
    """Of each step, `<step>_at` and `<step>_by` are both there or both not."""
    return [
        models.CheckConstraint(
            name=f"{noun}_{step}_by_and_at_go_together",
            condition=Q((f"{step}_at__isnull", True), (f"{step}_by__isnull", True))
            | Q((f"{step}_at__isnull", False), (f"{step}_by__isnull", False)),
            violation_error_message=_("ระบุทั้งผู้ทำและเวลา"),
        )
        for step in steps
    ]
