"""Files of jobs: taken again for some days, then made anew."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from tests.factories import UserFactory
from tests.factories.jobs import JobFactory
from tests.locks import while_held
from volunteer_network import uploads
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.enums import JobState
from volunteer_network.job_kinds import PartAsked
from volunteer_network.models import Job, User
from volunteer_network.services import job_results, jobs
from volunteer_network.services.job_results import forget_old_results


def finished_ago(days, **wanted):
    at = timezone.now() - timedelta(days=days)
    with open_scope(NATION):
        Job.objects.filter(**wanted).update(finished_at=at)


@pytest.fixture
def whole(central_officer):
    return made_whole(central_officer)


def made_whole(officer, **of_the_second):
    parts = [
        PartAsked(title="1", parameters={"number": 1}),
        PartAsked(title="2", parameters={"number": 2, **of_the_second}),
    ]
    with open_scope(officer.scope):
        whole = jobs.ask_for_whole(
            kind="test_whole", title="x", parameters={}, parts=parts, by=officer
        )
    make(whole)
    return whole


def make(whole):
    with open_scope(NATION):
        parts = list(Job.objects.parts_of(whole.pk))
    for job in (*parts, whole):
        jobs.run_job(job.pk)


def now(job):
    with open_scope(NATION):
        return Job.objects.get(pk=job.pk)


def test_a_file_is_kept_for_seven_days_and_then_forgotten(whole):
    finished_ago(settings.DOCUMENT_KEPT_DAYS - 1)
    assert forget_old_results() == 0
    name = now(whole).result
    assert uploads.open_stored(name)

    finished_ago(settings.DOCUMENT_KEPT_DAYS + 1)

    assert forget_old_results() == 3
    assert (now(whole).state, now(whole).result) == (JobState.DONE, "")
    with pytest.raises(FileNotFoundError):
        uploads.open_stored(name)


def stopped(whole, officer):
    with open_scope(officer.scope):
        jobs.stop_job(job=whole, by=officer)


def failed(whole, officer):
    User.objects.filter(pk=officer.pk).update(is_active=False)
    make(whole)


@pytest.mark.parametrize("end", [stopped, failed])
def test_the_first_file_of_a_whole_that_is_repeated_in_vain_is_forgotten(end, central_officer):
    whole = made_whole(central_officer, refuses=True)
    name = now(whole).result
    with open_scope(central_officer.scope):
        jobs.repeat_job(job=whole, by=central_officer)
    end(whole, central_officer)
    assert now(whole).state == end.__name__
    finished_ago(settings.DOCUMENT_KEPT_DAYS + 1)

    forget_old_results()

    assert (now(whole).state, now(whole).result) == (end.__name__, "")
    with pytest.raises(FileNotFoundError):
        uploads.open_stored(name)


def test_the_file_of_what_is_being_made_again_stays(central_officer):
    whole = made_whole(central_officer, refuses=True)
    with open_scope(central_officer.scope):
        jobs.repeat_job(job=whole, by=central_officer)
    finished_ago(settings.DOCUMENT_KEPT_DAYS + 1)

    forget_old_results()

    assert uploads.open_stored(now(whole).result)


def test_what_was_forgotten_is_made_anew_with_all_its_parts(whole, central_officer):
    finished_ago(8)
    forget_old_results()

    forgotten = now(whole)
    with open_scope(central_officer.scope):
        jobs.repeat_job(job=forgotten, by=central_officer)
    make(whole)

    assert uploads.open_stored(now(whole).result).read() == b"1,2"


def test_a_part_that_is_repeated_later_brings_the_forgotten_ones_along(whole, central_officer):
    finished_ago(8)
    forget_old_results()
    with open_scope(NATION):
        first = Job.objects.parts_of(whole.pk)[0]

    with open_scope(central_officer.scope):
        jobs.repeat_job(job=first, by=central_officer)
    make(whole)

    assert uploads.open_stored(now(whole).result).read() == b"1,2"


def made_again(job, officer):
    """Asked for and made by a worker."""
    with open_scope(officer.scope):
        jobs.repeat_job(job=job, by=officer)
    jobs.run_job(job.pk)


def being_made_again(job, officer):
    """Made by a worker that has just written the file and not yet said so."""
    with open_scope(officer.scope):
        jobs.repeat_job(job=job, by=officer)
    with open_scope(NATION):
        Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING)
    uploads.store_for(f"job:{job.pk}", b"fresh", "txt")


@pytest.mark.parametrize("meanwhile", [made_again, being_made_again])
def test_a_file_that_is_made_anew_meanwhile_is_not_removed(meanwhile, central_officer, monkeypatch):
    with open_scope(central_officer.scope):
        job = jobs.ask_for_job(
            kind="test_text", title="x", parameters={"text": "fresh"}, by=central_officer
        )
    jobs.run_job(job.pk)
    name = now(job).result
    finished_ago(settings.DOCUMENT_KEPT_DAYS + 1)
    remove_unnamed = job_results._remove_unnamed

    def after_the_row_has_lost_it(files):
        meanwhile(now(job), central_officer)
        return remove_unnamed(files)

    monkeypatch.setattr(job_results, "_remove_unnamed", after_the_row_has_lost_it)

    assert forget_old_results() == 0
    assert uploads.open_stored(name).read() == b"fresh"


def test_a_job_that_somebody_holds_keeps_its_file_until_the_next_time(committed):
    job = JobFactory(kind="test_text", requested_by=UserFactory(), parameters={"text": "x"})
    jobs.run_job(job.pk)
    finished_ago(settings.DOCUMENT_KEPT_DAYS + 1)

    def hold():
        Job.objects.filter(pk=job.pk).update(title=job.title)

    assert while_held(hold, forget_old_results) == 0
    assert forget_old_results() == 1


def test_the_page_of_a_forgotten_file_offers_to_make_it_anew(client, whole, central_officer):
    finished_ago(8)
    forget_old_results()
    client.force_login(central_officer)

    page = client.get(whole.get_absolute_url()).content.decode()

    assert "ไฟล์เก็บไว้ 7 วัน" in page
    assert "ทำใหม่อีกครั้ง" in page
