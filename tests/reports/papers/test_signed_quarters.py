"""The printed report of a quarter: as it was signed, whenever it is printed."""

import io

import pytest
from pypdf import PdfReader

from reports.documents.progress import make_progress_report
from reports.enums import DirectionState, PlanState
from reports.kinds import PROGRESS_REPORT
from reports.models import QuarterReport
from tests.factories.plans import DirectionFactory, PlanFactory, PlanLineFactory
from tests.reports.papers.reading import Worker
from tests.reports.quarters import YEAR
from volunteer_network import uploads
from volunteer_network.access.scope import NATION, SYSTEM, open_scope
from volunteer_network.enums import DocumentState, JobState
from volunteer_network.models import IssuedDocument, Job
from volunteer_network.services import jobs
from volunteer_network.services.issued_documents import issue_document


def printed(stage, quarter=1, by=None, **more):
    by = by or stage.maker
    parameters = {"fiscal_year": YEAR, "province": 50, "quarter": quarter, **more}
    with open_scope(by.scope):
        job = jobs.ask_for_job(kind=PROGRESS_REPORT, title="รายงาน", parameters=parameters, by=by)
    jobs.run_job(job.pk)
    with open_scope(NATION):
        return Job.objects.get(pk=job.pk)


def text_of(job):
    assert job.state == JobState.DONE, job.failure
    reader = PdfReader(io.BytesIO(uploads.open_stored(job.result).read()))
    return "\n".join(page.extract_text() for page in reader.pages)


def table_of(text):
    """From the heading of the results to the sums: the figures themselves."""
    return text.partition("7. ")[2].partition("“–”")[0]


def test_an_unsigned_quarter_says_so_and_prints_what_is_known(stage):
    text = text_of(printed(stage))

    assert "ยังไม่ลงนาม" in text
    assert "ลายนิ้วมือ" not in text


def test_a_signed_quarter_prints_the_same_figures_whatever_came_later(stage):
    report = stage.signed()
    first = text_of(printed(stage))
    stage.log(people=10)
    stage.log(people=20)
    stage.type(actual=99, disbursed=5)
    with stage.open():
        stage.plan.lines.update(title="ชื่อใหม่", indicator="ตัวชี้วัดใหม่")

    later = text_of(printed(stage))

    assert table_of(later) == table_of(first)
    assert report.short_digest in later
    assert "ไม่มีอะไรเปลี่ยน" in first
    assert "ผล +30 คน" in later
    assert "บันทึกเพิ่ม 2 รายการ +30" in later
    assert str(stage.head.display_name) in later


def test_the_next_quarter_prints_what_it_adopted(stage):
    stage.signed()
    stage.log(people=30)
    stage.signed(2, adopt=True)

    second, first = text_of(printed(stage, 2)), text_of(printed(stage, 1))

    assert "ปรับยอดไตรมาสก่อน" in second
    assert "ของไตรมาส 1" in second
    assert "รับไว้ในไตรมาส 2" in first
    assert "ปรับยอดไตรมาสก่อน" not in first


@pytest.mark.parametrize("other", [{"province_id": 90}, {"fiscal_year": YEAR + 1}])
def test_the_report_goes_by_the_plan_of_its_province_and_year(stage, central_officer, other):
    """Though another one in force has a higher edition."""
    plan = PlanFactory(
        state=PlanState.APPROVED, edition=2, sent_by=stage.head, sent_at=stage.plan.made_at,
        approved_by=central_officer, approved_at=stage.plan.made_at,
        **{"province_id": 50, "fiscal_year": YEAR} | other,
    )  # fmt: skip
    PlanLineFactory(plan=plan, title="งานของแผนอื่น")

    text = text_of(printed(stage, by=central_officer))

    assert "ลงพื้นที่" in text
    assert "งานของแผนอื่น" not in text


def test_what_the_centre_has_not_published_is_not_printed(stage):
    DirectionFactory(fiscal_year=YEAR, text="ยังเป็นความลับ", state=DirectionState.DRAFT)

    assert "ยังเป็นความลับ" not in text_of(printed(stage))


def test_the_digest_keeps_its_own_digits(stage):
    report = stage.signed()

    text = text_of(printed(stage, thai_digits=True))

    assert report.short_digest in text
    assert "ไตรมาสที่ ๑" in text


def test_figures_that_were_tampered_with_are_not_printed(stage):
    report = stage.signed()
    with stage.open():
        QuarterReport.objects.create(
            province=stage.province, fiscal_year=YEAR, quarter=2, plan=stage.plan,
            prepared_by=stage.maker, prepared_at=report.prepared_at, signed_by=stage.head,
            signed_at=report.signed_at, content=report.content + " ", digest=report.digest,
            rows=report.rows,
        )  # fmt: skip

    job = printed(stage, 2)

    assert job.state == JobState.FAILED
    assert "ลายนิ้วมือ" in job.failure


def standing_of(job):
    return IssuedDocument.objects.get(job=job.pk).state


def test_a_report_that_was_printed_before_its_quarter_was_handed_back_holds_no_more(stage):
    stage.prepare()
    before = printed(stage)
    other = printed(stage, 2)

    stage.hand_back()

    assert standing_of(before) == DocumentState.RECALLED
    assert standing_of(other) == DocumentState.VALID


def test_prepared_again_the_quarter_is_printed_anew(stage):
    stage.prepare()
    before = printed(stage)
    stage.hand_back()
    stage.prepare()

    anew = printed(stage)

    assert standing_of(before) == DocumentState.RECALLED
    assert standing_of(anew) == DocumentState.VALID


def test_with_the_signature_goes_the_report_that_tells_of_it(stage):
    stage.signed()
    paper = printed(stage)

    stage.take_back()

    assert standing_of(paper) == DocumentState.RECALLED


def test_a_report_that_was_printed_before_the_signature_outlives_it(stage):
    stage.prepare()
    unsigned = printed(stage)
    stage.sign()

    stage.take_back()

    assert standing_of(unsigned) == DocumentState.VALID


def take(stage, steps):
    for step in steps.split():
        getattr(stage, step)()


@pytest.mark.parametrize(
    ("before", "meanwhile", "state"),
    [
        ("", "", DocumentState.VALID),
        ("", "prepare hand_back", DocumentState.RECALLED),
        ("prepare", "", DocumentState.VALID),
        ("prepare", "hand_back", DocumentState.RECALLED),
        ("prepare", "hand_back prepare", DocumentState.RECALLED),
        ("prepare", "sign", DocumentState.VALID),
        ("prepare hand_back", "", DocumentState.VALID),
        ("prepare sign", "", DocumentState.VALID),
        ("prepare sign", "take_back", DocumentState.RECALLED),
        ("prepare sign", "take_back sign", DocumentState.RECALLED),
    ],
)
def test_a_report_follows_what_became_of_its_quarter_while_it_was_made(
    stage, before, meanwhile, state
):
    take(stage, before)
    asked = {"fiscal_year": YEAR, "province": 50, "quarter": 1}
    result = make_progress_report(Worker(stage.maker, asked))
    take(stage, meanwhile)

    with open_scope(SYSTEM):
        document = issue_document(issue=result.issue, job=0, digest="a" * 64)
        result.also()

    document.refresh_from_db()
    assert document.state == state
