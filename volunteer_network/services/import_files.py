"""The sent file while its import goes on: kept sealed, for it is full of personal data."""

import secrets
from collections import Counter
from operator import attrgetter
from typing import Final

from django.db import transaction

from volunteer_network import sealing, uploads
from volunteer_network.models import ImportBatch, ImportRow
from volunteer_network.models.imports import SEALED_FILE, SEALED_ROW
from volunteer_network.services.sealed_values import (
    Resealed,
    SealedColumns,
    batches_of,
    is_older,
    keys_of_table,
    reseal_rows,
)

ROWS: Final = SealedColumns(ImportRow, {"sealed": SEALED_ROW}, attrgetter("place"))
_TOKEN_BYTES = 16


def keep_file(content: bytes) -> str:
    """Keep the file sealed and return its name. Latin-1 makes any bytes a text and back."""
    return uploads.store(_sealed(content), "bin")


def open_file(name: str) -> bytes:
    """The file as it was sent; FileNotFoundError when it was dropped."""
    row, sealed = _read(name)
    return sealing.unseal(sealed, table=SEALED_FILE, row=row.hex()).encode("latin-1")


def reseal_imports() -> Resealed:
    """Seal files and rows with the current key that an older one sealed. Runs as the owner.

    The row of the import is locked meanwhile, as by all who change its rows or drop its file.
    """
    done = Resealed()
    for pks in batches_of(ImportBatch.objects.all()):
        for pk in pks:
            with transaction.atomic():
                batch = ImportBatch.objects.select_for_update(of=("self",)).get(pk=pk)
                done += _reseal_file(batch.stored)
                done += reseal_rows(ROWS, batch.rows.exclude(sealed=None))
    return done


def keys_of_imports() -> Counter[int]:
    """How many files and rows bear which key, by its number."""
    counted = keys_of_table(ROWS)
    for name in ImportBatch.objects.exclude(stored="").values_list("stored", flat=True):
        try:
            counted[sealing.key_id_of(_read(name)[1])] += 1
        except FileNotFoundError:
            continue
    return counted


def _reseal_file(name: str) -> Resealed:
    if not name:
        return Resealed()
    try:
        if not is_older(_read(name)[1]):
            return Resealed(seen=1)
        uploads.replace(name, _sealed(open_file(name)))
    except FileNotFoundError:
        return Resealed()
    except (sealing.SealBroken, sealing.MissingKey):
        return Resealed(seen=1, unopened=1)
    return Resealed(seen=1, changed=1)


def _sealed(content: bytes) -> bytes:
    """A name for the file to bind the seal to, then what is sealed."""
    row = secrets.token_bytes(_TOKEN_BYTES)
    return row + sealing.seal(content.decode("latin-1"), table=SEALED_FILE, row=row.hex())


def _read(name: str) -> tuple[bytes, bytes]:
    with uploads.open_stored(name) as file:
        return file.read(_TOKEN_BYTES), file.read()
