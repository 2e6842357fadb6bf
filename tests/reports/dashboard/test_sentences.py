"""Every figure as a sentence: true in number, place, time and basis."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from mentors.services.month_deadlines import has_ended
from reports.dashboard.definitions import DEFINITIONS
from reports.dashboard.sentences import sentences_of
from reports.queries.boards import Dashboard, Month
from reports.queries.cells import Cell
from reports.queries.questions import Question
from volunteer_network.enums import Category

TODAY = date(2026, 11, 26)
NOW = datetime.fromisoformat("2026-11-26T14:42:00+07:00")
FIGURES = {
    "people": 1234, "spotted": 30, "screened": 20, "referred": 10,
    "plan_people": 1234, "plan_thirds": 2016 * 3, "plans": 14,
    "offices": 14, "complete": 14, "expected": 90, "received": 90, "on_time": 80,
    "places": 1000, "covered": 900, "at_office": 20, "served": 20, "withdrawn": 3,
    "allotted": Decimal(400_000), "disbursed": Decimal(100_000), "accepted": 40, "attended": 30,
}  # fmt: skip

pytestmark = pytest.mark.django_db


def told(name, *, hidden=(), year=2569, quarter=2, month=None, province=None, **changes):
    """The sentence of one figure on a board of the south, with some figures changed."""
    known = {"region": "" if province else "ภาคใต้", "category": changes.pop("category", None)}
    question = Question(
        fiscal_year=year, today=TODAY, quarter=quarter, month=month, province=province, **known
    )
    total = Cell(**{**FIGURES, **changes}, hidden=frozenset(hidden))
    months = [
        Month(one, one in question.chosen, one <= TODAY, has_ended(one, TODAY))
        for one in question.year
    ]
    board = Dashboard(question, total, [total], months, [], [], [], None)
    return sentences_of(board, NOW).get(name)


def test_the_plan_as_a_minister_is_answered():
    assert told("plan") == (
        "ภาคใต้ 14 จังหวัด ไตรมาส 2 ปีงบประมาณ 2569 ช่วยเหลือได้ 1,234 คน คิดเป็นร้อยละ 61.2"
        " ของเป้าหมาย 2,016 คน ตามแผนที่อนุมัติแล้ว 14 จาก 14 จังหวัด (ข้อมูล ณ 26 พ.ย. 2569 14.42 น.)"
    )


def test_a_period_that_is_not_over_names_its_months():
    assert "ไตรมาส 1 ปีงบประมาณ 2570 (ตุลาคม 2569) ช่วยเหลือได้" in told("plan", year=2570, quarter=1)
    assert "ปีงบประมาณ 2570 (ต.ค.–พ.ย. 2569) มีผู้รับบริการ" in told("people", year=2570, quarter=None)
    assert "เดือนมีนาคม 2569 มีผู้รับบริการ" in told("people", month=date(2026, 3, 1), quarter=None)


def test_a_sum_that_is_not_complete_says_so():
    assert "ส่งครบ 12 จาก 14 จังหวัด" in told("people", complete=12)
    assert "ส่งครบ" not in told("people")


def test_few_people_of_another_province_are_in_no_sentence():
    for name, field in (("people", "people"), ("plan", "plan_people"), ("steps", "referred")):
        words = told(name, hidden=[field], province=90, **{field: 3})

        assert words.startswith("จังหวัดสงขลา ไตรมาส 2")
        assert "น้อยกว่า 5 คน" in words
        assert " 3 คน" not in words
    assert "ร้อยละ" not in told("plan", hidden=["plan_people"], province=90, plan_people=3)
    words = told("cases", hidden=["served"], province=90, served=3)
    assert "มีน้อย จึงไม่แสดงร้อยละ" in words
    assert "3 เรื่อง" not in words
    assert "ร้อยละ" not in told("seminars", hidden=["attended"], province=90, attended=3)


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("people", "มีผู้รับบริการงานความปลอดภัยในการทำงาน 1,234 คน นับคนต่อครั้ง"),
        ("steps", "ชี้เป้างานความปลอดภัยในการทำงาน 30 คน คัดกรอง 20 คน ส่งต่อ 10 คน"),
        ("reports", "รายงานเดือนมีนาคม 2569 ได้รับแล้ว 90 จาก 90 คน"),
        ("places", "ใน 900 จาก 1,000 ตำบล คิดเป็นร้อยละ 90.0 ว่าง 100 ตำบล"),
        ("cases", "ส่งถึงสำนักงานแล้ว 40 เรื่อง ได้รับบริการแล้ว 20 เรื่อง คิดเป็นร้อยละ 50.0"),
        ("budget", "เบิกจ่ายแล้ว 100,000 บาท คิดเป็นร้อยละ 25.0 ของงบจัดสรรทั้งปี 400,000 บาท"),
        ("seminars", "มา 30 คน จากที่ตอบรับ 40 คน คิดเป็นร้อยละ 75.0"),
    ],
)
def test_each_figure_has_its_sentence(name, part):
    assert part in told(name, category=Category.SAFETY)


def test_what_there_is_nothing_to_say_of_has_no_sentence():
    assert told("plan", plan_thirds=0) is None
    assert told("budget", allotted=Decimal(0)) is None
    assert told("seminars", accepted=0, attended=0) is None
    assert told("people", year=2570, quarter=4) is None  # it has not come
    assert told("reports", year=2570, quarter=4) is None
    assert "ยังไม่มีเรื่อง" in told("cases", at_office=0, served=0)


def test_sentences_are_named_like_the_definitions():
    question = Question(fiscal_year=2569, today=TODAY)
    board = Dashboard(question, Cell(**FIGURES), [], [], [], [], [], None)

    assert sentences_of(board, NOW).keys() == {one.name for one in DEFINITIONS} - {"before", "few"}
