"""What pages of plans say of time and of what is left to do: once, and only what can be done."""

import csv
import io
from datetime import date

import pytest
import time_machine
from django.urls import reverse

from reports.enums import DirectionState, PlanState
from reports.models import Direction
from tests.factories.plans import DirectionFactory, PlanCommentFactory, PlanLineFactory
from tests.reports.services.test_plans import plan_in

YEAR = 2570
LATE = "เลยกำหนด 6 วัน"


@pytest.fixture(autouse=True)
def in_november():
    with time_machine.travel("2026-11-06T10:00:00+07:00", tick=True):
        yield


@pytest.fixture
def direction(db):
    return DirectionFactory(
        fiscal_year=YEAR,
        propose_by=date(2026, 10, 31),
        send_by=date(2026, 11, 10),
        decide_by=date(2026, 11, 30),
    )


def page(client, path):
    return " ".join(client.get(path).content.decode().split())


def detail(name="detail"):
    return reverse(f"plans:{name}", args=[YEAR, 50])


def test_a_late_plan_is_called_late_once(mentor, direction):
    assert page(mentor, "/").count(LATE) == 1
    assert page(mentor, reverse("plans:list")).count(LATE) == 1
    assert LATE in page(mentor, detail())


def test_a_plan_in_time_tells_its_day_alone_and_is_not_counted_late(mentor, direction, everywhere):
    with everywhere():
        Direction.objects.filter(pk=direction.pk).update(propose_by=date(2026, 11, 9))

    response = mentor.get(reverse("plans:list"))

    assert "ภายใน 9 พ.ย. 2569" in response.content.decode()
    assert "เหลือ 3 วัน" not in response.content.decode()
    assert {row.late for row in response.context["rows"]} == {0}


def test_the_days_that_are_left_stand_on_the_home_page(mentor, direction, everywhere):
    with everywhere():
        Direction.objects.filter(pk=direction.pk).update(propose_by=date(2026, 11, 9))

    assert "ภายใน 9 พ.ย. 2569 เหลือ 3 วัน" in page(mentor, "/")


@pytest.fixture
def approved(chiang_mai, direction, chiang_mai_officer, chiang_mai_head):
    return plan_in(
        PlanState.APPROVED,
        chiang_mai,
        maker=chiang_mai_officer,
        head=chiang_mai_head,
        fiscal_year=YEAR,
    )


def test_a_plan_in_force_says_that_results_are_noted_until_the_year_is_closed(
    mentor, approved, direction, everywhere
):
    assert "ใช้อยู่ บันทึกผลทุกไตรมาส" in page(mentor, detail())

    with everywhere():
        Direction.objects.filter(pk=direction.pk).update(state=DirectionState.CLOSED)
    closed, listed = page(mentor, detail()), page(mentor, reverse("plans:list"))

    assert "ปีปิดแล้ว แก้แผนและผลไม่ได้" in closed
    assert "ปีปิดแล้ว แก้แผนและผลไม่ได้" in listed
    assert "บันทึกผลทุกไตรมาส" not in closed + listed
    assert "เรื่องต้องแก้" not in closed  # nobody can


@pytest.mark.parametrize("name", ["detail", "edit"])
def test_a_returned_plan_is_not_called_finished_beside_its_remarks(
    name, mentor, chiang_mai, direction, chiang_mai_officer, chiang_mai_head
):
    plan = plan_in(
        PlanState.RETURNED,
        chiang_mai,
        maker=chiang_mai_officer,
        head=chiang_mai_head,
        fiscal_year=YEAR,
    )
    line = PlanLineFactory(plan=plan)
    remark = PlanCommentFactory(plan=plan, line=line, by=chiang_mai_head, returns=True)

    shown = page(mentor, detail(name))

    assert remark.line_id == line.pk
    assert "มีข้อคิดเห็นรอแก้ 1 งาน" in shown
    assert "ไม่มีเรื่องต้องแก้" not in shown


def test_only_who_sees_many_provinces_searches_for_one(client, mentor, direction, central_officer):
    own = page(mentor, reverse("plans:list"))
    client.force_login(central_officer)

    assert "ค้นชื่อจังหวัด" not in own
    assert "ค้นชื่อจังหวัด" in page(client, reverse("plans:list"))


@pytest.mark.parametrize(
    ("send_by", "told", "exported"),
    [
        (date(2026, 11, 10), "เหลือ 4 วัน", "0"),
        (date(2026, 11, 6), "วันสุดท้าย", "0"),
        (date(2026, 10, 31), LATE, "6"),
    ],
)
def test_the_centre_counts_the_same_days_on_the_page_and_in_the_file(
    client, direction, central_officer, everywhere, send_by, told, exported
):
    with everywhere():
        Direction.objects.filter(pk=direction.pk).update(send_by=send_by)
    client.force_login(central_officer)
    late = reverse("decisions:late")

    file = client.get(late, {"export": "csv"}).getvalue().decode()
    rows = list(csv.reader(io.StringIO(file)))

    assert told in page(client, late)
    days = next(place for place, name in enumerate(rows[0]) if "เลยกำหนด" in name)
    assert {row[days] for row in rows[1:]} == {exported}


def test_the_days_until_the_centre_decides_stand_on_its_home_page_and_table(
    client, direction, central_officer
):
    client.force_login(central_officer)

    for path in ("/", reverse("decisions:list")):
        assert "เหลือ 24 วัน" in page(client, path)
