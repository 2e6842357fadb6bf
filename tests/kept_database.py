"""The migrated database of the tests, kept as a dump until what decides its tables changes.

All migrations take some twenty seconds, a dump of them less than two. Walls and places are built
anew each time, and `migrate` runs as well: over a loaded dump it only finds nothing left to do.
"""

import fcntl
import hashlib
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from tests.architecture.sources import modules
from tests.databases import owner
from volunteer_network.startup.places import BASE_DIR, DataDir
from volunteer_network.startup.servers import postgres_binaries

Created = TypeVar("Created")
# The import contracts keep models and migrations from knowing these; all else decides the tables.
ABOVE_THE_MODELS = frozenset(
    {"demo", "forms", "services", "startup", "templatetags", "ui", "urls", "views"}
)


def migrated(name: str, create: Callable[..., Created]) -> Created:
    """Create the database of this name, or load it first and then `create(keepdb=True)`.

    Of several processes the first keeps what it created; the others wait for it and load that.
    A server that DATABASE_URL names may be of any version: it gets no dump.
    """
    if os.environ.get("DATABASE_URL"):
        return create()
    with _one_at_a_time():
        if not kept_file().exists():
            created = create()
            _keep(name)
            return created
        _load(name)
    return create(keepdb=True)


def kept_file() -> Path:
    """Where the dump is, or will be, for the checkout as it is now."""
    return _lasting_folder() / f"database-{_digest()}.dump"


def deciding_files() -> list[Path]:
    """All that decides which tables there are: the lower layers, the versions of packages."""
    deciding = [path for path in modules() if _layer(path) not in ABOVE_THE_MODELS]
    return [BASE_DIR / "requirements.txt", *deciding]


def run(program: str, *arguments: object) -> str:
    """What one of PostgreSQL's own programs says, called as the owner of the tables."""
    data = DataDir.from_environment()
    login = {"PGUSER": "vn_owner", "PGPASSWORD": data.password("vn_owner")}
    done = subprocess.run(
        [postgres_binaries() / program, *map(str, arguments)],
        env={**os.environ, **login, "PGHOST": str(data.sockets())},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.stdout


def dump(name: str, target: Path) -> None:
    run("pg_dump", "--format=custom", "--compress=1", f"--file={target}", f"--dbname={name}")


def _load(name: str) -> None:
    with owner("postgres") as server:
        server.execute(f'CREATE DATABASE "{name}"')
    run("pg_restore", "--exit-on-error", f"--dbname={name}", kept_file())


def _keep(name: str) -> None:
    kept = kept_file()
    fresh = kept.with_suffix(".new")
    dump(name, fresh)
    for old in kept.parent.glob("database-*.dump"):
        old.unlink()
    fresh.rename(kept)


def _digest() -> str:
    found = hashlib.sha256()
    for path in deciding_files():
        found.update(f"{path.relative_to(BASE_DIR)}\0".encode() + path.read_bytes())
    return found.hexdigest()[:16]


def _layer(path: Path) -> str:
    return path.relative_to(BASE_DIR).with_suffix("").parts[1]


def _lasting_folder() -> Path:
    """Each run has a DATA_DIR of its own; what outlives it lies beside."""
    return DataDir.from_environment().path.parent


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    with (_lasting_folder() / "database.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
