"""A key that is not there: whoever meets it reads what happened and whom to tell, not "500"."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP

from tests.factories import VolunteerFactory
from tests.factories.imports import ImportRowFactory
from tests.imports import begin
from tests.volunteer_network.imports.volunteers.registers import person, sheet
from volunteer_network import sealing
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.enums import ImportState, JobState
from volunteer_network.models import ImportBatch, Job
from volunteer_network.services.jobs import run_job

WORDS = "กุญแจของระบบไม่อยู่ในเครื่อง"


@pytest.fixture
def lose_the_key(own_keys):
    """Lose the key of all that was sealed until now."""

    def lose():
        sealing.add_sealing_key(own_keys)
        (own_keys / "sealing-1.key").unlink()

    return lose


def import_page(officer):
    return ("get", ImportRowFactory(batch__asked_by=officer).batch.get_absolute_url())


def reveal(officer):
    row = VolunteerFactory(province=officer.province)
    return ("post", f"/volunteers/{row.pk}/reveal/")


@pytest.mark.parametrize("made", [import_page, reveal])
def test_a_page_says_that_the_key_is_missing(client, chiang_mai_officer, lose_the_key, made):
    method, address = made(chiang_mai_officer)
    lose_the_key()
    client.force_login(chiang_mai_officer)
    client.raise_request_exception = False

    response = getattr(client, method)(address, {"reason": "ตรวจสิทธิรับค่าตอบแทน"})

    assert response.status_code == 503
    assert WORDS in response.content.decode()


def test_signing_in_with_a_code_says_so_too(client, chiang_mai_officer, lose_the_key):
    chiang_mai_officer.set_password("a-long-pass-phrase")
    chiang_mai_officer.save(update_fields=["password"])
    TOTP.activate(chiang_mai_officer, "JBSWY3DPEHPK3PXP")
    lose_the_key()
    client.raise_request_exception = False
    typed = {"login": chiang_mai_officer.username, "password": "a-long-pass-phrase"}
    asked = client.post("/accounts/login/", typed)

    response = client.post(asked.headers["Location"], {"code": "123456"})

    assert response.status_code == 503
    assert WORDS in response.content.decode()


def test_work_on_an_import_ends_in_words_and_can_be_done_again(
    chiang_mai_officer, own_keys, lose_the_key
):
    batch = begin(sheet(person(1)), by=chiang_mai_officer)
    with open_scope(NATION):
        Job.objects.filter(pk=batch.job).update(state=JobState.WAITING, finished_at=None)
        ImportBatch.objects.filter(pk=batch.pk).update(state=ImportState.CHECKING)
        assert batch.rows.exists()
    lose_the_key()

    run_job(batch.job)

    with open_scope(NATION):
        job, batch = Job.objects.get(pk=batch.job), ImportBatch.objects.get(pk=batch.pk)
    assert (job.state, batch.state) == (JobState.FAILED, ImportState.CHECKING)
    assert WORDS in job.failure
