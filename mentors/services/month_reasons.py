"""The months of a volunteer in which there was nothing to report, and why."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import connection

from mentors import months_sql as sql
from mentors.enums import NothingBecause
from volunteer_network.models import User


def months_with_a_reason(
    volunteers: Collection[int], first: date, last: date, user: User
) -> dict[int, dict[date, str]]:
    """The months in which somebody answered "nothing, because…", and the reason."""
    asked: dict[str, Any] = {
        "volunteers": list(volunteers),
        "first": first,
        "last": last,
        "provinces": None if user.scope.nationwide else list(user.scope.provinces),
    }
    with connection.cursor() as cursor:
        cursor.execute(sql.REASONS, asked)
        answers = cursor.fetchall()
    in_words = {because.value: str(because.label) for because in NothingBecause}
    found: dict[int, dict[date, str]] = {}
    for volunteer, month, because in answers:
        found.setdefault(volunteer, {})[month] = in_words[because]
    return found
