"""Jobs of a kind that no app registers any more: their pages say so, and nothing breaks."""

import pytest
from django.urls import reverse

from tests.factories.jobs import JobFactory
from tests.job_kinds import register_kinds
from volunteer_network import uploads
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.enums import JobState
from volunteer_network.models import Job
from volunteer_network.services.jobs import run_job

register_kinds()  # one of them is that of the parts
GONE = "no_longer_made"
WORDS = "ระบบเลิกทำเอกสารชนิดนี้แล้ว"


@pytest.fixture
def officer(client, central_officer):
    client.force_login(central_officer)
    return central_officer


def job_of(officer, **values):
    return JobFactory(kind=GONE, requested_by=officer, **values)


def now(job):
    with open_scope(NATION):
        return Job.objects.get(pk=job.pk)


@pytest.mark.parametrize("state", [JobState.DONE, JobState.FAILED, JobState.STOPPED])
def test_the_page_says_that_it_is_made_no_more(client, officer, state):
    page = client.get(job_of(officer, state=state).get_absolute_url())

    assert page.status_code == 200
    assert WORDS in page.content.decode()
    assert "ทำใหม่อีกครั้ง" not in page.content.decode()


def test_the_file_leads_to_the_page_for_nobody_knows_who_may_have_it(client, officer):
    name = uploads.store(b"names", "pdf")
    job = job_of(officer, state=JobState.DONE, result=name, result_name="ทะเบียน.pdf")

    answer = client.get(reverse("reports:file", args=[job.pk]))

    assert (answer.status_code, answer.headers["Location"]) == (302, job.get_absolute_url())


def test_asking_once_more_is_refused_in_words(client, officer):
    job = job_of(officer, state=JobState.FAILED)

    answer = client.post(reverse("reports:repeat", args=[job.pk]), follow=True)

    assert WORDS in answer.content.decode()
    assert now(job).state == JobState.FAILED


def test_one_that_waited_ends_in_words(officer):
    job = job_of(officer)

    run_job(job.pk)

    assert now(job).state == JobState.FAILED
    assert WORDS in now(job).failure


def test_a_part_of_such_a_whole_still_ends(officer):
    whole = job_of(officer, state=JobState.PARTS)
    part = JobFactory(kind="test_part", requested_by=officer, whole=whole, parameters={"number": 1})

    run_job(part.pk)

    assert now(part).state == JobState.DONE
    assert now(whole).state == JobState.WAITING
