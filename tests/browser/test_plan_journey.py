"""The annual plan from last year to the head's agreement, within the budget of clicks."""

import pytest
from playwright.sync_api import expect

from reports.enums import PlanState
from reports.models import Ceiling, Plan, PlanLine
from tests.browser import country
from tests.browser.conftest import PHONE, leave_sign_in, sign_in
from tests.browser.looks import complaints
from tests.browser.test_month_journey import CUT, MEND, clicking
from tests.factories.plans import CeilingFactory, DirectionFactory, PlanFactory, PlanLineFactory
from volunteer_network.access.scope import NATION, Scope, ScopeRole, open_scope
from volunteer_network.models import Province, User

MOST_CLICKS = 9  # journey PM5
YEAR, LAST_YEAR = 2570, 2569
LINES = 3
FINGER = 44  # pixels
PASTE = """text => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  const event = new ClipboardEvent("paste", {bubbles: true, cancelable: true, clipboardData});
  document.activeElement.dispatchEvent(event);
}"""


@pytest.fixture
def nan(arranging):
    """Nan did its last year's plan; the centre has opened this year's."""
    with arranging():
        province = Province.objects.get(pk=country.NAN)
        leave_the_stage()
        head = User.objects.get(username="head.nan")
        maker = User.objects.get(username="mentor.nan")
        direction = DirectionFactory(fiscal_year=YEAR, made_by=User.objects.get(username="central"))
        if not Ceiling.objects.filter(direction=direction, province=province).exists():
            CeilingFactory(direction=direction, province=province, amount=130_000)
        steps = {}
        for step, who in (
            ("proposed", maker), ("agreed", head), ("sent", head), ("approved", head)
        ):  # fmt: skip
            steps |= {f"{step}_by": who, f"{step}_at": "2025-10-10T03:00Z"}
        before = PlanFactory(
            province=province, fiscal_year=LAST_YEAR, state=PlanState.APPROVED, made_by=maker,
            **steps,
        )  # fmt: skip
        for number in range(LINES):
            PlanLineFactory(plan=before, place=number + 1, title=f"งานเดิมที่ {number + 1}")
    yield province
    with arranging():
        leave_the_stage()


def leave_the_stage():
    """Whatever plans of Nan another test brought become plans of years long past."""
    with open_scope(Scope(ScopeRole.PROVINCE, (country.NAN,))):
        plans = Plan.objects.filter(province=country.NAN)
        for plan in plans.exclude(fiscal_year__lt=2500):
            spare = plans.filter(fiscal_year__lt=2500).count()
            plans.filter(pk=plan.pk).update(fiscal_year=2400 + spare)


def cell(page, number, column):
    return page.get_by_role("textbox", name=f"งาน {number} {column}", exact=True)


def saved(page):
    expect(page.locator("[data-grid-state]")).to_contain_text("บันทึกแล้ว")


def fill_the_grid(page):
    """It opens on the first cell: figures, arrows, the cell above, a block from a spreadsheet."""
    expect(cell(page, 1, "ไตรมาส 1")).to_be_focused()
    keys = page.keyboard
    keys.insert_text("๒๕")
    keys.press("Enter")
    expect(cell(page, 2, "ไตรมาส 1")).to_be_focused()
    saved(page)
    expect(cell(page, 1, "ทั้งปี")).to_have_value("55")
    keys.press("Control+d")
    expect(cell(page, 2, "ไตรมาส 1")).to_have_value("25")
    expect(cell(page, 3, "ไตรมาส 1")).to_be_focused()
    page.evaluate(PASTE, "1\t2\t3\t4\n")
    expect(cell(page, 3, "ทั้งปี")).to_have_value("10")
    saved(page)


def mend_and_propose(page, click):
    """A year of its own is pointed at by the check, which leads to the cell."""
    keys = page.keyboard
    cell(page, 3, "ทั้งปี").fill("99")
    keys.press("Enter")
    click(page.get_by_role("link", name="งาน 3 ทั้งปี"))
    expect(cell(page, 3, "ทั้งปี")).to_be_focused()
    assert complaints(page, "plan-edit") == []
    page.set_viewport_size({"width": 1366, "height": 768})
    keys.insert_text("10")
    keys.press("Tab")
    saved(page)
    expect(page.get_by_text("ไม่มีเรื่องต้องแก้ เสนอได้")).to_be_visible()
    click(page.get_by_role("button", name="เสนอแผน 3 งาน"))
    expect(page.get_by_text("เรียกคืนได้จนกว่าแรงงานจังหวัดจะเห็นชอบ")).to_be_visible()
    assert complaints(page, "plan-proposed") == []


def agree_and_send(boss):
    boss.goto("/")
    boss.get_by_role("link", name="อ่านและเห็นชอบ 3 งาน").click()
    boss.get_by_role("button", name="เห็นชอบแผน 3 งาน").click()
    boss.get_by_role("button", name="ส่งส่วนกลาง 3 งาน").click()
    expect(boss.get_by_text("ให้ส่วนกลางแล้ว")).to_be_visible()


def test_a_plan_by_keyboard_and_its_agreement(visit, arranging, nan):
    page = visit("mentor.nan")
    clicks, click = clicking(page)
    page.goto("/")
    click(page.get_by_role("link", name="เริ่มแผนปี 2570"))
    click(page.get_by_role("button", name="เริ่มจากปีก่อน"))
    fill_the_grid(page)
    mend_and_propose(page, click)
    assert len(clicks) <= MOST_CLICKS
    agree_and_send(visit("head.nan"))

    with arranging(), open_scope(NATION):
        plan = Plan.objects.get(province=nan, fiscal_year=YEAR)
        lines = PlanLine.objects.filter(plan=plan).order_by("place")
        assert plan.state == PlanState.SENT
        assert [line.targets for line in lines] == [
            (25, 10, 10, 10),
            (25, 10, 10, 10),
            (1, 2, 3, 4),
        ]


def test_two_write_at_once_and_the_line_drops(visit, arranging, nan):
    page, colleague = visit("mentor.nan"), visit("head.nan")
    page.goto(f"/plans/{YEAR}/{country.NAN}/")
    page.get_by_role("button", name="เริ่มจากปีก่อน").click()
    expect(cell(page, 1, "ไตรมาส 1")).to_be_focused()
    colleague.goto(page.url)
    cell(page, 1, "ไตรมาส 2").fill("21")
    page.keyboard.press("Enter")
    saved(page)

    # The second is told both values, and keeps what was typed.
    cell(colleague, 1, "ไตรมาส 2").fill("22")
    colleague.keyboard.press("Enter")
    expect(colleague.locator("[data-grid-state]")).to_contain_text("ที่บันทึกไว้ 21 ที่พิมพ์ 22")
    expect(cell(colleague, 1, "ไตรมาส 2")).to_have_value("22")

    # Without a line nothing is lost; it goes later.
    page.evaluate(CUT)
    cell(page, 2, "ไตรมาส 1").fill("31")
    page.keyboard.press("Enter")
    again = page.get_by_role("button", name="บันทึกอีกครั้ง 1 งาน")
    expect(again).to_be_visible()
    page.evaluate(MEND)
    again.click()
    saved(page)
    with arranging(), open_scope(NATION):
        plan = Plan.objects.get(province=nan, fiscal_year=YEAR)
        line = PlanLine.objects.filter(plan=plan).order_by("place")[1]
        assert line.target_1 == 31


def test_each_wrong_figure_is_told_under_its_line_and_not_left_behind_unasked(visit, nan):
    page = visit("mentor.nan")
    page.goto(f"/plans/{YEAR}/{country.NAN}/")
    page.get_by_role("button", name="เริ่มจากปีก่อน").click()
    expect(cell(page, 1, "ไตรมาส 1")).to_be_focused()
    wrong = page.locator("tr.said p.st.bad")

    cell(page, 1, "ไตรมาส 1").fill("สิบ")
    page.keyboard.press("Enter")
    cell(page, 2, "ไตรมาส 1").fill("-5")
    page.keyboard.press("Enter")

    expect(wrong).to_have_text(
        ["งาน 1 ไตรมาส 1 กรอกเป็นจำนวนเต็ม เช่น 12 หรือ 1,250", "งาน 2 ไตรมาส 1 กรอกตั้งแต่ 0 ขึ้นไป"]
    )
    asked = []
    page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.get_by_role("button", name="เสนอแผน 3 งาน").click()
    expect(cell(page, 1, "ไตรมาส 1")).to_have_value("สิบ")
    assert asked == ["beforeunload"]

    cell(page, 1, "ไตรมาส 1").fill("10")
    page.keyboard.press("Enter")
    cell(page, 2, "ไตรมาส 1").press("Escape")
    expect(wrong).to_have_count(0)


def test_on_a_telephone_each_cell_stands_on_the_screen(visit, nan):
    page = visit("mentor.nan")
    page.set_viewport_size(PHONE)
    page.goto(f"/plans/{YEAR}/{country.NAN}/")
    page.get_by_role("button", name="เริ่มจากปีก่อน").click()

    for column in ("ไตรมาส 1", "ไตรมาส 4", "ทั้งปี", "งบ (บาท)"):
        box = cell(page, 1, column).bounding_box()
        assert 0 < box["x"] < box["x"] + box["width"] < PHONE["width"], column
        assert box["height"] >= FINGER
    first, second = (page.locator(".plan-grid tbody th a").nth(place) for place in (0, 1))
    assert all(one.evaluate("a => a.scrollWidth <= innerWidth") for one in (first, second))
    expect(page.locator("tbody th .muted").nth(1)).to_have_text("งาน 2")  # as the checks name it
    expect(page.locator("tbody th .muted").nth(1)).to_be_visible()
    expect(page.locator("tfoot")).to_contain_text("งาน")
    tools = page.locator(".plan-grid .tools").first.get_by_role("button")
    assert len({tools.nth(place).bounding_box()["y"] for place in range(3)}) == 1  # one row


def test_a_cell_typed_after_the_session_ended_is_saved_with_a_new_sign_in(visit, nan):
    page = visit("mentor.nan")
    page.goto(f"/plans/{YEAR}/{country.NAN}/")
    page.get_by_role("button", name="เริ่มจากปีก่อน").click()
    expect(cell(page, 1, "ไตรมาส 1")).to_be_focused()
    page.context.clear_cookies(name="vn_session")

    cell(page, 1, "ไตรมาส 3").fill("33")
    page.keyboard.press("Enter")

    expect(cell(page, 1, "ไตรมาส 3")).to_have_attribute("aria-description", "ยังไม่ได้บันทึก")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="เข้าสู่ระบบในแท็บใหม่").click()
    sign_in(opened.value, "mentor.nan")
    leave_sign_in(opened.value)
    page.get_by_role("button", name="บันทึกอีกครั้ง 1 งาน").click()

    saved(page)
    page.reload()
    expect(cell(page, 1, "ไตรมาส 3")).to_have_value("33")


def test_on_the_form_of_a_return_both_fields_of_a_line_stand_level(visit, arranging, nan):
    with arranging():
        maker = User.objects.get(username="mentor.nan")
        proposed = {"proposed_by": maker, "proposed_at": "2026-10-10T03:00Z"}
        plan = PlanFactory(province=nan, state=PlanState.PROPOSED, made_by=maker, **proposed)
        PlanLineFactory(plan=plan, title="อาสาสมัครแรงงานต้านภัยยาเสพติดในสถานประกอบการขนาดเล็ก")
    page = visit("head.nan")

    page.goto(f"/plans/{YEAR}/{country.NAN}/return/")

    said, about = page.get_by_label("งาน 1 อาสาสมัคร"), page.get_by_label("เรื่องของงาน 1")
    assert said.bounding_box()["y"] == about.bounding_box()["y"]
