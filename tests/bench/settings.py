"""The settings of `make run`, with two addresses of our own and a choice of database."""

import os
from pathlib import Path

from volunteer_network.settings.development import *  # noqa: F403
from volunteer_network.settings.development import DATABASES, TEMPLATES

DEMO = True
ROOT_URLCONF = "tests.bench.urls"
DATABASES["default"]["NAME"] = os.environ.get("BENCH_DATABASE", DATABASES["default"]["NAME"])
TEMPLATES[0]["DIRS"] = [*TEMPLATES[0]["DIRS"], Path(__file__).parent / "templates"]
