"""Pages of the documents made in the background."""

import pytest
from django.urls import reverse

from reports.queries.jobs import jobs_shown_to
from tests.factories import UserFactory
from tests.factories.jobs import JobFactory
from volunteer_network import uploads
from volunteer_network.access.roles import Role
from volunteer_network.access.scope import NATION, Scope, ScopeRole, open_scope
from volunteer_network.enums import JobState
from volunteer_network.models import AuditEvent, Job, User
from volunteer_network.models.jobs import JobQuerySet

REGISTER = {
    "kind": "register",
    "fiscal_year": "2570",
    "quarter": "1",
    "digits": "arabic",
    "file": "pdf",
}


def done(**fields):
    name = uploads.store_for(f"page:{fields['requested_by'].pk}", b"%PDF-1.7 x", "pdf")
    return JobFactory(state=JobState.DONE, result=name, result_name="บัตร อสร.pdf", **fields)


def test_the_list_shows_ones_own_jobs(sign_in, chiang_mai_officer, songkhla_officer):
    ours = JobFactory(requested_by=chiang_mai_officer)
    JobFactory(requested_by=UserFactory())
    JobFactory(requested_by=songkhla_officer)

    response = sign_in(chiang_mai_officer).get(reverse("reports:list"))

    assert [row["job"] for row in response.context["rows"]] == [ours]


def test_a_head_sees_those_of_the_office(
    sign_in, chiang_mai_head, chiang_mai_officer, songkhla_officer
):
    ours = JobFactory(requested_by=chiang_mai_officer)
    JobFactory(requested_by=songkhla_officer)

    response = sign_in(chiang_mai_head).get(reverse("reports:list"))

    assert [row["job"] for row in response.context["rows"]] == [ours]


@pytest.mark.parametrize("role", list(Role))
def test_every_role_can_open_the_list(sign_in, role):
    user = UserFactory(role=role)

    assert sign_in(user).get(reverse("reports:list")).status_code == 200


def test_an_inspector_s_scope_knows_no_jobs(sign_in, inspector, chiang_mai_officer):
    JobFactory(requested_by=chiang_mai_officer)

    response = sign_in(inspector).get(reverse("reports:list"))

    assert (response.status_code, response.context["rows"]) == (200, [])


def test_the_first_wall_alone_keeps_jobs_of_the_former_province(
    everywhere, chiang_mai_officer, songkhla
):
    JobFactory(requested_by=chiang_mai_officer, province=songkhla)

    with everywhere():
        assert not jobs_shown_to(chiang_mai_officer).exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_length(
    sign_in, chiang_mai_officer, count, django_assert_max_num_queries
):
    JobFactory.create_batch(count, requested_by=chiang_mai_officer)
    client = sign_in(chiang_mai_officer)
    client.get(reverse("reports:list"))

    with django_assert_max_num_queries(10):
        response = client.get(reverse("reports:list"))

    assert len(response.context["rows"]) == count


ADDRESSES = [
    ("get", "reports:detail"),
    ("get", "reports:file"),
    ("post", "reports:stop"),
    ("post", "reports:repeat"),
]


@pytest.mark.parametrize(("method", "name"), ADDRESSES)
@pytest.mark.parametrize("wall_off", [None, "first", "second"])
def test_a_foreign_job_is_404(
    sign_in, chiang_mai_head, songkhla_officer, method, name, wall_off, monkeypatch
):
    job = done(requested_by=songkhla_officer)
    if wall_off == "first":
        monkeypatch.setattr(JobQuerySet, "visible_to", lambda rows, user: rows)
        monkeypatch.setattr("reports.views.jobs.jobs_shown_to", lambda user: Job.objects.all())
    if wall_off == "second":
        monkeypatch.setattr(User, "scope", property(lambda user: NATION_BUT_OURS))

    response = getattr(sign_in(chiang_mai_head), method)(reverse(name, args=[job.pk]))

    assert response.status_code == 404


class NationButOurs(Scope):
    """The connection sees the nation; the first wall alone holds the person to Chiang Mai."""

    @property
    def nationwide(self):
        return False


NATION_BUT_OURS = NationButOurs(ScopeRole.NATION, (50,))


@pytest.mark.parametrize(("method", "name"), ADDRESSES)
def test_a_colleagues_job_is_404_for_a_mentor(sign_in, chiang_mai_officer, method, name):
    job = done(requested_by=UserFactory())

    response = getattr(sign_in(chiang_mai_officer), method)(reverse(name, args=[job.pk]))

    assert response.status_code == 404


@pytest.mark.parametrize("name", ["reports:stop", "reports:repeat"])
def test_looking_at_an_address_changes_no_job(sign_in, chiang_mai_officer, name):
    job = JobFactory(requested_by=chiang_mai_officer, state=JobState.FAILED)

    response = sign_in(chiang_mai_officer).get(reverse(name, args=[job.pk]))

    assert response.status_code == 405
    assert _state(job) == JobState.FAILED


def test_a_running_job_shows_how_far_it_is_and_is_asked_again(sign_in, chiang_mai_officer):
    job = JobFactory(
        requested_by=chiang_mai_officer,
        state=JobState.RUNNING,
        doing="คนที่ 31 จาก 76",
        done_steps=31,
        all_steps=76,
    )
    client = sign_in(chiang_mai_officer)

    page = client.get(job.get_absolute_url())
    part = client.get(job.get_absolute_url(), headers={"HX-Request": "true"})

    for response in (page, part):
        assert "คนที่ 31 จาก 76" in response.content.decode()
        assert f'hx-get="{job.get_absolute_url()}"' in response.content.decode()
    assert "<html" in page.content.decode()
    assert "<html" not in part.content.decode()


def test_a_finished_job_is_asked_no_more_and_offers_its_file(sign_in, chiang_mai_officer):
    job = done(requested_by=chiang_mai_officer)

    part = sign_in(chiang_mai_officer).get(job.get_absolute_url(), headers={"HX-Request": "true"})

    assert "hx-get" not in part.content.decode()
    assert reverse("reports:file", args=[job.pk]) in part.content.decode()


def test_a_failed_job_says_why_and_can_be_repeated(sign_in, chiang_mai_officer):
    job = JobFactory(requested_by=chiang_mai_officer, state=JobState.FAILED, failure="ยาวเกินไป")
    client = sign_in(chiang_mai_officer)

    page = client.get(job.get_absolute_url()).content.decode()
    client.post(reverse("reports:repeat", args=[job.pk]))

    assert "ยาวเกินไป" in page
    assert reverse("reports:repeat", args=[job.pk]) in page
    assert _state(job) == JobState.WAITING


def test_a_job_can_be_stopped(sign_in, chiang_mai_officer):
    job = JobFactory(requested_by=chiang_mai_officer)

    response = sign_in(chiang_mai_officer).post(reverse("reports:stop", args=[job.pk]))

    assert response.url == job.get_absolute_url()
    assert _state(job) == JobState.STOPPED


def test_a_head_is_told_that_only_the_person_who_asked_repeats(
    sign_in, chiang_mai_head, chiang_mai_officer
):
    job = JobFactory(requested_by=chiang_mai_officer, state=JobState.FAILED)

    response = sign_in(chiang_mai_head).post(reverse("reports:repeat", args=[job.pk]), follow=True)

    assert "เฉพาะผู้ที่สั่งงานนี้" in response.content.decode()


def test_the_file_is_given_and_noted(sign_in, chiang_mai_officer, everywhere):
    job = done(requested_by=chiang_mai_officer)

    response = sign_in(chiang_mai_officer).get(reverse("reports:file", args=[job.pk]))

    assert b"".join(response.streaming_content) == b"%PDF-1.7 x"
    assert "attachment" in response.headers["Content-Disposition"]
    assert response.headers["Cache-Control"] == "private, no-store"
    with everywhere():
        event = AuditEvent.objects.get(verb="job.downloaded")
    assert (event.actor, event.target) == (chiang_mai_officer.pk, str(job.pk))


def test_a_job_without_a_file_has_none_to_give(sign_in, chiang_mai_officer):
    job = JobFactory(requested_by=chiang_mai_officer, state=JobState.RUNNING)

    response = sign_in(chiang_mai_officer).get(reverse("reports:file", args=[job.pk]))

    assert response.status_code == 404


def test_a_file_that_is_being_made_anew_is_not_given(sign_in, chiang_mai_officer):
    job = done(requested_by=chiang_mai_officer)
    _become(job, state=JobState.RUNNING)

    response = sign_in(chiang_mai_officer).get(reverse("reports:file", args=[job.pk]))

    assert response.status_code == 404


def test_a_file_that_the_disk_has_lost_is_404(sign_in, chiang_mai_officer, everywhere):
    job = done(requested_by=chiang_mai_officer)
    uploads.remove(job.result)

    response = sign_in(chiang_mai_officer).get(reverse("reports:file", args=[job.pk]))

    assert response.status_code == 404
    with everywhere():
        assert not AuditEvent.objects.filter(verb="job.downloaded").exists()


def test_whoever_lost_the_capability_sees_the_job_and_gets_no_file(sign_in, central_officer):
    job = done(requested_by=central_officer)
    User.objects.filter(pk=central_officer.pk).update(role=Role.EXECUTIVE)
    client = sign_in(central_officer)

    assert client.get(job.get_absolute_url()).status_code == 200
    assert client.get(reverse("reports:file", args=[job.pk])).status_code == 403


def test_the_register_is_asked_for_once(sign_in, chiang_mai_officer, everywhere):
    client = sign_in(chiang_mai_officer)

    first = client.post(reverse("reports:new"), {**REGISTER, "province": 50})
    second = client.post(reverse("reports:new"), {**REGISTER, "province": 50})

    assert first.url == second.url
    with everywhere():
        assert Job.objects.get().parameters == {"province": 50}


def test_the_register_of_another_province_is_refused_in_words(
    sign_in, chiang_mai_officer, everywhere
):
    response = sign_in(chiang_mai_officer).post(
        reverse("reports:new"), {**REGISTER, "province": 90}
    )

    assert response.status_code == 422
    assert "เลือกจังหวัดจากรายการ" in response.content.decode()
    with everywhere():
        assert not Job.objects.exists()


def test_who_makes_no_documents_is_refused(sign_in, inspector):
    response = sign_in(inspector).post(reverse("reports:new"), {**REGISTER, "province": 50})

    assert response.status_code == 403


def test_the_centre_chooses_a_province(sign_in, central_officer):
    client = sign_in(central_officer)

    page = client.get(reverse("reports:new")).content.decode()
    response = client.post(reverse("reports:new"), {**REGISTER, "province": 90})

    assert 'value="90"' in page
    assert response.status_code == 302


def test_documents_are_asked_for_on_one_page_only(sign_in, chiang_mai_officer):
    page = sign_in(chiang_mai_officer).get(reverse("reports:list")).content.decode()

    assert f'href="{reverse("reports:new")}"' in page
    assert "<form" not in page.partition("<main")[2]


def _state(job):
    with open_scope(NATION):
        return Job.objects.get(pk=job.pk).state


def _become(job, **values):
    with open_scope(NATION):
        Job.objects.filter(pk=job.pk).update(**values)
