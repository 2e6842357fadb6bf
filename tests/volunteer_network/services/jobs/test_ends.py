"""Jobs that are refused, fail, are stopped or repeated."""

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from tests.factories.jobs import JobFactory
from tests.volunteer_network.services.jobs.asking import now, verbs
from volunteer_network.access.scope import open_scope
from volunteer_network.enums import JobState
from volunteer_network.errors import RuleViolation
from volunteer_network.job_kinds import Result
from volunteer_network.models import Job
from volunteer_network.services import jobs


def test_a_refusal_is_shown_to_the_person(ask, kind):
    def make(job):
        raise RuleViolation("ยาวเกินไป")

    job = ask(kind=kind(make))
    jobs.run_job(job.pk)

    assert (now(job).state, now(job).failure) == (JobState.FAILED, "ยาวเกินไป")


def test_a_mistake_of_ours_fails_with_a_number_to_tell(ask, kind):
    def make(job):
        raise ZeroDivisionError

    job = ask(kind=kind(make))
    jobs.run_job(job.pk)

    assert now(job).state == JobState.FAILED
    assert "แจ้งผู้ดูแลระบบพร้อมรหัส" in now(job).failure


def test_too_long_a_job_fails_in_words(ask, kind):
    def make(job):
        raise SoftTimeLimitExceeded

    job = ask(kind=kind(make))
    jobs.run_job(job.pk)

    assert "นานเกินกำหนด" in now(job).failure


@pytest.mark.parametrize("problem", [OperationalError, InterfaceError])
def test_when_the_database_is_away_the_job_is_left_to_the_sweeper(ask, kind, problem):
    def make(job):
        raise problem

    job = ask(kind=kind(make))
    with pytest.raises(problem):
        jobs.run_job(job.pk)

    assert now(job).state == JobState.RUNNING


def test_a_job_that_was_stopped_before_it_failed_stays_stopped(ask, kind, chiang_mai_officer):
    def make(job):
        with open_scope(chiang_mai_officer.scope):
            jobs.stop_job(job=row, by=chiang_mai_officer)
        raise RuleViolation("ยาวเกินไป")

    row = ask(kind=kind(make))
    jobs.run_job(row.pk)

    assert (now(row).state, now(row).failure) == (JobState.STOPPED, "")


def test_stopping_ends_the_work_at_its_next_step(ask, kind, chiang_mai_officer):
    reached = []

    def make(job):
        with open_scope(chiang_mai_officer.scope):
            jobs.stop_job(job=row, by=chiang_mai_officer)
        job.progress(0, 1, "x")
        reached.append("after the stop")

    row = ask(kind=kind(make))
    jobs.run_job(row.pk)

    assert now(row).state == JobState.STOPPED
    assert reached == []


def test_a_job_stopped_at_the_last_moment_keeps_no_file(ask, kind, chiang_mai_officer):
    def make(job):
        with open_scope(chiang_mai_officer.scope):
            jobs.stop_job(job=row, by=chiang_mai_officer)
        return Result(content=b"made a moment too late", extension="txt", name="x")

    row = ask(kind=kind(make))
    jobs.run_job(row.pk)

    kept = [path.read_bytes() for path in settings.FILES_DIR.rglob("*.txt")]
    assert now(row).result == ""
    assert b"made a moment too late" not in kept


def test_who_stops_a_job_stands_in_the_audit(ask, chiang_mai_officer, everywhere):
    job = ask(text="x")

    with open_scope(chiang_mai_officer.scope):
        jobs.stop_job(job=job, by=chiang_mai_officer)

    assert verbs(job, everywhere) == ["job.asked", "job.stopped"]


def test_a_finished_job_cannot_be_stopped(ask, chiang_mai_officer):
    job = ask(text="x")
    jobs.run_job(job.pk)

    with open_scope(chiang_mai_officer.scope):
        jobs.stop_job(job=job, by=chiang_mai_officer)

    assert now(job).state == JobState.DONE


def test_a_failed_job_can_be_repeated_with_new_attempts(chiang_mai_officer, everywhere):
    job = JobFactory(
        kind="test_text",
        requested_by=chiang_mai_officer,
        state=JobState.FAILED,
        attempt=3,
        failure="x",
        finished_at=timezone.now(),
    )

    with open_scope(chiang_mai_officer.scope):
        jobs.repeat_job(job=job, by=chiang_mai_officer)
    jobs.run_job(job.pk)

    assert (now(job).state, now(job).attempt, now(job).failure) == (JobState.DONE, 1, "")
    assert verbs(job, everywhere) == ["job.repeated", "job.done"]


def test_only_the_person_who_asked_may_repeat(chiang_mai_head, chiang_mai_officer):
    job = JobFactory(requested_by=chiang_mai_officer, state=JobState.FAILED)

    with pytest.raises(RuleViolation, match="เฉพาะผู้ที่สั่ง"), open_scope(chiang_mai_head.scope):
        jobs.repeat_job(job=job, by=chiang_mai_head)


def test_an_older_attempt_cannot_finish_a_newer_ones_job(ask, kind, everywhere):
    def make(job):
        with everywhere():
            Job.objects.filter(pk=row.pk).update(attempt=2)
        return Result(content=b"old", extension="txt", name="x")

    row = ask(kind=kind(make))
    jobs.run_job(row.pk)

    assert now(row).state == JobState.RUNNING
