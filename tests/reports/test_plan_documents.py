"""The annual plan, the quarter and the register as official documents."""

import io
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from docx import Document
from pypdf import PdfReader

from reports.documents import plans
from reports.enums import PlanState, ProjectGroup
from reports.kinds import PLAN_DOCUMENT, PROGRESS_REPORT, VOLUNTEER_REGISTER
from reports.models import Plan
from tests.factories import UserFactory, VolunteerFactory
from tests.factories.plans import (
    DirectionFactory,
    PlanFactory,
    PlanLineFactory,
    PlanProgressFactory,
)
from volunteer_network import uploads
from volunteer_network.access.scope import NATION, SYSTEM, open_scope
from volunteer_network.documents.digits import in_thai_digits
from volunteer_network.documents.preflight_file import flaws_of_file
from volunteer_network.enums import DocumentState, JobState
from volunteer_network.models import IssuedDocument, Job, User
from volunteer_network.services import jobs
from volunteer_network.services.issued_documents import issue_document

AT = datetime(2026, 10, 20, 3, tzinfo=UTC)


@pytest.fixture
def make(chiang_mai_officer):
    def make(kind, by=chiang_mai_officer, **parameters):
        with open_scope(by.scope):
            job = jobs.ask_for_job(kind=kind, title="เอกสาร", parameters=parameters, by=by)
        jobs.run_job(job.pk)
        with open_scope(NATION):
            return Job.objects.get(pk=job.pk)

    return make


@pytest.fixture
def plan(chiang_mai, chiang_mai_officer, chiang_mai_head, central_officer):
    plan = PlanFactory(
        province=chiang_mai,
        state=PlanState.APPROVED,
        made_by=chiang_mai_officer,
        **{
            f"{step}_{what}": value
            for step, who in {
                "proposed": chiang_mai_officer,
                "agreed": chiang_mai_head,
                "sent": chiang_mai_head,
                "approved": central_officer,
            }.items()
            for what, value in {"by": who, "at": AT}.items()
        },
    )
    PlanLineFactory(
        plan=plan,
        place=1,
        title="ประสานการให้บริการด้านแรงงาน",
        target=2720,
        target_1=2690,
        months=[1, 2],
    )
    PlanLineFactory(
        plan=plan,
        place=2,
        group=ProjectGroup.NETWORK,
        title="กำหนดการน้ำใจ",
        allotted=Decimal("96000.50"),
        target_2=0,
    )
    return plan


def read(job):
    assert job.state == JobState.DONE, job.failure
    content = uploads.open_stored(job.result).read()
    reader = PdfReader(io.BytesIO(content))
    return "\n".join(page.extract_text() for page in reader.pages), reader, content


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
    ("kind", "asked"),
    [
        (PLAN_DOCUMENT, {"fiscal_year": 2570}),
        (PROGRESS_REPORT, {"fiscal_year": 2570, "quarter": 1}),
        (VOLUNTEER_REGISTER, {}),
    ],
)
def test_a_copy_in_word_says_the_same_and_is_never_issued(make, plan, kind, asked):
    VolunteerFactory()
    paper = make(kind, province=50, **asked)

    copy = make(kind, province=50, as_word=True, **asked)

    assert copy.result_name == paper.result_name.replace(".pdf", ".docx")
    document = Document(uploads.open_stored(copy.result))
    foot = document.sections[0].footer.paragraphs[0].text
    assert "ฉบับสำหรับแก้ไข" in foot
    assert "verify" not in foot
    written = {words for table in document.tables for words in table_words(table)}
    assert written
    assert all("".join(words.split()) in printed(paper) for words in written)
    assert list(IssuedDocument.objects.values_list("job", "state")) == [
        (paper.pk, DocumentState.VALID)
    ]


def table_words(table):
    return (text for text in table._tbl.itertext() if text.strip())


def printed(job):
    text, _reader, _content = read(job)
    return "".join(text.split())


def test_a_copy_in_word_has_thai_digits_where_wanted(make, plan):
    copy = make(PLAN_DOCUMENT, fiscal_year=2570, province=50, as_word=True, thai_digits=True)

    words = "".join(Document(uploads.open_stored(copy.result)).tables[1]._tbl.itertext())
    assert "๒,๖๙๐" in words
    assert not any(digit in words for digit in "0123456789")


@dataclass
class Worker:
    """What a kind knows of its job, without a job."""

    person: User
    parameters: dict

    def rights(self):
        return open_scope(self.person.scope)

    def progress(self, done, of, words):
        pass


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


@pytest.fixture
def reported(plan):
    line = plan.lines.order_by("place")
    with open_scope(NATION):
        first = line[0]
    PlanProgressFactory(
        lineage=first.lineage,
        quarter=1,
        actual=1345,
        disbursed=Decimal(20_000),
        problems="น้ำท่วมหลายตำบล",
        suggestions="จัดหน่วยเคลื่อนที่",
    )
    return plan


def test_the_quarter_follows_the_numbered_heads_of_the_ministry(make, reported):
    text, _reader, content = read(make(PROGRESS_REPORT, fiscal_year=2570, province=50, quarter=1))

    heads = [
        "1. หน่วยงาน",
        "2. ชื่อโครงการ",
        "3. ตัวชี้วัด",
        "4. งบประมาณ",
        "5. ห้วงการรายงาน",
        "6. ความสอดคล้อง",
        "7. ผลการดำเนินงานรายไตรมาส",
        "ไตรมาสที่ 1 (1 ตุลาคม 2569 ถึง 31 ธันวาคม 2569)",
    ]
    places = [text.index(head) for head in heads[:7]]
    assert places == sorted(places)
    assert heads[7] in text
    for words in ("2,690", "1,345", "50.0", "20,000", "น้ำท่วมหลายตำบล"):
        assert words in text
    assert flaws_of_file(content, expected=["1,345", "50.0", "น้ำท่วมหลายตำบล"]) == []


def test_each_direction_of_the_year_stands_on_its_own_line(make, reported):
    said = "1. เร่งคุ้มครองแรงงานนอกระบบ มาตรา 40\n2. ทุกตำบลมีแกนนำ"
    DirectionFactory(fiscal_year=2570, text=said)

    text, _reader, _content = read(make(PROGRESS_REPORT, fiscal_year=2570, province=50, quarter=1))

    assert [line for line in text.splitlines() if "2. ทุกตำบลมีแกนนำ" in line] == ["2. ทุกตำบลมีแกนนำ"]


def test_the_fourth_quarter_ends_the_year(make, reported):
    text, _reader, _content = read(make(PROGRESS_REPORT, fiscal_year=2570, province=50, quarter=4))

    assert "ไตรมาสที่ 4 (1 กรกฎาคม 2570 ถึง 30 กันยายน 2570)" in text


def test_a_quarter_without_an_approved_plan_is_refused_in_words(make, chiang_mai):
    PlanFactory(province=chiang_mai, state=PlanState.DRAFT)

    job = make(PROGRESS_REPORT, fiscal_year=2570, province=50, quarter=1)

    assert "ยังไม่มีในปีนี้" in job.failure


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


def test_the_register_is_signed_and_has_a_serial(make, chiang_mai, chiang_mai_officer):
    VolunteerFactory.create_batch(3, province=chiang_mai)

    job = make(VOLUNTEER_REGISTER, province=50)
    text, _reader, _content = read(job)

    assert IssuedDocument.objects.get(job=job.pk).serial in text
    assert chiang_mai_officer.display_name in text
    assert text.count("ลงชื่อ") == 3


def test_a_head_is_not_guessed_where_there_are_two(make, chiang_mai):
    for name in ("คนแรกหัวหน้า", "คนหลังหัวหน้า"):
        UserFactory(province=chiang_mai, role="provincial_head", last_name=name)
    VolunteerFactory(province=chiang_mai)

    text, _reader, _content = read(make(VOLUNTEER_REGISTER, province=50))

    assert "หัวหน้า" not in text
