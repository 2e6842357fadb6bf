"""Passwords of the embedded database, made once and kept 0600 below DATA_DIR."""

import os
import secrets
from pathlib import Path

LOGINS = ("postgres", "vn_owner", "app")


def make_passwords(directory: Path) -> None:
    """Give each database login a password if it has none yet."""
    for login in LOGINS:
        file = directory / f"{login}.password"
        if not file.exists():
            write_secret(file, secrets.token_urlsafe(32))


def write_secret(file: Path, content: str) -> None:
    """Write a new file that only we may read; an existing one is never overwritten."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as handle:
        handle.write(content)
