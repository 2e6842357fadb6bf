"""The dashboard on paper: the figures of the page, for whoever asked, as of one moment."""

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from pypdf import PdfReader

from reports.dashboard.charts import ranking_of
from reports.dashboard.doors import Doors
from reports.dashboard.measures import BY_NAME
from reports.dashboard.sheets import sheets_of
from reports.queries.boards import Dashboard
from reports.queries.cells import Cell
from reports.queries.dashboards import months_of
from reports.queries.questions import Question
from tests.factories import ActivityFactory, TermFactory, UserFactory, VolunteerFactory
from volunteer_network import uploads
from volunteer_network.access.scope import open_scope
from volunteer_network.documents.pdf import render_pdf_in_parts
from volunteer_network.enums import JobState
from volunteer_network.models import Job, Province
from volunteer_network.services.figures import fold_figures
from volunteer_network.services.jobs import run_job

pytestmark = pytest.mark.usefixtures("november")

A4 = (595, 842)  # points


@pytest.fixture
def reached(db):
    """Twelve people in Chiang Mai and three in Songkhla, in October."""
    for code, people in ((50, 12), (90, 3)):
        province = Province.objects.get(pk=code)
        volunteer = VolunteerFactory(province=province)
        TermFactory(volunteer=volunteer, starts_on=date(2026, 1, 1), ends_on=date(2028, 12, 31))
        ActivityFactory(
            volunteer=volunteer,
            recorded_by=UserFactory(province=province),
            on_date=date(2026, 10, 5),
            people_male=people,
            people_female=0,
        )
    fold_figures()


def made(client, user, query=""):
    """The job that the page's button asks for, done."""
    client.force_login(user)
    response = client.post(f"/dashboard/document/{query}")
    assert response.status_code == 302, response.content.decode()
    pk = int(response.url.rstrip("/").rpartition("/")[2])
    run_job(pk)
    with open_scope(user.scope):
        return Job.objects.get(pk=pk)


def text_of(job):
    assert job.state == JobState.DONE, job.failure
    reader = PdfReader(io.BytesIO(uploads.open_stored(job.result).read()))
    return reader, "\n".join(page.extract_text() for page in reader.pages)


def test_an_executive_takes_the_country_on_a4_with_page_numbers(client, reached, executive):
    reader, text = text_of(made(client, executive))

    assert "ภาพรวมประเทศ ปีงบประมาณ 2570" in text
    assert "ข้อมูล ณ 20 พ.ย. 2569" in text
    assert f"หน้า 1 จาก {len(reader.pages)}" in text
    assert {tuple(round(side) for side in page.mediabox[2:]) for page in reader.pages} == {A4}
    for words in ("กำหนด", "รายจังหวัด", "รายภาค", "ตาราง 12 เดือน", "svg-maps CC BY 4.0"):
        assert words in text
    assert "15" in text  # people of both provinces
    assert all(province.name in text for province in Province.objects.filter(has_office=True))


def test_a_year_before_the_system_draws_no_empty_axes(client, reached, executive):
    _reader, text = text_of(made(client, executive, "?fy=2566"))

    assert "แต่ละเดือนถึงประชาชนกี่คน" not in text
    assert "ตาราง 12 เดือน" in text


def test_of_a_month_to_come_no_province_is_the_weakest(client, reached, executive):
    _reader, text = text_of(made(client, executive, "?month=2570-02"))

    assert "ไม่มีข้อมูล 76 จังหวัด" in " ".join(text.split())
    assert "จังหวัดที่ต่ำสุด" not in text


def test_the_largest_figures_of_a_country_stand_in_their_cells(executive):
    """Every sub-district, more people than there are, a case for each hundred of them."""
    largest = {"people": 9_999_999, "referred": 999_999, "allotted": 100, "disbursed": 100}
    lists = {"covered": 7256, "places": 7256, "received": 1234, "expected": 1234, "offices": 76}
    cell = Cell(plan_people=1250, plan_thirds=3000, complete=76, plans=76, **largest, **lists)
    question = Question(fiscal_year=2569, today=date(2026, 11, 20))
    few = {"covered": 319, "places": 319, "people": 449_999, "referred": 44_999}
    one = {"complete": 1, "offices": 1, "plans": 1, "allotted": Decimal(100), **few}
    cells = [
        replace(cell, code=office.pk, name=office.name, region=office.region, **one)
        for office in question.offices
    ]
    board = Dashboard(question, cell, cells, months_of(question), [], [], [], None)
    ranking = ranking_of(board, BY_NAME["people"])
    made = sheets_of(board, ranking, Doors(executive, question)).by_name
    body = "".join(
        render_to_string("reports/documents/_sheet.html", {"sheet": made[name]})
        for name in ("keys", "regions", "provinces")
    )
    page = f"<html><head><title>ภาพรวม</title></head><body>{body}</body></html>"

    sheets = ("css/document.css", "css/dashboard_paper.css")
    assert render_pdf_in_parts([page], stylesheets=sheets, expected=["7,256 / 7,256"])


def test_fonts_are_embedded_and_no_letter_is_missing(client, reached, executive):
    reader, text = text_of(made(client, executive))

    fonts = [
        font.get_object()
        for page in reader.pages
        for font in page["/Resources"].get("/Font", {}).values()
    ]
    descendants = [
        one.get_object()["/FontDescriptor"].get_object()
        for font in fonts
        for one in font.get("/DescendantFonts", [])
    ]
    assert descendants
    assert all({"/FontFile2", "/FontFile3"} & set(one) for one in descendants)
    assert "\ufffd" not in text


def test_the_filters_of_the_page_are_those_of_the_document(client, reached, executive):
    _reader, text = text_of(made(client, executive, "?region=ภาคเหนือ&month=2569-10"))

    assert "ภาค ภาคเหนือ" in text
    assert "ตุลาคม 2569" in text
    assert "สงขลา" not in text


def test_a_head_gets_another_province_with_its_few_hidden(client, reached, chiang_mai_head):
    _reader, own = text_of(made(client, chiang_mai_head, "?province=50"))
    _reader, foreign = text_of(made(client, chiang_mai_head, "?province=90"))

    assert "จังหวัดเชียงใหม่" in own
    assert own.count("น้อยกว่า 5") == 1  # what it means
    assert foreign.count("น้อยกว่า 5") > 1


def test_without_a_province_that_fits_the_job_fails_in_words(client, reached, executive):
    job = made(client, executive, "?region=ภาคใต้&cluster=ภาคเหนือตอนบน 1")

    assert job.state == JobState.FAILED
    assert "ไม่มีจังหวัดที่ตรงกับตัวกรอง" in job.failure


def test_whose_scope_knows_no_jobs_is_offered_none(client, inspector):
    client.force_login(inspector)

    assert client.post("/dashboard/document/").status_code == 404
    assert "ทำเอกสาร PDF" not in client.get("/dashboard/").content.decode()
