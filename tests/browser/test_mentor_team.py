"""From the sign-in to a printed list: nobody guides them, somebody does, the team, the visit."""

import re

import pypdf
import pytest
from django.utils import timezone
from playwright.sync_api import expect

from mentors.models import Mentor
from tests.browser import country
from tests.browser.conftest import leave_sign_in, sign_in
from tests.browser.looks import complaints
from tests.factories import MentorFactory, MentorshipFactory
from volunteer_network.access.scope import NATION, Scope, ScopeRole, open_scope
from volunteer_network.models import Province, Term

LETTERS = "กขคงจฉชญดตถทธ"


def test_from_the_unassigned_to_the_printed_list_of_a_visit(visit, arranging):
    with arranging():
        country.volunteer("พวงทอง", "ยังว่าง")
        country.volunteer("มาลัย", "ยังว่าง")
        with open_scope(NATION):
            mentor = Mentor.objects.filter(user__username="mentor.chiangmai").get()
    page = visit()

    sign_in(page, "mentor.chiangmai")
    leave_sign_in(page)
    page.get_by_role("link", name="จัดพี่เลี้ยง").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("อสร. ที่ยังไม่มีพี่เลี้ยง")
    page.get_by_role("searchbox", name="ค้นในรายการ").fill("ยังว่าง")
    page.keyboard.press("Enter")
    page.get_by_label("เลือกทั้งหน้า").check()
    page.get_by_role("button", name="เลือกพี่เลี้ยงเอง 2 คน").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("จัดพี่เลี้ยงให้ อสร. 2 คน")
    page.get_by_label("พี่เลี้ยง", exact=True).select_option(str(mentor.pk))
    page.get_by_role("button", name="จัดพี่เลี้ยงให้ อสร. 2 คน").click()
    expect(page.get_by_text("จัดพี่เลี้ยงให้ อสร. 2 คนแล้ว")).to_be_visible()
    expect(page.get_by_role("button", name="เอากลับคืน 2 คน")).to_be_visible()

    page.goto(mentor.get_absolute_url())
    for name in ("นายพวงทอง ยังว่าง", "นายมาลัย ยังว่าง"):
        page.get_by_label(f"เลือก {name}").check()
    page.get_by_role("button", name="นัดเยี่ยม 2 คน").click()
    tomorrow = timezone.localdate() + timezone.timedelta(days=1)
    page.get_by_label("วันที่").fill(f"{tomorrow.day}/{tomorrow.month}/{tomorrow.year + 543}")
    page.get_by_label("เวลา").fill("13.30")
    page.get_by_label("สถานที่").fill("ศาลาประชาคม หมู่ 4")
    page.get_by_role("button", name="บันทึกนัด 1 รายการ").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("เยี่ยมอาสาสมัคร")

    page.get_by_role("button", name="พิมพ์รายชื่อ").click()
    take = page.get_by_role("link", name="ดาวน์โหลดเอกสาร")
    expect(take).to_be_visible(timeout=60_000)
    with page.expect_download() as download:
        take.click()

    text = pypdf.PdfReader(download.value.path()).pages[0].extract_text()
    assert text.index("ลายมือชื่อ") < text.index("พวงทอง") < text.index("มาลัย")
    assert "ศาลาประชาคม หมู่ 4" in text


@pytest.fixture
def large_team(arranging):
    """A mentor whom more people belong to than one can look over."""
    with arranging():
        nan = Province.objects.get(pk=country.NAN)
        people = [country.volunteer(f"ชม{letter}", "ทีมใหญ่", province=nan) for letter in LETTERS]
        mentor = MentorFactory(province=nan)
        for one in people:
            MentorshipFactory(volunteer=one, mentor=mentor)
    yield mentor
    with arranging(), open_scope(Scope(ScopeRole.PROVINCE, (country.NAN,))):
        Term.objects.filter(volunteer__in=people).update(
            starts_on="2001-01-01", ends_on="2002-01-01"
        )


def test_people_of_a_visit_are_found_by_typing(visit, large_team):
    page = visit("mentor.nan")
    page.goto(f"/mentors/{large_team.pk}/visits/new/")

    find = page.get_by_role("searchbox", name="ค้นในรายชื่อ")
    page.get_by_label(re.compile("^ชมก ทีมใหญ่")).check()
    find.fill("ชมข")
    expect(page.get_by_text("แสดง 2 จาก 13 เลือกแล้ว 1")).to_be_visible()
    find.press("Enter")  # looks no further, and saves nothing
    expect(page.get_by_role("heading", level=1)).to_have_text("นัดเยี่ยมหรือประชุม")
    page.get_by_label(re.compile("^ชมข ทีมใหญ่")).check()
    find.fill("")

    expect(page.get_by_text("แสดง 13 จาก 13 เลือกแล้ว 2")).to_be_visible()
    assert complaints(page, "visit-people") == []


def test_people_of_a_visit_are_found_without_script(visit, large_team):
    page = visit("mentor.nan", java_script_enabled=False)
    page.goto(f"/mentors/{large_team.pk}/visits/new/")

    page.get_by_label("สถานที่").fill("วัดสวนตาล")
    page.get_by_role("searchbox", name="ค้นในรายชื่อ").fill("ชมข")
    page.get_by_role("button", name="ค้น", exact=True).click()

    expect(page.get_by_text("แสดง 1 จาก 13 เลือกแล้ว 0")).to_be_visible()
    expect(page.get_by_label("สถานที่")).to_have_value("วัดสวนตาล")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_seven_silent_are_called_with_two_presses_each(visit, arranging):
    with arranging():
        for number in range(7):
            country.volunteer(f"เงียบ{'กขคงจฉช'[number]}", "ไม่มีข่าว")
    page, presses = visit("mentor.chiangmai"), 0

    page.goto("/mentors/silent/?q=ไม่มีข่าว")
    for left in range(7, 0, -1):
        expect(page.get_by_text(f"แสดง {left} จาก {left} คน")).to_be_visible()
        page.get_by_role("button", name="ติดต่อได้ปกติ").first.click()
        presses += 2  # the number to call, and the outcome

    expect(page.get_by_text("ไม่มีใครเงียบในตัวกรองนี้")).to_be_visible()
    assert presses <= 16
