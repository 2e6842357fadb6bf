"""The number of a request goes with the work that it asked for, into audit and log."""

import json
import logging

import pytest
from django.db import transaction

from volunteer_network.access.context import actor_id, request_id
from volunteer_network.celery import app
from volunteer_network.logs import JsonFormatter
from volunteer_network.queue import enqueue


@pytest.fixture
def seen():
    return []


@pytest.fixture
def task(seen):
    """A task that notes under which request it runs; forgotten again at the end."""

    @app.task(name="tests.note_request")
    def note_request(row_id):
        seen.append((row_id, request_id.get(), actor_id.get()))

    yield note_request
    app.tasks.pop("tests.note_request")


@pytest.fixture
def in_a_request():
    """The person 5 is at work under the number 7K2Q-41FD."""
    tokens = request_id.set("7K2Q-41FD"), actor_id.set(5)
    yield
    request_id.reset(tokens[0])
    actor_id.reset(tokens[1])


def test_a_bell_carries_the_request_that_asked(
    db, task, in_a_request, monkeypatch, django_capture_on_commit_callbacks
):
    sent = []
    monkeypatch.setattr(
        app.Task, "apply_async", lambda self, *args, **how: sent.append((args, how))
    )

    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        enqueue(task, 7)

    headers = {"vn_request": "7K2Q-41FD", "vn_actor": 5}
    assert sent == [(((7,),), {"headers": headers, "priority": 0})]


def test_after_a_task_its_request_is_forgotten(task, seen):
    task.apply((1,), headers={"vn_request": "7K2Q-41FD", "vn_actor": 5})

    assert seen == [(1, "7K2Q-41FD", 5)]
    assert (request_id.get(), actor_id.get()) == ("", None)


def test_periodic_work_has_a_number_of_its_own(task, seen):
    task.apply((1,))

    assert len(seen[0][1]) > 8


def test_a_roll_back_rings_for_nothing(db, task, seen, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True) as bells:
        try:
            with transaction.atomic():
                enqueue(task, 1)
                raise ZeroDivisionError
        except ZeroDivisionError:
            pass

    assert bells == []


def line(**extra):
    record = logging.LogRecord("x", logging.INFO, "x.py", 1, "words", (), None)
    vars(record).update(extra)
    return json.loads(JsonFormatter().format(record))


def test_log_lines_carry_request_and_actor(in_a_request):
    written = line(job=3)

    assert (written["request"], written["actor"], written["job"]) == ("7K2Q-41FD", 5, 3)


def test_a_searched_name_does_not_reach_the_log(rf):
    """Django adds the whole request to its lines about 404 and 500."""
    assert "เสน่ห์" not in json.dumps(line(request=rf.get("/", {"q": "เสน่ห์"})), ensure_ascii=False)
