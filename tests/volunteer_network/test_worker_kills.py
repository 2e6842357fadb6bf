"""A real worker, killed with -9 in the middle of a job: one result all the same."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from tests.factories import UserFactory
from tests.factories.jobs import JobFactory
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.enums import JobState
from volunteer_network.models import AuditEvent, Job
from volunteer_network.services import jobs
from volunteer_network.tasks import run_job

PATIENCE_SECONDS = 45


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


def now(job):
    with open_scope(NATION):
        return Job.objects.get(pk=job.pk)


def process_at_work(job):
    found = re.fullmatch(r"process (\d+)", now(job).doing)
    return int(found[1]) if found else None


def assert_made_once(job, data_dir):
    made = now(job)
    with open_scope(NATION):
        ended = AuditEvent.objects.filter(verb="job.done", target=str(job.pk)).count()
    files = [path for path in Path(data_dir, "files").rglob("*") if path.is_file()]
    assert (made.state, made.attempt, ended) == (JobState.DONE, 2, 1)
    assert [path.name for path in files] == [made.result]
    assert files[0].read_bytes() == b"made once"


def test_a_killed_process_leaves_its_job_to_the_next(committed, queue, data_dir):
    job = JobFactory(kind="test_slow", requested_by=UserFactory())

    with worker(queue, committed, data_dir):
        run_job.apply_async((job.pk,), queue=queue)
        os.kill(wait_for(lambda: process_at_work(job), data_dir), signal.SIGKILL)
        wait_for(lambda: now(job).is_finished, data_dir)

    assert_made_once(job, data_dir)


@pytest.mark.long
def test_a_killed_worker_leaves_its_job_to_another(committed, queue, data_dir):
    """Nobody hands the message back at once: the sweeper sees that nobody holds the claim."""
    job = JobFactory(kind="test_slow", requested_by=UserFactory())

    with worker(queue, committed, data_dir) as first:
        run_job.apply_async((job.pk,), queue=queue)
        child = wait_for(lambda: process_at_work(job), data_dir)
        first.kill()
        wait_for(lambda: not Path(f"/proc/{child}").exists(), data_dir)
    with open_scope(NATION):
        Job.objects.update(rung_at=timezone.now() - jobs.RING_AGAIN_AFTER * 2)
    with worker(queue, committed, data_dir):
        assert jobs.ring_again() == 1
        run_job.apply_async((job.pk,), queue=queue)  # the sweeper's own bell is in the common queue
        wait_for(lambda: now(job).is_finished, data_dir)

    assert_made_once(job, data_dir)
