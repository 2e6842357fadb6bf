"""How long a volunteer of the demo country has served, in which rounds, and how it ended."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Final

from volunteer_network.enums import (
    STATUS_AFTER_END,
    EndReason,
    VolunteerLevel,
    VolunteerStatus,
)
from volunteer_network.thai_calendar import buddhist_year

_TERM_YEARS: Final = 3
_ENDING_SOON_SHARE: Final = 0.02
# How many hold a first, second, third term; leads stay longer than the network around them.
_ROUNDS: Final = {VolunteerLevel.SUBDISTRICT_LEAD: (30, 45, 25)}
_END_REASONS: Final = {
    EndReason.RESIGNED: 34,
    EndReason.NOT_PERFORMING: 18,
    EndReason.MOVED_AWAY: 20,
    EndReason.DECEASED: 22,
    EndReason.DISQUALIFIED: 3,
    EndReason.REMOVED: 3,
}


@dataclass(frozen=True, slots=True)
class Round:
    """One term by one order."""

    order_number: str
    order_date: date
    starts_on: date
    ends_on: date
    ended_on: date | None = None
    end_reason: str = ""

    @property
    def lasts_until(self) -> date:
        return self.ended_on or self.ends_on


@dataclass(frozen=True, slots=True)
class Service:
    """All terms of a volunteer, the status they led to, and since when nothing was heard."""

    status: VolunteerStatus
    first_round: int
    rounds: tuple[Round, ...]
    registered_on: date
    silent_since: date | None = None

    def term_ends_on(self, today: date) -> date | None:
        """The end of the latest term that is not over, as the lists show it."""
        last = self.rounds[-1].lasts_until if self.rounds else None
        return last if last and last >= today else None


def serve(chance: Random, province: int, level: VolunteerLevel, today: date) -> Service:
    """Most are in office; some ended, some are suspended, a few wait for their first order."""
    dice = chance.random()
    if dice < 0.012:
        return Service(
            VolunteerStatus.APPLICANT, 1, (), today - timedelta(days=chance.randint(2, 60))
        )
    starts_on = _start_of_current(chance, province, today)
    count = chance.choices((1, 2, 3), _ROUNDS.get(level, (75, 20, 5)))[0]
    rounds = _rounds(province, starts_on, count)
    registered_on = rounds[0].order_date - timedelta(days=chance.randint(7, 40))
    if dice < 0.028:
        silent = today - timedelta(days=chance.randint(30, 200))
        return Service(VolunteerStatus.SUSPENDED, 1, rounds, registered_on, silent)
    if dice < 0.075:
        return _ended_early(chance, rounds, registered_on, today)
    if dice < 0.09:
        return _ran_out(chance, province, count, today)
    return Service(VolunteerStatus.ACTIVE, 1, rounds, registered_on, _silence(chance, today))


def _start_of_current(chance: Random, province: int, today: date) -> date:
    """Offices appoint in batches; now and then one alone, whose end is near in some cases."""
    dice = chance.random()
    if dice < _ENDING_SOON_SHARE:
        ends_on = today + timedelta(days=chance.choice((7, 12, 20, 28, 45, 58, 75, 88)))
        return _years_later(ends_on, -_TERM_YEARS) + timedelta(days=1)
    if dice < 0.15:
        return today - timedelta(days=chance.randint(20, 1_060))
    return chance.choice(_batches(province, today))


@cache
def _batches(province: int, today: date) -> tuple[date, ...]:
    """The days from which a province's latest large orders hold."""
    chance = Random(f"{province} batches")  # noqa: S311 - a play, not a secret
    return tuple(
        today - timedelta(days=chance.randint(25, 1_070)) for _ in range(chance.randint(2, 4))
    )


def _rounds(province: int, starts_on: date, count: int) -> tuple[Round, ...]:
    starts = [_years_later(starts_on, -_TERM_YEARS * back) for back in reversed(range(count))]
    return tuple(_round(province, start) for start in starts)


def _round(province: int, starts_on: date) -> Round:
    order_date = starts_on - timedelta(days=1 + (province + starts_on.day) % 9)
    number = 100 + (order_date.toordinal() * 37 + province * 101) % 5_900
    return Round(
        order_number=f"{number}/{buddhist_year(order_date)}",
        order_date=order_date,
        starts_on=starts_on,
        ends_on=_years_later(starts_on, _TERM_YEARS) - timedelta(days=1),
    )


def _ended_early(
    chance: Random, rounds: tuple[Round, ...], registered_on: date, today: date
) -> Service:
    last = rounds[-1]
    days_served = (today - last.starts_on).days
    ended_on = last.starts_on + timedelta(days=chance.randrange(max(days_served, 1)))
    reason = chance.choices(list(_END_REASONS), list(_END_REASONS.values()))[0]
    ended = Round(
        last.order_number, last.order_date, last.starts_on, last.ends_on, ended_on, reason
    )
    return Service(STATUS_AFTER_END[reason], 1, (*rounds[:-1], ended), registered_on)


def _ran_out(chance: Random, province: int, count: int, today: date) -> Service:
    """The term ended by itself some months ago and nobody was appointed after it."""
    ends_on = today - timedelta(days=chance.randint(5, 500))
    starts_on = _years_later(ends_on, -_TERM_YEARS) + timedelta(days=1)
    rounds = _rounds(province, starts_on, count)
    registered_on = rounds[0].order_date - timedelta(days=14)
    return Service(VolunteerStatus.TERM_ENDED, 1, rounds, registered_on)


def _silence(chance: Random, today: date) -> date | None:
    """One in twelve has not been heard of for a while; a few never were."""
    dice = chance.random()
    if dice < 0.015:
        return date.min
    return today - timedelta(days=chance.randint(70, 420)) if dice < 0.085 else None


def _years_later(day: date, years: int) -> date:
    """The same day of another year; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
