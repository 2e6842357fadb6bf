"""Bells of jobs: after the commit, again where one was lost, and none for what is being made."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import redis
from django.conf import settings
from django.db import connection
from django.utils import timezone
from kombu import pools

from tests.factories import UserFactory
from tests.factories.jobs import JobFactory
from volunteer_network.access.scope import SYSTEM, open_scope
from volunteer_network.advisory_locks import Lock, held_by_session
from volunteer_network.celery import app
from volunteer_network.enums import JobState
from volunteer_network.models import Job
from volunteer_network.queue import AFTER_SINGLE_JOBS
from volunteer_network.services import jobs

LONG_AGO = timedelta(minutes=5)


@pytest.fixture
def ask(chiang_mai_officer):
    def ask(**parameters):
        with open_scope(chiang_mai_officer.scope):
            return jobs.ask_for_job(
                kind="test_text", title="เอกสาร", parameters=parameters, by=chiang_mai_officer
            )

    return ask


def now(job):
    with open_scope(job.requested_by.scope):
        return Job.objects.get(pk=job.pk)


def ring_into(monkeypatch):
    rung = []
    monkeypatch.setattr(app.Task, "apply_async", lambda task, args, **_: rung.append(args[0]))
    return rung


def test_the_bell_rings_after_the_commit(ask, django_capture_on_commit_callbacks, monkeypatch):
    rung = ring_into(monkeypatch)

    with django_capture_on_commit_callbacks(execute=True):
        job = ask(text="x")
        assert rung == []

    assert rung == [job.pk]


def test_what_was_saved_stays_saved_when_redis_is_away(
    ask, django_capture_on_commit_callbacks, redis_away, caplog
):
    began = timezone.now()

    with django_capture_on_commit_callbacks(execute=True):
        job = ask(text="x")

    assert now(job).state == JobState.WAITING
    assert timezone.now() - began < timedelta(seconds=1.5)
    assert "on_commit" in caplog.text


@pytest.fixture
def redis_away():
    """The queue's address leads nowhere, as after a crash of Redis."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(app.conf, "broker_url", "redis+socket:///nonexistent/redis.sock")
        _forget_connections()
        yield
    _forget_connections()


def _forget_connections():
    pools.reset()
    app._pool = app.amqp._producer_pool = None


@pytest.mark.parametrize("state", [JobState.WAITING, JobState.RUNNING])
def test_the_sweeper_rings_for_what_was_lost(monkeypatch, chiang_mai_officer, state):
    rung = ring_into(monkeypatch)
    lost = JobFactory(
        requested_by=chiang_mai_officer, state=state, rung_at=timezone.now() - LONG_AGO
    )
    JobFactory(requested_by=chiang_mai_officer, state=state)
    JobFactory(
        requested_by=chiang_mai_officer,
        state=JobState.DONE,
        rung_at=timezone.now() - LONG_AGO,
    )

    jobs.ring_again()
    jobs.ring_again()

    assert rung == [lost.pk]


def lost_job(by, **fields):
    return JobFactory(requested_by=by, rung_at=timezone.now() - LONG_AGO, **fields)


def test_parts_are_rung_behind_what_was_asked_for_alone(monkeypatch, chiang_mai_officer):
    rung = []
    monkeypatch.setattr(
        app.Task, "apply_async", lambda task, args, priority, **_: rung.append((args[0], priority))
    )
    whole = JobFactory(requested_by=chiang_mai_officer, state=JobState.PARTS)
    part, alone = lost_job(chiang_mai_officer, whole=whole), lost_job(chiang_mai_officer)

    jobs.ring_again()

    assert sorted(rung) == [(part.pk, AFTER_SINGLE_JOBS), (alone.pk, 0)]


def test_no_sweep_rings_for_more_than_the_queue_takes(monkeypatch, chiang_mai_officer):
    rung = ring_into(monkeypatch)
    monkeypatch.setattr(jobs, "MOST_RUNG_AT_ONCE", 2)
    lost = [lost_job(chiang_mai_officer) for _number in range(3)]

    jobs.ring_again()

    assert rung == [one.pk for one in lost[:2]]


def test_while_redis_is_away_the_sweeper_waits_for_its_next_turn(chiang_mai_officer, redis_away):
    job = lost_job(chiang_mai_officer)

    jobs.ring_again()

    assert now(job).state == JobState.WAITING


def test_the_sweeper_leaves_alone_what_a_living_worker_makes(monkeypatch, committed):
    rung = ring_into(monkeypatch)
    job = JobFactory(
        requested_by=UserFactory(), state=JobState.RUNNING, rung_at=timezone.now() - LONG_AGO
    )

    def sweep():
        jobs.ring_again()
        connection.close()

    with ThreadPoolExecutor(1) as other, held_by_session(Lock.WORK_ON_JOB, job.pk):
        other.submit(sweep).result()

    assert rung == []


def test_a_job_is_rung_for_again(
    chiang_mai_officer, django_capture_on_commit_callbacks, monkeypatch
):
    rung = ring_into(monkeypatch)
    job = JobFactory(requested_by=chiang_mai_officer, state=JobState.STOPPED)

    with django_capture_on_commit_callbacks(execute=True), open_scope(chiang_mai_officer.scope):
        jobs.repeat_job(job=job, by=chiang_mai_officer)

    assert rung == [job.pk]


def test_a_bell_for_a_job_that_is_not_there_is_heard_in_vain(db):
    jobs.run_job(0)

    with open_scope(SYSTEM):
        assert not Job.objects.exists()


def test_redis_of_the_tests_is_there():
    assert redis.Redis.from_url(settings.REDIS.cache).ping()
