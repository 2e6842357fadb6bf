"""The two walls around a province: which rows exist for a user, here and in PostgreSQL.

`visible_to(user)` is the first wall, a filter. `open_scope(user.scope)` is the second: inside it
the connection is a database role that row security holds to the same rows; outside it a tenant
table answers "permission denied".
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, Self, TypeVar

from django.db import connection, models, transaction


class ScopeRole(StrEnum):
    """The database roles that the login `app` may become."""

    PROVINCE = "scope_province"
    NATION = "scope_nation"
    REGIONS = "scope_regions"
    OFFICE = "scope_office"
    SEMINAR = "scope_seminar"
    SYSTEM = "scope_system"


@dataclass(frozen=True)
class Scope:
    """How far somebody sees: a database role and the rows it is held to.

    `office` holds a partner officer to cases of one office, `seminar` a helper at the door to one
    seminar; `person` is who acts. Restricted rows exist only for the `cleared`.
    """

    role: ScopeRole
    provinces: tuple[int, ...] = ()
    office: int | None = None
    seminar: int | None = None
    person: int | None = None
    cleared: bool = False

    @property
    def nationwide(self) -> bool:
        return self.role in {ScopeRole.NATION, ScopeRole.SYSTEM}

    @property
    def province(self) -> int | None:
        """The one province of a provincial officer."""
        return next(iter(self.provinces), None) if self.role is ScopeRole.PROVINCE else None


NATION = Scope(ScopeRole.NATION)
SYSTEM = Scope(ScopeRole.SYSTEM)
SYSTEM_CLEARED = Scope(ScopeRole.SYSTEM, cleared=True)  # periodic work on restricted rows too


class HasScope(Protocol):
    @property
    def scope(self) -> Scope: ...


class ScopesDoNotNest(RuntimeError):
    """Leaving an inner scope would strip the outer one."""


@contextmanager
def open_scope(scope: Scope) -> Iterator[None]:
    """Hold one transaction to the rows of a scope."""
    if current_scope() is not None:
        raise ScopesDoNotNest
    inside_another = connection.in_atomic_block
    with transaction.atomic():
        _become(scope.role, scope)
        connection.volunteer_scope = scope  # type: ignore[attr-defined]  # lives on the connection
        try:
            yield
        finally:
            connection.volunteer_scope = None  # type: ignore[attr-defined]
        # The end of the transaction takes the role away, after an exception too; but in a test's
        # outer transaction it is a savepoint that ends, and releasing one keeps SET LOCAL.
        if inside_another:
            _become("none", None)


def current_scope() -> Scope | None:
    return getattr(connection, "volunteer_scope", None)


@contextmanager
def cleared_for_a_moment() -> Iterator[None]:
    """Let somebody write a restricted row that they may not read afterwards."""
    scope = current_scope()
    if scope is None or scope.cleared:
        yield
        return
    _clear("on")
    try:
        yield
    finally:
        if not connection.needs_rollback:  # a broken transaction takes the clearance away itself
            _clear("")


def _clear(clearance: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.cleared', %s, true)", [clearance])


def _become(role: str, scope: Scope | None) -> None:
    settings = _settings_of(scope) if scope else ("", "{}", "", "", "", "")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('role', %s, true), set_config('app.province', %s, true),"
            " set_config('app.provinces', %s, true), set_config('app.office', %s, true),"
            " set_config('app.seminar', %s, true), set_config('app.person', %s, true),"
            " set_config('app.cleared', %s, true)",
            [role, *settings],
        )


def _settings_of(scope: Scope) -> tuple[str, ...]:
    listed = ",".join(map(str, scope.provinces))
    held_to = (scope.office, scope.seminar, scope.person)
    return (
        "" if scope.province is None else str(scope.province),
        f"{{{listed}}}",
        *("" if one is None else str(one) for one in held_to),
        "on" if scope.cleared else "",
    )


_Row = TypeVar("_Row", bound=models.Model, covariant=True)


class ProvinceScopedQuerySet(models.QuerySet[_Row]):
    """Every tenant row has its own province: a lookup through a join could not be held by RLS."""

    def visible_to(self, user: HasScope) -> Self:
        scope = user.scope
        if scope.nationwide:
            return self
        return self.filter(province_id__in=scope.provinces)
