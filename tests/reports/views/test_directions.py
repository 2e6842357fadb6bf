"""Pages of a year's directions: reading, writing, ceilings typed, pasted and by percents."""

import datetime
from decimal import Decimal

import pytest
from django.http import QueryDict

from reports.baht import read_baht, shown_baht
from reports.enums import DirectionState, Measure
from reports.forms.ceilings import read_pasted
from reports.forms.directions import ProjectForm
from reports.models import Ceiling, Direction
from tests.factories.plans import CeilingFactory, DirectionFactory, StandingProjectFactory

WRONG, NOT_FOUND, FOUND = 422, 404, 302
CEILINGS = "/plans/directions/2570/ceilings/"
DAYS = {
    "propose_by": "15 ต.ค. 2570",
    "send_by": "31/10/2570",
    "decide_by": "2027-11-30",
}


def test_a_year_is_made_from_the_one_before(centre, direction):
    StandingProjectFactory(direction=direction)
    data = {"fiscal_year": "2571", "text": "", "parts": ["projects"], **DAYS}

    answer = centre.post("/plans/directions/new/", data)

    assert answer.headers["Location"] == "/plans/directions/2571/"
    made = Direction.objects.get(fiscal_year=2571)
    assert made.projects.count() == 1
    assert made.decide_by == datetime.date(2027, 11, 30)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"send_by": "1 ต.ค. 2570"}, "ต้องไม่ก่อน “เสนอแรงงานจังหวัดภายใน”"),
        ({"decide_by": "1 ต.ค. 2570"}, "ต้องไม่ก่อน “ส่งส่วนกลางภายใน”"),
        ({"propose_by": "35 ต.ค. 2570"}, ""),
        ({"fiscal_year": "2570"}, "มีแนวทางของปีนี้แล้ว"),
        ({"fiscal_year": "257"}, "2548"),
    ],
)
def test_a_wrong_year_comes_back_with_what_was_typed(centre, direction, wrong, message):
    data = {"fiscal_year": "2571", "text": "แนวทางที่พิมพ์ไว้", **DAYS, **wrong}

    answer = centre.post("/plans/directions/new/", data)

    html = answer.content.decode()
    assert answer.status_code == WRONG
    assert message in html
    assert "แนวทางที่พิมพ์ไว้" in html
    assert all(typed in html for typed in wrong.values())


def test_two_edits_at_once_show_both(centre, direction):
    data = {"text": "ฉบับแรก", "version": "1", **DAYS}
    assert centre.post("/plans/directions/2570/edit/", data).status_code == FOUND

    answer = centre.post("/plans/directions/2570/edit/", data | {"text": "ฉบับที่สอง"})

    html = answer.content.decode()
    assert answer.status_code == WRONG
    assert "ฉบับแรก" in html
    assert "ฉบับที่สอง" in html


def test_provinces_read_the_open_year_and_not_the_draft(client, direction, chiang_mai_officer):
    CeilingFactory(direction=direction)
    StandingProjectFactory(direction=direction, title="โครงการหลัก", required=True)
    DirectionFactory(fiscal_year=2571, state=DirectionState.DRAFT)
    client.force_login(chiang_mai_officer)

    html = client.get("/plans/directions/2570/").content.decode()

    assert "โครงการหลัก" in html
    assert "720,000" in html
    assert "แก้แนวทางและวัน" not in html
    assert client.get("/plans/directions/2571/").status_code == NOT_FOUND
    assert "2571" not in client.get("/plans/directions/").content.decode()


def test_opening_asks_first_and_says_whom_it_tells(centre):
    direction = DirectionFactory(fiscal_year=2571, state=DirectionState.DRAFT)
    StandingProjectFactory(direction=direction)

    asking = centre.get("/plans/directions/2571/open/").content.decode()
    centre.post("/plans/directions/2571/open/")

    assert "เปิดให้ 76 จังหวัดทำแผน" in asking
    assert Direction.objects.get(pk=direction.pk).state == DirectionState.OPEN


def test_a_project_is_added_changed_moved_and_taken_out(centre, direction):
    first = StandingProjectFactory(direction=direction, place=1)
    data = {
        "group": "core",
        "title": "โครงการใหม่",
        "indicator": "ผู้รับบริการ",
        "unit": "คน",
        "measure": Measure.PEOPLE,
        "categories": ["safety"],
        "required": "on",
    }
    address = "/plans/directions/2570/projects/"

    wrong = centre.post(f"{address}new/", data | {"title": first.title})
    centre.post(f"{address}new/", data)
    made = direction.projects.get(title="โครงการใหม่")
    centre.post(f"{address}{made.pk}/move/", {"up": "1"})
    centre.post(f"{address}{made.pk}/", data | {"unit": "ราย", "version": 1})
    stale = centre.post(f"{address}{made.pk}/", data | {"objective": "ใหม่", "version": 1})
    assert ("หน่วยนับ", "ราย", "คน") in stale.context["conflict"].rows
    assert "บันทึกรายการนี้ก่อน" in stale.content.decode()
    assert wrong.status_code == WRONG
    assert "มีโครงการชื่อนี้ในปีนี้แล้ว" in wrong.content.decode()
    assert direction.projects.values_list("title", "unit").first() == ("โครงการใหม่", "ราย")
    centre.post(f"{address}{made.pk}/remove/")
    assert list(direction.projects.all()) == [first]


def test_a_category_named_twice_proves_a_project_once():
    data = QueryDict("categories=safety&categories=safety&categories=welfare")
    form = ProjectForm(data)
    form.full_clean()

    assert form.cleaned_data["categories"] == ["safety", "welfare"]


def test_a_project_of_another_year_is_not_found(centre, direction):
    other = StandingProjectFactory(direction=DirectionFactory(fiscal_year=2569))

    assert centre.get(f"/plans/directions/2570/projects/{other.pk}/").status_code == NOT_FOUND


# Ceilings


def test_ceilings_are_typed_and_saved(centre, direction):
    answer = centre.post(CEILINGS, {"version": "1", "amount-50": "๗๒๕,๑๒๓", "amount-51": "10.50"})

    assert answer.status_code == FOUND
    kept = dict(Ceiling.objects.values_list("province", "amount"))
    assert kept == {50: Decimal(725_123), 51: Decimal("10.50")}


def test_a_wrong_amount_keeps_all_that_was_typed_and_saves_nothing(centre, direction):
    answer = centre.post(CEILINGS, {"version": "1", "amount-50": "720,00", "amount-51": "5000"})

    html = answer.content.decode()
    assert answer.status_code == WRONG
    assert "เชียงใหม่: กรอกเป็นจำนวนบาท" in html
    assert 'value="720,00"' in html
    assert 'value="5000"' in html
    assert not Ceiling.objects.exists()


def test_a_pasted_column_is_shown_before_it_is_saved(centre, direction):
    pasted = "เชียงใหม่\t720,000\nจ.ลำพูน 500,000 บาท\nที่ไหนไม่รู้\t1\nสงขลา"

    answer = centre.post(CEILINGS, {"version": "1", "fill_pasted": "1", "pasted": pasted})

    html = answer.content.decode()
    assert 'value="720,000"' in html
    assert 'value="500,000"' in html
    assert "ใส่ตัวเลข 2 จังหวัดในตารางแล้ว" in html
    assert "อ่านไม่ได้ 2 บรรทัด" in html
    assert not Ceiling.objects.exists()


def test_last_year_by_percent_is_shown_before_it_is_saved(centre, direction):
    CeilingFactory(direction=DirectionFactory(fiscal_year=2569))

    answer = centre.post(CEILINGS, {"version": "1", "fill_percent": "1", "percent": "-๓"})

    assert 'value="698,400"' in answer.content.decode()
    assert not direction.ceilings.exists()


@pytest.mark.parametrize(
    ("percent", "message"), [("มาก", "ระหว่าง -100 ถึง 200"), ("300", "ระหว่าง"), ("nan", "ระหว่าง")]
)
def test_a_wrong_percent_is_said_at_its_field(centre, direction, percent, message):
    CeilingFactory(direction=DirectionFactory(fiscal_year=2569))

    answer = centre.post(CEILINGS, {"version": "1", "fill_percent": "1", "percent": percent})

    assert answer.status_code == WRONG
    assert message in answer.content.decode()


def test_without_last_year_the_percents_say_so(centre, direction):
    answer = centre.post(CEILINGS, {"version": "1", "fill_percent": "1", "percent": "5"})

    assert "ปีก่อนยังไม่มีเพดาน" in answer.content.decode()


def test_a_colleague_s_ceilings_are_not_lost(centre, direction):
    centre.post(CEILINGS, {"version": "1", "amount-50": "1"})

    answer = centre.post(CEILINGS, {"version": "1", "amount-50": "2"})

    assert answer.status_code == WRONG
    assert 'value="2"' in answer.content.decode()
    assert Ceiling.objects.get(province=50).amount == 1


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("720000", 720_000),
        ("720,000", 720_000),
        (" ๗๒๕,๑๒๓ บาท", 725_123),
        ("฿0", 0),
        ("10.5", "10.5"),
    ],
)
def test_money_as_people_type_it(typed, amount):
    assert read_baht(typed) == Decimal(amount)


@pytest.mark.parametrize("typed", ["", "-1", "1,00", "7 2", "1.234", "1e5", "มาก", "99999999999"])
def test_what_is_no_money(typed):
    with pytest.raises(ValueError, match="กรอก"):
        read_baht(typed)


@pytest.mark.parametrize(
    ("amount", "shown"),
    [(None, ""), (Decimal("720000.00"), "720,000"), (Decimal("10.50"), "10.50"), (0, "0")],
)
def test_money_as_it_is_shown(amount, shown):
    assert shown_baht(amount) == shown


def test_of_a_very_long_pasted_line_only_its_beginning_is_read():
    line = "เชียงใหม่" + "," * 300_000 + "1"  # minutes, if all of it were

    assert read_pasted(line, {"เชียงใหม่": 50}) == ({}, [line])


def test_pasted_lines_are_read_by_name():
    codes = {"เชียงใหม่": 50, "พระนครศรีอยุธยา": 14}
    text = "จังหวัดเชียงใหม่\t1,000\n\n14 พระนครศรีอยุธยา 2\nพระนครศรีอยุธยา;3"

    assert read_pasted(text, codes) == (
        {50: Decimal(1000), 14: Decimal(3)},
        ["14 พระนครศรีอยุธยา 2"],
    )


def test_the_years_are_exported(centre, direction):
    for form in ("xlsx", "csv"):
        assert centre.get("/plans/directions/", {"export": form}).status_code == 200
