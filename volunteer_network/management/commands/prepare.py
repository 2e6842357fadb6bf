"""Brings the database up to date: roles, schema, walls and reference data."""

from typing import Any

import environ
import psycopg
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from volunteer_network.access import row_security
from volunteer_network.access.owner import as_owner
from volunteer_network.services.resealing import keys_fit_the_register
from volunteer_network.settings.services import DATABASE
from volunteer_network.startup.bootstrap import bootstrap, make_roles
from volunteer_network.startup.places import DataDir


class Command(BaseCommand):
    help = "Make roles, migrate, build the walls and load reference data; may run again."

    def handle(self, *args: Any, **options: Any) -> None:
        make_cluster_roles()
        with as_owner():
            call_command("migrate", verbosity=options["verbosity"])
            with transaction.atomic():
                row_security.build()
            call_command("load_places", verbosity=options["verbosity"])
            if not keys_fit_the_register():
                raise CommandError(
                    f"The keys in {settings.KEYS_DIR} are not those that sealed this register."
                    " Bring back the folder of keys that belongs to this database."
                )


def make_cluster_roles() -> None:
    """Roles live in the cluster, not in a database, so they come before any migration."""
    env, data = environ.Env(), DataDir.from_environment()
    app_password = str(connection.settings_dict["PASSWORD"])
    if env("DATABASE_URL", default=""):
        with psycopg.connect(env("DATABASE_URL"), autocommit=True) as server:
            make_roles(server, app_password)
    else:
        host = str(connection.settings_dict["HOST"])
        bootstrap(data, name=DATABASE, host=host, app_password=app_password)
