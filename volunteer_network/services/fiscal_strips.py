"""What each volunteer did in the twelve months of a fiscal year, as the cells of the strip."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

from django.db import connection

from volunteer_network.models import User
from volunteer_network.thai_calendar import fiscal_months, fiscal_year
from volunteer_network.ui.registry import months_with_reason

MONTHS_SHOWN = 12
DONE, NONE, MISSED, OPEN, BLANK = "done", "none", "miss", "open", "next"

# Months in which something was done, kept or not yet folded, and terms (those have an end). One
# constant statement: as three queries for fifty people they took longer to build than to run.
_MONTHS_AND_TERMS: Final = """
SELECT volunteer_id, month, NULL::date FROM (
    SELECT province_id, volunteer_id, month, activities FROM volunteer_network_volunteermonth
    UNION ALL
    SELECT province_id, volunteer_id, month, activities FROM volunteer_network_activitydelta
) AS every_month
WHERE volunteer_id = ANY (%(volunteers)s::bigint[]) AND month BETWEEN %(first)s AND %(last)s
  AND (%(provinces)s::smallint[] IS NULL OR province_id = ANY (%(provinces)s::smallint[]))
GROUP BY volunteer_id, month HAVING sum(activities) > 0
UNION ALL
SELECT volunteer_id, starts_on, lasts_until
FROM volunteer_network_term
WHERE volunteer_id = ANY (%(volunteers)s::bigint[])
  AND (%(provinces)s::smallint[] IS NULL OR province_id = ANY (%(provinces)s::smallint[]))
"""


@dataclass(frozen=True)
class Strip:
    """Twelve cells, October first, and for how many whole months nothing was heard."""

    cells: tuple[str, ...]
    silent_months: int


def fiscal_strips(volunteers: Collection[int], *, user: User, today: date) -> dict[int, Strip]:
    """The strip of each volunteer for the running fiscal year; a month counts when in a term.

    Silence reaches back over 1 October: nobody begins anew with the fiscal year.
    """
    months = [month for year in (-1, 0) for month in fiscal_months(fiscal_year(today) + year)]
    done, terms = _known_of(volunteers, months[0], months[-1], user)
    reasons = months_with_reason(volunteers, months[0], months[-1], user)
    return {
        volunteer: _strip(
            months,
            done.get(volunteer, ()),
            reasons.get(volunteer, ()),
            terms.get(volunteer, []),
            today,
        )
        for volunteer in volunteers
    }


def _known_of(
    volunteers: Collection[int], first: date, last: date, user: User
) -> tuple[dict[int, set[date]], dict[int, list[tuple[date, date]]]]:
    """Of each volunteer, the months with activities, and the terms by their first months."""
    done: dict[int, set[date]] = {}
    terms: dict[int, list[tuple[date, date]]] = {}
    asked: dict[str, Any] = {
        "volunteers": list(volunteers),
        "first": first,
        "last": last,
        "provinces": None if user.scope.nationwide else list(user.scope.provinces),
    }
    with connection.cursor() as cursor:
        cursor.execute(_MONTHS_AND_TERMS, asked)
        for volunteer, begins, ends in cursor.fetchall():
            if ends is None:
                done.setdefault(volunteer, set()).add(begins)
            else:
                terms.setdefault(volunteer, []).append((begins.replace(day=1), ends))
    return done, terms


def _strip(
    months: list[date],
    done: Collection[date],
    reasons: Collection[date],
    terms: list[tuple[date, date]],
    today: date,
) -> Strip:
    silent_cells = _if_silent(tuple(terms), tuple(months), today.replace(day=1))
    cells = tuple(
        DONE if month in done else NONE if month in reasons else cell
        for month, cell in zip(months, silent_cells, strict=True)
    )
    heard = [cell for cell in cells if cell in {DONE, NONE, MISSED}]  # a reason is no silence
    silent = next(
        (count for count, cell in enumerate(reversed(heard)) if cell != MISSED), len(heard)
    )
    return Strip(cells[-MONTHS_SHOWN:], silent)


@lru_cache(maxsize=1024)  # one order appoints many
def _if_silent(
    terms: tuple[tuple[date, date], ...], months: tuple[date, ...], now: date
) -> tuple[str, ...]:
    """The cells of somebody of whom nothing was heard."""
    return tuple(_silent_cell(month, terms, now) for month in months)


def _silent_cell(month: date, terms: Iterable[tuple[date, date]], now: date) -> str:
    in_term = any(start <= month <= end for start, end in terms)
    if not in_term or month > now:
        return BLANK
    return OPEN if month == now else MISSED
