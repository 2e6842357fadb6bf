"""The walls as they stand in PostgreSQL, compared with what the models declare."""

import re

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from tests.architecture import nouns
from tests.architecture.rows import rows_in
from tests.factories import UserFactory
from volunteer_network.access.roles import PROVINCIAL_ROLES, Role
from volunteer_network.access.row_security import (
    CLOSED_TABLES,
    OpenTable,
    TenantWall,
    declared_walls,
    wall_of,
)
from volunteer_network.access.scope import SYSTEM, Scope, ScopeRole, open_scope
from volunteer_network.models import Volunteer

OUR_APPS = ("volunteer_network", "mentors", "seminars", "reports")
ROLES = {"app", *(str(role) for role in ScopeRole)}
# Written here once more, in PostgreSQL's own words, so that a slip in one place is noticed.
ROWS_OF = {
    "scope_province": "(province_id = (current_setting('app.province'::text))::smallint)",
    "scope_nation": "true",
    "scope_regions": ("(province_id = ANY ((current_setting('app.provinces'::text))::smallint[]))"),
    "scope_office": "(office_id = (current_setting('app.office'::text))::integer)",
    "scope_seminar": "(seminar_id = (current_setting('app.seminar'::text))::integer)",
    "scope_system": "true",
    "app": "(province_id IS NULL)",
}
# Both want the keyed index of an ID and tell no more than yes or no, or an opaque number.
DEFINER_FUNCTIONS = {
    "known_elsewhere": {"scope_province"},
    "known_person": {"scope_province"},
    "known_ids": {"scope_province"},
    **nouns.mapping("DEFINER_FUNCTIONS"),
}

TENANT_TABLES = sorted(
    table for table, wall in declared_walls().items() if isinstance(wall, TenantWall)
)
OPEN_TABLES = sorted(
    table for table, wall in declared_walls().items() if isinstance(wall, OpenTable)
)
RESTRICTED = nouns.mapping("RESTRICTED")
OURS, THEIRS = 50, 90
SCOPE_OF_ROLE = dict.fromkeys(Role, ScopeRole.NATION) | {
    Role.MENTOR: ScopeRole.PROVINCE,
    Role.PROVINCIAL_HEAD: ScopeRole.PROVINCE,
    Role.PARTNER_OFFICER: ScopeRole.OFFICE,
    Role.INSPECTOR: ScopeRole.REGIONS,
}


def ask(sql: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def our_models() -> list[type[models.Model]]:
    return [model for app in OUR_APPS for model in apps.get_app_config(app).get_models()]


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_every_model_declares_its_wall(model):
    assert isinstance(wall_of(model), TenantWall | OpenTable)


def test_every_table_is_declared_or_closed(db):
    tables = ask("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")

    assert {name for (name,) in tables} == declared_walls().keys() | CLOSED_TABLES


def test_there_are_no_views_behind_which_a_wall_could_end(db):
    views = ask(
        "SELECT relname FROM pg_class"
        " WHERE relkind IN ('v', 'm') AND relnamespace = 'public'::regnamespace"
    )

    assert views == []


def test_row_security_is_on_for_tenant_tables_only(db):
    walled = ask(
        "SELECT relname FROM pg_class"
        " WHERE relrowsecurity AND relnamespace = 'public'::regnamespace ORDER BY 1"
    )

    held = [table for table in OPEN_TABLES if declared_walls()[table].changes()]
    assert [name for (name,) in walled] == sorted([*TENANT_TABLES, *held])


def test_open_tables_that_a_province_may_only_change_in_part_are_these(db):
    found = ask(
        "SELECT tablename, roles::text[], permissive, cmd, qual, with_check FROM pg_policies"
        " WHERE tablename = ANY (%s)",
        OPEN_TABLES,
    )

    documents = "volunteer_network_issueddocument"
    own = ROWS_OF[ScopeRole.PROVINCE]
    assert sorted(found) == sorted(
        [
            (documents, ["public"], "PERMISSIVE", "SELECT", "true", None),
            (documents, ["scope_nation"], "PERMISSIVE", "ALL", "true", None),
            (documents, ["scope_province"], "PERMISSIVE", "ALL", own, None),
            (documents, ["scope_system"], "PERMISSIVE", "ALL", "true", None),
        ]
    )


@pytest.mark.parametrize("table", TENANT_TABLES)
def test_a_tenant_table_has_its_own_province(db, table):
    assert "province_id" in writable_columns(table)


@pytest.mark.parametrize("table", TENANT_TABLES)
def test_a_tenant_table_has_exactly_the_declared_policies(db, table):
    found = ask(
        "SELECT roles::text[], permissive, cmd, qual, with_check FROM pg_policies"
        " WHERE tablename = %s",
        table,
    )
    rights = {role: rights for role, (rights, _) in declared_walls()[table].policies().items()}

    expected = [
        ([str(role)], "PERMISSIVE", "ALL", rows_of(table, role), None)
        for role, granted in rights.items()
        if granted
    ]
    if table in RESTRICTED:
        expected.append((["public"], "RESTRICTIVE", "ALL", RESTRICTED[table], None))
    assert sorted(found) == sorted(expected)


def rows_of(table: str, role: str) -> str:
    """A policy that is of its own kind stands in the noun's own list; so does one of a history."""
    own = nouns.mapping("ROWS_OF")
    return own.get((table, role)) or own.get((table.removesuffix("event"), role)) or ROWS_OF[role]


def test_grants_are_exactly_those_declared(db):
    found: dict[str, dict[str, set[str]]] = {}
    for table, grantee, right in ask(
        "SELECT relname, CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END,"
        " privilege_type FROM pg_class, aclexplode(relacl)"
        " WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND grantee <> relowner"
    ):
        found.setdefault(table, {}).setdefault(grantee, set()).add(right)

    assert found == {table: rights for table in declared_walls() if (rights := granted_on(table))}


def granted_on(table: str) -> dict[str, set[str]]:
    wall = declared_walls()[table]
    if isinstance(wall, TenantWall):
        rights = {str(role): granted for role, (granted, _) in wall.policies().items()}
    else:
        rights = {str(role): wall.scopes for role in ScopeRole} | {"app": wall.app}
        rights[ScopeRole.SEMINAR] = ""
        for role, more in wall.added().items():
            rights[role] += f", {more}"
    words = {role: set(re.findall(r"\w+", granted)) for role, granted in rights.items()}
    return {role: granted for role, granted in words.items() if granted}


def test_no_single_column_is_granted(db):
    granted = ask(
        "SELECT relname, attname FROM pg_attribute JOIN pg_class c ON c.oid = attrelid"
        " WHERE attacl IS NOT NULL AND relnamespace = 'public'::regnamespace"
    )

    assert granted == []


def test_no_sequence_can_be_read_or_moved(db):
    """Identity columns need no rights, and a counter would tell of other provinces."""
    open_to_us = ask(
        "SELECT c.relname, role FROM pg_class c, unnest(%s::text[]) AS role"
        " WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace"
        " AND has_sequence_privilege(role, c.oid, 'USAGE, SELECT, UPDATE')",
        sorted(ROLES),
    )

    assert open_to_us == []


def test_the_running_connection_is_app(db):
    assert ask("SELECT session_user, current_user") == [("app", "app")]


def test_app_owns_nothing(db):
    """Not a table, function, type, schema or database."""
    owned = ask(
        "SELECT classid::regclass, objid FROM pg_shdepend"
        " WHERE refclassid = 'pg_authid'::regclass AND deptype = 'o'"
        " AND refobjid = ANY (%s::regrole[])",
        sorted(ROLES),
    )

    assert owned == []


def test_neither_app_nor_a_scope_can_pass_a_wall(db):
    attributes = ask(
        "SELECT rolname, rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb"
        " OR rolreplication, rolcanlogin, rolinherit FROM pg_roles WHERE rolname = ANY (%s)"
        " ORDER BY rolname",
        sorted(ROLES),
    )

    assert [name for name, *_ in attributes] == sorted(ROLES)
    assert [name for name, powerful, _, _ in attributes if powerful] == []
    assert [name for name, _, may_log_in, _ in attributes if may_log_in] == ["app"]
    assert ("app", False, True, False) in attributes


def test_app_may_become_the_scopes_and_nobody_else(db):
    memberships = ask(
        "SELECT member::regrole::text, roleid::regrole::text, admin_option FROM pg_auth_members"
        " WHERE member = ANY (%s::regrole[])",
        sorted(ROLES),
    )

    assert sorted(memberships) == sorted(("app", str(role), False) for role in ScopeRole)


def test_functions_that_see_past_the_walls_are_these(db):
    found = ask(
        "SELECT proname, grantee::regrole::text FROM pg_proc"
        " LEFT JOIN LATERAL aclexplode(coalesce(proacl, acldefault('f', proowner))) ON true"
        " WHERE prosecdef AND pronamespace = 'public'::regnamespace AND grantee <> proowner"
    )
    callers: dict[str, set[str]] = {}
    for name, grantee in found:
        callers.setdefault(name, set()).add(grantee)

    assert callers == DEFINER_FUNCTIONS


@pytest.mark.parametrize("role", ["scope_province", "scope_nation"])
def test_the_scopes_that_import_may_make_temporary_tables(db, role):
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_database_privilege(%s, current_database(), 'TEMPORARY')", [role])
        assert cursor.fetchone() == (True,)


def tenant_keys() -> list[tuple[str, str, str]]:
    """(table, column, referenced table) of each foreign key between two tenant tables."""
    return [
        (model._meta.db_table, field.column, field.related_model._meta.db_table)
        for model in our_models()
        if not hasattr(model, "pgh_tracked_model")
        for field in model._meta.fields
        if isinstance(field, models.ForeignKey)
        and field.db_constraint
        and {model._meta.db_table, field.related_model._meta.db_table} <= set(TENANT_TABLES)
    ]


@pytest.mark.parametrize("key", tenant_keys(), ids=lambda key: f"{key[0]}.{key[1]}")
def test_a_key_between_tenant_tables_holds_the_province_too(db, key):
    table, column, referenced = key
    definitions = [
        definition
        for (definition,) in ask(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE contype = 'f' AND conrelid = %s::regclass AND confrelid = %s::regclass",
            table,
            referenced,
        )
    ]

    twin = f"FOREIGN KEY (province_id, {column}) REFERENCES {referenced}(province_id, id)"
    assert [text for text in definitions if text.startswith(twin)] != []


@pytest.mark.parametrize("table", TENANT_TABLES)
def test_outside_a_scope_a_tenant_table_is_closed(db, table):
    """The audit alone shows rows without a province: sign-ins and refusals."""
    if declared_walls()[table].app:
        assert ask(f'SELECT count(*) FROM "{table}" WHERE province_id IS NOT NULL') == [(0,)]
        return
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        ask(f'SELECT count(*) FROM "{table}"')


@pytest.mark.parametrize("table", OPEN_TABLES)
def test_a_closed_right_is_refused(db, table):
    """What `app` may do outside a scope ends with what the model declares."""
    if "DELETE" not in declared_walls()[table].app:
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            ask(f'DELETE FROM "{table}" RETURNING 1')


@pytest.fixture
def rows_of_two_provinces(db, chiang_mai, songkhla):
    """At least one row of each of two provinces in every tenant table."""
    for province in (chiang_mai, songkhla):
        rows = rows_in(province, officer=UserFactory(province=province))
        rows_of_history_and_figures(province, rows)


def rows_of_history_and_figures(province, rows) -> None:
    with open_scope(Scope(ScopeRole.PROVINCE, (province.pk,))):
        Volunteer.objects.filter(pk=rows.volunteer.pk).update(phone="0811111111")
        rows.volunteer.terms.update(order_number="1/2569")
        nouns.change_all(rows.more)
    with open_scope(SYSTEM):
        ask(
            "INSERT INTO volunteer_network_volunteermonth (province_id, volunteer_id, month,"
            " activities, people, spotted, screened, referred)"
            " VALUES (%s, %s, '2026-10-01', 1, 1, 0, 0, 0) RETURNING 1",
            province.pk,
            rows.volunteer.pk,
        )


@pytest.mark.usefixtures("rows_of_two_provinces")
@pytest.mark.parametrize("scope", [ScopeRole.PROVINCE, ScopeRole.REGIONS])
def test_inside_a_scope_rows_of_another_province_do_not_exist(scope):
    for table in readable_by(scope):
        with open_scope(Scope(scope, (OURS,))):
            assert ask(f'SELECT DISTINCT province_id FROM "{table}"') == [(OURS,)], table


@pytest.mark.usefixtures("rows_of_two_provinces")
@pytest.mark.parametrize("scope", list(ScopeRole))
def test_only_declared_scopes_read_a_tenant_table(scope):
    for table in set(TENANT_TABLES) - set(readable_by(scope)):
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            open_scope(Scope(scope, (OURS,))),
        ):
            ask(f'SELECT 1 FROM "{table}"')


@pytest.mark.usefixtures("rows_of_two_provinces")
@pytest.mark.parametrize("scope", [ScopeRole.PROVINCE, ScopeRole.REGIONS])
def test_inside_a_scope_rows_of_another_province_cannot_be_changed(scope):
    changed = [
        attack
        for table in TENANT_TABLES
        for attack in attacks_on(table)
        if changes_something(attack, Scope(scope, (OURS,)))
    ]

    assert changed == []


def changes_something(attack: str, scope: Scope) -> bool:
    """Whether it went through; any failure other than a refusal is a mistake in the attack."""
    try:
        with open_scope(scope):
            return bool(ask(attack))
    except DatabaseError as refusal:
        if re.search("permission denied|row-level security", str(refusal)):
            return False
        raise


def attacks_on(table: str) -> list[str]:
    """Take over, change, remove, add and give away rows across the border."""
    columns = writable_columns(table)
    copied = ", ".join(str(THEIRS) if name == "province_id" else f'"{name}"' for name in columns)
    names = ", ".join(f'"{name}"' for name in columns)
    return [
        f'UPDATE "{table}" SET province_id = {OURS} WHERE province_id = {THEIRS} RETURNING 1',
        f'UPDATE "{table}" SET province_id = province_id WHERE province_id = {THEIRS} RETURNING 1',
        f'UPDATE "{table}" SET province_id = {THEIRS} WHERE province_id = {OURS} RETURNING 1',
        f'DELETE FROM "{table}" WHERE province_id = {THEIRS} RETURNING 1',
        f'INSERT INTO "{table}" ({names}) SELECT {copied} FROM "{table}" RETURNING 1',
    ]


def writable_columns(table: str) -> list[str]:
    return [
        name
        for (name,) in ask(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0"
            " AND NOT attisdropped AND attgenerated = '' AND attidentity = ''",
            table,
        )
    ]


def readable_by(scope: ScopeRole) -> list[str]:
    """The tenant tables that a scope may read."""
    return [
        table
        for table in TENANT_TABLES
        if (policy := declared_walls()[table].policies().get(scope)) and "SELECT" in policy[0]
    ]


@pytest.mark.parametrize("role", Role)
def test_an_account_sees_no_further_than_its_role(db, chiang_mai, role):
    """The one place where a person becomes a scope; the system's scope is nobody's."""
    own = chiang_mai if role in PROVINCIAL_ROLES else None

    assert UserFactory(role=role, province=own).scope.role == SCOPE_OF_ROLE[role]
