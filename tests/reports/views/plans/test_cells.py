"""A plan begun, and its cells: what each refuses and keeps of what was typed."""

import json

import pytest

from reports.enums import BudgetType, Measure, PlanState
from reports.models import Plan, PlanLine, PlanProof
from tests.factories.plans import (
    DirectionFactory,
    PlanLineFactory,
    PlanProofFactory,
    StandingProjectFactory,
)
from tests.reports.services.test_plans import plan_in
from tests.reports.views.plans.pages import YEAR, address, words
from volunteer_network.enums import Category


def test_a_province_that_has_not_begun_is_offered_how(mentor, direction):
    page = words(mentor.get(address("detail")))

    assert "เริ่มจากโครงการของส่วนกลาง" in page
    assert "เริ่มจากปีก่อน" not in page  # there is none


def test_it_begins_from_last_year_with_lines_proofs_and_the_new_projects(
    mentor, direction, chiang_mai, chiang_mai_officer, chiang_mai_head, everywhere
):
    last = DirectionFactory(fiscal_year=YEAR - 1)
    old = StandingProjectFactory(direction=last, title="สำรวจข้อมูล")
    new = StandingProjectFactory(direction=direction, title="สำรวจข้อมูล", required=True)
    before = plan_in(
        PlanState.APPROVED, chiang_mai, maker=chiang_mai_officer, head=chiang_mai_head,
        fiscal_year=YEAR - 1,
    )  # fmt: skip
    line = PlanLineFactory(plan=before, standing=old, measure=Measure.ACTIVITIES)
    PlanProofFactory(line=line, category=Category.LABOUR_DATA)

    response = mentor.post(address("begin"), {"source": "last_year"})

    assert response.url == address("edit")
    with everywhere():
        plan = Plan.objects.get(fiscal_year=YEAR)
        copy = PlanLine.objects.get(plan=plan, lineage=line.lineage)
        assert (copy.standing, copy.targets) == (new, line.targets)
        assert list(copy.proofs.values_list("category", flat=True)) == [Category.LABOUR_DATA]


def test_it_does_not_begin_twice_or_before_the_centre_has_opened(mentor, plan, everywhere):
    mentor.post(address("begin"), {"source": "empty"})
    mentor.post(address("begin", year=2599), {"source": "empty"})

    with everywhere():
        assert Plan.objects.count() == 1


@pytest.mark.parametrize("source", ["standing", "empty"])
def test_it_begins_from_the_projects_of_the_centre_or_empty(source, mentor, direction, everywhere):
    StandingProjectFactory(
        direction=direction, measure=Measure.PEOPLE, categories=[Category.INFORMAL_WORKERS]
    )

    mentor.post(address("begin"), {"source": source})

    with everywhere():
        proofs = list(PlanProof.objects.values_list("category", flat=True))
    assert proofs == ([Category.INFORMAL_WORKERS] if source == "standing" else [])


def test_a_cell_saves_itself_and_the_year_follows_its_quarters(mentor, line, everywhere):
    response = mentor.post(
        address("line-cells", line.pk), {"target_2": "๑,๕๐๐", "version": line.version}
    )

    answer = json.loads(response.content)
    assert answer["cells"]["target"] == "1,530"
    assert answer["version"] == line.version + 1
    with everywhere():
        line.refresh_from_db()
        assert (line.target_2, line.target, line.version) == (1500, 1530, 2)


def test_a_year_that_was_typed_stays_and_is_pointed_at(mentor, line):
    mentor.post(address("line-cells", line.pk), {"target": "99", "version": line.version})

    page = words(mentor.get(address("detail")))

    assert "ไตรมาสรวมได้ 40 แต่ทั้งปีตั้งไว้ 99" in page
    assert f'href="#l{line.pk}-y"' in page


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"target_1": "สิบ"}, "กรอกเป็นจำนวนเต็ม"),
        ({"allotted": "-5"}, "บาท"),
        ({"target_1": "-1"}, "ตั้งแต่ 0"),
    ],
)
def test_a_wrong_cell_is_refused_in_words(cells, said, mentor, line):
    response = mentor.post(address("line-cells", line.pk), cells | {"version": line.version})

    assert response.status_code == 422
    assert said in json.loads(response.content)["message"]


@pytest.mark.parametrize("cells", [{"target_1": "x"}, {"target_1": "15", "version": "x"}])
def test_a_wrong_cell_is_refused_in_words_whatever_else_is_sent(cells, mentor, line):
    response = mentor.post(
        address("line-cells", line.pk), {"version": line.version, "look_up": "target_1", **cells}
    )

    assert response.status_code == 422
    assert json.loads(response.content)["message"]


def test_money_without_a_budget_is_refused(mentor, plan):
    line = PlanLineFactory(plan=plan, budget_type=BudgetType.NONE, allotted=0)

    response = mentor.post(address("line-cells", line.pk), {"allotted": "500", "version": 1})

    assert "ไม่ใช้งบประมาณ" in json.loads(response.content)["message"]


def test_of_two_who_write_a_line_the_second_sees_what_the_first_wrote(mentor, line):
    mentor.post(address("line-cells", line.pk), {"target_1": "15", "version": 1})
    response = mentor.post(address("line-cells", line.pk), {"target_1": "20", "version": 1})

    answer = json.loads(response.content)
    assert response.status_code == 409
    assert (answer["cells"]["target_1"], answer["version"]) == ("15", 2)


def test_colleagues_see_each_others_cells(mentor, line):
    mentor.post(address("line-cells", line.pk), {"target_1": "15", "version": 1})

    now = json.loads(mentor.get(address("cells")).content)

    assert now["open"] is True
    assert now["lines"][str(line.pk)]["cells"]["target_1"] == "15"


def whole_page(*lines, **cells):
    data = {}
    for line in lines:
        shared = {f"target_{one}": line.targets[one - 1] for one in (1, 2, 3, 4)}
        shared |= {"target": line.target, "allotted": line.allotted, "version": line.version}
        data |= {f"l{line.pk}-{name}": value for name, value in (shared | cells).items()}
    return data


def test_without_script_the_whole_page_is_saved(mentor, plan, line, everywhere):
    other = PlanLineFactory(plan=plan)

    response = mentor.post(address("edit"), whole_page(line, other, target_3="30"))

    assert response.url == address("edit")
    with everywhere():
        rows = PlanLine.objects.filter(plan=plan).values_list("target_3", "target")
        assert list(rows) == [(30, 60), (30, 60)]


def test_without_script_nothing_typed_is_lost(mentor, plan, line, everywhere):
    other = PlanLineFactory(plan=plan)
    data = whole_page(line, other) | {f"l{line.pk}-target_1": "77", f"l{other.pk}-target_1": "x"}

    response = mentor.post(address("edit"), data)

    assert response.status_code == 422
    assert 'value="77"' in words(response)
    assert 'value="x"' in words(response)
    with everywhere():
        line.refresh_from_db()
        assert line.target_1 == 10


def test_without_script_both_versions_of_a_line_are_shown(mentor, plan, line):
    mentor.post(address("line-cells", line.pk), {"target_1": "15", "version": 1})

    response = mentor.post(address("edit"), whole_page(line, target_1="20"))

    page = words(response)
    assert response.status_code == 422
    assert '<td>15</td><td class="differs">20</td>' in page
    again = whole_page(line, target_1="20") | {f"l{line.pk}-version": "2"}
    assert mentor.post(address("edit"), again).status_code == 302


def test_a_plan_that_was_proposed_meanwhile_refuses_the_cell(mentor, plan, line):
    mentor.post(address("propose"))

    response = mentor.post(address("line-cells", line.pk), {"target_1": "15", "version": 1})

    assert response.status_code == 422
    assert "เสนอแรงงานจังหวัด" in json.loads(response.content)["message"]
