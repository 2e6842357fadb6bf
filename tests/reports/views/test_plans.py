"""Pages of plans: what each shows, refuses and keeps of what was typed."""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from reports.enums import BudgetType, DirectionState, Measure, PlanState
from reports.models import Direction, Plan, PlanComment, PlanLine, PlanProgress, PlanProof
from tests.factories import ActivityFactory, UserFactory, VolunteerFactory
from tests.factories.plans import (
    CeilingFactory,
    DirectionFactory,
    PlanCommentFactory,
    PlanFactory,
    PlanLineFactory,
    PlanProofFactory,
    StandingProjectFactory,
)
from tests.reports.services.test_plans import plan_in
from volunteer_network.enums import Category

YEAR = 2570


@pytest.fixture
def direction(db):
    return DirectionFactory(fiscal_year=YEAR)


@pytest.fixture
def plan(chiang_mai, direction):
    return PlanFactory(province=chiang_mai, fiscal_year=YEAR)


@pytest.fixture
def line(plan):
    return PlanLineFactory(plan=plan)


@pytest.fixture
def mentor(client, chiang_mai_officer):
    client.force_login(chiang_mai_officer)
    return client


@pytest.fixture
def head(client, chiang_mai_head):
    client.force_login(chiang_mai_head)
    return client


def address(name, *more, year=YEAR):
    return reverse(f"plans:{name}", args=[year, 50, *more])


def words(response):
    return " ".join(response.content.decode().split())


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


def test_a_plan_over_its_ceiling_is_asked_why_once(mentor, plan, line, direction):
    CeilingFactory(direction=direction, amount=Decimal(1000))

    asked = mentor.post(address("propose"))
    done = mentor.post(address("propose"), {"reason": "เพิ่มตำบล"})

    assert (asked.status_code, done.status_code) == (422, 302)
    assert "เกินเพดาน 39,000 บาท" in words(asked)


def test_the_head_returns_with_remarks_on_lines(head, chiang_mai, direction, everywhere):
    maker = UserFactory(province=chiang_mai)
    plan = plan_in(PlanState.PROPOSED, chiang_mai, maker=maker, head=maker, fiscal_year=YEAR)
    with everywhere():
        line = PlanLine.objects.get(plan=plan)
    chip_alone = {"reason": "แก้งานแรก", "version": 1, f"reason_{line.pk}": "target"}

    wrong = head.post(address("return"), chip_alone)
    right = head.post(address("return"), chip_alone | {f"text_{line.pk}": "ต่ำกว่าปีก่อน"})

    assert (wrong.status_code, right.status_code) == (422, 302)
    with everywhere():
        comment = PlanComment.objects.get()
        assert (comment.line_id, comment.text, comment.returns) == (line.pk, "ต่ำกว่าปีก่อน", True)


def test_nobody_agrees_to_what_they_have_not_seen(head, chiang_mai, direction, everywhere):
    maker = UserFactory(province=chiang_mai)
    plan = plan_in(PlanState.PROPOSED, chiang_mai, maker=maker, head=maker, fiscal_year=YEAR)

    page = words(head.post(address("agree"), {"version": 0}, follow=True))

    assert "หลังจากที่เปิดหน้า" in page
    with everywhere():
        assert Plan.objects.get(pk=plan.pk).state == PlanState.PROPOSED
    assert head.post(address("agree"), {"version": 1}).status_code == 302
    assert head.post(address("send"), {"version": 2}).status_code == 302


def test_an_earlier_edition_can_be_read_and_not_changed(
    mentor, chiang_mai, direction, chiang_mai_officer, chiang_mai_head
):
    plan_in(
        PlanState.APPROVED, chiang_mai, maker=chiang_mai_officer, head=chiang_mai_head,
        fiscal_year=YEAR,
    )  # fmt: skip
    assert mentor.post(address("revise"), {"reason": "ปรับกลางปี"}).url == address("edit")

    page = words(mentor.get(f"{address('detail')}?edition=1"))

    assert "อ่านได้อย่างเดียว" in page
    assert mentor.get(f"{address('detail')}?edition=9").status_code == 404
    assert "ไม่ต่างจากฉบับก่อน" in words(mentor.get(address("detail")))


@pytest.fixture
def approved(chiang_mai, direction, chiang_mai_officer, chiang_mai_head, everywhere):
    plan = plan_in(
        PlanState.APPROVED, chiang_mai, maker=chiang_mai_officer, head=chiang_mai_head,
        fiscal_year=YEAR,
    )  # fmt: skip
    with everywhere():
        return plan, PlanLine.objects.get(plan=plan)


def test_a_new_edition_is_offered_until_the_year_is_closed(mentor, approved, direction, everywhere):
    button = reverse("plans:revise", args=[YEAR, 50])
    assert button in words(mentor.get(address("detail")))

    with everywhere():
        Direction.objects.filter(pk=direction.pk).update(state=DirectionState.CLOSED)

    assert button not in words(mentor.get(address("detail")))


def noted(line, **typed):
    shared = {"actual": "", "disbursed": "", "committed": "", "problems": "", "suggestions": ""}
    return {
        f"l{line.pk}-{name}": value for name, value in (shared | {"version": 0} | typed).items()
    }


def test_progress_of_a_quarter_is_kept(mentor, approved, everywhere, running_quarter):
    _plan, line = approved

    response = mentor.post(address("progress", 1), noted(line, actual="9", disbursed="5,000"))

    assert response.status_code == 302
    with everywhere():
        row = PlanProgress.objects.get()
        assert (row.lineage, row.actual, row.disbursed) == (line.lineage, 9, Decimal(5000))


@pytest.fixture
def running_quarter(monkeypatch):
    """The running quarter is the first of the fiscal year 2570, whatever the calendar says."""
    monkeypatch.setattr(timezone, "localdate", lambda *args, **kwargs: date(2026, 11, 26))
    return monkeypatch


def test_a_quarter_that_has_not_begun_is_refused(mentor, approved, running_quarter):
    page = words(mentor.get(address("progress", 2), follow=True))

    assert "ไตรมาส 2 ยังไม่เริ่ม" in page


def test_a_weak_quarter_that_is_over_wants_its_reason(
    mentor, approved, everywhere, running_quarter
):
    running_quarter.setattr(timezone, "localdate", lambda *args, **kwargs: date(2027, 1, 4))
    _plan, line = approved

    refused = mentor.post(address("progress", 1), noted(line, actual="7"))
    kept = mentor.post(address("progress", 1), noted(line, actual="7", problems="น้ำท่วม"))

    assert (refused.status_code, kept.status_code) == (422, 302)
    assert "บอกปัญหาอุปสรรค" in words(refused)
    assert 'value="7"' in words(refused)


def test_more_money_than_allotted_is_refused(mentor, approved, running_quarter):
    _plan, line = approved

    response = mentor.post(
        address("progress", 1), noted(line, disbursed="40,000", committed="0.50")
    )

    assert "เกินงบจัดสรร 0.50 บาท" in words(response)


def test_two_who_note_a_quarter_see_both(mentor, approved, running_quarter):
    _plan, line = approved
    mentor.post(address("progress", 1), noted(line, actual="9"))

    response = mentor.post(address("progress", 1), noted(line, actual="8"))

    assert "ที่บันทึกไว้: ผล 9" in words(response)
    assert (
        mentor.post(address("progress", 1), noted(line, actual="8", version=1)).status_code == 302
    )


def test_each_figure_leads_to_the_rows_it_counts(mentor, plan, chiang_mai, chiang_mai_officer):
    line = PlanLineFactory(plan=plan, measure=Measure.PEOPLE)
    PlanProofFactory(line=line, category=Category.INFORMAL_WORKERS)
    ActivityFactory(
        volunteer=VolunteerFactory(province=chiang_mai), category=Category.INFORMAL_WORKERS,
        on_date=date(2026, 10, 5), people_male=3, people_female=4,
    )  # fmt: skip

    detail = words(mentor.get(address("detail")))
    source = words(mentor.get(address("line", line.pk)))

    assert f'href="{address("line", line.pk)}#q1">7</a>' in detail
    href = f"/activities/?province=50&amp;category={Category.INFORMAL_WORKERS}&amp;month=2026-10-01"
    assert f'href="{href}">7</a>' in source
    assert mentor.get(href.replace("&amp;", "&")).context["page"].count == 1


def test_work_of_no_line_is_listed_and_tied(mentor, plan, chiang_mai, everywhere):
    line = PlanLineFactory(plan=plan, measure=Measure.ACTIVITIES)
    ActivityFactory(
        volunteer=VolunteerFactory(province=chiang_mai), category=Category.DISASTER,
        on_date=date(2026, 10, 5),
    )  # fmt: skip
    assert "งานที่ไม่อยู่ในแผน" in words(mentor.get(address("detail")))

    mentor.post(address("tie"), {"category": Category.DISASTER, "line": line.pk})

    with everywhere():
        assert PlanProof.objects.get().line == line
    assert "งานที่ไม่อยู่ในแผน" not in words(mentor.get(address("detail")))


def test_the_centre_sees_all_provinces_late_ones_first(client, central_officer, plan, line):
    client.force_login(central_officer)

    response = client.get(f"{reverse('plans:list')}?fy={YEAR}")
    only = client.get(f"{reverse('plans:list')}?fy={YEAR}&state=draft")

    rows = response.context["rows"]
    assert len(rows) == 76
    assert [row.late for row in rows] == sorted((row.late for row in rows), reverse=True)
    assert [(row.province.pk, row.lines) for row in only.context["rows"]] == [(50, 1)]
    export = client.get(f"{reverse('plans:list')}?fy={YEAR}&state=draft&export=csv")
    assert "เชียงใหม่" in b"".join(export).decode("utf-8-sig")
