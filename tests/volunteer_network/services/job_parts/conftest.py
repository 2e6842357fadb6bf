"""Who asks for a whole that is made of parts."""

import pytest

from tests.volunteer_network.services.job_parts.wholes import asked
from volunteer_network.access.scope import open_scope
from volunteer_network.services import jobs


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


@pytest.fixture
def rung(monkeypatch):
    from volunteer_network.celery import app

    rung = []
    monkeypatch.setattr(
        app.Task, "apply_async", lambda task, args, priority, **_: rung.append((args[0], priority))
    )
    return rung
