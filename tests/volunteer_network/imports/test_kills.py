"""A worker killed in the middle of writing: no person is there twice, and none is missing."""

import os
import signal

import pytest
from django.utils import timezone

from tests.factories import UserFactory
from tests.imports import begin
from tests.volunteer_network.imports.volunteers.registers import person, sheet
from tests.volunteer_network.workers import wait_for, worker
from volunteer_network import national_id
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.enums import ImportState
from volunteer_network.models import ImportBatch, Job, Province, Volunteer
from volunteer_network.services import imports
from volunteer_network.tasks import run_job

ROWS = 4_500  # three transactions


@pytest.mark.long
def test_a_killed_writing_is_finished_by_the_next(committed, queue, data_dir):
    officer = UserFactory(province=Province.objects.get(pk=50))
    rows = [
        person(n, {"ชื่อ": f"สม{letters(n)}", "เลขประจำตัวประชาชน": national_id.make_sample(n)})
        for n in range(1, ROWS + 1)
    ]
    batch = begin(sheet(*rows), by=officer)
    with open_scope(officer.scope):
        batch = imports.ask_to_write(batch=batch, by=officer)

    with worker(queue, committed, data_dir) as process:
        run_job.apply_async((batch.job,), queue=queue)
        wait_for(some_written, data_dir)
        os.killpg(process.pid, signal.SIGKILL)
    assert 0 < how_many() < ROWS
    with open_scope(NATION):
        Job.objects.update(rung_at=timezone.now())
    with worker(queue, committed, data_dir):
        run_job.apply_async((batch.job,), queue=queue)
        wait_for(lambda: state_of(batch) == ImportState.WRITTEN, data_dir)

    assert how_many() == ROWS


def letters(n):
    return str(n).translate(str.maketrans("0123456789", "กขคงจฉชซญด"))


def some_written():
    return how_many() > 0


def how_many():
    with open_scope(NATION):
        return Volunteer.objects.count()


def state_of(batch):
    with open_scope(NATION):
        return ImportBatch.objects.get(pk=batch.pk).state
