"""The month from the mentor's keyboard to the head's approval, within the budget of clicks."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from mentors.enums import MonthState
from mentors.models import MonthReport
from tests.browser import country
from tests.browser.conftest import leave_sign_in, sign_in
from tests.factories import ActivityFactory
from volunteer_network.access.scope import NATION, Scope, ScopeRole, open_scope
from volunteer_network.models import Activity, Province, Term
from volunteer_network.thai_calendar import month_address

MOST_CLICKS = 4  # journey PM1
CUT = "() => { window.line = window.fetch; window.fetch = () => Promise.reject(new TypeError()); }"
MEND = "() => { window.fetch = window.line; }"


@pytest.fixture
def month():
    return (timezone.localdate().replace(day=1) - timedelta(days=1)).replace(day=1)


@pytest.fixture
def team(arranging, month):
    """Four people of Nan: one with an activity in the log, three of whom nothing is known."""
    with arranging():
        nan = Province.objects.get(pk=country.NAN)
        people = [
            country.volunteer(name, "เดือนงาม", province=nan)
            for name in ("กานดา", "ขจร", "คมสัน", "งามตา")
        ]
        ActivityFactory(volunteer=people[3], on_date=month)
    yield people
    with arranging(), open_scope(Scope(ScopeRole.PROVINCE, (country.NAN,))):
        # They leave the stage: the next test brings its own.
        Term.objects.filter(volunteer__in=people).update(
            starts_on="2001-01-01", ends_on="2002-01-01"
        )
        MonthReport.objects.filter(volunteer__in=people).update(month="2001-01-01")


def clicking(page):
    """Counts what the hand does with the mouse."""
    clicks = []

    def click(target):
        clicks.append(target)
        target.click()

    return clicks, click


def cell(page, name, column):
    return page.get_by_role("textbox", name=f"นาย{name} เดือนงาม {column}")


def fill_the_grid(page):
    """It opens on the first empty cell; figures, arrows and a reason by keyboard alone."""
    expect(cell(page, "กานดา", "ชี้เป้า")).to_be_focused()
    keys = page.keyboard
    for key in ("5", "ArrowRight", "3", "ArrowRight", "1", "ArrowRight", "๑๒", "ArrowRight", "8"):
        keys.press(key) if key.startswith("Arrow") else keys.insert_text(key)
    keys.press("Enter")
    expect(cell(page, "ขจร", "หญิง")).to_be_focused()
    expect(page.get_by_text("บันทึกแล้ว")).to_be_visible()
    keys.press("n")
    expect(page.get_by_role("button", name="1 ป่วย")).to_be_focused()
    keys.press("1")
    expect(page.get_by_text("ไม่มีผลงาน เพราะป่วย")).to_be_visible()
    expect(cell(page, "คมสัน", "ชี้เป้า")).to_be_focused()
    keys.insert_text("9")
    keys.press("Escape")
    expect(cell(page, "คมสัน", "ชี้เป้า")).to_have_value("")
    keys.insert_text("2")
    keys.press("Enter")


def return_one_and_approve_the_others(head, month, one):
    head.goto(f"/months/{month_address(month)}/{one.pk}/")
    head.get_by_label("เหตุที่ส่งกลับ").fill("โทรสอบถามแล้วไม่ได้ป่วย")
    head.get_by_role("button", name="ส่งกลับแก้ไข 1 คน").click()
    expect(head.get_by_text("ส่งรายงานของ นายขจร เดือนงาม กลับแก้ไขแล้ว")).to_be_visible()
    head.goto(f"/months/{month_address(month)}/")
    head.get_by_role("button", name="เห็นชอบ 3 คน").click()
    expect(head.get_by_text("3 คนแล้ว")).to_be_visible()


def test_a_month_by_keyboard_and_its_approval(visit, arranging, team, month):
    page = visit("mentor.nan")
    clicks, click = clicking(page)
    page.goto("/")
    click(page.get_by_role("link", name="กรอกต่อ 3 คน"))
    fill_the_grid(page)
    send = page.get_by_role("button", name="ส่งและรับรอง 4 คน")
    expect(send).to_be_visible()
    click(send)

    expect(page.get_by_text("ส่งและรับรองรายงาน 4 คนแล้ว")).to_be_visible()
    expect(page.get_by_role("button", name="เรียกคืน 4 คน")).to_be_visible()
    assert len(clicks) <= MOST_CLICKS
    with arranging(), open_scope(NATION):
        summary = Activity.objects.get(volunteer=team[0])
        assert (summary.people, summary.spotted) == (20, 5)
        assert (summary.screened, summary.referred) == (3, 1)

    return_one_and_approve_the_others(visit("head.nan"), month, team[1])

    page.goto("/")
    expect(page.get_by_text("โทรสอบถามแล้วไม่ได้ป่วย")).to_be_visible()
    with arranging(), open_scope(NATION):
        states = dict(
            MonthReport.objects.filter(month=month, volunteer__in=team).values_list(
                "volunteer", "state"
            )
        )
    approved = dict.fromkeys([one.pk for one in team], MonthState.APPROVED)
    assert states == approved | {team[1].pk: MonthState.RETURNED}


def test_a_lost_line_loses_no_figure(visit, team, month):
    page = visit("mentor.nan")
    page.goto(f"/months/{month_address(month)}/")
    page.evaluate(CUT)
    cell(page, "กานดา", "ชาย").fill("7")
    page.keyboard.press("Enter")
    again = page.get_by_role("button", name="บันทึกอีกครั้ง 1 ช่อง")
    expect(again).to_be_visible()
    expect(cell(page, "กานดา", "ชาย")).to_have_value("7")

    page.evaluate(MEND)
    again.click()

    expect(page.get_by_text("บันทึกแล้ว")).to_be_visible()
    page.reload()
    expect(cell(page, "กานดา", "ชาย")).to_have_value("7")


def test_an_expired_session_keeps_what_was_typed(visit, team, month):
    page = visit("mentor.nan")
    page.goto(f"/months/{month_address(month)}/")
    page.context.clear_cookies(name="vn_session")

    cell(page, "กานดา", "ชาย").fill("7")
    page.keyboard.press("Enter")

    expect(page.get_by_role("link", name="เข้าสู่ระบบในแท็บใหม่")).to_be_visible()
    expect(cell(page, "กานดา", "ชาย")).to_have_value("7")
    expect(cell(page, "กานดา", "ชาย")).to_have_attribute("aria-description", "ยังไม่ได้บันทึก")

    # A new sign-in in another tab has a new token; the typed figure is saved with it.
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="เข้าสู่ระบบในแท็บใหม่").click()
    sign_in(opened.value, "mentor.nan")
    leave_sign_in(opened.value)
    page.get_by_role("button", name="บันทึกอีกครั้ง 1 ช่อง").click()

    expect(page.get_by_role("status").filter(has_text="บันทึกแล้ว")).to_be_visible()
    expect(cell(page, "กานดา", "ชาย")).to_have_attribute("aria-description", "บันทึกแล้ว")
    page.reload()
    expect(cell(page, "กานดา", "ชาย")).to_have_value("7")


def test_without_script_no_cell_takes_what_it_could_not_save(visit, team, month):
    page = visit("mentor.nan", java_script_enabled=False)
    page.goto(f"/months/{month_address(month)}/")

    expect(cell(page, "กานดา", "ชาย")).not_to_be_editable()
    page.get_by_role("link", name="นายกานดา เดือนงาม").click()
    page.get_by_label("ผู้รับบริการ ชาย").fill("7")
    page.get_by_role("button", name="บันทึกตัวเลข").click()

    expect(page.get_by_text("บันทึกตัวเลขของ")).to_be_visible()


def test_more_referred_than_screened_is_said_at_the_cell(visit, team, month):
    page = visit("mentor.nan")
    page.goto(f"/months/{month_address(month)}/")

    cell(page, "กานดา", "คัดกรอง").fill("4")
    page.keyboard.press("Enter")

    expect(page.get_by_text("คัดกรองได้ไม่เกินชี้เป้า 0 คน")).to_be_visible()
    expect(cell(page, "กานดา", "คัดกรอง")).to_have_attribute("aria-invalid", "true")
