"""Long work: asked once, made once, with the rights of the moment, and told in words."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

import tests.job_kinds  # noqa: F401  # registers the kinds
from tests.factories import UserFactory, VolunteerFactory
from tests.factories.jobs import JobFactory
from volunteer_network import uploads
from volunteer_network.access.roles import Role
from volunteer_network.access.scope import open_scope
from volunteer_network.advisory_locks import Lock, held_by_session
from volunteer_network.enums import JobState
from volunteer_network.errors import RuleViolation
from volunteer_network.job_kinds import JobKind, Result, register_kind
from volunteer_network.models import AuditEvent, Job, Province, User, Volunteer
from volunteer_network.services import jobs
from volunteer_network.services.accounts import change_account


@pytest.fixture
def ask(chiang_mai_officer):
    def ask(*, kind="test_text", by=chiang_mai_officer, **parameters):
        with open_scope(by.scope):
            return jobs.ask_for_job(kind=kind, title="เอกสาร", parameters=parameters, by=by)

    return ask


@pytest.fixture
def kind():
    """Register a kind whose `make` is the given function."""

    def kind(make, name="test_own"):
        register_kind(JobKind(name=name, title="ลอง", make=make))
        return name

    return kind


def now(job):
    with open_scope(job.requested_by.scope):
        return Job.objects.get(pk=job.pk)


def verbs(job, everywhere):
    with everywhere():
        events = AuditEvent.objects.filter(target_type="job", target=str(job.pk))
        return list(events.order_by("pk").values_list("verb", flat=True))


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


def test_a_deactivated_person_gets_nothing(ask, chiang_mai_officer):
    job = ask(text="x")
    User.objects.filter(pk=chiang_mai_officer.pk).update(is_active=False)

    jobs.run_job(job.pk)

    assert now(job).state == JobState.FAILED
    assert "ถูกปิด" in now(job).failure


def test_a_person_who_lost_the_capability_gets_nothing(ask, central_officer):
    job = ask(text="x", by=central_officer)
    User.objects.filter(pk=central_officer.pk).update(role=Role.EXECUTIVE)

    jobs.run_job(job.pk)

    assert now(job).state == JobState.FAILED
    assert "ไม่มีสิทธิ" in now(job).failure


def test_a_person_who_moved_to_another_province_gets_nothing(ask, everywhere, chiang_mai_officer):
    job = ask(text="x")
    User.objects.filter(pk=chiang_mai_officer.pk).update(province_id=90)

    jobs.run_job(job.pk)

    with everywhere():
        assert Job.objects.get(pk=job.pk).state == JobState.FAILED


def moved(officer, admin):
    change_account(
        account=officer,
        role=Role.MENTOR,
        province=Province.objects.get(pk=90),
        agency="",
        inspection_regions=[],
        by=admin,
    )


def without_the_capability(officer, admin):
    change_account(
        account=officer,
        role=Role.PARTNER_OFFICER,
        province=officer.province,
        agency="DOE",
        inspection_regions=[],
        by=admin,
    )


def closed(officer, admin):
    """As `deactivate_account` does, but for the jobs that it stops."""
    User.objects.filter(pk=officer.pk).update(is_active=False)


@pytest.mark.parametrize(
    ("lose", "words"),
    [(moved, "ไม่มีสิทธิ"), (without_the_capability, "ไม่มีสิทธิ"), (closed, "ถูกปิด")],
)
def test_work_that_goes_on_ends_when_the_rights_are_lost(
    ask, kind, chiang_mai_officer, central_admin, everywhere, lose, words
):
    reached = []

    def make(job):
        with job.rights():
            reached.append("before")
        lose(chiang_mai_officer, central_admin)
        with job.rights():
            reached.append("after")

    job = ask(kind=kind(make))
    jobs.run_job(job.pk)

    with everywhere():
        ended = Job.objects.get(pk=job.pk)
    assert reached == ["before"]
    assert (ended.state, words in ended.failure) == (JobState.FAILED, True)


def test_work_that_goes_on_knows_the_person_as_he_is_now(ask, kind, chiang_mai_officer):
    seen = []

    def make(job):
        with job.rights():
            seen.append(job.person.role)
        User.objects.filter(pk=chiang_mai_officer.pk).update(role=Role.PROVINCIAL_HEAD)
        with job.rights():
            seen.append(job.person.role)

    jobs.run_job(ask(kind=kind(make)).pk)

    assert seen == [Role.MENTOR, Role.PROVINCIAL_HEAD]


def test_a_job_sees_only_what_the_person_sees(ask, kind, chiang_mai, songkhla):
    ours = VolunteerFactory(province=chiang_mai)
    VolunteerFactory(province=songkhla)

    def make(job):
        with job.rights():
            names = list(Volunteer.objects.values_list("first_name", flat=True))
        return Result(content="\n".join(names).encode(), extension="txt", name="ชื่อ")

    job = ask(kind=kind(make))
    jobs.run_job(job.pk)

    assert uploads.open_stored(now(job).result).read().decode() == ours.first_name


def test_what_a_job_changes_bears_the_name_of_who_asked(
    ask, kind, chiang_mai, chiang_mai_officer, everywhere
):
    person = VolunteerFactory(province=chiang_mai, first_name="ก่อน")

    def make(job):
        with job.rights():
            Volunteer.objects.filter(pk=person.pk).update(first_name="หลัง")

    jobs.run_job(ask(kind=kind(make)).pk)

    with everywhere():
        trace = Volunteer.pgh_event_model.objects.get(pgh_obj_id=person.pk)
    assert trace.pgh_context["user"] == chiang_mai_officer.pk


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
