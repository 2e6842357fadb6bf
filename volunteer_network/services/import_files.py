"""The sent file while its import goes on: kept sealed, for it is full of personal data."""

import secrets

from volunteer_network import sealing, uploads
from volunteer_network.models.imports import SEALED_FILE

_TOKEN_BYTES = 16


def keep_file(content: bytes) -> str:
    """Keep the file sealed and return its name. Latin-1 makes any bytes a text and back."""
    row = secrets.token_bytes(_TOKEN_BYTES)
    sealed = sealing.seal(content.decode("latin-1"), table=SEALED_FILE, row=row.hex())
    return uploads.store(row + sealed, "bin")


def open_file(name: str) -> bytes:
    """The file as it was sent; FileNotFoundError when it was dropped."""
    with uploads.open_stored(name) as file:
        row, sealed = file.read(_TOKEN_BYTES), file.read()
    return sealing.unseal(sealed, table=SEALED_FILE, row=row.hex()).encode("latin-1")
