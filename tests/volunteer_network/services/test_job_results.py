"""Files of jobs go after seven days, and nothing else does."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.jobs import JobFactory
from volunteer_network import uploads
from volunteer_network.enums import JobState
from volunteer_network.models import Job
from volunteer_network.services import job_results


@pytest.fixture
def job(chiang_mai_officer):
    def job(*, days, state=JobState.DONE, key="one", **fields):
        name = uploads.store_for(f"results:{key}", b"%PDF-1.7 x", "pdf")
        ended = timezone.now() - timedelta(days=days)
        return JobFactory(
            requested_by=chiang_mai_officer,
            state=state,
            finished_at=ended,
            result=name,
            result_name="บัตร อสร.pdf",
            result_digest="a" * 64,
            **fields,
        )

    return job


def is_there(name):
    try:
        uploads.open_stored(name).close()
    except FileNotFoundError:
        return False
    return True


def test_a_file_goes_after_seven_days_and_its_row_stays(job, everywhere):
    old, fresh = job(days=8, key="old"), job(days=6, key="fresh")

    assert job_results.forget_old_results() == 1
    assert job_results.forget_old_results() == 0

    assert (is_there(old.result), is_there(fresh.result)) == (False, True)
    with everywhere():
        kept = Job.objects.get(pk=old.pk)
        assert Job.objects.get(pk=fresh.pk).result == fresh.result
    assert (kept.result, kept.result_name, kept.result_digest) == ("", "บัตร อสร.pdf", "a" * 64)
    assert kept.file_is_gone
    assert not fresh.file_is_gone


def test_more_than_a_batch_is_forgotten_in_one_run(job, monkeypatch):
    monkeypatch.setattr(job_results, "BATCH", 2)
    for number in range(5):
        job(days=9, key=f"many {number}")

    assert job_results.forget_old_results() == 5


def test_a_cut_off_run_is_taken_up_again(job, everywhere, monkeypatch):
    """The file may be gone before its row says so, never the other way round."""
    old = job(days=8)
    uploads.remove(old.result)

    assert job_results.forget_old_results() == 1


def test_what_is_being_made_again_is_left_alone(job, everywhere):
    running = job(days=30, state=JobState.RUNNING)

    assert job_results.forget_old_results() == 0
    assert is_there(running.result)
