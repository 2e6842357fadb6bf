"""The centre decides on plans, from sign-in to an empty table, within the budget of clicks."""

import pytest
from django.db.models import F
from playwright.sync_api import expect

from reports.enums import PlanState
from reports.models import Plan, PlanComment, PlanLine
from tests.browser.conftest import PHONE, leave_sign_in, sign_in
from tests.browser.looks import complaints
from tests.browser.test_month_journey import clicking
from tests.factories.plans import DirectionFactory, PlanFactory, PlanLineFactory
from tests.reports.sending import YEAR, sent_plan
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.models import Province

MOST_CLICKS = 21  # journey CS2
PROVINCES, RETURNED, APPROVED_ALONE = 76, 16, 10  # of the whole country; the rest are alike
ALIKE, OTHERS = (11, 12, 13), (14, 15)
QUEUE = "/plans/decisions/"


@pytest.fixture
def table(arranging):
    """Three plans like last year's and two without one; gone afterwards."""
    with arranging():
        plans = _sent(ALIKE, OTHERS)
    yield plans
    with arranging():
        _clear(plans)


@pytest.fixture
def whole_table(arranging):
    """A plan of every province, all but 26 like last year's; what was there comes back after."""
    with arranging():
        with open_scope(NATION):
            former = list(Plan.objects.values_list("pk", "state", "fiscal_year"))
            Plan.objects.update(state=PlanState.CANCELLED, fiscal_year=F("pk") + 3000)
        codes = list(Province.objects.filter(has_office=True).values_list("pk", flat=True))
        assert len(codes) == PROVINCES
        alone = RETURNED + APPROVED_ALONE
        plans = _sent(codes[:-alone], codes[-alone:])
    yield plans
    with arranging():
        _clear(plans)
        with open_scope(NATION):
            for pk, state, year in former:
                Plan.objects.filter(pk=pk).update(state=state, fiscal_year=year)


def _sent(alike, others):
    DirectionFactory(fiscal_year=YEAR)
    plans = [sent_plan(code) for code in (*alike, *others)]
    for plan in plans[: len(alike)]:
        _last_year(plan)
    return plans


def _clear(plans):
    with open_scope(NATION):
        for plan in plans:
            Plan.objects.filter(province=plan.province_id).update(
                state=PlanState.CANCELLED, fiscal_year=F("pk") + 3000
            )


def _last_year(plan):
    moments = {"sent_at": plan.sent_at, "sent_by": plan.sent_by}
    former = PlanFactory(
        province=plan.province, fiscal_year=YEAR - 1, state=PlanState.APPROVED, **moments
    )
    with open_scope(NATION):
        lines = list(PlanLine.objects.filter(plan=plan))
    for line in lines:
        PlanLineFactory(plan=former, lineage=line.lineage, title=line.title)


def opened(page, province):
    """Wait until the plan of the province stands there and its keys work."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(province.name)
    page.wait_for_load_state()


def states(arranging, plans):
    with arranging(), open_scope(NATION):
        found = Plan.objects.filter(pk__in=[plan.pk for plan in plans])
        return dict(found.values_list("province", "state"))


def return_by_keyboard(page, sentence):
    """A reason by its number, a sentence on the line, Ctrl+Enter."""
    keys = page.keyboard
    keys.press("r")
    keys.press("3")
    keys.insert_text(sentence)
    expect(page.get_by_role("button", name="ส่งกลับ 1 งาน")).to_be_visible()
    keys.press("Control+Enter")


def test_the_whole_country_by_one_press_and_the_keyboard_and_one_taken_back(
    visit, arranging, whole_table
):
    page = visit()
    clicks, click = clicking(page)
    alike = PROVINCES - RETURNED - APPROVED_ALONE
    others = whole_table[alike:]
    sign_in(page, "central")
    leave_sign_in(page)
    click(page.get_by_role("link", name="พิจารณา 76 แผน"))
    click(page.get_by_role("link", name=f"อนุมัติทั้งกลุ่ม {alike} แผน"))
    for plan in whole_table[:alike]:
        expect(page.get_by_role("link", name=plan.province.name, exact=True)).to_be_visible()
    click(page.get_by_role("button", name=f"อนุมัติ {alike} แผน"))
    expect(page.get_by_text(f"อนุมัติ {alike} แผนแล้ว เรียกคืนได้ภายใน 2 นาที")).to_be_visible()

    # The others one by one, by keyboard alone.
    click(page.get_by_role("link", name=f"อ่านทีละแผน {len(others)} แผน"))
    for number, plan in enumerate(others):
        opened(page, plan.province)
        if number < APPROVED_ALONE:
            page.keyboard.press("a")
        else:
            return_by_keyboard(page, "เหตุใดเป้าหมายจึงลดลง")
    expect(page.get_by_text("วันนี้อนุมัติ 60 ส่งกลับ 16")).to_be_visible()
    approved = [plan.province_id for plan in whole_table[:-RETURNED]]
    returned = [plan.province_id for plan in whole_table[-RETURNED:]]
    assert states(arranging, whole_table) == dict.fromkeys(
        approved, PlanState.APPROVED
    ) | dict.fromkeys(returned, PlanState.RETURNED)

    last = whole_table[-1]
    click(page.get_by_role("button", name=f"เรียกคืน 1 แผน {last.province.with_prefix}"))
    expect(page.get_by_text("แผนกลับมารอพิจารณา")).to_be_visible()
    assert states(arranging, whole_table)[last.province_id] == PlanState.SENT
    with arranging(), open_scope(NATION):
        assert not PlanComment.objects.filter(plan=last).exists()

    opened(page, last.province)
    page.keyboard.press("a")
    expect(page.get_by_text("วันนี้อนุมัติ 61 ส่งกลับ 15")).to_be_visible()
    assert len(clicks) <= MOST_CLICKS


def test_keys_walk_through_the_table_and_lose_nothing(visit, table):
    page = visit("central")
    first, second = table[0].province, table[1].province
    page.goto(f"{QUEUE}{YEAR}/{first.pk}/")

    page.keyboard.press("j")
    opened(page, second)
    page.keyboard.press("k")
    opened(page, first)
    page.keyboard.press("r")
    page.keyboard.press("1")
    page.keyboard.insert_text("ขอหลักฐาน")
    page.keyboard.press("j")  # a letter of the sentence, not a key of the page
    page.keyboard.press("Escape")
    expect(page.get_by_label("ข้อคิดเห็นหนึ่งประโยค").first).to_have_value("ขอหลักฐานj")
    page.keyboard.press("r")
    expect(page.locator("[data-ask][open]")).to_have_count(2)


def test_the_pages_of_the_centre_are_for_everybody(visit, table):
    page, found = visit("central"), []
    for name, path in {
        "decisions": QUEUE,
        "decisions-approve": f"{QUEUE}{YEAR}/approve/",
        "decisions-one": f"{QUEUE}{YEAR}/{ALIKE[0]}/",
        "decisions-late": f"{QUEUE}late/",
        "directions": f"/plans/directions/{YEAR}/",
        "ceilings": f"/plans/directions/{YEAR}/ceilings/",
    }.items():
        page.goto(path)
        for closed in page.locator("[data-ask]:not([open]) > summary").all()[:1]:
            closed.click()
        found += complaints(page, name)

    assert found == []


def test_without_script_a_plan_is_returned_from_a_phone(visit, arranging, table):
    page = visit("central", viewport=PHONE, java_script_enabled=False)
    province = table[-1].province
    page.goto(f"{QUEUE}{YEAR}/{province.pk}/")

    ask = page.locator("[data-ask]").first
    ask.locator("summary").click()
    ask.get_by_text("ต้นทุนต่อหน่วยสูงกว่าเกณฑ์").click()
    ask.get_by_label("ข้อคิดเห็นหนึ่งประโยค").fill("สูงกว่าปีก่อน")
    page.get_by_role("button", name="ส่งกลับแก้ไข").click()

    expect(page.get_by_text("กลับแก้ไขแล้ว เรียกคืนได้ภายใน 2 นาที")).to_be_visible()
    assert states(arranging, table)[province.pk] == PlanState.RETURNED


def test_a_column_pasted_into_the_ceilings_fills_and_adds_up(visit, table):
    page = visit("central")
    page.goto(f"/plans/directions/{YEAR}/ceilings/")
    fields = page.locator("[data-ceiling]")
    for number in range(fields.count()):
        fields.nth(number).fill("")

    fields.first.evaluate(
        """field => {
          const clipboardData = new DataTransfer();
          clipboardData.setData("text", "1,000\\n2,000\\n๓,๕๐๑");
          const options = { clipboardData, bubbles: true, cancelable: true };
          field.dispatchEvent(new ClipboardEvent("paste", options));
        }"""
    )

    expect(fields.nth(2)).to_have_value("๓,๕๐๑")
    expect(page.locator("[data-ceiling-total]").first).to_have_text("6,501")
