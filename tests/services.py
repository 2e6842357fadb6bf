"""Starts PostgreSQL and Redis for the tests, before settings are read (a `-p` plugin).

The tests have a DATA_DIR of their own and never touch the data of `make run`. The roles of
the cluster are made here, once, because several workers would make them at the same time.
"""

import atexit
import os
import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path

import psycopg

from volunteer_network.startup.bootstrap import bootstrap, make_roles
from volunteer_network.startup.places import DataDir
from volunteer_network.startup.services import services

DATABASE = "volunteer_network"


def start() -> None:
    base = DataDir.from_environment().path / "test"
    base.mkdir(parents=True, exist_ok=True)
    data = DataDir(Path(tempfile.mkdtemp(prefix="run-", dir=base)))
    os.environ["DATA_DIR"] = str(data.path)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "volunteer_network.settings.test")
    stack = ExitStack()
    atexit.register(stack.close)
    stack.callback(shutil.rmtree, data.path, ignore_errors=True)
    stack.enter_context(services(data, durable=False))
    make_cluster_roles(data)


def make_cluster_roles(data: DataDir) -> None:
    if named := os.environ.get("DATABASE_URL"):
        with psycopg.connect(named, autocommit=True) as server:
            make_roles(server, data.password("app"))
    else:
        bootstrap(data, name=DATABASE, host=str(data.sockets()), app_password=data.password("app"))


if "PYTEST_XDIST_WORKER" not in os.environ:
    start()
