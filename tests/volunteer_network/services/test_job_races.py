"""Two at once over one job: who comes second sees what the first one did."""

import pytest

from tests.factories import UserFactory
from tests.factories.jobs import JobFactory
from tests.locks import while_held, without_row_locks
from volunteer_network.access.roles import Role
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.enums import JobState
from volunteer_network.job_kinds import PartAsked
from volunteer_network.models import AuditEvent, Job
from volunteer_network.services import job_parts, jobs


@pytest.fixture
def officer(committed):
    return UserFactory(role=Role.CENTRAL_OFFICER, province=None)


@pytest.fixture(params=[True, False], ids=["locked", "the twin without locks"])
def locked(request, monkeypatch):
    """The twin shows that a test can see what the lock prevents."""
    if not request.param:
        without_row_locks(monkeypatch)
    return request.param


def ask_for_whole(by):
    parts = [PartAsked(title=f"ส่วน {n}", parameters={"number": n}) for n in (1, 2)]
    return jobs.ask_for_whole(kind="test_whole", title="ชุด", parameters={}, parts=parts, by=by)


def doing(service, job, by):
    def call():
        with open_scope(by.scope):
            return service(job=job, by=by)

    return call


def become(job, **values):
    Job.objects.filter(pk=job.pk).update(**values)


def hold(job):
    """Lock its row, also in a twin: somebody else's lock is not what is tried there."""
    become(job, title=job.title)


def now(job):
    with open_scope(NATION):
        return Job.objects.get(pk=job.pk)


@pytest.fixture
def whole(officer):
    """Its first part is being made, its second one has not begun."""
    with open_scope(officer.scope):
        whole = ask_for_whole(officer)
        first, second = Job.objects.parts_of(whole.pk)
        become(first, state=JobState.RUNNING)
    return whole, first, second


def first_part_ends(whole, first, state=JobState.DONE):
    become(first, state=state)
    job_parts.note_part_ended(Job.objects.get(pk=whole.pk))


def test_two_clicks_at_once_make_one_whole(officer):
    made = []

    def click():
        with open_scope(officer.scope):
            return ask_for_whole(officer)

    second = while_held(lambda: made.append(ask_for_whole(officer)), click, scope=officer.scope)

    assert [second] == made


def test_without_the_lock_of_a_person_two_clicks_make_two(officer, monkeypatch):
    """The twin: it shows that the test above can see what the lock prevents."""
    monkeypatch.setattr(jobs, "wait_in_transaction", lambda *which: None)

    with pytest.raises(AssertionError):
        test_two_clicks_at_once_make_one_whole(officer)


def test_a_job_that_has_just_ended_is_not_stopped(officer, locked):
    job = JobFactory(requested_by=officer, state=JobState.RUNNING)

    while_held(
        lambda: hold(job),
        doing(jobs.stop_job, job, officer),
        then=lambda: become(job, state=JobState.DONE),
    )

    assert now(job).state == (JobState.DONE if locked else JobState.STOPPED)


def test_a_job_that_was_just_repeated_is_not_repeated_again(officer, locked):
    job = JobFactory(requested_by=officer, state=JobState.FAILED)

    while_held(
        lambda: hold(job),
        doing(jobs.repeat_job, job, officer),
        then=lambda: become(job, state=JobState.WAITING),
    )

    with open_scope(NATION):
        assert AuditEvent.objects.filter(verb="job.repeated").exists() is not locked


def test_a_job_that_was_just_stopped_is_not_begun(officer, locked):
    job = JobFactory(kind="test_text", requested_by=officer)

    while_held(
        lambda: hold(job),
        lambda: jobs.run_job(job.pk),
        then=lambda: become(job, state=JobState.STOPPED),
    )

    assert now(job).state == (JobState.STOPPED if locked else JobState.DONE)


def test_a_part_that_is_stopped_sees_another_that_ends(whole, officer, locked):
    """Else neither sees itself as the last one, and the whole waits for ever."""
    whole, first, second = whole

    while_held(
        lambda: (hold(whole), first_part_ends(whole, first)),
        doing(jobs.stop_job, second, officer),
    )

    assert now(whole).state == (JobState.WAITING if locked else JobState.PARTS)


def test_a_part_that_is_repeated_counts_another_that_ends(whole, officer, locked):
    whole, first, second = whole
    with open_scope(officer.scope):
        become(second, state=JobState.FAILED)

    while_held(
        lambda: (hold(whole), first_part_ends(whole, first)),
        doing(jobs.repeat_job, second, officer),
    )

    assert (now(whole).state, now(second).state) == (JobState.PARTS, JobState.WAITING)
    assert now(whole).done_steps == (1 if locked else 0)


def test_a_part_that_ends_sees_another_that_is_stopped(whole, officer, locked):
    whole, first, second = whole
    with open_scope(officer.scope):
        become(first, state=JobState.WAITING)

    while_held(
        lambda: (hold(whole), first_part_ends(whole, second, JobState.STOPPED)),
        lambda: jobs.run_job(first.pk),
    )

    assert now(whole).state == (JobState.WAITING if locked else JobState.PARTS)
