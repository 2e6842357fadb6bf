"""A bare site beside ours: its own addresses, and a login that no wall holds."""

import environ

from tests.bench.settings import *  # noqa: F403
from tests.bench.settings import DATABASES
from volunteer_network.settings.services import owner_login
from volunteer_network.startup.places import DataDir

ROOT_URLCONF = "tests.bench.bare_door"
DATABASES["default"].update(owner_login(environ.Env(), DataDir.from_environment()))
