"""Settings of a worker process that a test starts: the test's own clone of the database."""

import os

from volunteer_network.settings.test import *  # noqa: F403
from volunteer_network.settings.test import DATABASES

DATABASES["default"]["NAME"] = os.environ["TEST_DATABASE"]
# What the worker itself rings for stays with it; the tests share one Redis.
CELERY_TASK_DEFAULT_QUEUE = os.environ["TEST_QUEUE"]
