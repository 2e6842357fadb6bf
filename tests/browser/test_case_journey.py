"""A case from an activity to the office and home again, as mentor and partner officer do it."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import country
from tests.browser.looks import complaints
from tests.factories import ActivityFactory, UserFactory
from volunteer_network.access.roles import Role
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.enums import Category
from volunteer_network.models import Notice, Office, User

OFFICER = "partner.employment"


@pytest.fixture
def activity(arranging):
    """Of today, with an officer of the employment office who will hear of it."""
    with arranging():
        if not User.objects.filter(username=OFFICER).exists():
            office = Office.objects.get(province=country.CHIANG_MAI, agency="DOE")
            UserFactory(
                username=OFFICER, role=Role.PARTNER_OFFICER, province=office.province, office=office
            )
            known = User.objects.get(username="mentor.chiangmai").password  # all have the same
            User.objects.filter(username=OFFICER).update(password=known)
        one = country.volunteer("บุญส่ง", "เรื่องดี")
        mentor = User.objects.get(username="mentor.chiangmai")
        return ActivityFactory(
            volunteer=one, recorded_by=mentor, category=Category.SOCIAL_SECURITY, referred=0
        )


def test_a_case_goes_out_and_comes_home(visit, activity, arranging):
    mentor, officer = visit("mentor.chiangmai"), visit(OFFICER)

    mentor.goto(activity.get_absolute_url())
    mentor.get_by_role("link", name="ส่งต่อเรื่องนี้").click()
    expect(mentor.locator("#route")).to_contain_text("สำนักงานประกันสังคมจังหวัดเชียงใหม่")
    mentor.get_by_label("เรื่อง", exact=True).select_option(label="การหางาน/ตำแหน่งงานว่าง")
    expect(mentor.locator("#route")).to_contain_text("สำนักงานจัดหางานจังหวัดเชียงใหม่")
    mentor.get_by_role("radio", name="ด่วน").check()
    expect(mentor.locator("#route")).to_contain_text("7 วัน")
    mentor.get_by_label("ต้องการให้ช่วยอะไร").fill("โรงงานปิดกะ ขอให้ช่วยหางานใกล้บ้าน")
    mentor.get_by_label("ชื่อที่ใช้เรียก").fill("ป้าสมใจ")
    mentor.get_by_label("โทรศัพท์").fill("๐๘๑ ๒๓๔ ๕๖๗๘")
    mentor.get_by_label("แจ้งประกาศความเป็นส่วนตัว").check()
    mentor.get_by_role("button", name="ส่งต่อ 1 เรื่อง").click()
    expect(mentor.get_by_text("ต้องตอบรับภายใน")).to_be_visible()
    address = mentor.url
    assert complaints(mentor, "case-sent") == []

    officer.goto("/")
    officer.get_by_role("link", name=re.compile("^ตอบรับ [0-9]+ เรื่อง$")).click()
    officer.get_by_role("row", name=re.compile("โรงงานปิดกะ")).get_by_role("link").first.click()
    expect(officer).to_have_url(address)
    expect(officer.get_by_text("เก็บแบบปิด เห็นได้เมื่อรับเรื่องแล้ว")).to_be_visible()
    officer.get_by_role("button", name="รับเรื่อง", exact=True).click()
    officer.get_by_role("link", name="ขอดู ต้องบอกเหตุ").click()
    officer.get_by_label("เหตุที่ขอดู").fill("โทรนัดมาขึ้นทะเบียนหางาน")
    officer.get_by_role("button", name="ขอดูวิธีติดต่อ 1 คน").click()
    expect(officer.get_by_role("link", name="081 234 5678")).to_be_visible()
    officer.get_by_role("link", name="ตอบผล").click()
    officer.get_by_role("radio", name="ได้รับบริการแล้ว").check()
    officer.get_by_label("บอกผลหนึ่งประโยค").fill("เริ่มงานที่โรงงานใกล้บ้านแล้ว")
    officer.get_by_role("button", name="ตอบผล 1 เรื่อง").click()
    expect(officer.get_by_text("จังหวัดจะแจ้ง อสร. ต่อ")).to_be_visible()
    assert complaints(officer, "case-answered") == []

    with arranging(), open_scope(NATION):
        person = User.objects.get(username="mentor.chiangmai")
        heard = list(Notice.objects.filter(recipient=person).values_list("text", flat=True))
    assert any("ได้รับบริการแล้ว" in text for text in heard)

    mentor.goto("/")
    mentor.get_by_role("link", name=re.compile("^แจ้งผล [0-9]+ เรื่อง$")).click()
    mentor.get_by_role("row", name=re.compile("โรงงานปิดกะ")).get_by_role("link").first.click()
    mentor.get_by_role("link", name="แจ้งผลให้ อสร.").click()
    expect(mentor.get_by_text("เริ่มงานที่โรงงานใกล้บ้านแล้ว")).to_be_visible()
    mentor.get_by_role("button", name="แจ้งผลแล้ว 1 คน").click()
    mentor.goto(activity.volunteer.get_absolute_url())
    expect(mentor.get_by_text("เรื่องที่แจ้ง: ได้รับบริการแล้ว")).to_be_visible()
    assert complaints(mentor, "case-came-home") == []


def test_without_script_the_same_form_sends(visit, activity):
    page = visit("mentor.chiangmai", java_script_enabled=False)

    page.goto(f"/cases/new/?activity={activity.pk}")
    expect(page.locator("#route")).to_contain_text("สำนักงานประกันสังคม")
    page.get_by_label("ต้องการให้ช่วยอะไร").fill("ขอรับเงินสงเคราะห์บุตร")
    page.get_by_role("radio", name="ไม่ระบุตัว").check()
    page.get_by_role("button", name="ส่งต่อ 1 เรื่อง").click()

    expect(page.get_by_text("ต้องตอบรับภายใน")).to_be_visible()
