"""The centre makes the documents of all provinces, leaves, comes back and takes the file."""

import re
import zipfile
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from django.utils import timezone
from playwright.sync_api import expect

from reports.enums import PlanState
from reports.models import Plan
from tests.browser.looks import complaints
from tests.factories.plans import PlanFactory, PlanLineFactory
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.models import Province, User
from volunteer_network.thai_calendar import fiscal_year

READY = (50, 55, 77)
EDITION = 7


@pytest.fixture
def plans(arranging):
    """Three provinces have an approved plan of this year; the longest name is among them."""
    with arranging():
        with open_scope(NATION):
            if Plan.objects.filter(edition=EDITION).exists():
                return
        central, now = User.objects.get(username="central"), timezone.now()
        for code in READY:
            plan = PlanFactory(
                province=Province.objects.get(pk=code),
                fiscal_year=fiscal_year(timezone.localdate()),
                edition=EDITION,
                state=PlanState.APPROVED,
                made_by=central,
                **{f"{step}_at": now for step in ("sent", "approved")},
                **{f"{step}_by": central for step in ("sent", "approved")},
            )
            PlanLineFactory.create_batch(3, plan=plan)


def test_the_documents_of_all_provinces_from_choice_to_file(visit, plans):
    page, clicks = visit("central"), 0

    page.goto("/reports/")
    page.get_by_role("link", name="ทำเอกสารทุกจังหวัด").click()
    clicks += 1
    expect(page.get_by_text("จังหวัดพร้อม")).to_be_visible()
    assert complaints(page, "bundle") == []
    page.get_by_role("button", name="ทำเอกสาร 3 จังหวัด").click()
    clicks += 1
    expect(page).to_have_url(re.compile(r"/reports/\d+/$"))
    assert complaints(page, "bundle-running") == []

    page.goto("/")
    page.goto("/reports/")
    page.get_by_role("link", name=re.compile("^แผนปฏิบัติงาน.*ทุกจังหวัด$")).click()
    clicks += 1
    take = page.get_by_role("link", name="ดาวน์โหลดเอกสาร")
    expect(take).to_be_visible(timeout=90_000)
    assert complaints(page, "bundle-done") == []
    with page.expect_download() as download:
        take.click()
    clicks += 1

    assert clicks <= 5  # the budget of this journey
    with zipfile.ZipFile(download.value.path()) as bundle:
        names = bundle.namelist()
        single = pypdf.PdfReader(BytesIO(bundle.read("77 ประจวบคีรีขันธ์.pdf")))
    assert names[1:] == ["50 เชียงใหม่.pdf", "55 น่าน.pdf", "77 ประจวบคีรีขันธ์.pdf"]
    assert "แผนปฏิบัติงาน" in single.pages[0].extract_text()
    assert Path(download.value.suggested_filename).suffix == ".zip"


def test_a_document_is_checked_by_its_serial_and_withdrawn(visit, plans):
    page, stranger = visit("central"), visit()

    page.goto("/reports/new/")
    page.get_by_label("จังหวัด").select_option(label="น่าน")
    page.get_by_role("button", name="ทำเอกสาร 1 ฉบับ").click()
    expect(page.get_by_role("link", name="ดาวน์โหลดเอกสาร")).to_be_visible(timeout=60_000)
    assert complaints(page, "document-done") == []
    serial = page.get_by_role("link", name="PLN-55").inner_text()

    stranger.goto("/verify/")
    stranger.get_by_label("เลขที่เอกสาร").fill(serial.lower().replace("-", " "))
    stranger.get_by_role("button", name="ตรวจเอกสาร").click()
    expect(stranger.get_by_text("ใช้ได้", exact=True)).to_be_visible()
    expect(stranger.get_by_text("สำนักงานแรงงานจังหวัดน่าน")).to_be_visible()
    assert complaints(stranger, "verify-valid") == []

    page.get_by_role("link", name="เพิกถอนเอกสารนี้").click()
    page.get_by_text("ไม่ใช้แล้ว").click()
    page.get_by_role("button", name="เพิกถอน 1 ฉบับ").click()
    stranger.reload()

    expect(stranger.get_by_text("ถูกเพิกถอนแล้ว")).to_be_visible()
    assert complaints(stranger, "verify-withdrawn") == []
