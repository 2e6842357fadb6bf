"""Reading figures: the roll-ups, and what is not folded into them yet.

Reading happens inside a scope: for the provinces that the scope sees, a figure is right in the
transaction that changes it; of other provinces it is at most as old as the last fold.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import connection, models
from django.db.models import Case, F, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from volunteer_network import figures_sql as sql
from volunteer_network.access.scope import HasScope, current_scope
from volunteer_network.enums import Category
from volunteer_network.models import (
    ActivityDelta,
    DistrictCategoryMonth,
    ProvinceCategoryMonth,
    ProvinceMonth,
    VolunteerMonth,
)
from volunteer_network.models.figures import MEASURES
from volunteer_network.thai_calendar import fiscal_months


@dataclass(frozen=True, slots=True)
class Measures:
    """What is added up over the log."""

    activities: int = 0
    people: int = 0
    spotted: int = 0
    screened: int = 0
    referred: int = 0


@dataclass(frozen=True, slots=True)
class Totals(Measures):
    """Measures with the distinct volunteers who did something; None where they are not known."""

    volunteers: int | None = None


@dataclass(frozen=True)
class Slice:
    """Which part of the figures: whole months, and provinces (None: the nation)."""

    month_from: date
    month_to: date
    provinces: Collection[int] | None = None
    district: int | None = None
    category: str | None = None

    @property
    def where(self) -> Q:
        asked = Q(month__gte=self.month_from, month__lte=self.month_to)
        if self.provinces is not None:
            asked &= Q(province__in=self.provinces)
        if self.district is not None:
            asked &= Q(district=self.district)
        if self.category is not None:
            asked &= Q(category=self.category)
        return asked

    @property
    def knows_volunteers(self) -> bool:
        """Persons are kept per province and month only, not per district or category."""
        return self.district is None and self.category is None

    @property
    def is_one_month(self) -> bool:
        return self.month_from == self.month_to


def month_totals(
    *,
    month_from: date,
    month_to: date | None = None,
    provinces: Collection[int] | None = None,
    district: int | None = None,
    category: str | None = None,
) -> Totals:
    """The figures of one month, or of the months from one to another.

    `volunteers` is None with a district or a category, and over several months where the scope
    does not see the persons of all the provinces asked for.
    """
    part = Slice(month_from, month_to or month_from, provinces, district, category)
    months = _sums("month", part).values()
    measures = [sum(getattr(month, name) for month in months) for name in MEASURES]
    if part.knows_volunteers and part.is_one_month:
        volunteers: int | None = sum(month.volunteers or 0 for month in months)
    else:
        volunteers = _persons(part)
    return replace(Totals(*measures), volunteers=volunteers)


def by_month(
    *,
    month_from: date,
    month_to: date,
    provinces: Collection[int] | None = None,
    district: int | None = None,
    category: str | None = None,
) -> dict[date, Totals]:
    """The figures of each month in which there is something, in order."""
    return _sums("month", Slice(month_from, month_to, provinces, district, category))


def by_category(
    *,
    month_from: date,
    month_to: date,
    provinces: Collection[int] | None = None,
    district: int | None = None,
) -> dict[Category, Totals]:
    """The figures of each category in which there is something, in the order of the categories."""
    found = _sums("category", Slice(month_from, month_to, provinces, district))
    return {category: found[category] for category in Category if category in found}


def by_category_and_month(
    *, month_from: date, month_to: date, province: int
) -> dict[tuple[Category, date], Totals]:
    """The figures of one province by category and month, where there is something."""
    found = _sums(("category", "month"), Slice(month_from, month_to, [province]))
    return {(Category(category), month): totals for (category, month), totals in found.items()}


def by_district(
    *,
    month_from: date,
    month_to: date,
    provinces: Collection[int] | None = None,
    category: str | None = None,
) -> dict[int, Totals]:
    """The figures of each district (by code) in which there is something."""
    return _sums("district_id", Slice(month_from, month_to, provinces, category=category))


def by_province(
    *,
    month_from: date,
    month_to: date,
    provinces: Collection[int] | None = None,
    category: str | None = None,
) -> dict[int, Totals]:
    """The figures of each province (by code) in which there is something.

    `volunteers` is known for a single month only.
    """
    part = Slice(month_from, month_to, provinces, category=category)
    return _sums("province_id", part)


def volunteer_months(
    volunteers: Iterable[int], *, fiscal_year: int, user: HasScope, years: int = 1
) -> dict[int, dict[date, Measures]]:
    """The months in which there is something, of volunteers whom the user sees.

    Of one fiscal year, or of several `years` that end with it.
    """
    first, last = fiscal_months(fiscal_year - years + 1)[0], fiscal_months(fiscal_year)[-1]
    wanted = Q(volunteer__in=list(volunteers), month__gte=first, month__lte=last)
    columns = ("volunteer_id", "month", *MEASURES)
    kept = VolunteerMonth.objects.visible_to(user).filter(wanted).values_list(*columns)
    unfolded = ActivityDelta.objects.visible_to(user).filter(wanted).values_list(*columns)
    sums: defaultdict[tuple[int, date], list[int]] = defaultdict(lambda: [0] * len(MEASURES))
    for volunteer, month, *measures in kept.union(unfolded, all=True):
        _add(sums[volunteer, month], measures)
    found: dict[int, dict[date, Measures]] = {}
    for (volunteer, month), added_up in sorted(sums.items()):
        if any(added_up):
            found.setdefault(volunteer, {})[month] = Measures(*added_up)
    return found


def _sums(key: str | tuple[str, ...], part: Slice) -> dict[Any, Totals]:
    """Roll-up and unfolded deltas of a slice by one key or several, read in one statement."""
    keys = (key,) if isinstance(key, str) else key
    model = _roll_up_for(keys, part)
    with_volunteers = model is ProvinceMonth
    kept = (
        model._default_manager.filter(part.where)
        .values_list(*keys)
        .annotate(
            *(Sum(name) for name in MEASURES),
            volunteers_kept=Sum("volunteers") if with_volunteers else Value(0),
        )
    )
    sums: defaultdict[Any, list[int]] = defaultdict(lambda: [0] * (len(MEASURES) + 1))
    for row in kept.union(_unfolded(keys, part, with_volunteers=with_volunteers), all=True):
        found, measures = row[: len(keys)], row[len(keys) :]
        _add(sums[found if len(keys) > 1 else found[0]], measures)
    # Months may be added up, the persons in them may not.
    known = with_volunteers and (key == "month" or part.is_one_month)
    return {
        found: replace(Totals(*added_up[:-1]), volunteers=added_up[-1] if known else None)
        for found, added_up in sorted(sums.items())
        if any(added_up)
    }


def _roll_up_for(keys: tuple[str, ...], part: Slice) -> type[models.Model]:
    """The coarsest table that knows the keys and the filters."""
    if "district_id" in keys or part.district is not None:
        return DistrictCategoryMonth
    if "category" in keys or part.category is not None:
        return ProvinceCategoryMonth
    return ProvinceMonth


def _unfolded(
    keys: tuple[str, ...],
    part: Slice,
    *,
    with_volunteers: bool,
) -> models.QuerySet[Any, Any]:
    """The deltas of a slice in the columns of the roll-up.

    For persons they are grouped by volunteer and month, and only those count whom the delta turns
    from nothing to something, or back.
    """
    deltas = ActivityDelta.objects.filter(part.where)
    sums = [Sum(name) for name in MEASURES]
    if not with_volunteers:
        return deltas.values_list(*keys).annotate(*sums, volunteers_turned=Value(0))
    kept = VolunteerMonth.objects.filter(volunteer=OuterRef("volunteer"), month=OuterRef("month"))
    before = Coalesce(Subquery(kept.values("activities")), Value(0))
    turned = Case(
        When(before__lte=0, after__gt=0, then=Value(1)),
        When(before__gt=0, after__lte=0, then=Value(-1)),
        default=Value(0),
    )
    by_volunteer = (
        deltas.values("volunteer_id", "month", *keys)
        .annotate(*sums, before=before)
        .annotate(after=F("before") + F("activities__sum"))
        .annotate(volunteers_turned=turned)
    )
    columns = [*keys, *(f"{name}__sum" for name in MEASURES), "volunteers_turned"]
    unfolded: models.QuerySet[Any, Any] = by_volunteer.values_list(*columns)
    return unfolded


def _persons(part: Slice) -> int | None:
    """Distinct volunteers over several months, where the open scope sees all of them."""
    scope = current_scope()
    sees_all = scope is not None and (
        scope.nationwide
        or (part.provinces is not None and set(part.provinces) <= set(scope.provinces))
    )
    if not part.knows_volunteers or not sees_all:
        return None
    parameters = {
        "first": part.month_from,
        "last": part.month_to,
        "provinces": None if part.provinces is None else list(part.provinces),
    }
    with connection.cursor() as cursor:
        cursor.execute(sql.PERSONS_IN_MONTHS, parameters)
        return int(cursor.fetchone()[0])


def _add(sums: list[int], measures: Iterable[int]) -> None:
    for place, value in enumerate(measures):
        sums[place] += value
