"""Parts that are refused or lost, and what is made again."""

from tests.volunteer_network.services.job_parts.wholes import content_of, now, parts_of, run_all
from volunteer_network import uploads
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.enums import JobState
from volunteer_network.models import Job
from volunteer_network.services import jobs


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
