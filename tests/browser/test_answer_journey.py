"""Journey CS3: a minister asks how many people the south reached this quarter, against the plan."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from reports.enums import Measure, PlanState
from reports.models import Plan
from tests.browser.conftest import PHONE
from tests.browser.looks import complaints
from tests.browser.test_search_journey import chosen
from tests.factories import ActivityFactory, UserFactory, VolunteerFactory
from tests.factories.plans import PlanFactory, PlanLineFactory, PlanProofFactory
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.enums import Category
from volunteer_network.models import Printout, Province
from volunteer_network.services.figures import fold_figures
from volunteer_network.thai_calendar import fiscal_months, fiscal_year, quarter

SONGKHLA = 90
MOST_CLICKS, MOST_KEYS = 3, 26


def last_quarter():
    """The last day of the quarter that is over."""
    today = timezone.localdate()
    months = [one for one in fiscal_months(fiscal_year(today)) if quarter(one) == quarter(today)]
    return months[0] - timedelta(days=1)


@pytest.fixture
def the_south(arranging):
    """A plan and some work of Songkhla in the quarter that is over; its number."""
    day = last_quarter()
    with arranging():
        with open_scope(NATION):  # the site is one for all tests
            if Plan.objects.filter(province=SONGKHLA, fiscal_year=fiscal_year(day)).exists():
                return quarter(day)
        province = Province.objects.get(pk=SONGKHLA)
        steps = ("proposed", "agreed", "sent", "approved")
        plan = PlanFactory(
            province=province,
            fiscal_year=fiscal_year(day),
            state=PlanState.APPROVED,
            **{f"{step}_at": timezone.now() for step in steps},
            **{f"{step}_by": UserFactory(province=province) for step in steps},
        )
        line = PlanLineFactory(plan=plan, measure=Measure.PEOPLE)
        PlanProofFactory(line=line, category=Category.SAFETY)
        ActivityFactory(
            volunteer=VolunteerFactory(province=province),
            recorded_by=UserFactory(province=province),
            on_date=day,
            category=Category.SAFETY,
        )
        fold_figures()
    return quarter(day)


class Counted:
    """A person at the keyboard: counts presses and clicks."""

    def __init__(self, page):
        self.page, self.keys, self.clicks = page, 0, 0

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
        self.keys += len(keys)

    def type(self, words):
        self.page.keyboard.type(words)
        self.keys += len(words)

    def click(self, place):
        place.click()
        self.clicks += 1


def test_a_question_in_words_is_answered_with_a_sentence_to_paste(visit, the_south):
    page = visit("central")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/volunteers/")
    person = Counted(page)

    person.press("Control+k")
    person.type(f"ภาคใต้ ไตรมาส {the_south} แผน ผล")
    expect(chosen(page)).to_contain_text(f"ภาพรวม ภาคใต้ ไตรมาส {the_south} ปีงบประมาณ")
    expect(chosen(page)).to_contain_text("แผนและผล")
    person.press("Enter")

    expect(page).to_have_url(re.compile("#fig-plan$"))
    chips = page.get_by_role("group", name="ตัวกรองที่ใช้อยู่")
    expect(chips).to_contain_text("ภาคใต้")
    expect(chips).to_contain_text(f"ไตรมาสที่ {the_south}")
    expect(page.get_by_text(re.compile("^ข้อมูล ณ")).first).to_be_visible()
    figure = page.locator("#fig-plan")
    expect(figure).to_be_in_viewport()
    expect(figure.locator("summary")).to_have_accessible_name("คัดลอกเป็นประโยค")
    person.click(figure.locator("summary"))
    expect(page.get_by_role("status")).to_contain_text("คัดลอกแล้ว")

    pasted = page.evaluate("navigator.clipboard.readText()")
    assert pasted == figure.locator("[data-copy-text]").inner_text()
    assert pasted.startswith(f"ภาคใต้ 14 จังหวัด ไตรมาส {the_south} ปีงบประมาณ")
    assert re.search(
        r"ช่วยเหลือได้ [\d,]+ คน คิดเป็นร้อยละ [\d.]+ ของเป้าหมาย 10 คน .*\(ข้อมูล ณ .*\)$", pasted
    )
    assert person.clicks <= MOST_CLICKS
    assert person.keys <= MOST_KEYS, person.keys
    assert complaints(page, "answer") == []


def test_the_spreadsheet_of_the_same_question_is_two_clicks_away(visit, the_south):
    page = visit("executive")
    page.goto("/")
    person = Counted(page)

    person.press("Control+k")
    person.type("ภาคใต้ แผน")
    expect(chosen(page)).to_contain_text("ภาพรวม ภาคใต้")
    person.press("Enter")
    person.click(page.get_by_text("ส่งออก"))
    with page.expect_download() as taken:
        person.click(page.get_by_role("link", name=re.compile("Excel")))

    assert taken.value.suggested_filename.endswith(".xlsx")
    assert person.clicks <= MOST_CLICKS
    assert person.keys <= MOST_KEYS


def test_without_script_the_question_is_asked_and_the_sentence_is_read(visit):
    page = visit("central", java_script_enabled=False)

    page.goto("/")
    page.get_by_role("searchbox", name="ค้นหาทั้งระบบ").fill("ใต้ ปีนี้ คน")
    page.keyboard.press("Enter")
    page.get_by_role("link", name=re.compile("^ภาพรวม ภาคใต้ ปีงบประมาณ")).click()
    figure = page.locator("#fig-people")
    expect(figure.locator("[data-copy-text]")).to_be_hidden()
    expect(figure.locator("summary")).to_have_accessible_name("อ่านเป็นประโยค")
    figure.locator("summary").click()

    expect(figure.locator("[data-copy-text]")).to_contain_text("ภาคใต้ 14 จังหวัด ปีงบประมาณ")


def test_a_view_is_named_and_opened_again_from_anywhere(visit):
    page = visit("executive")
    page.goto("/dashboard/?region=ภาคเหนือ")
    page.get_by_role("link", name="บันทึกมุมมองนี้").click()
    page.get_by_label("ชื่อมุมมอง").fill("เหนือสำหรับผู้บริหาร")
    assert complaints(page, "views") == []
    page.get_by_role("button", name="บันทึกมุมมองนี้").click()
    expect(page.get_by_role("navigation", name="มุมมองของฉัน")).to_contain_text("เหนือสำหรับ")

    page.goto("/plans/")
    page.keyboard.press("Control+k")
    page.keyboard.type("สำหรับผู้บริหาร")
    expect(chosen(page)).to_contain_text("เหนือสำหรับผู้บริหาร")
    page.keyboard.press("Enter")

    expect(page.get_by_role("group", name="ตัวกรองที่ใช้อยู่")).to_contain_text("ภาคเหนือ")


def test_a_figure_on_paper_leads_to_its_rows_on_a_telephone(visit, the_south, arranging):
    page = visit("central", viewport=PHONE)
    page.goto(f"/dashboard/?region=ภาคใต้&quarter={the_south}&fy={fiscal_year(last_quarter())}")
    page.get_by_role("button", name="ทำเอกสาร PDF").click()
    expect(page.get_by_role("link", name="ดาวน์โหลดเอกสาร")).to_be_visible(timeout=60_000)
    with arranging(), open_scope(NATION):
        address = Printout.objects.latest("pk").get_absolute_url()
    page.goto(address)

    page.get_by_label("รหัสของตัวเลขบนกระดาษ").fill("ช90.4")
    page.get_by_role("button", name="หาตัวเลข").click()
    expect(page.get_by_role("region", name="ตัวเลขที่หา")).to_contain_text("สงขลา")
    assert complaints(page, "printed") == []
    page.get_by_role("link", name="เปิดรายการที่นับ").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("กิจกรรม")
    chips = page.get_by_role("group", name="ตัวกรองที่ใช้อยู่")
    expect(chips).to_contain_text("สงขลา")
