"""The settings of `make run`, for a site with a database and a queue of its own."""

import os

from volunteer_network.settings.development import *  # noqa: F403
from volunteer_network.settings.development import CACHES, DATABASES

DEMO = True
DATABASES["default"]["NAME"] = os.environ["BROWSER_DATABASE"]
STATIC_ROOT = os.environ["BROWSER_STATIC"]
CACHES["default"]["KEY_PREFIX"] = os.environ["BROWSER_DATABASE"]
CELERY_TASK_DEFAULT_QUEUE = os.environ["BROWSER_DATABASE"]  # all tests share one Redis
