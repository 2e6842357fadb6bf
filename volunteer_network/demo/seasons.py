"""When and where which kind of work is done in the demo country, and with how many people."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import Final

from volunteer_network.enums import ActivityKind, Category, TargetGroup

NORTH, NORTHEAST, SOUTH = "ภาคเหนือ", "ภาคตะวันออกเฉียงเหนือ", "ภาคใต้"

_USUAL: Final[dict[Category, float]] = {
    Category.JOB_PLACEMENT: 11,
    Category.OVERSEAS_WORK: 4,
    Category.FOREIGN_WORKERS: 3,
    Category.HOME_WORKERS: 3,
    Category.VOCATIONAL_TRAINING: 9,
    Category.SKILL_TEST: 2,
    Category.LABOUR_PROTECTION: 6,
    Category.SAFETY: 3,
    Category.WELFARE: 2,
    Category.SOCIAL_SECURITY: 18,
    Category.COMPENSATION_FUND: 1.5,
    Category.INFORMAL_WORKERS: 9,
    Category.URGENT_EMPLOYMENT: 3,
    Category.TRAFFICKING: 1.5,
    Category.DRUG_PREVENTION: 4,
    Category.PUBLIC_INFORMATION: 16,
    Category.LABOUR_DATA: 5,
    Category.PUBLIC_BENEFIT: 4,
    Category.DISASTER: 0.4,
    Category.OTHER: 2,
}
# In these months (1-12) a category is done so many times as often as usual.
_SEASONS: Final[dict[Category, dict[int, float]]] = {
    Category.JOB_PLACEMENT: {3: 1.6, 4: 1.7, 5: 1.8, 6: 1.4},
    Category.VOCATIONAL_TRAINING: {1: 1.6, 2: 1.7, 3: 1.5, 11: 1.2},
    Category.URGENT_EMPLOYMENT: {3: 1.8, 4: 1.8, 8: 1.5, 9: 1.6},
    Category.DRUG_PREVENTION: {6: 3.0, 7: 1.4},
    Category.LABOUR_DATA: {10: 1.8, 1: 1.6, 4: 1.3, 7: 1.3},
    Category.PUBLIC_BENEFIT: {7: 2.4, 8: 2.0, 10: 1.8, 12: 2.4},
    Category.SAFETY: {5: 1.6, 11: 1.4},
    Category.FOREIGN_WORKERS: {1: 1.8, 2: 1.8, 3: 1.4},
}
_FLOOD_MONTHS: Final = {NORTH: (8, 9, 10), NORTHEAST: (9, 10), SOUTH: (11, 12, 1)}
_FLOOD_TIMES: Final = 14.0
_REGIONS: Final[dict[str, dict[Category, float]]] = {
    NORTH: {Category.OVERSEAS_WORK: 1.7, Category.FOREIGN_WORKERS: 1.3},
    NORTHEAST: {Category.OVERSEAS_WORK: 2.6, Category.HOME_WORKERS: 1.6},
    SOUTH: {Category.FOREIGN_WORKERS: 1.6, Category.TRAFFICKING: 2.0},
    "ภาคตะวันออก": {Category.FOREIGN_WORKERS: 2.2, Category.SAFETY: 1.6, Category.TRAFFICKING: 1.5},
    "ภาคกลาง": {Category.LABOUR_PROTECTION: 1.5, Category.FOREIGN_WORKERS: 1.5},
    "ภาคตะวันตก": {Category.FOREIGN_WORKERS: 2.4},
}
# How busy the months are, January first: quick before September's closing of the books.
_BUSY: Final = (1.0, 1.05, 1.1, 0.7, 0.95, 1.1, 1.1, 1.2, 1.3, 0.75, 0.95, 0.8)

_KINDS: Final = {
    ActivityKind.FIELD_VISIT: 30,
    ActivityKind.HOME_VISIT: 20,
    ActivityKind.INFORMATION: 22,
    ActivityKind.MEETING: 12,
    ActivityKind.SURVEY: 7,
    ActivityKind.MOBILE_SERVICE: 4,
    ActivityKind.TRAINING: 5,
}
_KINDS_OF: Final[dict[Category, dict[ActivityKind, int]]] = {
    Category.PUBLIC_BENEFIT: {ActivityKind.PUBLIC_SERVICE_DAY: 1},
    Category.LABOUR_DATA: {ActivityKind.SURVEY: 4, ActivityKind.HOME_VISIT: 1},
    Category.PUBLIC_INFORMATION: {ActivityKind.INFORMATION: 4, ActivityKind.MEETING: 1},
    Category.VOCATIONAL_TRAINING: {
        ActivityKind.TRAINING: 3,
        ActivityKind.FIELD_VISIT: 2,
        ActivityKind.SURVEY: 2,
    },
    Category.DISASTER: {ActivityKind.FIELD_VISIT: 3, ActivityKind.HOME_VISIT: 2},
}
# Median number of people reached.
_PEOPLE: Final = {
    ActivityKind.FIELD_VISIT: 8,
    ActivityKind.HOME_VISIT: 3,
    ActivityKind.INFORMATION: 26,
    ActivityKind.MEETING: 22,
    ActivityKind.SURVEY: 10,
    ActivityKind.MOBILE_SERVICE: 48,
    ActivityKind.TRAINING: 20,
    ActivityKind.PUBLIC_SERVICE_DAY: 30,
}
_GROUPS_OF: Final[dict[Category, tuple[TargetGroup, ...]]] = {
    Category.JOB_PLACEMENT: (TargetGroup.JOB_SEEKERS, TargetGroup.UNEMPLOYED, TargetGroup.YOUTH),
    Category.OVERSEAS_WORK: (TargetGroup.JOB_SEEKERS, TargetGroup.OVERSEAS),
    Category.FOREIGN_WORKERS: (TargetGroup.FOREIGN, TargetGroup.EMPLOYERS),
    Category.HOME_WORKERS: (TargetGroup.INFORMAL, TargetGroup.SELF_EMPLOYED),
    Category.VOCATIONAL_TRAINING: (TargetGroup.WELFARE_CARD, TargetGroup.UNEMPLOYED),
    Category.SKILL_TEST: (TargetGroup.SELF_EMPLOYED, TargetGroup.FORMAL),
    Category.LABOUR_PROTECTION: (TargetGroup.FORMAL, TargetGroup.EMPLOYERS),
    Category.SAFETY: (TargetGroup.INFORMAL, TargetGroup.EMPLOYERS),
    Category.WELFARE: (TargetGroup.FORMAL, TargetGroup.EMPLOYERS),
    Category.SOCIAL_SECURITY: (
        TargetGroup.INFORMAL,
        TargetGroup.SELF_EMPLOYED,
        TargetGroup.ELDERLY,
    ),
    Category.COMPENSATION_FUND: (TargetGroup.FORMAL,),
    Category.INFORMAL_WORKERS: (TargetGroup.INFORMAL, TargetGroup.WELFARE_CARD),
    Category.URGENT_EMPLOYMENT: (TargetGroup.UNEMPLOYED, TargetGroup.WELFARE_CARD),
    Category.TRAFFICKING: (TargetGroup.FOREIGN, TargetGroup.YOUTH),
    Category.DRUG_PREVENTION: (TargetGroup.EMPLOYERS, TargetGroup.FORMAL, TargetGroup.YOUTH),
}
_ANYBODY: Final = (TargetGroup.INFORMAL, TargetGroup.ELDERLY, TargetGroup.DISABLED)
_WEEKEND: Final = 0.35
_HOLIDAYS: Final = {(1, 1): 0.05, (4, 13): 0.05, (4, 14): 0.05, (4, 15): 0.05, (12, 31): 0.1}
_SHAPES: Final = 512


@dataclass(frozen=True, slots=True)
class Shape:
    """What an activity of a category looks like: how, for whom, how many."""

    kind: str
    groups: str  # as PostgreSQL writes an array
    male: int
    female: int
    spotted: int
    screened: int
    referred: int


def busyness(month: date) -> float:
    return _BUSY[month.month - 1]


def category_weights(region: str, month: int) -> list[float]:
    """Cumulative weights in the order of `Category`."""
    return list(accumulate(_weight(category, region, month) for category in Category))


def _weight(category: Category, region: str, month: int) -> float:
    weight = _USUAL[category] * _SEASONS.get(category, {}).get(month, 1.0)
    if category == Category.DISASTER and month in _FLOOD_MONTHS.get(region, (10,)):
        weight *= _FLOOD_TIMES
    return weight * _REGIONS.get(region, {}).get(category, 1.0)


def day_weights(first: date, days: int) -> list[float]:
    """Cumulative weights of the days from `first` on: less on week-ends and great holidays."""
    return list(accumulate(_day_weight(first + timedelta(days=n)) for n in range(days)))


def _day_weight(day: date) -> float:
    weight = _WEEKEND if day.weekday() >= 5 else 1.0
    return weight * _HOLIDAYS.get((day.month, day.day), 1.0)


def shape_pool(chance: Random, category: Category) -> list[Shape]:
    """Shapes to draw from; drawing one is much quicker than making it."""
    kinds = _KINDS_OF.get(category, _KINDS)
    drawn = chance.choices(list(kinds), list(kinds.values()), k=_SHAPES)
    return [_shape(chance, category, kind) for kind in drawn]


def _shape(chance: Random, category: Category, kind: ActivityKind) -> Shape:
    people = max(1, round(chance.lognormvariate(0, 0.55) * _PEOPLE[kind]))
    male = sum(chance.random() < 0.42 for _ in range(min(people, 60)))
    spotted = _part(chance, min(people, 12), 0.35)
    screened = _part(chance, spotted, 0.7)
    return Shape(
        kind=kind,
        groups=_groups(chance, category),
        male=male,
        female=people - male,
        spotted=spotted,
        screened=screened,
        referred=_part(chance, screened, 0.6),
    )


def _part(chance: Random, whole: int, share: float) -> int:
    return sum(chance.random() < share for _ in range(whole))


def _groups(chance: Random, category: Category) -> str:
    usual = _GROUPS_OF.get(category, _ANYBODY)
    chosen = [group for group in usual if chance.random() < 0.55]
    if chance.random() < 0.1:
        chosen.append(chance.choice(_ANYBODY))
    return "{" + ",".join(dict.fromkeys(chosen)) + "}"
