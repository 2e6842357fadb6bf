"""Sealed columns of tables: sealing them anew, and counting which key they bear."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.db.models.functions import Substr

from volunteer_network import sealing

BATCH = 500


@dataclass(frozen=True)
class Resealed:
    """How many rows were looked at, sealed anew, and left because no key of ours opens them."""

    seen: int = 0
    changed: int = 0
    unopened: int = 0

    def __add__(self, other: "Resealed") -> "Resealed":
        return Resealed(
            self.seen + other.seen, self.changed + other.changed, self.unopened + other.unopened
        )


@dataclass(frozen=True)
class SealedColumns:
    """The sealed columns of a model: what each is bound to besides the row, and the row's name."""

    model: type[models.Model]
    tables: Mapping[str, str]
    row: Callable[[Any], object]


def reseal_table(columns: SealedColumns) -> Resealed:
    """Seal with the current key whatever an older one sealed. Runs as the owner; may run again.

    Each batch is a transaction of its own, with its rows locked: a stop in between loses nothing.
    """
    done = Resealed()
    for pks in batches_of(columns.model._default_manager.all()):
        with transaction.atomic():
            done += reseal_rows(columns, columns.model._default_manager.filter(pk__in=pks))
    return done


def reseal_rows(columns: SealedColumns, rows: models.QuerySet[Any]) -> Resealed:
    """The same for some rows of the model, within the caller's transaction."""
    locked = list(rows.select_for_update(of=("self",)).order_by("pk"))
    done, changed = Resealed(seen=len(locked)), []
    for row in locked:
        try:
            if _reseal(row, columns):
                changed.append(row)
        except (sealing.SealBroken, sealing.MissingKey):
            done += Resealed(unopened=1)
    columns.model._default_manager.bulk_update(changed, list(columns.tables), batch_size=BATCH)
    return done + Resealed(changed=len(changed))


def keys_of_table(columns: SealedColumns) -> Counter[int]:
    """How many values bear which key, by its number."""
    counted: Counter[int] = Counter()
    for column in columns.tables:
        first_byte = Substr(column, 1, 1, output_field=models.BinaryField())
        sealed = columns.model._default_manager.exclude(**{column: None}).order_by()
        for byte, count in sealed.values_list(first_byte).annotate(models.Count("pk")):
            counted[sealing.key_id_of(bytes(byte))] += count
    return counted


def batches_of(rows: models.QuerySet[Any]) -> Iterator[list[int]]:
    """The primary keys of the rows in order, some hundred at a time."""
    last = 0
    ids = rows.order_by("pk").values_list("pk", flat=True)
    while pks := list(ids.filter(pk__gt=last)[:BATCH]):
        yield pks
        last = pks[-1]


def is_older(token: bytes) -> bool:
    """Whether a key sealed the token that is not the current one."""
    return sealing.key_id_of(token) != sealing.current_key_id()


def _reseal(row: models.Model, columns: SealedColumns) -> bool:
    """Whether a value of the row was sealed with an older key; it is sealed anew then."""
    older = False
    for column, table in columns.tables.items():
        token, bound_to = getattr(row, column), str(columns.row(row))
        if token is None or not is_older(bytes(token)):
            continue
        text = sealing.unseal(bytes(token), table=table, row=bound_to)
        setattr(row, column, sealing.seal(text, table=table, row=bound_to))
        older = True
    return older
