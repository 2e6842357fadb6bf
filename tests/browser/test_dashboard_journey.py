"""From a question to the number, its rows and the file: an executive, the centre, and a phone."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import PHONE

MOST_CLICKS = 3  # journey CS3, from the page of figures to the answer


def chosen_region(page, region):
    page.get_by_text("เพิ่มตัวกรอง").click()
    page.get_by_role("combobox", name=re.compile("^ภาค")).select_option(region)
    page.get_by_role("button", name="กรองภาพรวม").click()
    expect(page).to_have_url(re.compile("region="))


def test_an_executive_finds_the_north_and_takes_the_file(visit):
    page = visit("executive")
    page.goto("/")
    page.get_by_role("link", name="ภาพรวม").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("ภาพรวมประเทศ ปีงบประมาณ")

    chosen_region(page, "ภาคเหนือ")
    chip = page.get_by_role("group", name="ตัวกรองที่ใช้อยู่")
    expect(chip).to_contain_text("ภาคเหนือ")
    expect(page.locator(".kpi").first).to_contain_text("คน")
    rows = page.locator("main a[href^='/activities/'], main a[href^='/cases/']")
    assert rows.count() == 0  # an executive lists none

    page.get_by_text("ส่งออก").click()
    with page.expect_download() as taken:
        page.get_by_role("link", name=re.compile("Excel")).click()
    assert taken.value.suggested_filename.endswith(".xlsx")

    page.get_by_role("link", name=re.compile("^เชียงใหม่")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("จังหวัดเชียงใหม่")
    page.get_by_role("link", name="ภาพรวมประเทศ").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("ภาพรวมประเทศ")


def test_a_central_officer_opens_the_rows_behind_a_number_and_comes_back(visit):
    page = visit("central")
    page.goto("/dashboard/?region=ภาคเหนือ")
    number = page.locator(".kpi .fig a").first
    told = int(number.inner_text().replace(",", ""))

    number.click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("กิจกรรม")
    chips = page.get_by_role("group", name="ตัวกรองที่ใช้อยู่")
    expect(chips).to_contain_text("ภาคเหนือ")
    expect(chips).to_contain_text("ปีงบประมาณ")
    on_top = page.get_by_text(re.compile(rf"{told:,}")).first
    expect(on_top).to_be_visible()
    page.go_back()
    expect(page).to_have_url(re.compile("/dashboard/"))


def test_the_map_is_walked_by_keyboard_and_a_figure_leads_to_its_definition(visit):
    page = visit("central")
    page.goto("/dashboard/")
    link = page.locator(".map a").first
    link.focus()
    expect(link).to_be_focused()
    assert re.search("อันดับ|ไม่มีข้อมูล", link.get_attribute("aria-label"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/dashboard/\d+/"))

    page.locator(".kpi .def").first.click()
    expect(page).to_have_url(re.compile("#def-people"))


def test_a_phone_shows_tiles_and_no_map_and_nothing_moves(visit):
    page = visit("central", viewport=PHONE)
    page.goto("/")
    page.evaluate("document.fonts.ready")  # whoever comes here has the typeface already
    page.goto("/dashboard/")

    expect(page.locator(".tilemap")).to_be_visible()
    expect(page.locator(".map")).to_be_hidden()
    assert page.locator(".tilemap a").count() == 76
    shift = page.evaluate(
        """() => new Promise((done) => {
          let sum = 0;
          new PerformanceObserver((list) => {
            for (const one of list.getEntries()) if (!one.hadRecentInput) sum += one.value;
          }).observe({type: "layout-shift", buffered: true});
          setTimeout(() => done(sum), 500);
        })"""
    )
    assert shift < 0.05


def test_a_document_of_the_page_is_made(visit):
    page = visit("executive")
    page.goto("/dashboard/")
    page.get_by_role("button", name="ทำเอกสาร PDF").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("ภาพรวมประเทศ")
    expect(page.get_by_role("link", name="ดาวน์โหลดเอกสาร")).to_be_visible(timeout=60_000)


def test_without_script_the_filters_and_tables_work(visit):
    page = visit("central", java_script_enabled=False)
    page.goto("/dashboard/")

    chosen_region(page, "ภาคใต้")
    expect(page.get_by_role("table", name="ตัวเลขรายภาค")).to_contain_text("ภาคใต้")
    page.get_by_text(re.compile("^ตาราง 14 จังหวัด")).last.click()
    expect(page.get_by_role("table", name="ตัวเลขรายจังหวัด")).to_contain_text("สงขลา")
