"""The figures of a dashboard as they are kept for a paper, and read again years later."""

from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

from reports.enums import BudgetType
from reports.queries.boards import Budget, Dashboard, PlanQuarter, Seminar
from reports.queries.cells import Cell
from reports.queries.dashboards import hide_foreign, months_of
from reports.queries.questions import Question
from volunteer_network.enums import Category
from volunteer_network.models import User

KEPT_OF_MONTHS = (
    *("activities", "people", "spotted", "screened", "referred", "people_before"),
    *("expected", "received", "on_time"),
)


def kept_question(question: Question) -> dict[str, Any]:
    """What was asked, as JSON; the day on which it was asked is a part of it."""
    return {
        "fiscal_year": question.fiscal_year,
        "today": question.today.isoformat(),
        "quarter": question.quarter,
        "month": question.month.isoformat() if question.month else None,
        "region": question.region,
        "cluster": question.cluster,
        "category": question.category.value if question.category else None,
        "province": question.province,
    }


def question_kept(kept: dict[str, Any]) -> Question:
    return Question(
        fiscal_year=kept["fiscal_year"],
        today=date.fromisoformat(kept["today"]),
        quarter=kept["quarter"],
        month=date.fromisoformat(kept["month"]) if kept["month"] else None,
        region=kept["region"],
        cluster=kept["cluster"],
        category=Category(kept["category"]) if kept["category"] else None,
        province=kept["province"],
    )


def kept_figures(board: Dashboard) -> dict[str, Any]:
    """The sums of a board as JSON, small ones too: who reads them may not be who printed them."""
    return {
        "provinces": [_as_json(cell, leave_out={"hidden"}) for cell in board.provinces],
        "months": [[getattr(one, name) for name in KEPT_OF_MONTHS] for one in board.months],
        "seminars": [[one.pk, one.accepted, one.attended] for one in board.seminars],
        "quarters": [[one.target, one.people] for one in board.quarters],
        "budgets": [_as_json(one, leave_out=set()) for one in board.budgets],
    }


def board_kept(kept: dict[str, Any], question: Question, *, user: User) -> Dashboard:
    """The board as this reader may see it."""
    provinces = [Cell(**_known(Cell, values)) for values in kept["provinces"]]
    months = months_of(question)
    for one, values in zip(months, kept["months"], strict=True):
        for name, value in zip(KEPT_OF_MONTHS, values, strict=True):
            setattr(one, name, value)
    begun = {(place // 3) + 1 for place, one in enumerate(months) if one.has_begun}
    board = Dashboard(
        question=question,
        total=Cell.sum_of(provinces, name=""),
        provinces=provinces,
        months=months,
        seminars=[Seminar(*values) for values in kept["seminars"]],
        quarters=[
            PlanQuarter(number, number in begun, target, people)
            for number, (target, people) in enumerate(kept["quarters"], start=1)
        ],
        budgets=[
            Budget(BudgetType(values.pop("budget_type")), **_known(Budget, values))
            for values in map(dict, kept["budgets"])
        ],
        seen=None if user.scope.nationwide else frozenset(user.scope.provinces),
    )
    hide_foreign(board)
    return board


def _as_json(row: Any, *, leave_out: set[str]) -> dict[str, Any]:
    """The fields that hold something; money as text, so that no satang is lost."""
    values = ((one.name, getattr(row, one.name)) for one in fields(row))
    return {
        name: str(value) if isinstance(value, Decimal) else value
        for name, value in values
        if value and name not in leave_out
    }


def _known(kind: type[Any], values: dict[str, Any]) -> dict[str, Any]:
    """The values of fields that the class still has."""
    money = {one.name for one in fields(kind) if isinstance(one.default, Decimal)}
    names = {one.name for one in fields(kind)}
    return {
        name: Decimal(value) if name in money else value
        for name, value in values.items()
        if name in names
    }
