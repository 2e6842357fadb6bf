"""Whoever is moved while an import writes leaves it half done; a colleague goes on with it."""

import pytest

from tests.factories import UserFactory
from tests.imports import begin
from tests.volunteer_network.imports.volunteers.registers import person, sheet, volunteers
from volunteer_network.access.roles import Role
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.enums import ImportState, JobState
from volunteer_network.models import Job, Province, User
from volunteer_network.services import import_work, imports
from volunteer_network.services.accounts import change_account
from volunteer_network.services.jobs import run_job


@pytest.fixture
def moved_after_the_first_row(chiang_mai_officer, central_admin, monkeypatch):
    """The rows are written one by one, and the account is moved once one of them is."""
    monkeypatch.setattr(import_work, "ROWS_AT_ONCE", 1)
    write_some = import_work._write_some

    def then_move(job, *args):
        write_some(job, *args)
        change_account(
            account=chiang_mai_officer,
            version=User.objects.get(pk=chiang_mai_officer.pk).version,
            role=Role.MENTOR,
            province=Province.objects.get(pk=90),
            agency="",
            inspection_regions=[],
            by=central_admin,
        )

    monkeypatch.setattr(import_work, "_write_some", then_move)


@pytest.mark.usefixtures("moved_after_the_first_row")
def test_nothing_more_is_written_into_the_province_one_was_moved_from(chiang_mai_officer):
    colleague = UserFactory(province=chiang_mai_officer.province)
    batch = begin(sheet(person(1), person(2), person(3)), by=chiang_mai_officer)

    with open_scope(chiang_mai_officer.scope):
        job = imports.ask_to_write(batch=batch, by=chiang_mai_officer).job
    run_job(job)

    with open_scope(NATION):
        ended = Job.objects.get(pk=job)
    assert len(volunteers(colleague)) == 1
    assert (ended.state, "ไม่มีสิทธิ" in ended.failure) == (JobState.FAILED, True)
    with open_scope(colleague.scope):
        again = imports.ask_again(batch=batch, by=colleague)
    run_job(again.job)
    with open_scope(NATION):
        batch.refresh_from_db()
    assert len(volunteers(colleague)) == 3
    assert batch.state == ImportState.WRITTEN
