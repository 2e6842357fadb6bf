"""Figures of cases that are kept, not counted: reading them, folding deltas, checking them.

Reading happens inside a scope and adds what is not folded yet: of the provinces that the scope
sees a figure is right in the transaction that changes it, of others it is as old as the last fold.
Cases of trafficking count nowhere. Months are first days, of the day a case was brought in.
"""

import logging
from dataclasses import astuple, dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from volunteer_network import case_figures_sql as sql
from volunteer_network.access.scope import NATION, SYSTEM, open_scope
from volunteer_network.enums import Category
from volunteer_network.thai_calendar import fiscal_months, fiscal_year

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CaseCounts:
    """Where the cases of a cell stand; each is in one of these."""

    waiting: int = 0
    at_office: int = 0
    served: int = 0
    not_eligible: int = 0
    unreachable: int = 0
    ended: int = 0
    withdrawn: int = 0

    def __add__(self, other: "CaseCounts") -> "CaseCounts":
        pairs = zip(astuple(self), astuple(other), strict=True)
        return CaseCounts(*(mine + its for mine, its in pairs))

    @property
    def opened(self) -> int:
        """All that were brought in."""
        return self.referred + self.waiting + self.withdrawn

    @property
    def answered(self) -> int:
        return self.served + self.not_eligible + self.unreachable + self.ended

    @property
    def referred(self) -> int:
        """Those that an office has or had to answer, without what was withdrawn."""
        return self.at_office + self.answered


def cases_by_province(
    *, month_from: date, month_to: date, topic: Category | None = None
) -> list[tuple[int, ...]]:
    """The province, then the counts in the order of CaseCounts; all provinces in one statement."""
    parameters = {"first": month_from, "last": month_to, "topic": topic}
    with connection.cursor() as cursor:
        cursor.execute(sql.OF_A_TOPIC if topic else sql.BY_PROVINCE, parameters)
        rows: list[tuple[int, ...]] = cursor.fetchall()
    return rows


def fold_case_figures() -> int:
    """Move the deltas into the roll-ups; return how many. Zero when another process is at it.

    Opens its own scope.
    """
    with open_scope(SYSTEM), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [sql.CASE_FIGURES_LOCK])
        if not _one_value(cursor):
            return 0
        cursor.execute(sql.FOLD)
        return int(_one_value(cursor))


@transaction.atomic
def rebuild_case_figures() -> None:
    """Count everything anew from the cases, as the owner of the tables: after a seed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [sql.CASE_FIGURES_LOCK])
        cursor.execute("LOCK TABLE volunteer_network_case IN SHARE MODE")
        for statement in sql.REBUILD:
            cursor.execute(statement)


def check_case_figures() -> int:
    """Recount this fiscal year and the one before; log each month that differs. Nightly."""
    today = timezone.localdate()
    year = fiscal_year(today)
    months = [month for one in (year - 1, year) for month in fiscal_months(one) if month <= today]
    wrong = 0
    for month in months:
        with open_scope(NATION):
            cells = differing_case_cells(month)
        if cells:
            wrong += 1
            logger.error(
                "figures of cases differ from the cases",
                extra={"month": month.isoformat(), "cells": len(cells)},
            )
    return wrong


def differing_case_cells(month: date) -> list[tuple[str, str]]:
    """The cells of one month that are not what the cases say, for one who sees the nation."""
    with connection.cursor() as cursor:
        cursor.execute(sql.DIFFERENCES, {"month": month})
        return [(figure, cell) for figure, cell in cursor.fetchall()]


def _one_value(cursor: Any) -> Any:
    return cursor.fetchone()[0]
