"""Starts PostgreSQL and Redis for the tests, before settings are read (a `-p` plugin).

The tests have a DATA_DIR of their own, so that they never touch the data of `make run`.
"""

import atexit
import os
import tempfile
from contextlib import ExitStack
from pathlib import Path

from volunteer_network.startup.places import DataDir
from volunteer_network.startup.services import services


def start() -> None:
    base = DataDir.from_environment().path / "test"
    base.mkdir(parents=True, exist_ok=True)
    data = DataDir(Path(tempfile.mkdtemp(prefix="run-", dir=base)))
    os.environ["DATA_DIR"] = str(data.path)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "volunteer_network.settings.test")
    stack = ExitStack()
    atexit.register(stack.close)
    stack.enter_context(services(data, durable=False))



if "PYTEST_XDIST_WORKER" not in os.environ:
    start()
