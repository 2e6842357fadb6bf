"""Working as the owner of the tables: migrations, seeding and backup only."""

from collections.abc import Iterator
from contextlib import contextmanager

import environ
from django.db import connection

from volunteer_network.settings.services import owner_login
from volunteer_network.startup.places import DataDir


@contextmanager
def as_owner() -> Iterator[None]:
    """Connect as the owner, past every wall, for the length of a block."""
    settings = connection.settings_dict
    app = {"USER": settings["USER"], "PASSWORD": settings["PASSWORD"]}
    connection.close()
    settings.update(owner_login(environ.Env(), DataDir.from_environment()))
    try:
        yield
    finally:
        connection.close()
        settings.update(app)
