"""The longest names that people have still get their papers: nobody can shorten a name."""

import pytest

from tests.factories import TermFactory, VolunteerFactory
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.enums import JobState
from volunteer_network.models import Job
from volunteer_network.services import jobs

LONGEST = {
    "title": "ว่าที่ร้อยตรีหญิง",
    "first_name": "พรรณทิพย์กัลยาณีศรีสุดารัตน์",
    "last_name": "ศิริวัฒนานุกูลเกียรติ ณ อยุธยา",
}


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        ("volunteer_card", lambda one: {"volunteers": [one.pk]}),
        ("volunteer_register", lambda one: {"province": 50}),
    ],
)
def test_the_longest_name_gets_its_paper(kind, asked, chiang_mai, chiang_mai_officer):
    volunteer = VolunteerFactory(province=chiang_mai, **LONGEST)
    TermFactory(volunteer=volunteer)
    with open_scope(chiang_mai_officer.scope):
        job = jobs.ask_for_job(
            kind=kind, title="เอกสาร", parameters=asked(volunteer), by=chiang_mai_officer
        )

    jobs.run_job(job.pk)

    with open_scope(NATION):
        made = Job.objects.get(pk=job.pk)
    assert made.state == JobState.DONE, made.failure
