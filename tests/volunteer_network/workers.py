"""Real workers in processes of their own."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress

import pytest

PATIENCE_SECONDS = 45


@contextmanager
def worker(queue, database, data_dir, processes=1):
    log = (data_dir / "worker.log").open("ab")
    command = [sys.executable, "-m", "celery", "-A", "volunteer_network.celery", "worker"]
    process = subprocess.Popen(
        [
            *command,
            "-I",
            "tests.job_kinds",
            "-Q",
            queue,
            "-c",
            str(processes),
            "-n",
            f"{queue}@test",
        ],
        env={
            **os.environ,
            "DATA_DIR": str(data_dir),
            "DJANGO_SETTINGS_MODULE": "tests.worker_settings",
            "TEST_DATABASE": database,
            "TEST_QUEUE": queue,
        },
        stdout=log,
        stderr=log,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_for(found, log):
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not (answer := found()):
        if time.monotonic() > deadline:
            pytest.fail((log / "worker.log").read_text()[-3000:])
        time.sleep(0.05)
    return answer
