"""The kinds of jobs that only tests know, and what a worker of a test's own needs."""

import shutil
import time

import pytest
from django.conf import settings

from tests.job_kinds import register_kinds

register_kinds()


@pytest.fixture
def data_dir(tmp_path):
    """A DATA_DIR of the worker's own, so that its files can be counted."""
    shutil.copytree(settings.KEYS_DIR, tmp_path / "keys")
    shutil.copy(settings.KEYS_DIR.parent / "run.json", tmp_path)  # where the servers are
    return tmp_path


@pytest.fixture
def queue(committed):
    """A queue that only this test's worker reads; the tests share one Redis."""
    return f"{committed}_{time.monotonic_ns()}"
