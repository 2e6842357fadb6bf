"""Pages as they look when something is wrong, refused, new or empty, by the same measures."""

import pytest
from playwright.sync_api import expect

from tests.browser import country
from tests.browser.conftest import sign_in
from tests.browser.looks import complaints
from tests.factories import InvitationFactory, UserFactory


def send_empty(page, path, button):
    page.goto(path)
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.get_by_role("alert").first).to_be_visible()


FORMS = [
    ("mentor.chiangmai", "/volunteers/new/", "บันทึก อสร. 1 คน"),
    ("mentor.chiangmai", "/activities/new/", "บันทึก 1 กิจกรรม"),
    ("mentor.chiangmai", "/volunteers/{volunteer}/appoint/", "แต่งตั้ง 1 วาระ"),
    ("mentor.chiangmai", "/volunteers/{volunteer}/end/", "บันทึกการพ้นวาระ 1 คน"),
    ("mentor.chiangmai", "/volunteers/{volunteer}/reveal/", "ขอดูเลข 1 คน"),
    ("mentor.chiangmai", "/accounts/password/change/", "เปลี่ยนรหัสผ่าน"),
    ("mentor.chiangmai", "/cases/new/", "ส่งต่อ 1 เรื่อง"),
    ("mentor.chiangmai", "/cases/{case}/withdraw/", "ถอนเรื่อง 1 เรื่อง"),
    ("mentor.chiangmai", "/plans/2570/50/lines/new/", "เพิ่มงาน 1 งาน"),
    ("head.nan", "/acting-heads/new/", "ตั้งผู้รักษาราชการแทน 1 คน"),
    ("admin", "/people/new/", "สร้างบัญชีและออกลิงก์เชิญ"),
    ("admin", "/people/{person}/deactivate/", "ปิดใช้งาน 1 บัญชี"),
    (None, "/accounts/login/", "เข้าสู่ระบบ"),
]


@pytest.mark.parametrize(("who", "path", "button"), FORMS)
def test_form_with_mistakes(visit, rows, who, path, button):
    page = visit(who)

    ids = {"volunteer": rows.volunteer.pk, "person": rows.officer.pk, "case": rows.more["case"].pk}
    send_empty(page, path.format(**ids), button)

    name = path.strip("/").replace("/", "-").format(**dict.fromkeys(ids, "one"))
    assert complaints(page, f"wrong-{name}") == []


PLACES = {
    "refused": ("central", "/volunteers/new/", 403),
    "not-found": ("mentor.chiangmai", "/volunteers/999999/", 404),
    "nobody-found": ("mentor.chiangmai", "/volunteers/?q=ไม่มีใครชื่อนี้", 200),
    "filtered": ("central", "/volunteers/?status=active&province=50&term_ends=90", 200),
    "filter-with-a-mistake": ("central", "/volunteers/?province=999", 200),
    "nothing-logged": ("mentor.chiangmai", "/activities/?q=ไม่เคยทำ", 200),
    "no-case": ("mentor.nan", "/cases/", 200),
    "no-such-case": ("mentor.chiangmai", "/cases/?q=ไม่มีเรื่องนี้&overdue=1", 200),
    "next-page": ("mentor.chiangmai", "/activities/?sort=latest", 200),
    "acting-heads-empty": ("head.nan", "/acting-heads/", 200),
    "invitation-unknown": (None, "/invitations/no-such-link/", 404),
    "session-ended": (None, "/accounts/login/?ended=idle", 200),
    "people-none": ("admin", "/people/?q=nobody-of-this-name", 200),
}


@pytest.mark.parametrize("name", PLACES)
def test_page_in_a_certain_state(visit, name):
    who, path, status = PLACES[name]
    page = visit(who)

    assert page.goto(path).status == status

    assert complaints(page, name) == []


def test_locked_out(visit, arranging):
    with arranging():
        UserFactory(username="locked.chiangmai")
    page = visit()
    for _try in range(5):
        sign_in(page, "locked.chiangmai", "not-the-password")
        page.wait_for_load_state()

    expect(page.get_by_role("heading", level=1)).to_contain_text("ลองเข้าสู่ระบบอีกครั้งได้ตั้งแต่")
    assert complaints(page, "locked") == []


def test_invitation_with_a_mistake(visit, arranging):
    with arranging():
        InvitationFactory(user=UserFactory(), token="a-link-to-look-at")
    page = visit()
    page.goto("/invitations/a-link-to-look-at/")
    page.get_by_label("รหัสผ่าน", exact=True).fill("สั้นไป")
    page.get_by_role("button", name="ตั้งรหัสผ่าน").click()

    expect(page.get_by_role("alert").first).to_be_visible()
    assert complaints(page, "invitation-wrong") == []


def test_namesakes_conflict_and_chosen_rows(visit, arranging):
    with arranging():
        one = country.volunteer("สองคน", "เห็นต่าง")
    page, colleague = visit("mentor.chiangmai"), visit("mentor2.chiangmai")
    for each in (page, colleague):
        each.goto(f"{one.get_absolute_url()}update/")
    page.get_by_role("button", name="บันทึกการแก้ไข").click()
    expect(page.get_by_text("บันทึกการแก้ไขของ")).to_be_visible()
    colleague.get_by_label("อาชีพ").fill("ทำนา")
    colleague.get_by_role("button", name="บันทึกการแก้ไข").click()
    expect(colleague.get_by_role("alert").first).to_contain_text("บันทึกรายการนี้ก่อน")
    wrong = complaints(colleague, "conflict")

    page.goto("/volunteers/new/")
    page.get_by_label("ชื่อ", exact=True).fill("สองคน")
    page.get_by_label("สกุล").fill("เห็นต่าง")
    page.get_by_label("เลขประจำตัวประชาชน").focus()
    expect(page.get_by_role("alert")).to_contain_text("อาจเป็นคนเดียวกัน")
    wrong += complaints(page, "namesakes")

    page.goto("/volunteers/?q=เห็นต่าง")
    page.get_by_label("เลือก นายสองคน เห็นต่าง").check()
    page.get_by_text("เพิ่มตัวกรอง").click()
    wrong += complaints(page, "chosen-rows-and-filters")

    assert wrong == []
