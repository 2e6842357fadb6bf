"""Journey CS5: from an odd figure to its rows, a question, and the answer in the same row."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser import country
from tests.browser.conftest import PHONE
from tests.factories import ActivityFactory
from volunteer_network.models import User
from volunteer_network.services.figures import fold_figures

MOST_CLICKS = 6
ODD = "4,010"


@pytest.fixture
def odd(arranging):
    """Somebody who reaches five people at a time, and once a hundred times as many."""
    with arranging():
        officer = User.objects.get(username="mentor.chiangmai")
        one = country.volunteer("สงสัย", "ควรถาม")
        today = timezone.localdate()
        for days in (40, 45, 75, 80):
            ActivityFactory(volunteer=one, recorded_by=officer, on_date=today - timedelta(days))
        activity = ActivityFactory(
            volunteer=one, recorded_by=officer, on_date=today, people_male=10, people_female=4000
        )
        fold_figures()
    return activity


def clicking(page, clicks):
    def click(locator):
        clicks.append(locator)
        locator.click()

    return click


def row_of(page, activity):
    return page.locator(f"#activity-{activity.pk}")


def test_an_odd_figure_is_asked_about_and_corrected(visit, odd):
    page, mentor, clicks = visit("central"), visit("mentor.chiangmai"), []
    click = clicking(page, clicks)

    page.goto("/dashboard/50/")
    click(page.locator(".kpi .fig a").first)
    click(page.get_by_role("link", name="น่าสงสัยก่อน"))
    first = page.locator("tr[id^=activity-]").first
    expect(first).to_contain_text(ODD)
    expect(first).to_contain_text("เท่าของคนนี้ ปกติครั้งละ 5 คน")
    click(first.get_by_role("link", name="ขอให้ตรวจสอบ"))
    click(page.get_by_label("ไม่ตรงหลักฐาน"))
    page.get_by_label("ข้อความถึงผู้บันทึก").fill("ใบลงชื่อมี 40 คน")
    click(page.get_by_role("button", name="ขอให้ตรวจสอบ 1 รายการ"))

    expect(row_of(page, odd)).to_contain_text("รอตรวจสอบ")
    assert "sort=odd" in page.url
    assert len(clicks) <= MOST_CLICKS

    mentor.goto("/notices/")
    mentor.get_by_role("link", name=re.compile("ขอให้ตรวจสอบกิจกรรม")).first.click()
    expect(mentor.get_by_text("ใบลงชื่อมี 40 คน")).to_be_visible()
    mentor.get_by_role("link", name="แก้รายการนี้").click()
    mentor.get_by_label("ผู้รับบริการ หญิง").fill("40")
    mentor.get_by_role("button", name="บันทึกการแก้ไข").click()
    expect(mentor.get_by_text("หญิง 4,000 → 40")).to_be_visible()

    page.reload()
    expect(row_of(page, odd)).to_contain_text("แก้แล้ว")
    expect(row_of(page, odd)).to_contain_text("หญิง 4,000 → 40")
    expect(page.get_by_label("รายการที่ขอให้ตรวจสอบ")).to_contain_text(re.compile(r"แก้แล้ว \d"))


def test_the_mentor_answers_from_the_home_page_on_a_phone(visit, odd):
    page = visit("central", viewport=PHONE)
    page.goto(odd.get_absolute_url())
    page.get_by_role("link", name="ขอให้ตรวจสอบ").click()
    expect(page.get_by_label("จำนวนสูงผิดปกติ")).to_be_checked()  # what is odd speaks for it
    page.get_by_role("button", name="ขอให้ตรวจสอบ 1 รายการ").click()

    mentor = visit("mentor.chiangmai", viewport=PHONE)
    mentor.goto("/")
    mentor.get_by_role("link", name=re.compile("^ตรวจและตอบ")).click()
    if "/activities/?" in mentor.url:  # other questions wait too
        row_of(mentor, odd).get_by_role("link", name="รอตรวจสอบ").click()
    mentor.get_by_role("link", name="ตรวจแล้วถูกต้อง").click()
    mentor.get_by_role("button", name="ตอบว่าถูกต้อง 1 รายการ").click()
    expect(mentor.get_by_role("alert").first).to_be_visible()
    mentor.get_by_label("ตรวจกับอะไร").fill("งานวันแรงงานของทั้งอำเภอ")
    mentor.get_by_role("button", name="ตอบว่าถูกต้อง 1 รายการ").click()
    expect(mentor.get_by_role("heading", name="การตรวจสอบ")).to_be_visible()

    page.reload()
    expect(page.get_by_text("งานวันแรงงานของทั้งอำเภอ")).to_be_visible()
    page.goto("/notices/")
    expect(page.get_by_text(re.compile("ตรวจแล้วถูกต้อง: กิจกรรม")).first).to_be_visible()


def test_a_question_is_taken_back_without_script(visit, odd):
    page = visit("central", java_script_enabled=False)
    page.goto(odd.get_absolute_url())
    page.get_by_role("link", name="ขอให้ตรวจสอบ").click()
    page.get_by_label("อื่น ๆ").check()
    page.get_by_role("button", name="ขอให้ตรวจสอบ 1 รายการ").click()
    expect(page.get_by_text("เขียนสั้น ๆ ว่าให้ตรวจสอบอะไร").first).to_be_visible()
    page.get_by_label("ข้อความถึงผู้บันทึก").fill("ประเภทงานผิด")
    page.get_by_role("button", name="ขอให้ตรวจสอบ 1 รายการ").click()

    page.get_by_role("link", name="ถอนคำขอ").click()
    page.get_by_role("button", name="ถอนคำขอ 1 รายการ").click()

    expect(page.get_by_text("ถอนคำขอให้ตรวจสอบแล้ว")).to_be_visible()
    expect(page.get_by_role("link", name="ขอให้ตรวจสอบ")).to_be_visible()
