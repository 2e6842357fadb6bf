"""Database and Redis for the length of a block."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from volunteer_network.sealing import create_missing_keys
from volunteer_network.startup.backups.swap import settle
from volunteer_network.startup.keys import make_passwords
from volunteer_network.startup.lock import sole_user
from volunteer_network.startup.parts import Parts, give_to_nobody
from volunteer_network.startup.places import DataDir
from volunteer_network.startup.servers import start_postgres, start_redis

SOCKETS_PREFIX = "vn-"


@contextmanager
def services(data: DataDir, *, durable: bool = True) -> Iterator[Parts]:
    """Run the servers that the environment does not name, and note in run.json where they are.

    Other parts may be added to the yielded set; all are stopped at the end, the servers last.
    A restore that was cut off is brought to an end first.
    Raises CannotStart when another process already runs them on this DATA_DIR.
    """
    data.make()
    with sole_user(data):
        _remove_what_a_kill_left(data)
        create_missing_keys(data.keys)
        make_passwords(data.keys)
        # Short, and not below DATA_DIR: the path of a socket has at most 107 bytes.
        sockets = Path(tempfile.mkdtemp(prefix=SOCKETS_PREFIX))
        give_to_nobody(sockets)
        parts = Parts(data.logs)
        try:
            if not os.environ.get("DATABASE_URL"):
                start_postgres(parts, data, sockets, durable=durable)
            if not os.environ.get("REDIS_URL"):
                start_redis(parts, data, sockets)
            data.note_run(sockets)
            settle(data, os.environ.get("DATABASE_URL", ""))
            yield parts
        finally:
            parts.stop_all()
            data.run_file.unlink(missing_ok=True)
            shutil.rmtree(sockets, ignore_errors=True)


def _remove_what_a_kill_left(data: DataDir) -> None:
    with suppress(FileNotFoundError, ValueError, KeyError):
        sockets = Path(json.loads(data.run_file.read_text())["sockets"])
        if sockets.name.startswith(SOCKETS_PREFIX):
            shutil.rmtree(sockets, ignore_errors=True)
    data.run_file.unlink(missing_ok=True)
