"""Lines of a plan: added, changed, remarked and answered."""

from decimal import Decimal

import pytest

from reports.enums import PlanState
from reports.models import PlanComment, PlanLine
from tests.factories.plans import PlanCommentFactory, PlanLineFactory, StandingProjectFactory
from tests.reports.services.test_plans import plan_in
from tests.reports.views.plans.pages import YEAR, address, words
from volunteer_network.enums import Category

LINE = {
    "group": "core", "title": "สำรวจข้อมูลแรงงาน", "indicator": "การสำรวจ", "unit": "ครั้ง",
    "target_1": "1", "target_2": "2", "target_3": "", "target_4": "3", "target": "",
    "budget_type": "operating", "allotted": "12,500.50", "months": ["1", "12"],
    "measure": "activities", "categories": [Category.LABOUR_DATA], "area": "ทุกอำเภอ",
}  # fmt: skip


def test_a_line_is_added_with_its_proof(mentor, plan, everywhere):
    response = mentor.post(address("line-create"), LINE)

    with everywhere():
        line = PlanLine.objects.get(plan=plan)
        assert response.url == f"{address('edit')}#l{line.pk}"
        assert (line.target, line.allotted, line.months) == (6, Decimal("12500.50"), [1, 12])
        assert [one.category for one in line.proofs.all()] == [Category.LABOUR_DATA]


def test_a_category_proves_one_line_only(mentor, plan, everywhere):
    mentor.post(address("line-create"), LINE)

    response = mentor.post(address("line-create"), LINE | {"title": "อีกงาน"})

    assert "กิจกรรมหนึ่งนับได้งานเดียว" in words(response)
    with everywhere():
        assert PlanLine.objects.filter(plan=plan).count() == 1


def test_a_line_begun_from_a_project_is_filled_in(mentor, plan, direction):
    project = StandingProjectFactory(direction=direction, title="ประชุมเครือข่าย", unit="ครั้ง")

    page = words(mentor.get(f"{address('line-create')}?standing={project.pk}"))

    assert 'value="ประชุมเครือข่าย"' in page


def test_two_who_change_a_line_see_both_versions(mentor, line):
    shared = LINE | {"version": line.version}
    mentor.post(address("line-update", line.pk), shared | {"title": "แก้ครั้งแรก"})

    response = mentor.post(address("line-update", line.pk), shared | {"title": "แก้ครั้งที่สอง"})

    page = words(response)
    assert "แก้ครั้งแรก" in page
    assert "แก้ครั้งที่สอง" in page


def test_lines_move_and_go(mentor, plan, line, everywhere):
    second = PlanLineFactory(plan=plan, place=line.place + 1)

    mentor.post(address("line-move", second.pk), {"up": "1"})
    with everywhere():
        assert list(PlanLine.objects.filter(plan=plan)) == [second, line]
    mentor.post(address("line-remove", second.pk))
    with everywhere():
        assert list(PlanLine.objects.filter(plan=plan)) == [line]


def test_a_line_with_a_remark_is_answered_not_removed(mentor, plan, line, everywhere):
    PlanCommentFactory(plan=plan, line=line)

    page = words(mentor.post(address("line-remove", line.pk), follow=True))

    assert "ลบไม่ได้" in page
    with everywhere():
        assert PlanLine.objects.filter(pk=line.pk).exists()


@pytest.fixture
def returned(chiang_mai, direction, chiang_mai_officer, chiang_mai_head):
    plan = plan_in(
        PlanState.RETURNED, chiang_mai, maker=chiang_mai_officer, head=chiang_mai_head,
        fiscal_year=YEAR,
    )  # fmt: skip
    asked, other = PlanLineFactory.create_batch(2, plan=plan)
    PlanCommentFactory(plan=plan, line=asked, by=chiang_mai_head, text="ต่ำไป", returns=True)
    return plan, asked, other


def test_after_a_return_only_the_remarked_lines_are_open(mentor, returned):
    _plan, asked, other = returned

    page = words(mentor.get(address("edit")))
    answers = [
        mentor.post(address("line-cells", one.pk), {"target_1": "12", "version": 1}).status_code
        for one in (asked, other)
    ]

    assert f'name="l{asked.pk}-target_1"' in page
    assert f'name="l{other.pk}-target_1"' not in page
    assert answers == [200, 422]
    assert "เพิ่ม ลบ หรือสลับงานไม่ได้" in words(mentor.post(address("line-create"), LINE))


def test_an_answer_stands_beside_the_remark_and_the_difference_is_shown(
    mentor, returned, everywhere
):
    _plan, asked, other = returned
    mentor.post(address("line-answer", asked.pk), {"text": "พื้นที่ลดลง"})
    mentor.post(address("line-cells", asked.pk), {"target_1": "12", "version": 1})
    assert mentor.post(address("propose")).status_code == 302

    page = words(mentor.get(f"{address('detail')}?changed=1"))

    with everywhere():
        assert PlanComment.objects.filter(line=asked, returns=False).exists()
    assert "พื้นที่ลดลง" in page
    assert "เดิม 10 ใหม่ <b>12</b>" in page
    assert f'id="l{other.pk}"' not in page
