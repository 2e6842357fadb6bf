"""Seals short personal texts, such as national IDs, with keys that live outside the database.

Keys come and go while the site runs: the names in their directory are looked at whenever one is
needed, so every process seals with the newest from the moment it is there.

A token is one byte of key number, twelve of nonce, then AES-256-GCM ciphertext. It opens only for
the table and row it was sealed for, so a token copied to another row is as useless as a torn one.
"""

import hashlib
import hmac
import os
import re
import secrets
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

KEY_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16
HIGHEST_KEY_ID = 255
INDEX_KEY = "index.key"
DJANGO_SECRET = "secret.key"  # noqa: S105 - the name of a file, not a secret
_SEALING_NAME = re.compile(r"sealing-([1-9][0-9]{0,2})\.key")


class KeyFault(Exception):
    """The keys in the key directory cannot be used as they are; the message says what to mend."""


class MissingKey(KeyFault):
    """A key that is needed is not there. Nothing is made in its place: bring it back."""


class SealBroken(Exception):
    """The token was altered, torn, or sealed for another table or row."""


@dataclass(frozen=True, repr=False)
class KeyRing:
    """All keys of one directory; `repr` stays silent so that no key reaches a log."""

    sealing: dict[int, bytes]
    index: bytes

    @property
    def current_id(self) -> int:
        return max(self.sealing)


def seal(plaintext: str, *, table: str, row: str) -> bytes:
    """Seal the text with the newest key for this row only."""
    ring = _key_ring()
    key_id = ring.current_id
    nonce = secrets.token_bytes(NONCE_BYTES)
    ciphertext = AESGCM(ring.sealing[key_id]).encrypt(
        nonce, plaintext.encode(), _belongs_to(key_id, table, row)
    )
    return bytes([key_id]) + nonce + ciphertext


def unseal(token: bytes, *, table: str, row: str) -> str:
    """Return the text, raise SealBroken, or raise MissingKey when the token's key is not there."""
    token = bytes(token)  # PostgreSQL drivers may hand over a memoryview
    if len(token) < 1 + NONCE_BYTES + TAG_BYTES:
        raise SealBroken("The sealed value is too short to be one.")
    key_id = key_id_of(token)
    nonce, ciphertext = token[1 : 1 + NONCE_BYTES], token[1 + NONCE_BYTES :]
    try:
        plaintext = AESGCM(_sealing_key(key_id)).decrypt(
            nonce, ciphertext, _belongs_to(key_id, table, row)
        )
    except InvalidTag:
        raise SealBroken("The sealed value was altered or belongs to another row.") from None
    return plaintext.decode()


def blind_index(normalised: str) -> bytes:
    """Return 32 bytes, equal for equal texts, from which the text cannot be guessed keyless."""
    return hmac.new(_key_ring().index, normalised.encode(), hashlib.sha256).digest()


def key_id_of(token: bytes) -> int:
    """Return the number of the key that sealed the token, so that old ones can be sealed anew."""
    if not token:
        raise SealBroken("The sealed value is empty.")
    return bytes(token)[0]


def current_key_id() -> int:
    """Return the number of the key that `seal` uses now."""
    return _key_ring().current_id


def older_key_ids() -> list[int]:
    """Return the numbers of the keys that are still there and no longer seal."""
    return sorted(_key_ring().sealing)[:-1]


def newest_key_since() -> float:
    """Return the moment (Unix time) at which the file of the current key was written."""
    return _file_of(settings.KEYS_DIR, current_key_id()).stat().st_mtime


def name_of_key(key_id: int) -> str:
    """Return the name of the file in which a sealing key lies."""
    return f"sealing-{key_id}.key"


def forget_keys() -> None:
    """Drop the cached keys; the next use reads the files again, also those of the same names."""
    _read_key_ring.cache_clear()


def create_missing_keys(directory: Path) -> None:
    """Make all keys in an empty directory at the very first start.

    Raises MissingKey when only some are there: a new key in place of a lost one would make
    everything sealed with it unreadable, and nobody would notice until it is too late.
    """
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    wanted = {
        name_of_key(1): secrets.token_bytes(KEY_BYTES),
        INDEX_KEY: secrets.token_bytes(KEY_BYTES),
        DJANGO_SECRET: secrets.token_urlsafe(50).encode(),
    }
    missing = _missing_names(directory, (INDEX_KEY, DJANGO_SECRET))
    if not missing:
        return
    if len(missing) < len(wanted):
        raise MissingKey(_what_is_missing(directory, missing))
    for name, content in wanted.items():
        _write_new_key(directory / name, content)
    forget_keys()


def add_sealing_key(directory: Path) -> int:
    """Make the next sealing key the current one and return its number; the old one still opens.

    Raises KeyFault while two are live: finish sealing anew with the newer, then remove the older.
    """
    if missing := _missing_names(directory):
        raise MissingKey(_what_is_missing(directory, missing))
    live = _sealing_ids(directory)
    if len(live) > 1:
        raise KeyFault(
            f"Two sealing keys ({live[0]} and {live[-1]}) are already live in {directory}. "
            f"Seal everything anew, then remove {name_of_key(live[0])}."
        )
    key_id = live[-1] + 1
    if key_id > HIGHEST_KEY_ID:
        raise KeyFault(f"Sealing keys are numbered 1 to {HIGHEST_KEY_ID}; all are used.")
    _write_new_key(_file_of(directory, key_id), secrets.token_bytes(KEY_BYTES))
    return key_id


def django_secret(directory: Path) -> str:
    """Return the text for Django's SECRET_KEY."""
    return _read_private(directory / DJANGO_SECRET).decode().strip()


def _belongs_to(key_id: int, table: str, row: str) -> bytes:
    """Join the parts with their lengths, so that ("a", "bc") and ("ab", "c") differ."""
    parts = (str(key_id).encode(), table.encode(), row.encode())
    return b"".join(len(part).to_bytes(4) + part for part in parts)


def _key_ring() -> KeyRing:
    """The keys that are there now. Another process may have added one, or removed an older one."""
    directory = settings.KEYS_DIR
    return _read_key_ring(directory, tuple(_sealing_ids(directory)))


def _sealing_key(key_id: int) -> bytes:
    try:
        return _key_ring().sealing[key_id]
    except KeyError:
        raise MissingKey(
            f"A value was sealed with {name_of_key(key_id)}, which is not in "
            f"{settings.KEYS_DIR}. Bring the file back from where the keys are kept safe."
        ) from None


@lru_cache(maxsize=4)
def _read_key_ring(directory: Path, key_ids: tuple[int, ...]) -> KeyRing:
    if missing := _missing_names(directory):
        raise MissingKey(_what_is_missing(directory, missing))
    return KeyRing(
        sealing={key_id: _read_key(_file_of(directory, key_id)) for key_id in key_ids},
        index=_read_key(directory / INDEX_KEY),
    )


def _file_of(directory: Path, key_id: int) -> Path:
    return directory / name_of_key(key_id)


def _sealing_ids(directory: Path) -> list[int]:
    try:
        names = os.listdir(directory)  # for each value that is sealed: glob takes five times longer
    except FileNotFoundError:
        return []
    return sorted(int(found[1]) for name in names if (found := _SEALING_NAME.fullmatch(name)))


def _missing_names(directory: Path, single: tuple[str, ...] = (INDEX_KEY,)) -> list[str]:
    """Name the absent files: any sealing key will do, the single ones must be there."""
    sealing = [] if _sealing_ids(directory) else [name_of_key(1)]
    return sealing + [name for name in single if not (directory / name).is_file()]


def _what_is_missing(directory: Path, missing: list[str]) -> str:
    return (
        f"The key directory {directory} lacks {', '.join(missing)}. Keys are not in the backups: "
        "bring the file back from where the keys are kept safe. Only if no data were ever saved, "
        f"remove sealing-*.key, {INDEX_KEY} and {DJANGO_SECRET} and start again to have new ones."
    )


def _read_key(path: Path) -> bytes:
    content = _read_private(path)
    if len(content) != KEY_BYTES:
        raise KeyFault(f"{path} must hold exactly {KEY_BYTES} bytes, but holds {len(content)}.")
    return content


def _read_private(path: Path) -> bytes:
    try:
        mode = path.stat().st_mode
        content = path.read_bytes()
    except FileNotFoundError:
        raise MissingKey(_what_is_missing(path.parent, [path.name])) from None
    if mode & 0o077:
        raise KeyFault(f"{path} can be read by other users of this machine: chmod 600 {path}")
    return content


def _write_new_key(path: Path, content: bytes) -> None:
    """Write the file for its owner only, never over an existing one; it appears whole and lasts.

    A running site reads it at once, and nothing may be sealed with a key that a power cut takes.
    """
    descriptor, unfinished = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.link(unfinished, path)
    finally:
        os.unlink(unfinished)
    directory = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
