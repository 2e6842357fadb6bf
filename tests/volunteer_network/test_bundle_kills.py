"""Real workers, killed with -9 again and again in the middle of a bundle: nothing lost, nothing
twice."""

import os
import random
import re
import signal
import time
from pathlib import Path

import pytest

from tests.factories import UserFactory
from tests.volunteer_network.workers import wait_for, worker
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.enums import JobState
from volunteer_network.job_kinds import PartAsked
from volunteer_network.models import AuditEvent, Job, Notice
from volunteer_network.services import jobs
from volunteer_network.tasks import run_job

PROCESSES = 2
SECONDS_PER_PART = 0.25
WHOLE_WORKER_EACH = 5  # of so many kills one takes the worker itself, not only a process of it


def ask_for_bundle(parts):
    officer = UserFactory(role="central_officer")
    with open_scope(officer.scope):
        return jobs.ask_for_whole(
            kind="test_whole",
            title="เอกสาร 76 จังหวัด",
            parameters={},
            parts=[
                PartAsked(
                    title=f"จังหวัด {number}",
                    parameters={"number": number, "seconds": SECONDS_PER_PART},
                )
                for number in range(1, parts + 1)
            ],
            by=officer,
        )


def rows(**wanted):
    with open_scope(NATION):
        return list(Job.objects.filter(**wanted).order_by("pk"))


def processes_at_work():
    told = (re.fullmatch(r"process (\d+)", job.doing) for job in rows(state=JobState.RUNNING))
    return [int(found[1]) for found in told if found and Path(f"/proc/{found[1]}").exists()]


def ring_for_unfinished(queue):
    """As the sweeper does each minute; its own bell would ring in the queue of all tests."""
    for job in rows(state__in=(JobState.WAITING, JobState.RUNNING)):
        run_job.apply_async((job.pk,), queue=queue)


def finish_under_fire(whole, kills, queue, database, data_dir):
    """Let workers make the bundle while `kills` of them die; returns how many really died."""
    died = 0
    while not rows(pk=whole.pk)[0].is_finished:
        with worker(queue, database, data_dir, PROCESSES) as process:
            ring_for_unfinished(queue)
            while not rows(pk=whole.pk)[0].is_finished:
                if died == kills:
                    wait_for(lambda: rows(pk=whole.pk)[0].is_finished, data_dir)
                    break
                at_work = wait_for(
                    lambda: processes_at_work() or rows(pk=whole.pk)[0].is_finished, data_dir
                )
                if at_work is True:
                    break
                died += 1
                if died % WHOLE_WORKER_EACH == 0:
                    os.killpg(process.pid, signal.SIGKILL)
                    break
                os.kill(random.choice(at_work), signal.SIGKILL)
                time.sleep(SECONDS_PER_PART)
    return died


def assert_nothing_lost_and_nothing_twice(whole, parts, data_dir):
    made = rows(whole=whole.pk)
    with open_scope(NATION):
        done = AuditEvent.objects.filter(verb="job.done").values_list("target", flat=True)
        ended, notices = sorted(map(int, done)), Notice.objects.count()
    files = [path.name for path in Path(data_dir, "files").rglob("*") if path.is_file()]
    final = rows(pk=whole.pk)[0]
    assert [part.failure for part in made if part.state != JobState.DONE] == []
    assert ended == sorted([whole.pk, *(part.pk for part in made)])
    assert sorted(files) == sorted([final.result, *(part.result for part in made)])
    assert notices == 1
    content = next(Path(data_dir, "files").rglob(final.result)).read_text()
    assert content == ",".join(str(number) for number in range(1, parts + 1))


@pytest.mark.parametrize(("parts", "kills"), [(8, 2), pytest.param(76, 20, marks=pytest.mark.long)])
def test_kills_in_mid_bundle_lose_nothing_and_double_nothing(
    committed,
    queue,
    data_dir,
    parts,
    kills,
):
    whole = ask_for_bundle(parts)

    died = finish_under_fire(whole, kills, queue, committed, data_dir)

    assert died == kills
    assert_nothing_lost_and_nothing_twice(whole, parts, data_dir)
