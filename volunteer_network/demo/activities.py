"""The log of the demo country: exactly as many activities as asked for, skewed as in life."""

from array import array
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any, Final

from volunteer_network.demo.accounts import Staff
from volunteer_network.demo.copying import copy_rows
from volunteer_network.demo.notes import note_pool
from volunteer_network.demo.places import Country, village
from volunteer_network.demo.seasons import (
    busyness,
    category_weights,
    day_weights,
    shape_pool,
)
from volunteer_network.demo.volunteers import Worker
from volunteer_network.enums import AGENCY_OF_CATEGORY, Category
from volunteer_network.models import Activity

COLUMNS: Final = (
    *("id", "province_id", "district_id", "volunteer_id", "on_date", "category", "kind"),
    *("agency_id", "subdistrict_id", "village", "target_groups", "people_male", "people_female"),
    *("spotted", "screened", "referred", "mentor_present", "note", "recorded_by_id"),
    *("recorded_at", "version"),
)
_MENTOR_PRESENT: Final = 0.09
_ELSEWHERE: Final = 0.05  # of the activities are done in a neighbouring sub-district
_VILLAGES: Final = 12
# How late a record is written: share of the records, at most so many days after.
_LATENESS: Final = ((0.58, 2), (0.82, 8), (0.95, 35), (1.0, 100))


def copy_activities(
    country: Country,
    staff: Staff,
    workers: list[Worker],
    *,
    count: int,
    months: int,
    today: date,
    seed: int,
) -> None:
    """Write the log of the months up to yesterday."""
    log = _Log(country, staff, workers, months=months, today=today, seed=seed)
    copy_rows(Activity, COLUMNS, log.rows(count))


class _Log:
    """Spreads activities over volunteers and months, then makes them up month by month."""

    def __init__(
        self,
        country: Country,
        staff: Staff,
        workers: list[Worker],
        *,
        months: int,
        today: date,
        seed: int,
    ) -> None:
        self.staff, self.workers = staff, workers
        self.yesterday = today - timedelta(days=1)
        self.months = _months_until(self.yesterday, months)
        self.chance = Random(f"{seed} {today} activities")  # noqa: S311 - a play, not a secret
        self.regions = {province.code: province.region for province in country.provinces}
        self.categories = list(Category)
        self.notes = {category: note_pool(self.chance, category) for category in Category}
        self.shapes = {category: shape_pool(self.chance, category) for category in Category}
        self.places = _neighbours(country)
        self.villages = [[village(self.chance) for _ in range(_VILLAGES)] for _ in workers]
        self.zeal = [_zeal(self.chance) for _ in workers]

    def rows(self, count: int) -> Iterator[tuple[Any, ...]]:
        weights = self._weights()
        step = sum(weights) / count if count else 0.0
        if not step:
            return
        number, passed, cell = 0, 0.0, 0
        for month in self.months:
            planned: list[tuple[int, int]] = []
            for place in range(len(self.workers)):
                passed += weights[cell]
                cell += 1
                # Systematic sampling: as many as fall into this stretch of the whole weight.
                due = min(count, round(passed / step))
                planned += [(self._day(place, month), place) for _ in range(due - number)]
                number = due
            planned.sort()
            first = number - len(planned) + 1
            for pk, (day, place) in enumerate(planned, start=first):
                yield self._row(pk, self.workers[place], place, date.fromordinal(day))

    def _weights(self) -> "array[float]":
        """How much each volunteer does in each month; one number per month and volunteer."""
        weights = array("d")
        for month in self.months:
            busy = busyness(month)
            for place, worker in enumerate(self.workers):
                first, last = _in_office(worker, month, self.yesterday)
                days = (last - first).days + 1 if first <= last else 0
                mood = 0.4 + self.chance.expovariate(1.7) if days else 0.0
                weights.append(busy * self.zeal[place] * days * mood)
        return weights

    def _day(self, place: int, month: date) -> int:
        first, last = _in_office(self.workers[place], month, self.yesterday)
        days, cumulative = _days_of(month)
        day = month + timedelta(days=self.chance.choices(range(days), cum_weights=cumulative)[0])
        if not first <= day <= last:
            day = first + timedelta(days=self.chance.randrange((last - first).days + 1))
        return day.toordinal()

    def _row(self, pk: int, worker: Worker, place: int, day: date) -> tuple[Any, ...]:
        chance = self.chance
        weights = _weights_of(self.regions[worker.province], day.month)
        category = chance.choices(self.categories, cum_weights=weights)[0]
        shapes, notes = self.shapes[category], self.notes[category]
        shape = shapes[int(chance.random() * len(shapes))]
        district, subdistrict = worker.district, worker.subdistrict
        if chance.random() < _ELSEWHERE:
            subdistrict = chance.choice(self.places[district])
        return (
            pk,
            worker.province,
            district,
            worker.pk,
            day,
            category.value,
            shape.kind,
            _AGENCIES[category],
            subdistrict,
            self.villages[place][int(chance.random() * _VILLAGES)],
            shape.groups,
            shape.male,
            shape.female,
            shape.spotted,
            shape.screened,
            shape.referred,
            chance.random() < _MENTOR_PRESENT,
            notes[int(chance.random() * len(notes))],
            self.staff.mentor_of(worker.province, worker.district),
            self._recorded_at(day),
            1,
        )

    def _recorded_at(self, day: date) -> str:
        """Office hours of the day it was written down, which is never later than yesterday."""
        chance = self.chance
        dice = chance.random()
        late = next(days for share, days in _LATENESS if dice <= share)
        written = min(day + timedelta(days=int(chance.random() * (late + 1))), self.yesterday)
        minute = 8 * 60 + int(chance.random() * 9 * 60)
        return f"{written} {minute // 60:02}:{minute % 60:02}:{int(chance.random() * 60):02}+07"


_AGENCIES: Final = {category: AGENCY_OF_CATEGORY[category].value for category in Category}


def _zeal(chance: Random) -> float:
    """Some are very busy, most do a little; one in twenty next to nothing."""
    dice = chance.random()
    if dice < 0.05:
        return 0.03
    return chance.lognormvariate(0, 0.75) * (3.0 if dice > 0.97 else 1.0)


def _months_until(last: date, count: int) -> list[date]:
    months = [last.replace(day=1)]
    while len(months) < count:
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    return months[::-1]


def _neighbours(country: Country) -> dict[int, list[int]]:
    """The sub-districts of each district."""
    found: dict[int, list[int]] = {}
    for spots in country.spots.values():
        for spot in spots:
            found.setdefault(spot.district, []).append(spot.code)
    return found


def _in_office(worker: Worker, month: date, yesterday: date) -> tuple[date, date]:
    """The longest stretch of the month in which the volunteer was in office and not silent."""
    until = min(_last_day(month), yesterday)
    if worker.silent_since:
        until = min(until, worker.silent_since)
    stretches = [(max(month, first), min(until, last)) for first, last in worker.served]
    return max(stretches, key=lambda days: days[1] - days[0], default=(date.max, date.min))


@cache
def _last_day(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


@cache
def _days_of(month: date) -> tuple[int, list[float]]:
    days = _last_day(month).day
    return days, day_weights(month, days)


@cache
def _weights_of(region: str, month: int) -> list[float]:
    return category_weights(region, month)
