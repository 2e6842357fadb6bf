"""Adds many rows at once within the walls: COPY into a temporary table, INSERT from there.

COPY straight into a walled table is refused to the scope roles, and rightly: row security looks at
each row that is inserted. Generated columns, triggers and keys work as usual.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models
from psycopg import sql

_CREATE = sql.SQL("CREATE TEMPORARY TABLE {copied} AS SELECT {columns} FROM {table} WITH NO DATA")
_COPY = sql.SQL("COPY {copied} ({columns}) FROM STDIN")
_INSERT = sql.SQL(
    "INSERT INTO {table} ({columns}) SELECT {columns} FROM {copied} RETURNING {returning}"
)
_DROP = sql.SQL("DROP TABLE {copied}")


def insert_rows(
    model: type[models.Model],
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    returning: Sequence[str] = ("id",),
) -> list[tuple[Any, ...]]:
    """Insert rows given in the order of `columns` and return what the database made of each.

    Columns that are not named get the field's default, so that a new field breaks nobody.
    """
    others = _with_default(model, columns)
    names = {
        "table": sql.Identifier(model._meta.db_table),
        "copied": sql.Identifier(f"copied_{model._meta.model_name}"),
        "columns": _listed([*columns, *(str(field.column) for field in others)]),
        "returning": _listed(returning),
    }
    with connection.cursor() as cursor:
        create, paste, insert, drop = (  # as texts: the history looks at what is executed
            statement.format(**names).as_string(cursor.connection)
            for statement in (_CREATE, _COPY, _INSERT, _DROP)
        )
        cursor.execute(create)
        with cursor.copy(paste) as copy:
            for row in rows:
                copy.write_row([*row, *map(_default_of, others)] if others else row)
        cursor.execute(insert)
        made: list[tuple[Any, ...]] = cursor.fetchall()
        cursor.execute(drop)
    return made


def _with_default(
    model: type[models.Model], columns: Sequence[str]
) -> list["models.Field[Any, Any]"]:
    """Fields that a model instance would fill in by itself: a default, or no text."""
    return [
        field
        for field in model._meta.concrete_fields
        if field.column not in columns
        and not field.primary_key
        and not field.generated
        and (field.has_default() or (field.empty_strings_allowed and not field.null))
        and not field.has_db_default()
    ]


def _default_of(field: "models.Field[Any, Any]") -> Any:
    return field.get_db_prep_save(field.get_default(), connection)


def _listed(columns: Sequence[str]) -> sql.Composable:
    return sql.SQL(", ").join(map(sql.Identifier, columns))
