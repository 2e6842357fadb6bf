"""A real worker, killed with -9 in the middle of a job: one result all the same."""

import os
import re
import signal
from pathlib import Path

import pytest
from django.utils import timezone

from tests.factories import UserFactory
from tests.factories.jobs import JobFactory
from tests.volunteer_network.workers import wait_for, worker
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.enums import JobState
from volunteer_network.models import AuditEvent, Job
from volunteer_network.services import jobs
from volunteer_network.tasks import run_job


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
