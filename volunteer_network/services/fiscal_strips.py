"""What each volunteer did in the twelve months of a fiscal year, as the cells of the strip."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from volunteer_network.models import Term, User
from volunteer_network.services.figures import volunteer_months
from volunteer_network.thai_calendar import fiscal_months, fiscal_year

MONTHS_SHOWN = 12
DONE, MISSED, OPEN, BLANK = "done", "miss", "open", "next"


@dataclass(frozen=True)
class Strip:
    """Twelve cells, October first, and for how many whole months nothing was heard."""

    cells: tuple[str, ...]
    silent_months: int


def fiscal_strips(volunteers: Collection[int], *, user: User, today: date) -> dict[int, Strip]:
    """The strip of each volunteer for the running fiscal year; a month counts when in a term.

    Silence reaches back over 1 October: nobody begins anew with the fiscal year.
    """
    year = fiscal_year(today)
    done = volunteer_months(volunteers, fiscal_year=year, years=2, user=user)
    terms = _terms_of(volunteers, user)
    months = fiscal_months(year - 1) + fiscal_months(year)
    return {
        volunteer: _strip(months, done.get(volunteer, {}), terms.get(volunteer, []), today)
        for volunteer in volunteers
    }


def _terms_of(volunteers: Iterable[int], user: User) -> dict[int, list[tuple[date, date]]]:
    rows = Term.objects.visible_to(user).filter(volunteer__in=list(volunteers))
    found: dict[int, list[tuple[date, date]]] = {}
    for volunteer, start, end in rows.values_list("volunteer", "starts_on", "lasts_until"):
        found.setdefault(volunteer, []).append((start, end))
    return found


def _strip(
    months: list[date], done: Collection[date], terms: list[tuple[date, date]], today: date
) -> Strip:
    cells = tuple(_cell(month, month in done, terms, today.replace(day=1)) for month in months)
    heard = [cell for cell in cells if cell in {DONE, MISSED}]
    silent = next((count for count, cell in enumerate(reversed(heard)) if cell == DONE), len(heard))
    return Strip(cells[-MONTHS_SHOWN:], silent)


def _cell(month: date, done: bool, terms: list[tuple[date, date]], now: date) -> str:  # noqa: FBT001
    if done:
        return DONE
    in_term = any(start.replace(day=1) <= month <= end for start, end in terms)
    if not in_term or month > now:
        return BLANK
    return OPEN if month == now else MISSED
