"""What the mentor of Chiang Mai does all day."""

import io
import re

import pypdf
import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect
from python_calamine import CalamineWorkbook

from tests.browser import country
from volunteer_network import national_id
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.models import Volunteer


@pytest.fixture
def photo():
    picture = io.BytesIO()
    Image.new("RGB", (640, 480), "#14507a").save(picture, "JPEG")
    return {"name": "ภาพกิจกรรม.jpg", "mimeType": "image/jpeg", "buffer": picture.getvalue()}


def figure(page, name):
    """A number on top of the log, as it is read."""
    box = page.get_by_label("ตัวเลขของรายการ").locator(
        ".kpi", has=page.get_by_role("heading", name=name)
    )
    return int(box.locator("b").inner_text().replace(",", ""))


def fill_person(page, first_name, last_name, digits):
    page.get_by_label("คำนำหน้า").fill("นาง")
    page.get_by_label("ชื่อ", exact=True).fill(first_name)
    page.get_by_label("สกุล").fill(last_name)
    page.get_by_label("เลขประจำตัวประชาชน").fill(digits)
    page.get_by_label("พื้นที่ปฏิบัติหน้าที่").fill("สุเทพ")


def test_from_the_home_page_to_a_corrected_telephone_number(visit, arranging):
    with arranging():
        country.volunteer("กัลยาณมิตร", "สุขสวัสดิ์")
    page = visit("mentor.chiangmai")

    page.goto("/")
    page.get_by_role("navigation", name="ส่วนต่าง ๆ").get_by_role("link", name="ทะเบียน").click()
    page.get_by_role("searchbox", name="ค้นในรายการ").fill("ยาณมิตร")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="นายกัลยาณมิตร สุขสวัสดิ์").click()
    page.get_by_role("link", name="แก้ข้อมูล").click()
    page.get_by_label("โทรศัพท์").fill("089 111 2233")
    page.get_by_role("button", name="บันทึกการแก้ไข").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("นายกัลยาณมิตร สุขสวัสดิ์")
    expect(page.get_by_text("บันทึกการแก้ไขของ นายกัลยาณมิตร สุขสวัสดิ์ แล้ว")).to_be_visible()
    expect(page.get_by_role("link", name="โทร 089 111 2233")).to_be_visible()


def test_an_activity_with_its_photo_and_then_another(visit, arranging, photo):
    with arranging():
        one = country.volunteer("เกสร", "ดอกไม้")
    page = visit("mentor.chiangmai")
    page.goto("/activities/")
    before = figure(page, "กิจกรรม"), figure(page, "ผู้รับบริการ")

    page.goto(one.get_absolute_url())
    page.get_by_role("link", name="บันทึกกิจกรรม").click()
    today = timezone.localdate()
    page.get_by_label("วันที่").fill(f"{today.day}/{today.month}/{today.year + 543}")
    expect(page.get_by_text(re.compile(f" {today.day} .* {today.year + 543}$"))).to_be_visible()
    page.get_by_label("ประเภทงาน").select_option(label="ประกันสังคม มาตรา 33/39/40")
    page.get_by_label("ลักษณะกิจกรรม").select_option(label="เยี่ยมบ้าน")
    page.get_by_label("ผู้รับบริการ ชาย").fill("๔")
    page.get_by_label("ภาพกิจกรรม").set_input_files(photo)
    expect(page.get_by_text("ภาพกิจกรรม.jpg")).to_be_visible()
    page.get_by_role("button", name="บันทึกและเพิ่มอีกรายการ").click()

    expect(page.get_by_text("บันทึกกิจกรรมของ นายเกสร ดอกไม้ แล้ว")).to_be_visible()
    expect(page.get_by_label("ประเภทงาน").locator("option:checked")).to_have_text(
        "ประกันสังคม มาตรา 33/39/40"
    )
    person = page.get_by_role("combobox", name="อาสาสมัคร", exact=True)
    person.fill("เกสร ดอกไม")  # without the tone mark
    person.press("ArrowDown")
    person.press("Enter")
    expect(person).to_have_value(re.compile("^เกสร ดอกไม้ · ต."))
    page.get_by_label("ผู้รับบริการ หญิง").fill("6")
    page.get_by_role("button", name="บันทึก 1 กิจกรรม").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("ประกันสังคม มาตรา 33/39/40")
    page.goto("/activities/")
    assert (figure(page, "กิจกรรม"), figure(page, "ผู้รับบริการ")) == (before[0] + 2, before[1] + 10)
    page.goto(one.get_absolute_url())
    page.get_by_role("link", name="ดูกิจกรรมทั้งหมด 2 รายการ").click()
    page.get_by_role("row").filter(has_text="มีภาพ").get_by_role("link").first.click()
    shown = page.get_by_role("img", name="ภาพกิจกรรม")
    expect(shown).to_be_visible()
    assert shown.evaluate("image => image.naturalWidth") == 640


def test_what_is_on_the_screen_is_taken_along_as_a_spreadsheet(visit, arranging):
    with arranging():
        country.volunteer("ศรีไพร", "ส่งออก")
    page = visit("mentor.chiangmai")

    page.goto("/volunteers/?q=ส่งออก")
    page.get_by_text("ส่งออก", exact=True).first.click()
    with page.expect_download() as download:
        page.get_by_role("link", name="ตาราง Excel (.xlsx)").click()

    book = CalamineWorkbook.from_path(download.value.path())
    rows = book.get_sheet_by_index(0).to_python()
    assert download.value.suggested_filename.endswith(".xlsx")
    assert [row for row in rows if "ศรีไพร" in row] != []
    assert [row for row in rows if "บุญเรือง" in row] == []


def test_a_new_volunteer_with_a_wrong_digit_first(visit, arranging):
    right = national_id.make_sample(7_000_001)
    wrong = right[:-1] + str((int(right[-1]) + 1) % 10)
    page = visit("mentor.chiangmai")

    page.goto("/volunteers/")
    page.get_by_role("link", name="ขึ้นทะเบียน อสร.").click()
    fill_person(page, "พรรณราย", "วงศ์ใหญ่", wrong)
    page.get_by_role("button", name="บันทึก อสร. 1 คน").click()

    summary = page.get_by_role("alert").filter(has=page.get_by_role("heading", name="แก้ 1 ช่อง"))
    expect(summary).to_be_focused()
    expect(page.get_by_label("สกุล")).to_have_value("วงศ์ใหญ่")
    summary.get_by_role("link", name=re.compile("^เลขประจำตัวประชาชน")).click()
    number = page.get_by_label("เลขประจำตัวประชาชน")
    expect(number).to_be_focused()
    expect(number).to_have_value(wrong)
    number.fill(right)
    page.get_by_role("button", name="บันทึก อสร. 1 คน").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("นางพรรณราย วงศ์ใหญ่")
    expect(page.get_by_text(right)).to_have_count(0)
    with arranging(), open_scope(NATION):
        assert Volunteer.objects.filter(last_name="วงศ์ใหญ่").count() == 1


def test_a_namesake_is_shown_while_typing_and_overruled(visit, arranging):
    with arranging():
        country.volunteer("สมศรี", "มีสุข")
    page = visit("mentor.chiangmai")

    page.goto("/volunteers/new/")
    fill_person(page, "สมศรี", "มีสุข", national_id.make_sample(7_000_002))
    warning = page.get_by_role("alert").filter(has_text="อาจเป็นคนเดียวกัน 1 คน")
    expect(warning.get_by_role("link", name="นายสมศรี มีสุข")).to_be_visible()
    warning.get_by_role("button", name="ไม่ใช่ เป็นคนละคน บันทึกต่อ").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("นางสมศรี มีสุข")


def test_a_further_term(visit, arranging):
    with arranging():
        one = country.volunteer("ประยูร", "ต่อวาระ")
    page = visit("mentor.chiangmai")

    page.goto(one.get_absolute_url())
    page.get_by_role("link", name="ต่อวาระ").click()
    page.get_by_label("คำสั่งที่").fill("99/2570")
    starts_on = one.term_ends_on + timezone.timedelta(days=1)
    page.get_by_label("วันเริ่มวาระ").fill(starts_on.strftime("%d/%m/%Y"))
    page.get_by_role("button", name="แต่งตั้ง 1 วาระ").click()

    expect(page.get_by_text("แต่งตั้ง นายประยูร ต่อวาระ แล้ว")).to_be_visible()
    expect(page.get_by_text("วาระที่ 2 คำสั่งที่ 99/2570").first).to_be_visible()


def test_a_card_is_made_in_the_background(visit, arranging):
    with arranging():
        one = country.volunteer("บัวลอย", "มีบัตร")
    page = visit("mentor.chiangmai")

    page.goto(one.get_absolute_url())
    page.get_by_role("button", name="ทำบัตรประจำตัว 1 ใบ").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("บัตรประจำตัว อสร. 1 ใบ")
    expect(page.get_by_label("ความคืบหน้า").get_by_role("status")).to_be_visible()
    take = page.get_by_role("link", name="ดาวน์โหลดเอกสาร")
    expect(take).to_be_visible(timeout=60_000)
    with page.expect_download() as download:
        take.click()

    document = pypdf.PdfReader(download.value.path())
    assert len(document.pages) == 1
    assert "บัวลอย" in document.pages[0].extract_text()
