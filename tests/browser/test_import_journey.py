"""Bringing in a list: six rows to mend of which five are alike, consent, taking back."""

import re

from playwright.sync_api import expect

from tests.workbook_files import xlsx
from volunteer_network import national_id
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.models import Volunteer

HEAD = ["ที่", "คำนำหน้า", "ชื่อ", "สกุล", "เลขประจำตัวประชาชน", "ตำบล", "อำเภอ", "โทรศัพท์"]
FAMILY = "เพชรนำเข้า"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def person(n, subdistrict="ต.สุเทพ", phone=None):
    digits = int(national_id.make_sample(800_000 + n))
    name = f"สม{'กขคงจฉชซ'[n % 8]}{'มยรล'[n // 8]}"
    return [n + 1, "นาง", name, FAMILY, digits, subdistrict, "อ.เมือง", phone or 810000000 + n]


def workbook():
    rows = [
        person(n, subdistrict="สุเทม" if n in {3, 7, 11, 15, 19} else "ต.สุเทพ") for n in range(24)
    ]
    rows[5] = person(5, phone="12345")
    return xlsx({"ทะเบียน": [["ทะเบียน อสร."], HEAD, *rows, ["", "", "รวม 24 คน"]]})


def registered(arranging):
    with arranging(), open_scope(NATION):
        return Volunteer.objects.filter(last_name=FAMILY).count()


def test_a_list_is_dropped_mended_brought_in_and_taken_back(mentor, arranging):
    page = mentor
    page.goto("/volunteers/")
    page.get_by_role("link", name="นำเข้าจากไฟล์").click()
    chosen = {"name": "ทะเบียน.xlsx", "mimeType": XLSX, "buffer": workbook()}
    page.locator("input[type=file]").set_input_files(chosen)
    page.get_by_role("button", name="ตรวจไฟล์").click()

    expect(page.get_by_role("button", name="นำเข้า 18 คน")).to_be_visible()
    assert registered(arranging) == 0

    page.get_by_label("ตำบล ที่ถูกต้องแทน “สุเทม”").fill("สุเทพ")
    page.get_by_role("button", name="แก้ 5 แถว").click()
    expect(page.get_by_role("button", name="นำเข้า 23 คน")).to_be_visible()

    cell = page.get_by_role("textbox", name="โทรศัพท์")
    cell.fill("081 234 5678")
    cell.press("Tab")
    page.get_by_role("button", name="นำเข้า 24 คน").click()
    expect(page.get_by_role("link", name="เรียกคืน 24 คน")).to_be_visible()
    assert registered(arranging) == 24

    page.get_by_role("link", name="เรียกคืน 24 คน").click()
    page.get_by_role("button", name="เรียกคืน 24 คน").click()
    expect(page.locator("#work").get_by_text(re.compile("เรียกคืนแล้ว")).first).to_be_visible()
    assert registered(arranging) == 0


def test_what_is_no_workbook_is_answered_at_the_field(mentor):
    page = mentor
    page.goto("/volunteers/import/")
    chosen = {"name": "รายชื่อ.xlsx", "mimeType": XLSX, "buffer": b"%PDF-1.7 not a workbook"}
    page.locator("input[type=file]").set_input_files(chosen)
    page.get_by_role("button", name="ตรวจไฟล์").click()

    expect(page.get_by_text(re.compile("ไฟล์นี้เป็น PDF")).first).to_be_visible()
