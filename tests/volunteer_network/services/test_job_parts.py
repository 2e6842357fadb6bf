"""A whole and its parts: each made on its own, the whole when the last has ended."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from tests.factories import UserFactory
from volunteer_network import uploads
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.enums import JobState
from volunteer_network.errors import RuleViolation
from volunteer_network.job_kinds import PartAsked
from volunteer_network.models import AuditEvent, Job, Notice, User
from volunteer_network.queue import AFTER_SINGLE_JOBS
from volunteer_network.services import jobs
from volunteer_network.services.job_parts import note_part_ended


def asked(count, *, refusing=()):
    return [
        PartAsked(
            title=f"ส่วน {number}", parameters={"number": number, "refuses": number in refusing}
        )
        for number in range(1, count + 1)
    ]


@pytest.fixture
def ask(central_officer):
    def ask(count=3, *, refusing=(), by=central_officer, **parameters):
        with open_scope(by.scope):
            return jobs.ask_for_whole(
                kind="test_whole",
                title="ชุดเอกสาร",
                parameters=parameters,
                parts=asked(count, refusing=refusing),
                by=by,
            )

    return ask


def now(job):
    with open_scope(NATION):
        return Job.objects.get(pk=job.pk)


def parts_of(whole):
    with open_scope(NATION):
        return list(Job.objects.parts_of(whole.pk))


def run_all(whole):
    for part in parts_of(whole):
        jobs.run_job(part.pk)
    jobs.run_job(whole.pk)


def content_of(job):
    return uploads.open_stored(now(job).result).read().decode()


def test_the_whole_is_made_of_its_parts_in_their_order(ask):
    whole = ask(3)

    run_all(whole)

    assert now(whole).state == JobState.DONE
    assert content_of(whole) == "1,2,3"


def test_a_whole_is_not_made_before_its_last_part_has_ended(ask):
    whole = ask(2)
    jobs.run_job(parts_of(whole)[0].pk)

    jobs.run_job(whole.pk)

    assert (now(whole).state, now(whole).attempt) == (JobState.PARTS, 0)


def test_the_progress_of_a_whole_is_that_of_its_parts(ask):
    whole = ask(3)
    before = now(whole)
    jobs.run_job(parts_of(whole)[1].pk)
    after = now(whole)

    told = [(one.done_steps, one.all_steps, one.doing) for one in (before, after)]
    assert told == [(0, 3, "จังหวัดที่ 1 จาก 3"), (1, 3, "จังหวัดที่ 2 จาก 3")]


def test_the_last_part_rings_for_the_whole(ask, rung, django_capture_on_commit_callbacks):
    whole = ask(2)
    first, last = parts_of(whole)

    with django_capture_on_commit_callbacks(execute=True):
        jobs.run_job(last.pk)
    assert rung == []
    with django_capture_on_commit_callbacks(execute=True):
        jobs.run_job(first.pk)

    assert [pk for pk, _priority in rung] == [whole.pk]


@pytest.fixture
def rung(monkeypatch):
    from volunteer_network.celery import app

    rung = []
    monkeypatch.setattr(
        app.Task, "apply_async", lambda task, args, priority, **_: rung.append((args[0], priority))
    )
    return rung


def test_all_parts_are_rung_behind_what_was_asked_for_alone(
    ask, rung, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        whole = ask(3)

    assert rung == [(part.pk, AFTER_SINGLE_JOBS) for part in parts_of(whole)]


def test_two_parts_that_end_at_once_ring_once(committed, monkeypatch):
    officer = UserFactory(role="central_officer")
    for _round in range(5):
        with open_scope(officer.scope):
            whole = jobs.ask_for_whole(
                kind="test_whole", title="x", parameters={}, parts=asked(2), by=officer
            )
        with ThreadPoolExecutor(2) as workers:
            list(workers.map(_run_and_close, [part.pk for part in parts_of(whole)]))
        assert now(whole).state == JobState.WAITING
        jobs.run_job(whole.pk)
        assert content_of(whole) == "1,2"


def _run_and_close(pk):
    jobs.run_job(pk)
    connection.close()


def test_one_refused_part_does_not_stop_the_rest_and_is_named(ask):
    whole = ask(3, refusing={2})

    run_all(whole)

    assert now(whole).state == JobState.DONE
    assert content_of(whole) == "1,จังหวัดนี้ยังไม่ได้ส่งแผน,3"
    states = [part.state for part in parts_of(whole)]
    assert states == [JobState.DONE, JobState.FAILED, JobState.DONE]


def test_a_part_whose_file_is_lost_is_named_too(ask):
    whole = ask(2)
    for part in parts_of(whole):
        jobs.run_job(part.pk)
    uploads.remove(parts_of(whole)[0].result)

    jobs.run_job(whole.pk)

    assert content_of(whole) == "ไฟล์เกินเวลาเก็บแล้ว,2"


def test_without_any_part_the_whole_fails_in_words(ask):
    whole = ask(2, refusing={1, 2})

    run_all(whole)

    assert (now(whole).state, now(whole).failure) == (JobState.FAILED, "ไม่มีส่วนใดทำได้")


def mend(part):
    with open_scope(NATION):
        Job.objects.filter(pk=part.pk).update(parameters={**part.parameters, "refuses": False})


def test_a_part_is_repeated_alone_and_then_the_whole(ask, central_officer):
    whole = ask(3, refusing={2})
    run_all(whole)
    failed = parts_of(whole)[1]
    mend(failed)

    with open_scope(central_officer.scope):
        jobs.repeat_job(job=failed, by=central_officer)
    waiting = now(whole)
    run_all(whole)

    assert (waiting.state, waiting.done_steps) == (JobState.PARTS, 2)
    assert content_of(whole) == "1,2,3"
    assert [part.attempt for part in parts_of(whole)] == [1, 1, 1]


def test_repeating_a_whole_repeats_only_what_was_not_made(ask, central_officer):
    whole = ask(3, refusing={2, 3})
    run_all(whole)
    with open_scope(central_officer.scope):
        jobs.repeat_job(job=whole, by=central_officer)

    states = [part.state for part in parts_of(whole)]

    assert states == [JobState.DONE, JobState.WAITING, JobState.WAITING]
    assert now(whole).state == JobState.PARTS


def test_repeating_a_whole_rings_only_for_what_was_not_made(
    ask, central_officer, rung, django_capture_on_commit_callbacks
):
    whole = ask(3, refusing={2})
    run_all(whole)
    rung.clear()

    with django_capture_on_commit_callbacks(execute=True), open_scope(central_officer.scope):
        jobs.repeat_job(job=whole, by=central_officer)

    assert [pk for pk, _priority in rung] == [parts_of(whole)[1].pk]


def test_a_whole_that_died_three_times_has_new_attempts_after_its_parts(ask, central_officer):
    whole = ask(2, refusing={2})
    run_all(whole)
    with open_scope(NATION):
        Job.objects.filter(pk=whole.pk).update(state=JobState.FAILED, attempt=3)

    [_made, refused] = parts_of(whole)
    with open_scope(central_officer.scope):
        jobs.repeat_job(job=refused, by=central_officer)
    run_all(whole)

    assert (now(whole).state, now(whole).attempt) == (JobState.DONE, 1)


def test_what_is_stopped_is_not_begun_by_a_part_that_ends(ask, central_officer):
    whole = ask(1)
    with open_scope(central_officer.scope):
        jobs.stop_job(job=whole, by=central_officer)
        note_part_ended(Job.objects.get(pk=whole.pk))

    assert now(whole).state == JobState.STOPPED


def test_a_whole_that_is_still_being_made_is_not_repeated(ask, central_officer):
    """Its parts that failed wait for the end, or for a press of their own."""
    whole = ask(2, refusing={1})
    failed, _waiting = parts_of(whole)
    jobs.run_job(failed.pk)

    with open_scope(central_officer.scope):
        jobs.repeat_job(job=whole, by=central_officer)

    assert (now(whole).state, now(failed).state) == (JobState.PARTS, JobState.FAILED)


def test_a_whole_that_failed_itself_is_repeated_without_its_parts(ask, central_officer):
    whole = ask(2)
    run_all(whole)
    with open_scope(NATION):
        Job.objects.filter(pk=whole.pk).update(state=JobState.FAILED)

    with open_scope(central_officer.scope):
        jobs.repeat_job(job=whole, by=central_officer)

    assert now(whole).state == JobState.WAITING
    jobs.run_job(whole.pk)
    assert now(whole).state == JobState.DONE
    assert [part.attempt for part in parts_of(whole)] == [1, 1]


def test_a_complete_whole_is_not_repeated(ask, central_officer):
    whole = ask(1)
    run_all(whole)

    with open_scope(central_officer.scope):
        jobs.repeat_job(job=whole, by=central_officer)

    assert now(whole).state == JobState.DONE


def test_stopping_a_whole_stops_its_parts_and_keeps_what_is_made(ask, central_officer):
    whole = ask(3)
    jobs.run_job(parts_of(whole)[0].pk)

    with open_scope(central_officer.scope):
        jobs.stop_job(job=whole, by=central_officer)
    run_all(whole)

    states = [part.state for part in parts_of(whole)]
    assert states == [JobState.DONE, JobState.STOPPED, JobState.STOPPED]
    assert now(whole).state == JobState.STOPPED


def test_a_part_stopped_alone_counts_as_ended(ask, central_officer):
    whole = ask(2)
    first, last = parts_of(whole)
    jobs.run_job(first.pk)

    with open_scope(central_officer.scope):
        jobs.stop_job(job=last, by=central_officer)

    assert now(whole).state == JobState.WAITING


def test_a_whole_has_taken_as_long_as_its_parts(ask):
    whole = ask(2)
    began = now(whole).claimed_at

    run_all(whole)

    assert now(whole).claimed_at == began


def test_the_same_unfinished_whole_is_the_same_job(ask):
    whole = ask(2, year=2569)

    assert ask(2, year=2569) == whole
    assert ask(2, year=2570) != whole
    assert len(parts_of(whole)) == 2


def test_what_is_asked_for_alone_is_no_part_of_a_whole(ask, central_officer):
    [part] = parts_of(ask(1))

    with open_scope(central_officer.scope):
        alone = jobs.ask_for_job(
            kind=part.kind, title=part.title, parameters=part.parameters, by=central_officer
        )

    assert alone != part
    assert alone.whole_id is None


def test_a_part_that_makes_no_file_is_not_made_again(ask, central_officer):
    whole = ask(2)
    with open_scope(NATION):  # as a kind ends that writes rows and no file
        Job.objects.parts_of(whole.pk).update(state=JobState.DONE)
        Job.objects.filter(pk=whole.pk).update(state=JobState.DONE)

    with open_scope(central_officer.scope):
        jobs.repeat_job(job=whole, by=central_officer)

    assert {part.state for part in parts_of(whole)} == {JobState.DONE}


def test_a_whole_without_parts_is_refused(ask):
    with pytest.raises(RuleViolation, match="ยังไม่มีส่วนใดพร้อม"):
        ask(0)


def test_the_person_is_told_once_for_the_whole(ask, central_officer):
    whole = ask(3, refusing={2})

    run_all(whole)

    with open_scope(central_officer.scope):
        [notice] = Notice.objects.visible_to(central_officer)
    assert notice.href == whole.get_absolute_url()
    assert "ขาด 1 ส่วน" in notice.text


def test_each_part_leaves_one_line_in_the_audit(ask):
    whole = ask(3)

    run_all(whole)

    with open_scope(NATION):
        verbs = AuditEvent.objects.filter(target_type="job").order_by("pk")
        assert [event.verb for event in verbs] == ["job.asked", *["job.done"] * 4]


def test_a_person_who_was_deactivated_meanwhile_gets_neither_parts_nor_whole(ask, central_officer):
    whole = ask(2)
    User.objects.filter(pk=central_officer.pk).update(is_active=False)

    run_all(whole)

    assert {part.state for part in parts_of(whole)} == {JobState.FAILED}
    assert now(whole).state == JobState.FAILED


def test_a_part_belongs_to_the_province_of_its_whole(chiang_mai_officer, songkhla_officer, ask):
    from django.db import IntegrityError, transaction

    whole = ask(1, by=chiang_mai_officer)

    def put_into_songkhla():
        Job.objects.create(
            province_id=90,
            kind="test_part",
            title="x",
            requested_by=songkhla_officer,
            whole_id=whole.pk,
        )
        connection.check_constraints()

    with pytest.raises(IntegrityError), transaction.atomic(), open_scope(NATION):
        put_into_songkhla()
