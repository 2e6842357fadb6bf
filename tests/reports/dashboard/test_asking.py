"""A question in words: what is understood, what is left out, what is no question."""

from datetime import date

import pytest

from reports.dashboard.asking import read
from reports.dashboard.vocabulary import FIGURES
from volunteer_network.enums import Category

TODAY = date(2026, 11, 26)  # in the first quarter of fiscal year 2570

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]


def asked(typed):
    return read(typed, today=TODAY)


@pytest.mark.parametrize(
    ("typed", "year", "quarter", "month"),
    [
        ("ภาคใต้ ไตรมาส 2", 2569, 2, None),  # the latest that has begun
        ("ภาคใต้ ไตรมาส 1", 2570, 1, None),
        ("ภาคใต้ ไตรมาสที่ 2 ปีงบประมาณ 2568", 2568, 2, None),
        ("ภาคใต้ ไตรมาสที่๒ ปีงบ ๖๘", 2568, 2, None),
        ("ภาคใต้ Q2/69", 2569, 2, None),
        ("ภาคใต้ q3 ปี 2568", 2568, 3, None),
        ("ภาคใต้ 2568", 2568, None, None),
        ("ภาคใต้ ปีงบฯ 68", 2568, None, None),
        ("ภาคใต้ ปีที่แล้ว", 2569, None, None),
        ("ภาคใต้ ปีนี้", 2570, None, None),
        ("ภาคใต้ ไตรมาสนี้", 2570, 1, None),
        ("ภาคใต้ ไตรมาสก่อน", 2569, 4, None),
        ("ภาคใต้ มีนาคม", 2569, None, date(2026, 3, 1)),
        ("ภาคใต้ เดือน มี.ค. 68", 2568, None, date(2025, 3, 1)),
        ("ภาคใต้ ตุลาคม 2568", 2569, None, date(2025, 10, 1)),  # behind a month: the calendar's
        ("ภาคใต้ ตุลาคม ปีงบ 2568", 2568, None, date(2024, 10, 1)),
        ("ภาคใต้ เดือนก่อน", 2570, None, date(2026, 10, 1)),
        ("ภาคใต้ ธ.ค.", 2569, None, date(2025, 12, 1)),
        ("ภาคใต้", 2570, None, None),
    ],
)
def test_a_time_is_read_as_it_is_written(typed, year, quarter, month):
    question = asked(typed).question

    assert (question.fiscal_year, question.quarter, question.month) == (year, quarter, month)
    assert question.region == "ภาคใต้"


@pytest.mark.parametrize(
    ("typed", "region", "cluster", "province"),
    [
        ("ใต้ ไตรมาส 2", "ภาคใต้", "", None),
        ("ภาคอีสาน แผน", "ภาคตะวันออกเฉียงเหนือ", "", None),
        ("อีสาน งบ", "ภาคตะวันออกเฉียงเหนือ", "", None),
        ("ภาคเหนือ", "ภาคเหนือ", "", None),
        ("ภาคเหนือตอนบน 1 แผน", "", "ภาคเหนือตอนบน 1", None),
        ("อันดามัน ไตรมาส 2", "", "ภาคใต้ฝั่งอันดามัน", None),
        ("เขตตรวจราชการที่ 15 แผน", "", "ภาคเหนือตอนบน 1", None),
        ("ชายแดนใต้ แผน", "", "ภาคใต้ชายแดน", None),
        ("เชียงใหม่ แผน", "", "", 50),
        ("จ.น่าน แผน", "", "", 55),
        ("น่าน แผน", "", "", 55),
        ("จังหวัดเลยไตรมาส2", "", "", 42),
        ("โคราช งบ", "", "", 30),
        ("ทั้งประเทศ แผน", "", "", None),
        ("ไตรมาส 2 แผน", "", "", None),
    ],
)
def test_a_place_is_read_by_its_names(typed, region, cluster, province):
    question = asked(typed).question

    assert (question.region, question.cluster, question.province) == (region, cluster, province)


@pytest.mark.parametrize(
    ("typed", "figure"),
    [
        ("ภาคใต้ แผน ผล", "plan"),
        ("ภาคใต้ แผนและผล", "plan"),
        ("ภาคใต้ งบ", "budget"),
        ("ภาคใต้ งบประมาณ ปี 69", "budget"),
        ("ภาคใต้ เบิกจ่าย", "budget"),
        ("ภาคใต้ เรื่อง", "cases"),
        ("ภาคใต้ ส่งต่อ", "steps"),
        ("ภาคใต้ รายงาน", "reports"),
        ("ภาคใต้ สัมมนา", "seminars"),
        ("ภาคใต้ ครอบคลุม", "places"),
        ("ภาคใต้ ตำบล", "places"),
        ("ภาคใต้ ช่วยเหลือ กี่คน", "people"),
        ("ภาคใต้ ไตรมาส 2", None),
    ],
)
def test_a_figure_is_read_by_its_names(typed, figure):
    found = asked(typed).figure

    assert (found and found.name) == figure


def test_words_that_run_together_are_read_too():
    found = asked("ภาคใต้ไตรมาส2แผนผล")

    assert (found.question.region, found.question.quarter) == ("ภาคใต้", 2)
    assert found.figure.name == "plan"
    assert found.unused == []


def test_work_is_read_by_its_categories():
    assert asked("ภาคใต้ ความปลอดภัย").question.category is Category.SAFETY
    assert asked("ไตรมาส 2 แรงงานต่างด้าว").question.category is Category.FOREIGN_WORKERS
    assert asked("เชียงใหม่ มาตรา 40").question.category is Category.SOCIAL_SECURITY


def test_words_that_mean_nothing_are_told_and_break_nothing():
    found = asked("ขอ ตัวเลข ภาคใต้ ไตรมาส 2 ด่วนมาก (แผน) [ผล]?")

    assert found.question.region == "ภาคใต้"
    assert found.unused == ["ด่วนมาก", "[ผล]?"]


@pytest.mark.parametrize(
    "typed",
    [
        *("เชียงใหม่", "สัมมนา", "แผน", "งบ", "2569", "มีนาคม", "แรงงานต่างด้าว", "สมชาย ใจดี"),
        *("สมใต้", "ใต้ สมชาย", "50-1009", "081-234-5678", "", "???", "ภาพรวม"),
        "ภาคใต้ แผน ปี 2490",  # a year that no dashboard has
        "ภาคใต้ แผน ปี 2575",
        "ภาคใต้ ภาคเหนือตอนบน 1",  # a cluster elsewhere
    ],
)
def test_what_is_no_question_is_left_to_the_other_sources(typed):
    assert asked(typed) is None


def test_every_figure_has_its_definition_and_a_measure_of_the_map():
    from reports.dashboard.definitions import DEFINITIONS
    from reports.dashboard.measures import BY_NAME

    assert {figure.name for figure in FIGURES} <= {one.name for one in DEFINITIONS}
    assert {figure.shown for figure in FIGURES} <= BY_NAME.keys()
