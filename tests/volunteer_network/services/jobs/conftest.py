"""Who asks for jobs, and a kind that a test fills in."""

import pytest

from volunteer_network.access.scope import open_scope
from volunteer_network.job_kinds import JobKind, register_kind
from volunteer_network.services import jobs


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
