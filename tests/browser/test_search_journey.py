"""Finding somebody from any page, by keyboard, and following a notice."""

import re

from playwright.sync_api import expect

from tests.browser import country
from tests.browser.looks import complaints
from tests.factories import NoticeFactory
from volunteer_network.models import User


def palette(page):
    return page.get_by_role("dialog", name="ค้นหาทั้งระบบ")


def chosen(page):
    return palette(page).get_by_role("option", selected=True)


def test_a_person_is_opened_from_any_page_without_the_mouse(mentor, arranging):
    with arranging():
        first = country.volunteer("จันทร์แรม", "ค้นพบ")
        country.volunteer("จันทร์เพ็ญ", "ค้นพบ")
    mentor.goto("/reports/")

    mentor.keyboard.press("Control+k")
    expect(mentor.get_by_role("combobox", name="คน ตำบล")).to_be_focused()
    mentor.keyboard.type("ค้นพบ")
    expect(palette(mentor).get_by_role("option").filter(has_text="ค้นพบ")).to_have_count(2)
    expect(chosen(mentor)).to_contain_text("จันทร์เพ็ญ")
    mentor.keyboard.press("ArrowDown")
    expect(chosen(mentor)).to_contain_text("จันทร์แรม")
    mentor.keyboard.press("Enter")

    expect(mentor.get_by_role("heading", level=1)).to_have_text("นายจันทร์แรม ค้นพบ")
    assert mentor.url.endswith(first.get_absolute_url())


def test_the_palette_is_for_everybody_and_escape_leads_back(mentor):
    mentor.goto("/volunteers/")
    mentor.get_by_role("link", name="แจ้งเตือน").first.focus()

    mentor.keyboard.press("Control+k")
    mentor.keyboard.type("บันทึก")
    expect(chosen(mentor)).to_contain_text("บันทึกกิจกรรม")

    assert complaints(mentor, "palette") == []
    mentor.keyboard.press("Escape")
    expect(palette(mentor)).to_be_hidden()
    expect(mentor.get_by_role("link", name="แจ้งเตือน").first).to_be_focused()


def test_a_question_mark_shows_the_keys(mentor):
    mentor.goto("/volunteers/")
    mentor.get_by_role("heading", level=1).click()

    mentor.keyboard.press("?")

    expect(palette(mentor).get_by_text("ค้นหาจากทุกหน้า")).to_be_visible()
    mentor.keyboard.press("?")
    expect(palette(mentor).get_by_text("ค้นหาจากทุกหน้า")).to_be_hidden()


def test_recent_pages_are_offered_without_names_of_persons(mentor, arranging):
    with arranging():
        one = country.volunteer("จันทร์ฉาย", "ไม่จำ")
    mentor.goto(one.get_absolute_url())
    mentor.goto("/activities/")
    mentor.goto("/search?q=จันทร์ฉาย")
    mentor.goto("/reports/")

    mentor.keyboard.press("Control+k")

    expect(mentor.get_by_role("option")).to_have_text(["บันทึกกิจกรรม"])
    kept = mentor.evaluate(
        "JSON.stringify({...sessionStorage}) + JSON.stringify({...localStorage})"
    )
    assert "จันทร์ฉาย" not in kept
    assert one.get_absolute_url() not in kept


def test_nothing_found_is_said_and_a_lost_server_too(mentor):
    mentor.goto("/reports/")
    mentor.keyboard.press("Control+k")

    mentor.keyboard.type("ฎฎฎ")
    expect(palette(mentor).get_by_text("ไม่พบ “ฎฎฎ”").first).to_be_visible()
    expect(mentor.get_by_role("option")).to_have_count(0)


def test_without_script_the_field_is_a_plain_form(visit, arranging):
    with arranging():
        country.volunteer("จันทร์หอม", "ไร้สคริปต์")
    page = visit("mentor.chiangmai", java_script_enabled=False)

    page.goto("/")
    page.get_by_role("searchbox", name="ค้นหาทั้งระบบ").fill("จันทร์หอม")
    page.keyboard.press("Enter")
    page.get_by_role("link", name=re.compile("จันทร์หอม ไร้สคริปต์")).click()

    expect(page.get_by_role("heading", level=1)).to_have_text("นายจันทร์หอม ไร้สคริปต์")


def test_a_notice_is_followed_from_the_bell_and_read(visit, arranging):
    with arranging():
        recipient = User.objects.get(username="mentor2.chiangmai")
        NoticeFactory(
            recipient=recipient,
            text="ทะเบียนอาสาสมัครแรงงาน เสร็จแล้ว",
            href="/volunteers/?status=active",
        )
    page = visit("mentor2.chiangmai")

    page.goto("/")
    page.get_by_role("link", name="แจ้งเตือน 1 เรื่องยังไม่อ่าน").click()
    page.get_by_role("link", name=re.compile("ยังไม่อ่าน: ทะเบียนอาสาสมัครแรงงาน เสร็จแล้ว")).click()

    page.wait_for_url("**/volunteers/?status=active")
    expect(page.get_by_role("link", name="แจ้งเตือน", exact=True)).to_be_visible()
    page.goto("/notices/?state=unread")
    expect(page.get_by_role("heading", name="ไม่มีแจ้งเตือนในมุมมองนี้")).to_be_visible()
