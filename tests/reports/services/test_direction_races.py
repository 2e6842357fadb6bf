"""Two officers of the centre at once over one year: the second sees what the first one did."""

from decimal import Decimal

import pytest

from reports.enums import DirectionState, Measure, ProjectGroup
from reports.models import Ceiling, Direction, StandingProject
from reports.services.ceilings import set_ceilings
from reports.services.directions import change_direction, move_direction
from reports.services.standing_projects import (
    add_project,
    change_project,
    move_project,
    remove_project,
)
from tests.factories import UserFactory
from tests.factories.plans import DirectionFactory, StandingProjectFactory
from tests.locks import while_held, without_row_locks
from volunteer_network.access.roles import Role
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.enums import Category
from volunteer_network.errors import RuleViolation

PROJECT = {
    "group": ProjectGroup.CORE,
    "title": "ประสานการให้บริการ",
    "unit": "คน",
    "measure": Measure.PEOPLE,
    "categories": [Category.SOCIAL_SECURITY],
}


@pytest.fixture
def officer(committed):
    return UserFactory(role=Role.CENTRAL_OFFICER, province=None)


@pytest.fixture
def direction(committed):
    return DirectionFactory(fiscal_year=2570)


@pytest.fixture(params=[True, False], ids=["locked", "the twin without locks"])
def locked(request, monkeypatch, direction):
    """The twin shows that a test can see what the lock of the year prevents."""
    if not request.param:
        without_row_locks(monkeypatch)
    return request.param


@pytest.fixture
def do(officer):
    """A call of a service in a scope of its own."""

    def do(service, **details):
        def call():
            with open_scope(officer.scope):
                return service(by=officer, **details)

        return call

    return do


def hold(direction):
    """Write to its row, so that it is locked in a twin too."""
    Direction.objects.filter(pk=direction.pk).update(made_by=direction.made_by)


CHANGES = {
    "the directions": lambda do, year, project: do(
        change_direction,
        direction=year,
        text="ใหม่",
        propose_by=year.propose_by,
        send_by=year.send_by,
        decide_by=year.decide_by,
        version=year.version,
    ),
    "the ceilings": lambda do, year, project: do(
        set_ceilings, direction=year, amounts={50: Decimal(1)}, version=year.version
    ),
    "a new project": lambda do, year, project: do(add_project, direction=year, **PROJECT),
    "a project": lambda do, year, project: do(
        change_project, project=project, version=1, **PROJECT | {"title": "อื่น"}
    ),
    "their order": lambda do, year, project: do(move_project, project=project, up=False),
    "their number": lambda do, year, project: do(remove_project, project=project),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_year_that_was_just_closed_is_not_changed(what, direction, locked, do):
    project = StandingProjectFactory(direction=direction, place=1, categories=[])
    StandingProjectFactory(direction=direction, place=2, categories=[])

    answer = while_held(
        lambda: hold(direction),
        CHANGES[what](do, direction, project),
        then=lambda: Direction.objects.filter(pk=direction.pk).update(state=DirectionState.CLOSED),
    )

    assert isinstance(answer, RuleViolation) is locked


def test_of_two_who_close_a_year_one_does(direction, locked, do):
    answer = while_held(
        lambda: hold(direction),
        do(move_direction, direction=direction, to=DirectionState.CLOSED),
        then=lambda: Direction.objects.filter(pk=direction.pk).update(state=DirectionState.CLOSED),
    )

    assert isinstance(answer, RuleViolation) is locked


def test_ceilings_that_a_colleague_is_just_setting_are_not_overwritten(
    direction, locked, do, officer
):
    def set_to(baht):
        return {"direction": direction, "amounts": {50: Decimal(baht)}, "version": 1}

    while_held(
        lambda: (hold(direction), set_ceilings(by=officer, **set_to(1))),
        do(set_ceilings, **set_to(2)),
        scope=officer.scope,
    )

    with open_scope(NATION):
        assert Ceiling.objects.get().amount == (1 if locked else 2)


def test_two_projects_that_are_added_at_once_have_places_of_their_own(direction, officer, do):
    other = PROJECT | {"title": "อื่น", "categories": [Category.SAFETY]}

    while_held(
        lambda: add_project(direction=direction, by=officer, **PROJECT),
        do(add_project, direction=direction, **other),
        scope=officer.scope,
    )

    with open_scope(NATION):
        places = StandingProject.objects.order_by("place").values_list("place", flat=True)
        assert list(places) == [1, 2]


def test_a_category_is_given_to_one_of_two_projects_that_are_added_at_once(direction, officer, do):
    second = while_held(
        lambda: add_project(direction=direction, by=officer, **PROJECT),
        do(add_project, direction=direction, **PROJECT | {"title": "อื่น"}),
        scope=officer.scope,
    )

    assert isinstance(second, RuleViolation)
