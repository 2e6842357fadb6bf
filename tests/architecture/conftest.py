"""The cast by role, their rows at home and abroad, and each wall taken away."""

from itertools import chain

import pytest

from tests.architecture.canaries import canary_of
from tests.architecture.rows import rows_in
from tests.factories import UserFactory
from volunteer_network.access import middleware
from volunteer_network.access.roles import PROVINCIAL_ROLES, Role
from volunteer_network.access.scope import (
    NATION,
    ProvinceScopedQuerySet,
    Scope,
    open_scope,
)
from volunteer_network.models import Province, User


@pytest.fixture
def person(db, chiang_mai):
    """Make a person of a role: of Chiang Mai, or of the inspection region around it."""

    def make(role: Role) -> User:
        return UserFactory(
            role=role,
            first_name=canary_of(chiang_mai.pk),
            province=chiang_mai if role in PROVINCIAL_ROLES else None,
            inspection_regions=[15] if role == Role.INSPECTOR else [],
        )

    return make


@pytest.fixture
def at_home(chiang_mai):
    def make(officer: User):
        return rows_in(chiang_mai, officer=officer)

    return make


@pytest.fixture
def abroad(songkhla):
    """Rows of Songkhla, among them a job that our officer asked for while serving there."""

    def make(officer: User):
        theirs = UserFactory(province=songkhla, first_name=canary_of(songkhla.pk))
        return rows_in(songkhla, officer=theirs, asked_by=officer)

    return make


def first_wall_off(monkeypatch, user: User) -> None:
    """Every filter lets all provinces through; the connection is held to the user's own."""
    true = user.scope
    codes = Province.objects.exclude(pk__in=true.provinces).values_list("pk", flat=True)
    wide = Scope(true.role, (*true.provinces, *codes))
    for queryset in _with_all_subclasses(ProvinceScopedQuerySet):
        if "visible_to" in vars(queryset):
            monkeypatch.setattr(queryset, "visible_to", lambda rows, user: rows)
    monkeypatch.setattr(User, "scope", property(lambda user: wide))
    monkeypatch.setattr(middleware, "open_scope", lambda scope: open_scope(true))


def second_wall_off(monkeypatch, user: User) -> None:
    """The connection sees the nation; the filters are held to the user's own provinces."""
    monkeypatch.setattr(middleware, "open_scope", lambda scope: open_scope(NATION))


def _with_all_subclasses(one: type) -> list[type]:
    children = [_with_all_subclasses(child) for child in one.__subclasses__()]
    return [one, *chain.from_iterable(children)]


WALLS = {
    "both walls": lambda monkeypatch, user: None,
    "second wall alone": first_wall_off,
    "first wall alone": second_wall_off,
}


@pytest.fixture(params=WALLS)
def walls(request, monkeypatch):
    """`walls(user)`: from here on, only the walls that the test's name says."""
    return lambda user: WALLS[request.param](monkeypatch, user)
