"""What sets a plan apart: tables of cases, without a database."""

from dataclasses import replace
from decimal import Decimal
from uuid import UUID

import pytest

from reports.plan_exceptions import (
    Finding,
    LineFacts,
    PlanFacts,
    change_in_percent,
    findings_of,
    findings_of_line,
)

F = Finding
CORE, TRAINING = "ประสานการให้บริการ", "เสริมสร้างศักยภาพ"


def line(number=1, target=40, allotted=40_000, *, title=CORE, standing=7, targets=None):
    quarter, rest = divmod(target, 4)
    return LineFacts(
        lineage=UUID(int=number),
        title=title,
        standing=standing,
        targets=targets or (quarter + rest, quarter, quarter, quarter),
        target=target,
        allotted=Decimal(allotted),
    )


SAME = (line(),)


def plan(*lines, last_year=SAME, ceiling=100_000, required=None):
    return PlanFacts(
        lines=lines or (line(),),
        last_year=last_year,
        ceiling=None if ceiling is None else Decimal(ceiling),
        required=required or {},
    )


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        (plan(), ()),
        # A tenth of last year is like last year, one more is not.
        (plan(line(target=44, allotted=44_000)), ()),
        (plan(line(target=36, allotted=36_000)), ()),
        (plan(line(target=45)), (F.CHANGED,)),
        (plan(line(target=35)), (F.CHANGED,)),
        (plan(line(allotted=44_001)), (F.CHANGED,)),
        (plan(line(allotted=35_999)), (F.CHANGED,)),
        # Less for more, even where both are within a tenth; less for less is only a change.
        (plan(line(target=39, allotted=40_001)), (F.LESS_FOR_MORE,)),
        (plan(line(target=39, allotted=40_000)), ()),
        (plan(line(target=40, allotted=40_001)), ()),
        (plan(line(target=20, allotted=60_000)), (F.LESS_FOR_MORE, F.CHANGED)),
        (plan(line(target=20, allotted=20_000)), (F.CHANGED,)),
        # The ceiling itself is within it.
        (plan(ceiling=40_000), ()),
        (plan(ceiling=39_999), (F.OVER_CEILING,)),
        (plan(ceiling=None), (F.NO_CEILING,)),
        # Quarters.
        (plan(line(targets=(10, 10, 10, 9))), (F.QUARTERS,)),
        (plan(line(targets=(10, 10, 10, 11))), (F.QUARTERS,)),
        # A required project by its origin, or by its name where the line was copied.
        (plan(required={7: CORE}), ()),
        (plan(line(standing=None), required={7: CORE}), ()),
        (plan(line(standing=3), required={7: CORE}), ()),
        (plan(required={7: CORE, 8: TRAINING}), (F.MISSING,)),
        # No plan last year; work that came or went.
        (plan(last_year=None), (F.NEW,)),
        (plan(line(), line(2, 0, 0), last_year=(line(),)), (F.CHANGED,)),
        (plan(last_year=(line(), line(2, 0, 0))), (F.CHANGED,)),
        # From nothing anything is a change, and nothing stays nothing.
        (plan(line(target=1, allotted=0), last_year=(line(target=0, allotted=0),)), (F.CHANGED,)),
        (plan(line(target=0, allotted=0), last_year=(line(target=0, allotted=0),)), ()),
        # Several at once, the gravest first.
        (
            plan(line(target=20, allotted=60_000, targets=(1, 1, 1, 1)), ceiling=1),
            (F.OVER_CEILING, F.QUARTERS, F.LESS_FOR_MORE, F.CHANGED),
        ),
    ],
)
def test_findings_of_a_plan(facts, found):
    assert findings_of(facts) == found


def test_many_lines_each_within_a_tenth_are_alike():
    before = tuple(line(number, 40, 10_000) for number in range(1, 10))
    now = tuple(line(number, 43, 10_900) for number in range(1, 10))

    assert findings_of(plan(*now, last_year=before)) == ()


def test_a_renamed_line_is_the_same_work():
    now = replace(line(), title="ชื่อใหม่")

    assert findings_of(plan(now)) == ()


def test_a_line_without_last_year_is_asked_for_its_quarters_only():
    assert findings_of_line(line(targets=(1, 1, 1, 1)), None) == (F.QUARTERS,)
    assert findings_of_line(line(), None) == ()


def test_the_missing_projects_are_named():
    assert plan(required={7: CORE, 8: TRAINING}).missing == (TRAINING,)


@pytest.mark.parametrize(
    ("now", "before", "change"),
    [(110, 100, 10), (Decimal(97), 100, -3), (100, 100, 0), (5, 0, None), (5, None, None)],
)
def test_a_change_in_percent(now, before, change):
    assert change_in_percent(now, before) == change
