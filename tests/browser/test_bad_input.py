"""What goes wrong: ended sessions, two people at once, double presses, strange files."""

import re
from importlib import import_module

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser import country
from tests.browser.conftest import leave_sign_in, sign_in
from volunteer_network import national_id
from volunteer_network.access.scope import NATION, Scope, ScopeRole, open_scope
from volunteer_network.access.sessions import SEEN
from volunteer_network.models import Activity, Volunteer
from volunteer_network.uploads import MEGABYTE


@pytest.fixture
def let_session_end(arranging):
    """The person goes for lunch: nothing is clicked for more than 30 minutes."""

    def end(page):
        cookies = {one["name"]: one["value"] for one in page.context.cookies()}
        with arranging():
            store = import_module(settings.SESSION_ENGINE).SessionStore
            session = store(cookies[settings.SESSION_COOKIE_NAME])
            session[SEEN] = (timezone.now() - settings.SESSION_IDLE * 2).isoformat()
            session.save()

    return end


@pytest.fixture
def lunching(visit):
    """A colleague whose session may end without disturbing the other tests."""
    page = visit()
    sign_in(page, "mentor2.chiangmai")
    leave_sign_in(page)
    return page


def fill_in(page, volunteer, note=""):
    page.get_by_role("combobox", name="อาสาสมัคร", exact=True).fill(volunteer.first_name)
    full = f"{volunteer.first_name} {volunteer.last_name}"
    page.get_by_role("option", name=full).first.click()  # namesakes of an earlier run
    page.get_by_label("วันที่").fill(timezone.localdate().isoformat())
    page.get_by_label("ประเภทงาน").select_option(label="ประกันสังคม มาตรา 33/39/40")
    page.get_by_label("ลักษณะกิจกรรม").select_option(label="เยี่ยมบ้าน")
    page.get_by_label("รายละเอียด").fill(note)


def test_what_was_typed_survives_the_end_of_the_session(lunching, arranging, let_session_end):
    with arranging():
        one = country.volunteer("สายหยุด", "พักเที่ยง")
    page = lunching

    page.goto("/activities/new/")
    fill_in(page, one, "เยี่ยมผู้ประกันตนที่บ้าน")
    page.get_by_label("ผู้มีบัตรสวัสดิการแห่งรัฐ").check()
    let_session_end(page)
    page.get_by_role("button", name="บันทึก 1 กิจกรรม").click()
    expect(page.get_by_text("งานครั้งนั้นยังไม่ได้บันทึก")).to_be_visible()
    page.get_by_label("ชื่อผู้ใช้").fill("mentor2.chiangmai")
    page.get_by_label("รหัสผ่าน").fill(country.PASSWORD)
    page.get_by_role("button", name="เข้าสู่ระบบ", exact=True).click()

    expect(page.get_by_role("heading", level=1)).to_have_text("บันทึกกิจกรรม")
    expect(page.get_by_text(re.compile(r"^นำร่างเมื่อ \d\d\.\d\d น\. กลับมาแล้ว"))).to_be_visible()
    expect(page.get_by_label("รายละเอียด")).to_have_value("เยี่ยมผู้ประกันตนที่บ้าน")
    person = page.get_by_role("combobox", name="อาสาสมัคร", exact=True)
    expect(person).to_have_value(re.compile("^สายหยุด พักเที่ยง"))
    expect(page.get_by_label("ผู้มีบัตรสวัสดิการแห่งรัฐ")).to_be_checked()
    page.get_by_role("button", name="บันทึก 1 กิจกรรม").click()
    expect(page.get_by_text("บันทึกกิจกรรมของ นายสายหยุด พักเที่ยง แล้ว")).to_be_visible()
    page.goto("/activities/new/")
    expect(page.get_by_label("รายละเอียด")).to_have_value("")
    with arranging(), open_scope(NATION):
        assert Activity.objects.filter(volunteer=one).count() == 1


def test_a_draft_comes_back_without_sealed_numbers_and_can_be_thrown_away(visit):
    page = visit("mentor.chiangmai")
    page.goto("/volunteers/new/")
    page.get_by_label("ชื่อ", exact=True).press_sequentially("ร่างแรก")
    page.get_by_label("เลขประจำตัวประชาชน").press_sequentially("1999")
    page.get_by_label("เลขที่บัญชีธนาคาร").press_sequentially("555")
    expect(page.get_by_text(re.compile(r"^เก็บร่างแล้ว \d\d\.\d\d น\.$"))).to_be_visible()

    page.reload()

    expect(page.get_by_label("ชื่อ", exact=True)).to_have_value("ร่างแรก")
    expect(page.get_by_label("เลขประจำตัวประชาชน")).to_have_value("")
    expect(page.get_by_label("เลขที่บัญชีธนาคาร")).to_have_value("")
    kept = page.evaluate("JSON.stringify(sessionStorage)")
    assert ("1999" in kept, "555" in kept) == (False, False)
    page.get_by_role("button", name="ทิ้งร่างนี้").click()
    expect(page.get_by_label("ชื่อ", exact=True)).to_have_value("")


def test_a_draft_never_overwrites_a_colleague(visit, arranging):
    with arranging():
        one = country.volunteer("ไพลิน", "มีร่าง")
    page = visit("mentor.chiangmai")
    page.goto(f"{one.get_absolute_url()}update/")
    page.get_by_label("อาชีพ").press_sequentially("ค้าขาย")
    expect(page.get_by_text(re.compile("^เก็บร่างแล้ว"))).to_be_visible()
    with arranging(), open_scope(Scope(ScopeRole.PROVINCE, (country.CHIANG_MAI,))):
        Volunteer.objects.filter(pk=one.pk).update(occupation="ทำสวน", version=one.version + 1)

    page.reload()
    page.get_by_role("button", name="บันทึกการแก้ไข").click()

    conflict = page.get_by_role("alert").filter(has_text="บันทึกรายการนี้ก่อน")
    expect(conflict.get_by_role("row").filter(has_text="อาชีพ")).to_have_text(
        re.compile(r"ทำสวน\s*ค้าขาย")
    )


def test_signing_out_throws_drafts_away(lunching):
    page = lunching
    page.goto("/volunteers/new/")
    page.get_by_label("ชื่อ", exact=True).press_sequentially("ของฉันคนเดียว")
    expect(page.get_by_text(re.compile("^เก็บร่างแล้ว"))).to_be_visible()

    page.get_by_role("banner").locator("summary").click()
    page.get_by_role("button", name="ออกจากระบบ").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("เข้าสู่ระบบ")
    assert page.evaluate("sessionStorage.length") == 0


def test_two_people_change_the_same_row(visit, arranging):
    with arranging():
        one = country.volunteer("ปรานอม", "สองคนแก้")
    mine, theirs = visit("mentor.chiangmai"), visit("mentor2.chiangmai")
    for page in (mine, theirs):
        page.goto(f"{one.get_absolute_url()}update/")

    theirs.get_by_label("อาชีพ").fill("ทำนา")
    theirs.get_by_role("button", name="บันทึกการแก้ไข").click()
    expect(theirs.get_by_text("บันทึกการแก้ไขของ")).to_be_visible()
    mine.get_by_label("อาชีพ").fill("ค้าขาย")
    mine.get_by_role("button", name="บันทึกการแก้ไข").click()

    conflict = mine.get_by_role("alert").filter(has_text="นายวรเมธ คำแสน บันทึกรายการนี้ก่อน")
    row = conflict.get_by_role("row").filter(has_text="อาชีพ")
    expect(row.get_by_role("cell")).to_have_text(["ทำนา", "ค้าขาย"])
    expect(mine.get_by_label("อาชีพ")).to_have_value("ค้าขาย")
    mine.get_by_role("button", name="บันทึกการแก้ไข").click()
    expect(mine.get_by_text("บันทึกการแก้ไขของ")).to_be_visible()


def test_a_double_press_saves_once(visit, arranging):
    with arranging():
        one = country.volunteer("เสาร์คำ", "กดสองที")
    page = visit("mentor.chiangmai")

    page.goto("/activities/new/")
    fill_in(page, one)
    page.get_by_role("button", name="บันทึก 1 กิจกรรม").dblclick()

    expect(page.get_by_text("บันทึกกิจกรรมของ นายเสาร์คำ กดสองที แล้ว").first).to_be_visible()
    with arranging(), open_scope(NATION):
        assert Activity.objects.filter(volunteer=one).count() == 1


@pytest.mark.parametrize(
    ("name", "content", "answer"),
    [
        ("ภาพใหญ่.jpg", b"\xff\xd8\xff" + bytes(50 * MEGABYTE), "ไม่เกิน 10 MB"),
        ("โปรแกรม.jpg", b"MZ\x90\x00" + bytes(2000), "ไม่ใช่ภาพ"),
    ],
    ids=["50 MB", "a program"],
)
def test_a_file_that_is_no_photo(visit, arranging, tmp_path, name, content, answer):
    with arranging():
        one = country.volunteer("คำปัน", "ไฟล์แปลก")
    (tmp_path / name).write_bytes(content)
    page = visit("mentor.chiangmai")

    page.goto("/activities/new/")
    fill_in(page, one, "มีภาพ")
    page.get_by_label("ภาพกิจกรรม").set_input_files(tmp_path / name)
    page.get_by_role("button", name="บันทึก 1 กิจกรรม").click()

    expect(page.get_by_role("alert").get_by_role("link", name=re.compile(answer))).to_be_visible()
    expect(page.get_by_label("รายละเอียด")).to_have_value("มีภาพ")
    with arranging(), open_scope(NATION):
        assert Activity.objects.filter(volunteer=one).count() == 0


def test_a_form_whose_cookie_is_gone_says_so_and_keeps_what_was_typed(visit):
    page = visit("mentor2.chiangmai")
    page.goto("/volunteers/new/")
    page.get_by_label("อาชีพ").press_sequentially("ทำสวน")
    page.context.clear_cookies(name=settings.CSRF_COOKIE_NAME)

    page.get_by_role("button", name="บันทึก อสร. 1 คน").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("แบบนี้เปิดไว้นานเกินไป")
    page.goto("/volunteers/new/")
    expect(page.get_by_label("อาชีพ")).to_have_value("ทำสวน")


def test_a_session_that_ends_while_a_name_is_typed(lunching, let_session_end):
    page = lunching
    page.goto("/volunteers/new/")
    let_session_end(page)

    page.get_by_label("ชื่อ", exact=True).press_sequentially("อารีย์")
    page.keyboard.press("Tab")
    expect(page.get_by_text("เพราะไม่ได้ใช้งาน 30 นาที")).to_be_visible()
    page.get_by_label("ชื่อผู้ใช้").fill("mentor2.chiangmai")
    page.get_by_label("รหัสผ่าน").fill(country.PASSWORD)
    page.get_by_role("button", name="เข้าสู่ระบบ", exact=True).click()

    expect(page.get_by_label("ชื่อ", exact=True)).to_have_value("อารีย์")


def test_enter_does_not_overrule_a_namesake(visit, arranging):
    with arranging():
        country.volunteer("ทองดี", "ชื่อซ้ำ")
    page = visit("mentor.chiangmai")
    page.goto("/volunteers/new/")
    page.get_by_label("คำนำหน้า").fill("นาย")
    page.get_by_label("ชื่อ", exact=True).fill("ทองดี")
    page.get_by_label("สกุล").fill("ชื่อซ้ำ")
    page.get_by_label("พื้นที่ปฏิบัติหน้าที่").fill("สุเทพ")
    page.get_by_label("เลขประจำตัวประชาชน").fill(national_id.make_sample(7_000_003))
    expect(page.get_by_role("alert").get_by_text("อาจเป็นคนเดียวกัน 1 คน")).to_be_visible()

    with page.expect_response(lambda answer: answer.request.method == "POST") as answer:
        page.keyboard.press("Enter")

    assert answer.value.status == 422
    expect(page.get_by_role("alert").get_by_text("อาจเป็นคนเดียวกัน 1 คน")).to_be_visible()
    with arranging(), open_scope(NATION):
        assert Volunteer.objects.filter(last_name="ชื่อซ้ำ").count() == 1
