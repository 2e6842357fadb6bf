"""A year of the log beside the year before, as sums by month and as sums by province."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db import connection

from volunteer_network import figures_sql as sql
from volunteer_network.sql_values import int_array


class Sums(NamedTuple):
    """Measures of a month, or of a province in the months that are chosen.

    `people_ended` and `people_before` are a province's, of the months that are over and had
    something the year before: they alone can be compared.
    """

    activities: int
    people: int
    spotted: int
    screened: int
    referred: int
    people_ended: int
    people_before: int


@dataclass(frozen=True)
class TwoYears:
    """The months of both years in which there is something, and the provinces likewise."""

    months: dict[date, Sums]
    provinces: dict[int, Sums]


def two_years(
    year: Sequence[date],
    *,
    year_before: Sequence[date],
    chosen: Sequence[date],
    ended: Sequence[date],
    provinces: Collection[int],
    category: str | None = None,
) -> TwoYears:
    """Read in one statement. Months are first days; those chosen and those ended have no gaps.

    The order of the two kinds of rows is left open: a row of a month has no province.
    """
    parameters = {
        "first": year_before[0],
        "year": year[0],
        "last": year[-1],
        "chosen_first": min(chosen, default=None),
        "chosen_last": max(chosen, default=None),
        "over_first": min(ended, default=None),
        "over_last": max(ended, default=None),
        "provinces": int_array(provinces),
        "category": category,
    }
    found = TwoYears({}, {})
    with connection.cursor() as cursor:
        cursor.execute(sql.SUMS_OF_A_CATEGORY if category else sql.SUMS_OF_TWO_YEARS, parameters)
        for month, province, *sums in cursor.fetchall():
            if month:
                found.months[month] = Sums(*sums)
            else:
                found.provinces[province] = Sums(*sums)
    return found
