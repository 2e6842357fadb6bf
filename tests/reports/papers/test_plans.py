"""The annual plan as an official document."""

import pytest

from reports.documents import plans
from reports.enums import PlanState
from reports.kinds import PLAN_DOCUMENT
from reports.models import Plan
from tests.factories.plans import (
    PlanFactory,
    PlanLineFactory,
)
from tests.reports.papers.reading import AT, Worker, read
from volunteer_network import uploads
from volunteer_network.access.scope import NATION, SYSTEM, open_scope
from volunteer_network.documents.digits import in_thai_digits
from volunteer_network.enums import DocumentState, JobState
from volunteer_network.models import IssuedDocument
from volunteer_network.services.issued_documents import issue_document


def test_an_edition_that_gave_way_while_it_was_printed_has_no_valid_paper(make, plan, monkeypatch):
    real = plans.make_paper

    def approve_a_newer_one_meanwhile(*args, **details):
        with open_scope(NATION):
            Plan.objects.filter(pk=plan.pk).update(state=PlanState.REPLACED)
        return real(*args, **details)

    monkeypatch.setattr(plans, "make_paper", approve_a_newer_one_meanwhile)

    job = make(PLAN_DOCUMENT, fiscal_year=plan.fiscal_year, province=50)

    assert job.state == JobState.DONE
    assert IssuedDocument.objects.get().state == DocumentState.REPLACED


def test_the_plan_says_what_an_official_signs(make, plan, chiang_mai_officer, chiang_mai_head):
    text, reader, _content = read(make(PLAN_DOCUMENT, fiscal_year=2570, province=50))

    box = reader.pages[0].mediabox
    assert box.width > box.height
    assert len(reader.pages) == 1
    for words in (
        "แผนปฏิบัติงานประจำปีงบประมาณ พ.ศ. 2570",
        "1 ตุลาคม 2569 ถึง 30 กันยายน 2570",
        "1. งานหลัก",
        "2. พัฒนาเครือข่าย",
        "2,690",
        "136,000.50",
        chiang_mai_officer.display_name,
        chiang_mai_head.display_name,
        "20 ต.ค. 2569",
        "หน้า 1 จาก 1",
        "เว็บไซต์สาธิต",
    ):
        assert words in text


def test_the_serial_on_paper_is_the_one_that_verify_knows(make, plan, client):
    job = make(PLAN_DOCUMENT, fiscal_year=2570, province=50)
    text, _reader, content = read(job)

    document = IssuedDocument.objects.get(job=job.pk)

    assert f"localhost:8000/verify/{document.serial}/" in text.replace("\n", "")
    assert (document.kind, document.fiscal_year, document.edition) == ("PLN", 2570, 1)
    assert document.digest == uploads.digest(content) == job.result_digest
    assert client.get(document.get_absolute_url()).status_code == 200


def test_a_plan_made_again_replaces_its_former_document(make, plan):
    first = make(PLAN_DOCUMENT, fiscal_year=2570, province=50)
    second = make(PLAN_DOCUMENT, fiscal_year=2570, province=50)

    states = dict(IssuedDocument.objects.values_list("job", "state"))

    assert states == {first.pk: DocumentState.REPLACED, second.pk: DocumentState.VALID}


@pytest.mark.parametrize(
    ("printed", "now", "state"),
    [
        (PlanState.APPROVED, PlanState.APPROVED, DocumentState.VALID),
        (PlanState.SENT, PlanState.APPROVED, DocumentState.VALID),
        (PlanState.SENT, PlanState.RETURNED, DocumentState.RECALLED),
        (PlanState.PROPOSED, PlanState.DRAFT, DocumentState.RECALLED),
        (PlanState.APPROVED, PlanState.SENT, DocumentState.RECALLED),
        (PlanState.APPROVED, PlanState.REPLACED, DocumentState.REPLACED),
    ],
)
def test_a_paper_follows_what_became_of_its_plan_while_it_was_made(
    plan, chiang_mai_officer, printed, now, state
):
    def put(state):
        back = {"returned_at": AT, "returned_by": chiang_mai_officer, "returned_because": "x"}
        with open_scope(NATION):
            more = back if state == PlanState.RETURNED else {}
            Plan.objects.filter(pk=plan.pk).update(state=state, **more)

    put(printed)
    asked = {"fiscal_year": 2570, "province": 50}
    result = plans.make_plan_document(Worker(chiang_mai_officer, asked))
    put(now)

    with open_scope(SYSTEM):
        document = issue_document(issue=result.issue, job=0, digest="a" * 64)
        result.also()

    document.refresh_from_db()
    assert document.state == state


def test_thai_digits_leave_the_serial_as_it_is(make, plan):
    job = make(PLAN_DOCUMENT, fiscal_year=2570, province=50, thai_digits=True)
    text, _reader, _content = read(job)

    serial = IssuedDocument.objects.get(job=job.pk).serial

    assert f"localhost:8000/verify/{serial}/" in text.replace("\n", "")
    assert "พ.ศ. ๒๕๗๐" in text
    assert "๒,๖๙๐" in text
    assert "หน้า ๑ จาก ๑" in text
    assert "2,690" not in text


def test_thai_digits_change_no_markup():
    html = '<td class="h1">1 &#x27;2&#39; PLN-77-2569-2-4K7Q</td>'

    assert in_thai_digits(html) == '<td class="h1">๑ &#x27;๒&#39; PLN-77-2569-2-4K7Q</td>'


@pytest.mark.parametrize("state", [PlanState.DRAFT, PlanState.CANCELLED])
def test_a_draft_is_not_signed(make, chiang_mai, state):
    PlanLineFactory(plan=PlanFactory(province=chiang_mai, state=state))

    job = make(PLAN_DOCUMENT, fiscal_year=2570, province=50)

    assert job.state == JobState.FAILED
    assert "ให้เสนอแรงงานจังหวัดก่อน" in job.failure


def test_a_new_draft_leaves_the_approved_edition_to_be_printed(make, plan, chiang_mai):
    PlanFactory(province=chiang_mai, edition=2, state=PlanState.DRAFT)

    text, _reader, _content = read(make(PLAN_DOCUMENT, fiscal_year=2570, province=50))

    assert "ฉบับที่ 1" in text


def test_the_plan_of_another_province_is_not_there_for_a_province(make, plan, songkhla_officer):
    job = make(PLAN_DOCUMENT, by=songkhla_officer, fiscal_year=2570, province=50)

    assert job.state == JobState.FAILED


def test_a_word_that_no_font_has_fails_the_document_with_page_and_word(make, plan):
    PlanLineFactory(plan=plan, place=9, title="ประชุม 漢 ประจำเดือน")

    job = make(PLAN_DOCUMENT, fiscal_year=2570, province=50)

    assert job.state == JobState.FAILED
    assert "หน้า 1" in job.failure
    assert "漢" in job.failure
    assert not IssuedDocument.objects.exists()


def test_a_long_plan_goes_on_to_a_second_page_with_its_signatures(make, plan):
    for number in range(30):
        PlanLineFactory(plan=plan, place=10 + number, title=f"อบรมแกนนำรุ่นที่ {number + 1}")

    text, reader, _content = read(make(PLAN_DOCUMENT, fiscal_year=2570, province=50))

    assert len(reader.pages) > 1
    last = reader.pages[-1].extract_text()
    assert "ลงชื่อ" in last
    assert "อบรมแกนนำรุ่นที่ 30" in last
    assert "รวม 32 งาน" in text
