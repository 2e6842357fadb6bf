"""Folding deltas into the roll-ups, counting them anew, checking them against the log."""

import logging
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.utils import timezone

from volunteer_network import figures_sql as sql
from volunteer_network.access.scope import NATION, SYSTEM, open_scope
from volunteer_network.models.figures import MEASURES
from volunteer_network.services.figures.reading import Totals
from volunteer_network.thai_calendar import fiscal_months, fiscal_year

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell of a roll-up that is not what the log says."""

    figure: str  # volunteer, district, category or province
    cell: str  # the keys of the cell, without the month
    counted: Totals
    kept: Totals


def fold_figures() -> int:
    """Move the deltas into the roll-ups; return how many. Zero when another process is at it.

    Opens its own scope. A cell that goes back to nothing stays as a row of zeros: rare, and
    readers leave it out.
    """
    with open_scope(SYSTEM):
        return fold_deltas()


def fold_deltas() -> int:
    """The same in the caller's transaction: in a scope that may, or as the owner of the tables."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [sql.FIGURES_LOCK])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(sql.FOLD)
        return int(cursor.fetchone()[0])


@transaction.atomic
def rebuild_figures() -> None:
    """Count everything anew from the log, as the owner of the tables: after a seed, or a repair.

    Writers of the log and other folds wait; readers go on with the old figures until the end.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [sql.FIGURES_LOCK])
        cursor.execute("LOCK TABLE volunteer_network_activity IN SHARE MODE")
        for statement in sql.REBUILD:
            cursor.execute(statement)


def check_month(month: date) -> list[Difference]:
    """Recount one month of the nation; what differs is a fault. Opens its own scope."""
    with open_scope(NATION):
        return recount_month(month)


def check_recent_months() -> int:
    """Recount the months of this fiscal year and the one before; log each that differs.

    Returns how many months differ. Nightly: 24 months at most, 50 to 75 ms each at 5,000,000 rows.
    """
    today = timezone.localdate()
    year = fiscal_year(today)
    months = [month for one in (year - 1, year) for month in fiscal_months(one) if month <= today]
    wrong = {month: found for month in months if (found := check_month(month))}
    for month, found in wrong.items():
        logger.error(
            "figures differ from the log", extra={"month": month.isoformat(), "cells": len(found)}
        )
    return len(wrong)


def recount_month(month: date) -> list[Difference]:
    """Compare kept and counted figures of one month, for somebody who sees the nation."""
    with connection.cursor() as cursor:
        cursor.execute(sql.DIFFERENCES, {"month": month})
        rows = cursor.fetchall()
    one_side = len(MEASURES) + 1
    return [
        Difference(figure, cell, Totals(*sides[:one_side]), Totals(*sides[one_side:]))
        for figure, cell, *sides in rows
    ]
