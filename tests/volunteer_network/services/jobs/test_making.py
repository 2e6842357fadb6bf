"""A job is made once and kept as a file, whoever dies meanwhile."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from tests.factories import UserFactory
from tests.factories.jobs import JobFactory
from tests.volunteer_network.services.jobs.asking import now, verbs
from volunteer_network import uploads
from volunteer_network.access.scope import open_scope
from volunteer_network.advisory_locks import Lock, held_by_session
from volunteer_network.enums import JobState
from volunteer_network.job_kinds import Result
from volunteer_network.services import jobs


def test_a_job_is_made_and_kept_as_a_file(ask, everywhere):
    job = ask(text="สวัสดี")

    jobs.run_job(job.pk)

    made = now(job)
    content = uploads.open_stored(made.result).read()
    assert (made.state, made.attempt, made.result_name) == (JobState.DONE, 1, "ข้อความ.txt")
    assert content.decode() == "สวัสดี"
    assert made.result_digest == uploads.digest(content)
    assert verbs(job, everywhere) == ["job.asked", "job.done"]


def test_the_same_unfinished_request_of_a_person_is_the_same_job(ask, chiang_mai_head):
    job = ask(text="x")

    assert ask(text="x") == job
    assert ask(text="y") != job
    assert ask(text="x", kind="test_slow") != job
    assert ask(text="x", by=chiang_mai_head) != job


def test_a_finished_request_can_be_asked_for_again(ask):
    job = ask(text="x")
    jobs.run_job(job.pk)

    assert ask(text="x") != job


def test_two_clicks_at_once_make_one_job(committed):
    officer = UserFactory()

    def click(_):
        try:
            with open_scope(officer.scope):
                return jobs.ask_for_job(
                    kind="test_text", title="x", parameters={"text": "x"}, by=officer
                ).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as clicks:
        made = set(clicks.map(click, range(4)))

    assert len(made) == 1


def test_an_unknown_kind_cannot_be_asked_for(ask):
    with pytest.raises(KeyError):
        ask(kind="no_such_kind")


def test_a_finished_job_is_not_made_again(ask):
    job = ask(text="x")
    jobs.run_job(job.pk)
    finished_at = now(job).finished_at

    jobs.run_job(job.pk)

    assert (now(job).attempt, now(job).finished_at) == (1, finished_at)


def test_a_job_that_somebody_works_on_is_left_alone(committed):
    job = JobFactory(kind="test_text", requested_by=UserFactory())

    with ThreadPoolExecutor(1) as other, held_by_session(Lock.WORK_ON_JOB, job.pk):
        other.submit(_run_and_close, job.pk).result()

    assert now(job).state == JobState.WAITING


def _run_and_close(job_id):
    jobs.run_job(job_id)
    connection.close()


def test_what_a_dead_worker_claimed_is_made_by_the_next(committed):
    job = JobFactory(
        kind="test_text", requested_by=UserFactory(), state=JobState.RUNNING, attempt=1
    )

    jobs.run_job(job.pk)

    assert (now(job).state, now(job).attempt) == (JobState.DONE, 2)


def test_after_three_attempts_a_job_fails_in_words(chiang_mai_officer):
    job = JobFactory(
        kind="test_text", requested_by=chiang_mai_officer, state=JobState.RUNNING, attempt=3
    )

    jobs.run_job(job.pk)

    assert now(job).state == JobState.FAILED
    assert "3 ครั้ง" in now(job).failure


def test_a_second_attempt_replaces_the_file_of_the_first(ask):
    first = uploads.store_for("job:1", b"first", "pdf")
    second = uploads.store_for("job:1", b"second", "pdf")

    assert first == second
    assert uploads.open_stored(second).read() == b"second"
    assert uploads.store_for("job:2", b"other", "pdf") != first


def test_computing_happens_outside_any_transaction(committed, kind):
    inside = []

    def make(job):
        inside.append(connection.in_atomic_block)
        return Result(content=b"", extension="txt", name="x")

    job = JobFactory(kind=kind(make), requested_by=UserFactory())
    jobs.run_job(job.pk)

    assert inside == [False]


def test_progress_is_told_in_words(ask, kind):
    seen = []

    def make(job):
        job.progress(0, 2, "คนที่ 1 จาก 2")
        seen.append(now(row))
        job.progress(2, 2, "คนที่ 2 จาก 2")
        seen.append(now(row))
        return Result(content=b"", extension="txt", name="x")

    row = ask(kind=kind(make))
    jobs.run_job(row.pk)

    told = [(job.done_steps, job.all_steps, job.doing) for job in seen]
    assert told == [(0, 2, "คนที่ 1 จาก 2"), (2, 2, "คนที่ 2 จาก 2")]


def test_many_small_steps_are_not_each_written(ask, kind, django_assert_num_queries):
    def make(job):
        job.progress(0, 1000, "คนที่ 1 จาก 1000")
        with django_assert_num_queries(0):
            job.progress(1, 1000, "คนที่ 2 จาก 1000")

    row = ask(kind=kind(make))
    jobs.run_job(row.pk)

    assert now(row).state == JobState.DONE
