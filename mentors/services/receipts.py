"""How many months came in, were on time and went on, by province and by mentor.

Reading happens inside a scope and adds what is not folded yet, in one statement. Months are first
days.
"""

import logging
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from django.db import connection, models, transaction
from django.db.models import Sum
from django.utils import timezone

from mentors import receipts_sql as sql
from mentors.models import MentorReceipt, ProvinceReceipt, ReceiptDelta
from mentors.models.receipts import COUNTS
from mentors.services.month_deadlines import month_before
from volunteer_network.access.scope import NATION, SYSTEM, HasScope, open_scope
from volunteer_network.sql_values import int_array

logger = logging.getLogger(__name__)
CHECKED_MONTHS = 24


@dataclass(frozen=True, slots=True)
class Receipt:
    """The counts of one cell, with how many months were expected."""

    received: int = 0
    on_time: int = 0
    certified: int = 0
    approved: int = 0
    locked: int = 0
    nothing: int = 0
    returned: int = 0
    expected: int = 0

    def __add__(self, other: "Receipt") -> "Receipt":
        names = [field.name for field in fields(Receipt)]
        return Receipt(*(getattr(self, name) + getattr(other, name) for name in names))

    @property
    def missing(self) -> int:
        return max(self.expected - self.received, 0)

    @property
    def late(self) -> int:
        return self.received - self.on_time

    @property
    def is_complete(self) -> bool:
        return self.expected > 0 and not self.missing

    @property
    def percent(self) -> int:
        return min(self.received * 100 // self.expected, 100) if self.expected else 0

    @property
    def percent_on_time(self) -> int:
        return min(self.on_time * 100 // self.expected, 100) if self.expected else 0


NOTHING = Receipt()


def by_province(
    months: Collection[date], *, user: HasScope, everywhere: bool = False
) -> dict[date, dict[int, Receipt]]:
    """The receipts of each month by province (code), of the provinces that the user sees.

    With `everywhere` of all provinces: they name nobody. Of those that the user does not see they
    are as old as the last fold, a minute at most.
    """
    seen = everywhere or user.scope.nationwide
    provinces = None if seen else frozenset(user.scope.provinces)
    found: dict[date, dict[int, Receipt]] = {month: {} for month in months}
    for (month, province), receipt in _sums(
        ProvinceReceipt.objects.filter(month__in=months),
        ReceiptDelta.objects.visible_to(user).filter(month__in=months),
        ("month", "province_id"),
        (*COUNTS, "expected"),
    ).items():
        if (provinces is None or province in provinces) and receipt != NOTHING:
            found[month][province] = receipt
    return found


def by_month_and_by_province(
    *, months: Sequence[date], waited_for: date | None, provinces: Collection[int]
) -> tuple[dict[date, Receipt], dict[int, Receipt]]:
    """The receipts of months that follow one another, and of one month those of each province."""
    asked = {
        "first": months[0],
        "last": months[-1],
        "month": waited_for,
        "provinces": int_array(provinces),
    }
    of_months: dict[date, Receipt] = {}
    of_provinces: dict[int, Receipt] = {}
    with connection.cursor() as cursor:
        cursor.execute(sql.BY_MONTH_AND_BY_PROVINCE, asked)
        for month, province, received, on_time, expected in cursor.fetchall():
            receipt = Receipt(received=received, on_time=on_time, expected=expected)
            if month:
                of_months[month] = receipt
            else:
                of_provinces[province] = receipt
    return of_months, of_provinces


def by_mentor(month: date, *, province: int, user: HasScope) -> dict[int, Receipt]:
    """The receipts of a province's month by mentor; 0 stands for those without one."""
    asked: dict[str, Any] = {"month": month, "province": province}
    sums = _sums(
        MentorReceipt.objects.visible_to(user).filter(**asked),
        ReceiptDelta.objects.visible_to(user).filter(**asked, expected=0),
        ("mentor_id",),
        COUNTS,
    )
    found = {mentor or 0: receipt for (mentor,), receipt in sums.items()}
    with connection.cursor() as cursor:
        cursor.execute(sql.EXPECTED_BY_MENTOR, asked)
        for mentor, expected in cursor.fetchall():
            found[mentor] = replace(found.get(mentor, Receipt()), expected=expected)
    return {mentor: one for mentor, one in found.items() if one.expected or one.received}


def fold_receipts() -> int:
    """Move the deltas into the roll-ups; return how many. Zero when another process is at it.

    Opens its own scope.
    """
    with open_scope(SYSTEM), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [sql.RECEIPTS_LOCK])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(sql.FOLD)
        return int(cursor.fetchone()[0])


@transaction.atomic
def rebuild_receipts() -> None:
    """Count everything anew from reports and terms, as the owner of the tables: after a seed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [sql.RECEIPTS_LOCK])
        cursor.execute("LOCK TABLE mentors_monthreport, volunteer_network_term IN SHARE MODE")
        for statement in sql.REBUILD:
            cursor.execute(statement)


def check_receipts() -> int:
    """Recount the last two years; log each month that differs, and return how many. Nightly."""
    month, wrong = timezone.localdate().replace(day=1), 0
    for _number in range(CHECKED_MONTHS):
        with open_scope(NATION):
            cells = differing_cells(month)
        if cells:
            wrong += 1
            logger.error(
                "receipts differ from the reports",
                extra={"month": month.isoformat(), "cells": len(cells)},
            )
        month = month_before(month)
    return wrong


def differing_cells(month: date) -> list[tuple[str, str]]:
    """The cells of one month that are not what the reports say, for one who sees the nation."""
    with connection.cursor() as cursor:
        cursor.execute(sql.DIFFERENCES, {"month": month})
        return [(figure, cell) for figure, cell in cursor.fetchall()]


def _sums(
    kept: models.QuerySet[Any],
    unfolded: models.QuerySet[Any],
    keys: tuple[str, ...],
    counts: tuple[str, ...],
) -> dict[tuple[Any, ...], Receipt]:
    """Roll-up and unfolded deltas by some keys, read in one statement."""
    sums = [Sum(name) for name in counts]
    rows = (
        kept.order_by()
        .values_list(*keys)
        .annotate(*sums)
        .union(unfolded.order_by().values_list(*keys).annotate(*sums), all=True)
    )
    found: defaultdict[tuple[Any, ...], Receipt] = defaultdict(Receipt)
    for row in rows:
        found[row[: len(keys)]] += Receipt(*row[len(keys) :])
    return dict(found)
