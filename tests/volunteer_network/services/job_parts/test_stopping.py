"""Parts and wholes that are stopped."""

from tests.volunteer_network.services.job_parts.wholes import now, parts_of, run_all
from volunteer_network.access.scope import open_scope
from volunteer_network.enums import JobState
from volunteer_network.models import Job
from volunteer_network.services import jobs
from volunteer_network.services.job_parts import note_part_ended


def test_what_is_stopped_is_not_begun_by_a_part_that_ends(ask, central_officer):
    whole = ask(1)
    with open_scope(central_officer.scope):
        jobs.stop_job(job=whole, by=central_officer)
        note_part_ended(Job.objects.get(pk=whole.pk))

    assert now(whole).state == JobState.STOPPED


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
