"""A quarter from the mentor's word to the head's signature, and what the centre sees of it."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import country
from tests.browser.looks import complaints
from tests.browser.test_plan_journey import leave_the_stage
from tests.reports.quarters import YEAR, stage_in
from volunteer_network.models import User

MOST_CLICKS = 4  # of the head: from home to a signature that adopts what came later


@pytest.fixture
def nan(arranging):
    """Nan with a plan of last year, by its own mentor and head."""
    with arranging():
        leave_the_stage()
        people = (User.objects.get(username=f"{who}.nan") for who in ("mentor", "head"))
        stage = stage_in(country.NAN, *people)
    yield stage
    with arranging():
        leave_the_stage()


def test_two_quarters_and_what_came_between(visit, arranging, nan):
    mentor, head = visit("mentor.nan"), visit("head.nan")
    mentor.goto(f"/plans/{YEAR}/55/quarters/")
    assert complaints(mentor, "quarters") == []
    mentor.get_by_role("link", name="ไตรมาส 1").click()
    assert complaints(mentor, "quarter-to-prepare") == []
    mentor.get_by_role("button", name="เตรียมไตรมาส 1 ให้ลงนาม").click()
    expect(mentor.get_by_text("แล้ว รอแรงงานจังหวัดลงนาม")).to_be_visible()

    head.goto("/")
    head.get_by_role("link", name="อ่านและลงนามไตรมาส 1").click()
    assert complaints(head, "quarter-to-sign") == []
    head.get_by_role("button", name="ลงนามไตรมาส 1 2 งาน").click()
    expect(head.get_by_text("ไม่มีอะไรเปลี่ยน")).to_be_visible()
    assert complaints(head, "quarter-signed") == []

    with arranging():
        nan.log(people=12)
    mentor.goto(f"/plans/{YEAR}/55/quarters/1/")
    expect(mentor.get_by_text("ผล +12 คน")).to_be_visible()
    assert complaints(mentor, "quarter-ledger") == []
    mentor.goto(f"/plans/{YEAR}/55/quarters/2/")
    mentor.get_by_role("button", name="เตรียมไตรมาส 2 ให้ลงนาม").click()

    clicks = 0
    head.goto("/")
    head.get_by_role("link", name="อ่านและลงนามไตรมาส 2").click()
    clicks += 1
    assert complaints(head, "quarter-to-adopt") == []
    head.get_by_role("button", name="ลงนามไตรมาส 2 และรับยอดปรับ 1 เรื่อง").click()
    clicks += 1
    expect(head.get_by_role("heading", name="ปรับยอดไตรมาสก่อน")).to_be_visible()
    assert clicks <= MOST_CLICKS
    head.goto(f"/plans/{YEAR}/55/quarters/1/")
    expect(head.get_by_role("heading", name="รับไว้ในไตรมาสถัดไป")).to_be_visible()
    expect(head.get_by_text("ไม่มีอะไรเปลี่ยน")).to_be_visible()
    assert complaints(head, "quarter-passed-on") == []


def hand_back(head, why):
    head.get_by_role("link", name="ส่งไตรมาส 3 กลับแก้ไข").click()
    head.get_by_label("ต้องแก้อะไรก่อนลงนาม").fill(why)
    head.get_by_role("button", name="ส่งกลับแก้ไข 1 ไตรมาส").click()
    expect(head.get_by_text("กลับแก้ไขแล้ว")).to_be_visible()


def test_a_quarter_goes_back_and_comes_again(visit, nan):
    """The third: what others have signed stays."""
    mentor, head, page = visit("mentor.nan"), visit("head.nan"), f"/plans/{YEAR}/55/quarters/3/"
    mentor.goto(page)
    mentor.get_by_role("button", name="เตรียมไตรมาส 3 ให้ลงนาม").click()
    head.goto(f"{page}return/")
    assert complaints(head, "quarter-to-hand-back") == []
    head.get_by_role("button", name="ส่งกลับแก้ไข 1 ไตรมาส").click()
    assert complaints(head, "quarter-handed-back-without-a-reason") == []
    head.goto(page)
    hand_back(head, "แนบใบสำคัญของงานที่ 2")

    mentor.goto("/notices/")
    mentor.get_by_text("ถูกส่งกลับแก้ไข: แนบใบสำคัญของงานที่ 2").first.click()
    expect(mentor.get_by_text("แนบใบสำคัญของงานที่ 2")).to_be_visible()
    assert complaints(mentor, "quarter-handed-back") == []
    mentor.get_by_role("button", name="เตรียมไตรมาส 3 ใหม่").click()
    head.reload()
    expect(head.get_by_text("แนบใบสำคัญของงานที่ 2")).to_be_visible()
    assert complaints(head, "quarter-prepared-again") == []
    hand_back(head, "ยังขาดใบสำคัญ")  # and nothing waits for the head of the next test


def test_the_centre_finds_who_has_signed(visit, rows):
    page = visit("central")
    page.goto(f"/reports/bundle/?kind=progress&fiscal_year={YEAR}&quarter=1&digits=arabic")
    expect(page.get_by_role("heading", name=re.compile("จังหวัดลงนามแล้ว"))).to_be_visible()
    assert complaints(page, "bundle-signings") == []

    page.get_by_text(re.compile("^จังหวัดที่ลงนามแล้ว")).click()
    page.get_by_role("link", name="เชียงใหม่", exact=True).click()

    expect(page).to_have_url(re.compile(rf"/plans/{YEAR}/50/quarters/1/$"))
    expect(page.get_by_text(rows.more["quarter_report"].short_digest)).to_be_visible()
    expect(page.get_by_role("heading", name="ตั้งแต่ลงนาม")).to_be_visible()
    assert complaints(page, "quarter-for-the-centre") == []
