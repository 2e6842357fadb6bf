"""Annual plans of the demo country: last year's closed, this year's in every state."""

from random import Random
from typing import Final

from reports.demo.directions import kept_in, make_direction, make_standing_projects
from reports.demo.people import People
from reports.demo.years import PlansOfAYear
from reports.enums import PlanState
from reports.models import (
    Ceiling,
    Direction,
    Plan,
    PlanComment,
    PlanLine,
    PlanProgress,
    PlanProof,
    PlanStep,
    StandingProject,
)
from volunteer_network.demo.country import Plan as CountryPlan
from volunteer_network.demo.registry import DemoMaker, register_demo
from volunteer_network.models import Province
from volunteer_network.thai_calendar import fiscal_year

# Of 76 provinces, in a shuffled order: how far this year's plan has come.
_STATES: Final = (
    *[PlanState.APPROVED] * 38,
    *[PlanState.SENT] * 17,
    *[PlanState.RETURNED] * 6,
    *[PlanState.AGREED] * 4,
    *[PlanState.PROPOSED] * 5,
    *[PlanState.DRAFT] * 4,
    PlanState.CANCELLED,
    None,  # has not begun
)
# Whose pages a newcomer opens first shows the mentor's and the head's turn.
_SHOWN_FIRST: Final = {50: PlanState.RETURNED, 90: PlanState.PROPOSED, 55: None}


def register() -> None:
    register_demo(DemoMaker(order=50, make=make_plans, models=_models))


def _models() -> tuple[type, ...]:
    return (
        *(Direction, StandingProject, Ceiling, Plan, PlanLine, PlanProof),
        *(PlanProgress, PlanStep, PlanComment),
    )


def make_plans(plan: CountryPlan) -> None:
    this_year = fiscal_year(plan.today)
    chance = Random(plan.seed)  # noqa: S311  # invented data, the same for the same seed
    provinces = list(Province.objects.filter(has_office=True).order_by("pk"))
    people = People()
    kept = kept_in(this_year - 1)
    states = _states(chance, provinces)
    writer: PlansOfAYear | None = None
    for year in (this_year - 1, this_year):
        direction = make_direction(year, people.centre, closed=year < this_year)
        projects = make_standing_projects(direction)
        writer = PlansOfAYear(chance, plan.today, direction, projects, people, kept, former=writer)
        for province in provinces:
            state = PlanState.APPROVED if year < this_year else states[province.pk]
            writer.add(province, state)
        writer.save()


def _states(chance: Random, provinces: list[Province]) -> dict[int, PlanState | None]:
    """One state for each province; those shown first have theirs."""
    codes = [province.pk for province in provinces]
    spread = list(_STATES)[: len(codes)]
    chance.shuffle(spread)
    states = dict(zip(codes, spread, strict=True))
    for code, wanted in _SHOWN_FIRST.items():
        if code not in states or states[code] == wanted:
            continue
        other = next(one for one in codes if states[one] == wanted and one not in _SHOWN_FIRST)
        states[code], states[other] = wanted, states[code]
    return states
