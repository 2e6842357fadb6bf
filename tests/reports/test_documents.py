"""The documents: what stands in them, and whose rows may."""

import io

import pytest
from django.utils import timezone
from pypdf import PdfReader

from reports.queries.volunteers import register_lines, volunteer_cards
from tests.factories import TermFactory, VolunteerFactory
from volunteer_network import uploads
from volunteer_network.access.scope import open_scope
from volunteer_network.enums import JobState, VolunteerStatus
from volunteer_network.models import Job, Volunteer
from volunteer_network.services.jobs import ask_for_job, run_job


@pytest.fixture
def make(chiang_mai_officer):
    def make(kind, by=chiang_mai_officer, **parameters):
        with open_scope(by.scope):
            job = ask_for_job(kind=kind, title="เอกสาร", parameters=parameters, by=by)
        run_job(job.pk)
        with open_scope(by.scope):
            return Job.objects.get(pk=job.pk)

    return make


def pages(job):
    assert job.state == JobState.DONE, job.failure
    reader = PdfReader(io.BytesIO(uploads.open_stored(job.result).read()))
    return [page.extract_text() for page in reader.pages], reader


def test_a_card_names_person_code_and_place(make, chiang_mai):
    volunteer = VolunteerFactory(province=chiang_mai, first_name="กำไล", last_name="น้ำใส")

    [text], _ = pages(make("volunteer_card", volunteers=[volunteer.pk]))

    assert "กำไล น้ำใส" in text
    assert volunteer.code in text
    assert "เชียงใหม่" in text


def test_nine_cards_fill_two_sheets(make, chiang_mai):
    volunteers = VolunteerFactory.create_batch(9, province=chiang_mai)

    texts, _ = pages(make("volunteer_card", volunteers=[row.pk for row in volunteers]))

    assert len(texts) == 2


def test_foreign_and_ended_volunteers_get_no_card(chiang_mai, songkhla, chiang_mai_officer):
    ours = VolunteerFactory(province=chiang_mai)
    foreign = VolunteerFactory(province=songkhla)
    ended = VolunteerFactory(province=chiang_mai, status=VolunteerStatus.RESIGNED)

    with open_scope(chiang_mai_officer.scope):
        cards = volunteer_cards([ours.pk, foreign.pk, ended.pk], user=chiang_mai_officer)

    assert [card.code for card in cards] == [ours.code]


def test_without_anybody_the_job_fails_in_words(make, songkhla):
    foreign = VolunteerFactory(province=songkhla)

    job = make("volunteer_card", volunteers=[foreign.pk])

    assert job.state == JobState.FAILED
    assert "ไม่พบอาสาสมัครที่ทำบัตรได้" in job.failure


def test_the_register_lists_whoever_is_in_office_on_landscape_paper(make, chiang_mai):
    TermFactory(volunteer=VolunteerFactory(province=chiang_mai, first_name="แก้วตา"))
    VolunteerFactory(province=chiang_mai, first_name="พ้นแล้ว", status=VolunteerStatus.RESIGNED)

    [text], reader = pages(make("volunteer_register", province=50))

    box = reader.pages[0].mediabox
    assert box.width > box.height
    assert "แก้วตา" in text
    assert "พ้นแล้ว" not in text
    assert "11 มิ.ย. 2568" in text


def test_the_register_is_in_order_of_district_subdistrict_and_name(chiang_mai, chiang_mai_officer):
    VolunteerFactory.create_batch(5, province=chiang_mai)

    with open_scope(chiang_mai_officer.scope):
        names = [line.name for line in register_lines(50, user=chiang_mai_officer)]
        ordered = Volunteer.objects.order_by("sort_key", "pk")
        assert names == [row.display_name for row in ordered]


def test_a_document_says_when_its_facts_were_true(make, chiang_mai):
    volunteer = VolunteerFactory(province=chiang_mai)

    [text], _ = pages(make("volunteer_card", volunteers=[volunteer.pk]))

    assert str(timezone.localdate().year + 543) in text
