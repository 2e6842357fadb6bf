"""The whole is made of its parts, in their order, when the last has ended."""

from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from tests.factories import UserFactory
from tests.volunteer_network.services.job_parts.wholes import (
    asked,
    content_of,
    now,
    parts_of,
    run_all,
)
from volunteer_network.access.scope import open_scope
from volunteer_network.enums import JobState
from volunteer_network.queue import AFTER_SINGLE_JOBS
from volunteer_network.services import jobs


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
