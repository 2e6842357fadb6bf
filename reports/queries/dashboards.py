"""The figures of the dashboard, from what is kept: eight statements whatever the log holds."""

from dataclasses import replace
from typing import Any, Final

from django.db import connection

from mentors.services.receipts import by_month_and_by_province
from reports.enums import BudgetType
from reports.queries.boards import Budget, Dashboard, Month, PlanQuarter, Seminar
from reports.queries.cells import Cell
from reports.queries.hiding import few_of, gives_away, hidden_together, hide_few, hide_sum
from reports.queries.questions import Question
from volunteer_network.enums import Category
from volunteer_network.known_places import subdistricts_of_provinces
from volunteer_network.models import User
from volunteer_network.models.case_figures import STANDINGS
from volunteer_network.services.case_figures import cases_by_province
from volunteer_network.services.figures import two_years
from volunteer_network.sql_values import int_array
from volunteer_network.thai_calendar import quarter

# People in the categories that prove a plan: by month, and by province in the months that are over.
PLANNED_PEOPLE: Final = """
WITH every_part AS MATERIALIZED (
    SELECT province, month, people FROM planned_people(%(year)s, %(first)s, %(last)s)
    WHERE province = ANY (%(provinces)s::smallint[])
)
SELECT month, NULL::smallint, sum(people)::bigint FROM every_part GROUP BY month
UNION ALL
SELECT NULL, province, sum(people)::bigint FROM every_part
WHERE month BETWEEN %(over_first)s::date AND %(over_last)s::date GROUP BY province
"""
MONTHLY: Final = ("people", "spotted", "screened", "referred", "people_before")
ALSO_TOLD_BY: Final = {"people": ("people_ended",)}  # of the total: the same but for this month


def dashboard_of(question: Question, *, user: User) -> Dashboard:
    """Read the figures that a question asks for; eight statements. Inside a scope.

    Of provinces that the scope does not see the newest minute is missing, and cells of fewer than
    five people are hidden (ADR 0022).
    """
    cells, months = _cells(question), months_of(question)
    _add_the_log(question, cells, months)
    _add_receipts(question, cells, months)
    _add_cases(question, cells)
    _add_places(cells)
    seminars = _add_seminars(question, cells)
    quarters, budgets = _add_plans(question, cells)
    board = Dashboard(
        question=question,
        total=Cell.sum_of(cells.values(), name=""),
        provinces=list(cells.values()),
        months=months,
        seminars=seminars,
        quarters=quarters,
        budgets=budgets,
        seen=None if user.scope.nationwide else frozenset(user.scope.provinces),
    )
    hide_foreign(board)
    return board


def hide_foreign(board: Dashboard) -> None:
    """Hide the few people of provinces that the reader does not see."""
    hide_few(board.provinces, seen=board.seen)
    if board.seen is None or {cell.code for cell in board.provinces} <= board.seen:
        return
    hide_sum(board.total, board.provinces)
    _hide_in_months(board)
    _hide_in_quarters(board)


def _cells(question: Question) -> dict[int, Cell]:
    """One cell, still empty, for each province asked about."""
    places = subdistricts_of_provinces()
    return {
        office.pk: Cell(
            code=office.pk,
            name=office.name,
            region=office.region,
            cluster=office.cluster,
            offices=1,
            places=places.get(office.pk, 0),
        )
        for office in question.offices
    }


def months_of(question: Question) -> list[Month]:
    """The twelve months of the year, empty."""
    return [
        Month(
            month=month,
            is_chosen=month in question.chosen,
            has_begun=month <= question.today,
            has_ended=month in question.ended,
        )
        for month in question.year
    ]


def _add_the_log(question: Question, cells: dict[int, Cell], months: list[Month]) -> None:
    """Activities and what they reached, this year and the year before."""
    log = two_years(
        question.year,
        year_before=question.year_before,
        chosen=question.months,
        ended=question.ended,
        provinces=cells,
        category=question.category,
    )
    for one, before in zip(months, question.year_before, strict=True):
        if before in log.months:
            one.people_before = log.months[before].people
        if one.month in log.months:
            sums = log.months[one.month]
            one.activities, one.people = sums.activities, sums.people
            one.spotted, one.screened, one.referred = sums.spotted, sums.screened, sums.referred
    for code, sums in log.provinces.items():
        cell = cells[code]
        cell.activities, cell.people = sums.activities, sums.people
        cell.spotted, cell.screened, cell.referred = sums.spotted, sums.screened, sums.referred
        cell.people_ended, cell.people_before = sums.people_ended, sums.people_before


def _add_receipts(question: Question, cells: dict[int, Cell], months: list[Month]) -> None:
    """Reports of the months that have begun; of the one that is waited for by province too."""
    begun = [one for one in months if one.has_begun]
    if not begun:
        return
    of_months, of_provinces = by_month_and_by_province(
        months=[one.month for one in begun], waited_for=question.reporting, provinces=cells
    )
    for one in begun:
        if receipt := of_months.get(one.month):
            one.received, one.on_time = receipt.received, receipt.on_time
            one.expected = receipt.expected
    for code, receipt in of_provinces.items():
        cell = cells[code]
        cell.received, cell.on_time = receipt.received, receipt.on_time
        cell.expected = receipt.expected
        cell.complete = int(cell.is_complete)


def _add_cases(question: Question, cells: dict[int, Cell]) -> None:
    """Cases by the month in which they were brought in, where they stand now."""
    if not question.months or question.category == Category.TRAFFICKING:
        return
    for code, *counts in cases_by_province(
        month_from=question.months[0], month_to=question.months[-1], topic=question.category
    ):
        if code in cells:
            for name, count in zip(STANDINGS, counts, strict=True):
                setattr(cells[code], name, count)


def _add_places(cells: dict[int, Cell]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT province, subdistricts FROM covered_subdistricts()")
        for code, covered in cursor.fetchall():
            if code in cells:
                cells[code].covered = covered


def _add_seminars(question: Question, cells: dict[int, Cell]) -> list[Seminar]:
    """Seminars belong to a year and to no month; the centre's own people are in no province."""
    found: dict[int, Seminar] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT seminar, province, accepted, attended FROM seminar_attendance(%s)",
            [question.fiscal_year],
        )
        for pk, code, accepted, attended in cursor.fetchall():
            if code in cells:
                cells[code].accepted += accepted
                cells[code].attended += attended
                known = found.get(pk, Seminar(pk, 0, 0))
                found[pk] = replace(
                    known,
                    accepted=known.accepted + accepted,
                    attended=known.attended + attended,
                )
    return sorted(found.values(), key=lambda seminar: seminar.pk)


def _add_plans(
    question: Question, cells: dict[int, Cell]
) -> tuple[list[PlanQuarter], list[Budget]]:
    """Approved plans: money by type, and people against their target where no category is asked.

    A target is of a line, and a line may be proved by several categories: it has no part for one.
    """
    begun = {quarter(month) for month in question.year if month <= question.today}
    quarters = {number: PlanQuarter(number, number in begun) for number in (1, 2, 3, 4)}
    budgets = {kind.value: Budget(kind) for kind in BudgetType if kind != BudgetType.NONE}
    ended = [quarter(month) for month in question.ended]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT province, budget_type, target_1, target_2, target_3, target_4, allotted,"
            " disbursed, committed FROM plan_sums(%s)",
            [question.fiscal_year],
        )
        for code, kind, *targets, allotted, disbursed, committed in cursor.fetchall():
            if code not in cells:
                continue
            cell, budget = cells[code], budgets.get(kind)
            cell.plans = 1
            cell.allotted += allotted
            cell.disbursed += disbursed
            cell.committed += committed
            if budget:
                budget.allotted += allotted
                budget.disbursed += disbursed
                budget.committed += committed
            if question.category is None:
                cell.plan_thirds += sum(targets[number - 1] for number in ended)
                for number, target in enumerate(targets, start=1):
                    quarters[number].target += target
    if question.category is None:
        _add_planned_people(question, cells, quarters)
    spent = [budget for budget in budgets.values() if budget.allotted]
    return list(quarters.values()), spent


def _add_planned_people(
    question: Question, cells: dict[int, Cell], quarters: dict[int, PlanQuarter]
) -> None:
    parameters: dict[str, Any] = {
        "year": question.fiscal_year,
        "first": question.year[0],
        "last": question.year[-1],
        "over_first": min(question.ended, default=None),
        "over_last": max(question.ended, default=None),
        "provinces": int_array(cells),
    }
    with connection.cursor() as cursor:
        cursor.execute(PLANNED_PEOPLE, parameters)
        for month, code, people in cursor.fetchall():
            if month:
                quarters[quarter(month)].people += people
            else:
                cells[code].plan_people = people


def _hide_in_months(board: Dashboard) -> None:
    """Months make their quarter and the year, and the chosen ones the total of the page."""
    months = board.months
    by_quarter = [range(first, first + 3) for first in range(0, len(months), 3)]
    for name in MONTHLY:
        values = [int(getattr(one, name)) for one in months]
        hidden = few_of(values)
        for group in (*by_quarter, range(len(months))):
            hidden |= hidden_together(values, hidden, among=group)
        for place in hidden:
            months[place].hidden |= {name}
        if gives_away([values[place] for place in hidden if months[place].is_chosen]):
            board.total.hidden |= {name, *ALSO_TOLD_BY.get(name, ())}


def _hide_in_quarters(board: Dashboard) -> None:
    people = [one.people for one in board.quarters]
    hidden = hidden_together(people, few_of(people), among=range(len(people)))
    for place in hidden:
        board.quarters[place].hidden = True
    if gives_away([people[place] for place in hidden]):
        board.total.hidden |= {"plan_people"}
