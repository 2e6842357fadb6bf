"""Builds the second wall: grants and row security policies, as each model declares them.

A model says `wall = TenantWall(...)` when its rows belong to a province, or `wall = OpenTable(...)`
when they do not. `build()` runs as the owner after every migration and makes the database equal to
the declarations; a table that declares nothing stays closed to everyone.
"""

from dataclasses import dataclass, replace

from django.apps import apps
from django.db import connection, migrations, models

from volunteer_network.access.scope import ScopeRole

EVERY_SCOPE = tuple(ScopeRole)
STAFF_SCOPES = tuple(role for role in ScopeRole if role is not ScopeRole.SEMINAR)
CLEARED = "current_setting('app.cleared', true) = 'on'"  # unset outside every scope
OWN_PROVINCE = "province_id = current_setting('app.province')::smallint"
ACTING = "NULLIF(current_setting('app.person'), '')::bigint"
NOBODY_ACTS = f"({ACTING} IS NULL)"  # periodic work


@dataclass(frozen=True)
class TenantWall:
    """Rights per scope on a table whose rows carry `province_id`; empty means none.

    The province's policy stays an equality on its own: with OR or CASE PostgreSQL no longer uses
    the index (0.3 ms became 147 ms).

    A partner officer's office and a helper at a seminar's door see only the rows that the table
    names for them. Where `restricted` says so, a row exists for the cleared alone, in any scope.
    Where `personal` says so, only those rows exist for somebody who acts: what is addressed to one
    person is not for the colleagues of the same province. Such a table may add rows to its
    province's: what one sends to somebody elsewhere; it is never read by province alone.
    """

    province: str = "SELECT"
    province_rows: str = OWN_PROVINCE
    nation: str = "SELECT"
    nation_rows: str = "true"
    regions: str = "SELECT"
    regions_rows: str = "province_id = ANY (current_setting('app.provinces')::smallint[])"
    system: str = ""
    app: str = ""
    office: str = ""
    office_rows: str = "office_id = current_setting('app.office')::integer"
    seminar: str = ""
    seminar_rows: str = "seminar_id = current_setting('app.seminar')::integer"
    restricted: str = ""
    personal: str = ""

    def policies(self) -> dict[str, tuple[str, str]]:
        """Role → (rights, which rows)."""
        return {
            ScopeRole.PROVINCE: (self.province, self.province_rows),
            ScopeRole.NATION: (self.nation, self.nation_rows),
            ScopeRole.REGIONS: (self.regions, self.regions_rows),
            ScopeRole.OFFICE: (self.office, self.office_rows),
            ScopeRole.SEMINAR: (self.seminar, self.seminar_rows),
            ScopeRole.SYSTEM: (self.system, "true"),
            # Outside every scope only rows of no province exist: sign-ins and refusals.
            "app": (self.app, "province_id IS NULL"),
        }


@dataclass(frozen=True)
class OpenTable:
    """Rights on a table without tenant rows: reference data, accounts, sessions, seminars.

    `scopes` is what every scope of signed-in people may do; the others add to it for one scope. A
    helper at a seminar's door sees only the tables that say so. Where `province_rows` says which, a
    province changes only those; all are read as before.
    """

    scopes: str = "SELECT"
    app: str = "SELECT"
    system: str = ""
    nation: str = ""
    province: str = ""
    seminar: str = ""
    province_rows: str = ""

    def added(self) -> dict[str, str]:
        """Role → further rights."""
        return {
            ScopeRole.SYSTEM: self.system,
            ScopeRole.NATION: self.nation,
            ScopeRole.PROVINCE: self.province,
            ScopeRole.SEMINAR: self.seminar,
        }

    def changes(self) -> dict[str, str]:
        """Role → which rows its further rights are for; empty where they are for all."""
        if not self.province_rows:
            return {}
        own: dict[str, str] = {ScopeRole.PROVINCE: self.province_rows}
        return {role: own.get(role, "true") for role, rights in self.added().items() if rights}


# Tables of packages that do not know our walls.
PACKAGE_TABLES: dict[str, OpenTable] = {
    "account_emailaddress": OpenTable(app="SELECT, INSERT, UPDATE, DELETE"),
    "account_emailconfirmation": OpenTable(app="SELECT, INSERT, UPDATE, DELETE"),
    "auth_permission": OpenTable(),
    "axes_accessattempt": OpenTable(scopes="", app="SELECT, INSERT, UPDATE, DELETE"),
    "axes_accessattemptexpiration": OpenTable(scopes="", app="SELECT, INSERT, UPDATE, DELETE"),
    "axes_accessfailurelog": OpenTable(scopes="", app="SELECT, INSERT"),
    "axes_accesslog": OpenTable(scopes="", app="SELECT, INSERT, UPDATE"),
    "django_content_type": OpenTable(),
    "django_migrations": OpenTable(scopes=""),
    "django_session": OpenTable(
        scopes="SELECT, INSERT, UPDATE, DELETE",
        app="SELECT, INSERT, UPDATE, DELETE",
        system="SELECT, DELETE",
    ),
    "mfa_authenticator": OpenTable(app="SELECT, INSERT, UPDATE, DELETE"),
}
# Never used by the product; the admin is read-only and writes no log, rights are in roles.py.
CLOSED_TABLES = frozenset(
    {"auth_group", "auth_group_permissions", "django_admin_log", "pghistory_context"}
)


def build() -> None:
    """Make grants and policies equal to what the models declare. Runs as the owner."""
    with connection.cursor() as cursor:
        for statement in statements():
            cursor.execute(statement)


def statements() -> list[str]:
    """The SQL of every wall, in an order that can be repeated."""
    sql = [
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM app, {', '.join(EVERY_SCOPE)}",
        f"GRANT USAGE ON SCHEMA public TO app, {', '.join(EVERY_SCOPE)}",
    ]
    for table, wall in sorted(declared_walls().items()):
        sql += _tenant(table, wall) if isinstance(wall, TenantWall) else _open(table, wall)
    return sql


def declared_walls() -> dict[str, TenantWall | OpenTable]:
    walls: dict[str, TenantWall | OpenTable] = dict(PACKAGE_TABLES)
    for model in apps.get_models(include_auto_created=True):
        if wall := wall_of(model):
            walls[model._meta.db_table] = wall
    return walls


def wall_of(model: type[models.Model]) -> TenantWall | OpenTable | None:
    """What a model declares; the history of a tenant table has the wall of its table."""
    tracked = getattr(model, "pgh_tracked_model", None)
    if tracked is not None and isinstance(wall := wall_of(tracked), TenantWall):
        return _history(wall)
    declared: TenantWall | OpenTable | None = getattr(model, "wall", None)
    return declared


def _history(wall: TenantWall) -> TenantWall:
    """Whoever may change a row may leave its trace, and nobody may change a trace."""

    def rights(granted: str) -> str:
        return "SELECT, INSERT" if "UPDATE" in granted else granted and "SELECT"

    return replace(
        wall,
        province=rights(wall.province),
        nation=rights(wall.nation),
        regions=rights(wall.regions),
        system=rights(wall.system),
        office=rights(wall.office),
        seminar=rights(wall.seminar),
    )


def _tenant(table: str, wall: TenantWall) -> list[str]:
    sql = [f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY']
    for role, (rights, rows) in wall.policies().items():
        policy = f"{role}_wall"
        sql.append(f'DROP POLICY IF EXISTS {policy} ON "{table}"')
        if rights:
            sql.append(f'CREATE POLICY {policy} ON "{table}" TO {role} USING ({rows})')
            sql.append(f'GRANT {rights} ON "{table}" TO {role}')
    sql.append(f'DROP POLICY IF EXISTS restricted_wall ON "{table}"')
    if wall.restricted:
        rows = f"NOT ({wall.restricted}) OR {CLEARED}"
        sql.append(f'CREATE POLICY restricted_wall ON "{table}" AS RESTRICTIVE USING ({rows})')
    sql.append(f'DROP POLICY IF EXISTS personal_wall ON "{table}"')
    if wall.personal:
        rows = f"{NOBODY_ACTS} OR {wall.personal}"
        sql.append(f'CREATE POLICY personal_wall ON "{table}" AS RESTRICTIVE USING ({rows})')
    return sql


def _open(table: str, wall: OpenTable) -> list[str]:
    sql = []
    if wall.app:
        sql.append(f'GRANT {wall.app} ON "{table}" TO app')
    if wall.scopes:
        sql.append(f'GRANT {wall.scopes} ON "{table}" TO {", ".join(STAFF_SCOPES)}')
    for role, rights in wall.added().items():
        if rights:
            sql.append(f'GRANT {rights} ON "{table}" TO {role}')
    if changes := wall.changes():
        sql.append(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
        sql.append(f'DROP POLICY IF EXISTS open_wall ON "{table}"')
        sql.append(f'CREATE POLICY open_wall ON "{table}" FOR SELECT USING (true)')
        for role, rows in changes.items():
            sql.append(f'DROP POLICY IF EXISTS {role}_wall ON "{table}"')
            sql.append(f'CREATE POLICY {role}_wall ON "{table}" TO {role} USING ({rows})')
    return sql


def tenant_key(table: str, column: str, referenced: str) -> migrations.RunSQL:
    """A migration's step: both ends of a key between tenant tables are of one province.

    The referenced table needs UNIQUE (province_id, id).
    """
    name = f"{table.rpartition('_')[2]}_{column}_same_province"
    return migrations.RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY (province_id, {column})"
        f" REFERENCES {referenced} (province_id, id) DEFERRABLE INITIALLY DEFERRED",
        f"ALTER TABLE {table} DROP CONSTRAINT {name}",
    )
