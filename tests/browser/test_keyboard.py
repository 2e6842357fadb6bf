"""A day without a mouse, and a page without script."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser import country
from tests.browser.conftest import leave_sign_in
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.models import Activity

MOST_STOPS = 80
FOCUS_IS_SEEN = """
() => {
  const style = getComputedStyle(document.activeElement);
  const zone = document.activeElement.closest(".drop");
  const seen = [style, ...(zone ? [getComputedStyle(zone)] : [])];
  return seen.some((one) => (one.outlineStyle !== "none" && parseFloat(one.outlineWidth) > 0)
    || one.boxShadow !== "none");
}
"""
WHERE = "document.activeElement.outerHTML.slice(0, 120)"


def walk_to(page, goal):
    """Press Tab until the focus is there; it must be seen at every stop."""
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS_IS_SEEN), page.evaluate(WHERE)
        if goal.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"Tab never reaches {goal}")


def choose(page, label, choice):
    """Go down a list to a choice."""
    field = page.get_by_label(label, exact=True)
    walk_to(page, field)
    for _choice in range(field.locator("option").count()):
        page.keyboard.press("ArrowDown")
        if field.locator("option:checked").inner_text() == choice:
            return
    raise AssertionError(f"{choice} is not in {label}")


def sign_in_by_keyboard(page):
    page.goto("/accounts/login/")
    walk_to(page, page.get_by_label("ชื่อผู้ใช้"))
    page.keyboard.type("mentor.chiangmai")
    walk_to(page, page.get_by_label("รหัสผ่าน"))
    page.keyboard.type(country.PASSWORD)
    page.keyboard.press("Enter")
    leave_sign_in(page)


def skip_to_the_content(page):
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="ข้ามไปเนื้อหา")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def find_and_choose(page):
    """By the palette to the register, by its field to one person, who is chosen and opened."""
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox", name="คน ตำบล")).to_be_focused()
    page.keyboard.type("volunteers")
    expect(page.get_by_role("option", selected=True)).to_have_text("ทะเบียน")
    page.keyboard.press("Enter")
    page.wait_for_url("**/volunteers/")
    walk_to(page, page.get_by_label("ค้นในรายการ"))
    page.keyboard.type("แป้นพิมพ์")
    page.keyboard.press("Enter")
    page.wait_for_url("**/volunteers/?q=*")
    walk_to(page, page.get_by_label("เลือก นายฟองแก้ว แป้นพิมพ์"))
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="ทำบัตร 1 ใบ")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("นายฟองแก้ว แป้นพิมพ์")


def log_an_activity(page):
    walk_to(page, page.get_by_role("link", name="บันทึกกิจกรรม"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("บันทึกกิจกรรม")
    walk_to(page, page.get_by_label("วันที่"))
    page.keyboard.type(timezone.localdate().isoformat())
    choose(page, "ประเภทงาน", "ประกันสังคม มาตรา 33/39/40")
    choose(page, "ลักษณะกิจกรรม", "เยี่ยมบ้าน")
    walk_to(page, page.get_by_label("ผู้รับบริการ ชาย"))
    page.keyboard.type("3")
    walk_to(page, page.get_by_label("คนหางาน"))
    page.keyboard.press("Space")
    page.keyboard.press("Enter")

    expect(page.get_by_text("บันทึกกิจกรรมของ นายฟองแก้ว แป้นพิมพ์ แล้ว")).to_be_visible()


def test_from_signing_in_to_a_saved_activity_without_a_mouse(visit, arranging):
    with arranging():
        one = country.volunteer("ฟองแก้ว", "แป้นพิมพ์")
    page = visit()

    sign_in_by_keyboard(page)
    skip_to_the_content(page)
    find_and_choose(page)
    log_an_activity(page)

    with arranging(), open_scope(NATION):
        saved = Activity.objects.get(volunteer=one)
        assert (saved.people_male, saved.target_groups) == (3, ["job_seekers"])


def test_enter_on_a_page_of_one_row_removes_nothing(visit, arranging, rows):
    page = visit("mentor.chiangmai")
    page.goto(rows.activity.get_absolute_url())

    page.keyboard.press("Enter")
    page.get_by_role("main").press("Enter")

    expect(page.get_by_role("button", name="เอาออก 1 รายการ")).to_be_visible()
    with arranging(), open_scope(NATION):
        assert Activity.objects.filter(pk=rows.activity.pk).exists()


def test_a_menu_opens_and_closes_by_the_keyboard(mentor):
    mentor.goto("/")
    walk_to(mentor, mentor.get_by_role("banner").locator("summary"))

    mentor.keyboard.press("Enter")
    mentor.keyboard.press("Tab")
    expect(mentor.get_by_role("link", name="บัญชีของฉัน")).to_be_focused()
    mentor.keyboard.press("Escape")

    expect(mentor.get_by_role("link", name="บัญชีของฉัน")).to_be_hidden()
    expect(mentor.get_by_role("banner").locator("summary")).to_be_focused()


@pytest.fixture
def without_script(visit):
    return visit("mentor.chiangmai", java_script_enabled=False)


def test_an_activity_without_script(without_script, arranging):
    with arranging():
        one = country.volunteer("จันทร์ฉาย", "ไร้สคริปต์")
    page = without_script

    page.goto("/activities/new/")
    page.get_by_label("อาสาสมัคร", exact=True).select_option(str(one.pk))
    page.get_by_label("วันที่").fill("31/02/2569")
    page.get_by_label("ประเภทงาน").select_option(label="ประกันสังคม มาตรา 33/39/40")
    page.get_by_label("ลักษณะกิจกรรม").select_option(label="เยี่ยมบ้าน")
    page.get_by_role("button", name="บันทึก 1 กิจกรรม").click()
    expect(page.get_by_role("alert").get_by_role("link", name=re.compile("^วันที่:"))).to_be_visible()
    page.get_by_label("วันที่").fill(timezone.localdate().isoformat())
    page.get_by_role("button", name="บันทึก 1 กิจกรรม").click()

    expect(page.get_by_text("บันทึกกิจกรรมของ นายจันทร์ฉาย ไร้สคริปต์ แล้ว")).to_be_visible()


def test_a_list_is_filtered_and_turned_without_script(without_script):
    page = without_script

    page.goto("/volunteers/")
    page.get_by_text("เพิ่มตัวกรอง").click()
    page.get_by_label("ปฏิบัติหน้าที่", exact=True).check()
    page.get_by_role("button", name="กรองรายการ").click()
    page.get_by_role("link", name="หน้าถัดไป").click()

    expect(page.get_by_role("link", name="หน้าก่อน")).to_be_visible()
    expect(page.get_by_role("group", name="ตัวกรองที่ใช้อยู่")).to_contain_text("ปฏิบัติหน้าที่")
    expect(page.get_by_role("row")).not_to_have_count(0)
