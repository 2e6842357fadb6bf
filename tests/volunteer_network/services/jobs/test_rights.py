"""A job does and sees what the person who asked may, at that time."""

import pytest

from tests.factories import VolunteerFactory
from tests.volunteer_network.services.jobs.asking import now
from volunteer_network import uploads
from volunteer_network.access.roles import Role
from volunteer_network.enums import JobState
from volunteer_network.job_kinds import Result
from volunteer_network.models import Job, Province, User, Volunteer
from volunteer_network.services import jobs
from volunteer_network.services.accounts import change_account


def test_a_deactivated_person_gets_nothing(ask, chiang_mai_officer):
    job = ask(text="x")
    User.objects.filter(pk=chiang_mai_officer.pk).update(is_active=False)

    jobs.run_job(job.pk)

    assert now(job).state == JobState.FAILED
    assert "ถูกปิด" in now(job).failure


def test_a_person_who_lost_the_capability_gets_nothing(ask, central_officer):
    job = ask(text="x", by=central_officer)
    User.objects.filter(pk=central_officer.pk).update(role=Role.EXECUTIVE)

    jobs.run_job(job.pk)

    assert now(job).state == JobState.FAILED
    assert "ไม่มีสิทธิ" in now(job).failure


def test_a_person_who_moved_to_another_province_gets_nothing(ask, everywhere, chiang_mai_officer):
    job = ask(text="x")
    User.objects.filter(pk=chiang_mai_officer.pk).update(province_id=90)

    jobs.run_job(job.pk)

    with everywhere():
        assert Job.objects.get(pk=job.pk).state == JobState.FAILED


def moved(officer, admin):
    change_account(
        account=officer,
        version=officer.version,
        role=Role.MENTOR,
        province=Province.objects.get(pk=90),
        agency="",
        inspection_regions=[],
        by=admin,
    )


def without_the_capability(officer, admin):
    change_account(
        account=officer,
        version=officer.version,
        role=Role.PARTNER_OFFICER,
        province=officer.province,
        agency="DOE",
        inspection_regions=[],
        by=admin,
    )


def closed(officer, admin):
    """As `deactivate_account` does, but for the jobs that it stops."""
    User.objects.filter(pk=officer.pk).update(is_active=False)


@pytest.mark.parametrize(
    ("lose", "words"),
    [(moved, "ไม่มีสิทธิ"), (without_the_capability, "ไม่มีสิทธิ"), (closed, "ถูกปิด")],
)
def test_work_that_goes_on_ends_when_the_rights_are_lost(
    ask, kind, chiang_mai_officer, central_admin, everywhere, lose, words
):
    reached = []

    def make(job):
        with job.rights():
            reached.append("before")
        lose(chiang_mai_officer, central_admin)
        with job.rights():
            reached.append("after")

    job = ask(kind=kind(make))
    jobs.run_job(job.pk)

    with everywhere():
        ended = Job.objects.get(pk=job.pk)
    assert reached == ["before"]
    assert (ended.state, words in ended.failure) == (JobState.FAILED, True)


def test_work_that_goes_on_knows_the_person_as_he_is_now(ask, kind, chiang_mai_officer):
    seen = []

    def make(job):
        with job.rights():
            seen.append(job.person.role)
        User.objects.filter(pk=chiang_mai_officer.pk).update(role=Role.PROVINCIAL_HEAD)
        with job.rights():
            seen.append(job.person.role)

    jobs.run_job(ask(kind=kind(make)).pk)

    assert seen == [Role.MENTOR, Role.PROVINCIAL_HEAD]


def test_a_job_sees_only_what_the_person_sees(ask, kind, chiang_mai, songkhla):
    ours = VolunteerFactory(province=chiang_mai)
    VolunteerFactory(province=songkhla)

    def make(job):
        with job.rights():
            names = list(Volunteer.objects.values_list("first_name", flat=True))
        return Result(content="\n".join(names).encode(), extension="txt", name="ชื่อ")

    job = ask(kind=kind(make))
    jobs.run_job(job.pk)

    assert uploads.open_stored(now(job).result).read().decode() == ours.first_name


def test_what_a_job_changes_bears_the_name_of_who_asked(
    ask, kind, chiang_mai, chiang_mai_officer, everywhere
):
    person = VolunteerFactory(province=chiang_mai, first_name="ก่อน")

    def make(job):
        with job.rights():
            Volunteer.objects.filter(pk=person.pk).update(first_name="หลัง")

    jobs.run_job(ask(kind=kind(make)).pk)

    with everywhere():
        trace = Volunteer.pgh_event_model.objects.get(pgh_obj_id=person.pk)
    assert trace.pgh_context["user"] == chiang_mai_officer.pk
