"""Database and Redis for the length of a block."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from volunteer_network.sealing import create_missing_keys
from volunteer_network.startup.keys import make_passwords
from volunteer_network.startup.parts import Parts, give_to_nobody
from volunteer_network.startup.places import DataDir
from volunteer_network.startup.servers import start_postgres, start_redis


@contextmanager
def services(data: DataDir, *, durable: bool = True) -> Iterator[Parts]:
    """Run the servers that the environment does not name, and note in run.json where they are.

    Other parts may be added to the yielded set; all are stopped at the end, the servers last.
    """
    data.make()
    create_missing_keys(data.keys)
    make_passwords(data.keys)
    sockets = Path(tempfile.mkdtemp(prefix="vn-"))  # short: a socket path has at most 107 bytes
    give_to_nobody(sockets)
    parts = Parts(data.logs)
    try:
        if not os.environ.get("DATABASE_URL"):
            start_postgres(parts, data, sockets, durable=durable)
        if not os.environ.get("REDIS_URL"):
            start_redis(parts, data, sockets)
        data.run_file.write_text(json.dumps({"pid": os.getpid(), "sockets": str(sockets)}))
        yield parts
    finally:
        parts.stop_all()
        data.run_file.unlink(missing_ok=True)
        shutil.rmtree(sockets, ignore_errors=True)
