"""What is pointed at before a plan goes on, and where each finding leads."""

from decimal import Decimal

import pytest

from reports.enums import BudgetType, Measure, PlanState, ProjectGroup
from reports.models import Plan, PlanLine, StandingProject
from reports.queries.plan_actuals import LineResult
from reports.queries.plan_checks import BAD, GOOD, WARN, checks_of
from reports.queries.plan_tables import PlanTable, Row

NOTHING = ("", "", "", "")
NOUGHT = (Decimal(0),) * 4


def row(number=1, *, actual=(None,) * 4, problems=NOTHING, disbursed=NOUGHT, **details):
    line = PlanLine(
        **{
            "pk": number, "group": ProjectGroup.CORE, "title": f"งาน {number}", "target": 40,
            "target_1": 10, "target_2": 10, "target_3": 10, "target_4": 10,
            "budget_type": BudgetType.OPERATING, "allotted": Decimal(40_000),
            "measure": Measure.TYPED, "responsible_id": 1,
        } | details
    )  # fmt: skip
    return Row(number, line, LineResult(actual, None, disbursed, NOUGHT, problems, NOTHING))


def found(*rows, ceiling=100_000, required=(), proved=(), over=0, tone=BAD, **plan):
    table = PlanTable(
        Plan(**{"state": PlanState.DRAFT, "edition": 1} | plan),
        rows,
        None if ceiling is None else Decimal(ceiling),
        (),
    )
    checks = checks_of(table, proved=proved, required=required, quarters_over=over)
    assert [one.tone for one in checks] == sorted(
        (one.tone for one in checks), key=[BAD, WARN, GOOD].index
    )
    return [(one.where, one.anchor) for one in checks if one.tone == tone]


def test_a_sound_plan_has_nothing_to_mend():
    assert found(row(measure=Measure.PEOPLE), proved={1}) == []
    assert found(row(measure=Measure.PEOPLE), proved={1}, tone=WARN) == []


def test_quarters_that_do_not_add_up_lead_to_the_year():
    assert found(row(), row(2, target=99)) == [("งาน 2 ทั้งปี", "l2-y")]


def test_more_money_than_the_ceiling_leads_to_the_sum():
    assert found(row(), ceiling=39_999) == [("งบรวม", "total")]
    assert found(row(), ceiling=40_000) == []


def test_a_required_project_is_missed_until_a_line_is_of_it():
    project = StandingProject(pk=7, title="ประชุมเครือข่าย")

    assert len(found(row(), required=[project])) == 1
    assert found(row(standing_id=7), required=[project]) == []


@pytest.mark.parametrize(
    "details", [{"responsible_id": None}, {"measure": Measure.PEOPLE}, {"measure": "attendance"}]
)
def test_a_line_without_a_person_or_a_proof_is_worth_a_look(details):
    assert found(row(**details), tone=WARN) == [("งาน 1", "l1")]


@pytest.mark.parametrize(
    ("actual", "problem", "tone", "expected"),
    [
        (7, "", BAD, [("งาน 1 ไตรมาส 1", "l1-q1")]),
        (7, "น้ำท่วม", WARN, [("งาน 1 ไตรมาส 1", "l1-q1")]),
        (8, "", BAD, []),
    ],
)
def test_a_weak_quarter_that_is_over_wants_a_reason(actual, problem, tone, expected):
    weak = row(
        actual=(actual, None, None, None),
        problems=(problem, "", "", ""),
        disbursed=(Decimal(10_000), *NOUGHT[1:]),
    )

    assert found(weak, over=1, state=PlanState.APPROVED, tone=tone) == expected
    assert found(weak, over=0, state=PlanState.APPROVED, tone=tone) == []
    assert found(weak, over=1, tone=tone) == []  # a first draft has no results yet


def test_money_that_lies_still_is_worth_a_look():
    slow = row(disbursed=(Decimal(4_000), *NOUGHT[1:]), actual=(10, 10, None, None))

    assert found(slow, over=2, state=PlanState.APPROVED, tone=WARN) == [("งาน 1 งบ", "l1-b")]
    assert found(slow, over=0, state=PlanState.APPROVED, tone=WARN) == []
