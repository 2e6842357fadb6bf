"""The figures of the dashboard, from what is kept: six statements whatever the log holds."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from django.db import connection

from mentors.services.receipts import by_province_and_month as receipts_by_province_and_month
from reports.queries.cells import Cell, hide_few
from reports.queries.questions import Question
from volunteer_network.enums import Category
from volunteer_network.known_places import subdistricts_of_provinces
from volunteer_network.models import User
from volunteer_network.models.case_figures import STANDINGS
from volunteer_network.models.figures import MEASURES
from volunteer_network.services.case_figures import cases_by_province_and_month
from volunteer_network.services.figures import by_province_and_month
from volunteer_network.thai_calendar import short_month_name

FEW = 5


@dataclass(slots=True)
class Month:
    """One of the twelve months of the year, over all provinces asked about."""

    month: date
    is_chosen: bool
    has_begun: bool
    has_ended: bool
    activities: int = 0
    people: int = 0
    spotted: int = 0
    screened: int = 0
    referred: int = 0
    people_before: int = 0  # the same month of the year before
    expected: int = 0
    received: int = 0
    on_time: int = 0
    hidden: frozenset[str] = frozenset()

    @property
    def short(self) -> str:
        return short_month_name(self.month)

    def shown(self, name: str) -> int | None:
        value: int = getattr(self, name)
        return None if name in self.hidden else value


@dataclass(frozen=True)
class Seminar:
    """How many came to one seminar, over the provinces asked about and the centre."""

    pk: int
    accepted: int
    attended: int


@dataclass(frozen=True)
class Dashboard:
    """Everything that a page shows; cells of provinces in Thai order."""

    question: Question
    total: Cell
    provinces: list[Cell]
    months: list[Month]
    seminars: list[Seminar]
    seen: frozenset[int] | None  # provinces whose rows the reader sees; None for all

    @property
    def regions(self) -> list[Cell]:
        found: defaultdict[str, list[Cell]] = defaultdict(list)
        for cell in self.provinces:
            found[cell.region].append(cell)
        regions = [Cell.sum_of(cells, name=name) for name, cells in found.items()]
        hide_few(regions, seen=self.seen)
        return regions


def dashboard_of(question: Question, *, user: User) -> Dashboard:
    """Read the figures that a question asks for; six statements. Inside a scope.

    Of provinces that the scope does not see the newest minute is missing, and cells of fewer than
    five people are hidden (ADR 0022).
    """
    cells = {
        office.pk: Cell(
            code=office.pk,
            name=office.name,
            region=office.region,
            offices=1,
            places=subdistricts_of_provinces().get(office.pk, 0),
        )
        for office in question.offices
    }
    months = [
        Month(
            month=month,
            is_chosen=month in question.chosen,
            has_begun=month <= question.today,
            has_ended=month in question.ended,
        )
        for month in question.year
    ]
    _add_the_log(question, cells, months)
    _add_receipts(question, cells, months)
    _add_cases(question, cells)
    _add_places(cells)
    seminars = _add_seminars(question, cells)
    seen = None if user.scope.nationwide else frozenset(user.scope.provinces)
    provinces = list(cells.values())
    total = Cell.sum_of(provinces, name="")
    hide_few(provinces, seen=seen)
    if seen is not None and not cells.keys() <= seen:
        _hide_in_months(months)
        total.code = question.province or 0
        hide_few([total], seen=seen)
    return Dashboard(question, total, provinces, months, seminars, seen)


def _add_the_log(question: Question, cells: dict[int, Cell], months: list[Month]) -> None:
    """Activities and what they reached, this year and the year before."""
    by_month = {one.month: one for one in months}
    later = dict(zip(question.year_before, question.year, strict=True))
    rows = [
        (cells[code], month, measures)
        for code, month, measures in by_province_and_month(
            month_from=question.year_before[0],
            month_to=question.year[-1],
            category=question.category,
        )
        if code in cells
    ]
    for _cell, month, (activities, people, spotted, screened, referred) in rows:
        if month in later:
            by_month[later[month]].people_before += people
            continue
        one = by_month[month]
        one.activities += activities
        one.people += people
        one.spotted += spotted
        one.screened += screened
        one.referred += referred
    chosen = set(question.months)
    comparable = {month for month in question.ended if by_month[month].people_before}
    for cell, month, (activities, people, spotted, screened, referred) in rows:
        if month in later:
            if later[month] in comparable:
                cell.people_before += people
            continue
        if month in comparable:
            cell.people_ended += people
        if month in chosen:
            cell.activities += activities
            cell.people += people
            cell.spotted += spotted
            cell.screened += screened
            cell.referred += referred


def _add_receipts(question: Question, cells: dict[int, Cell], months: list[Month]) -> None:
    """Reports of every month of the year; of the one that is waited for by province too."""
    by_month = {one.month: one for one in months if one.has_begun}
    for code, month, received, on_time, expected in receipts_by_province_and_month(
        month_from=question.year[0], month_to=question.year[-1]
    ):
        cell, one = cells.get(code), by_month.get(month)
        if cell is None or one is None:
            continue
        one.expected += expected
        one.received += received
        one.on_time += on_time
        if month == question.reporting:
            cell.expected, cell.received, cell.on_time = expected, received, on_time
            cell.complete = int(cell.is_complete)


def _add_cases(question: Question, cells: dict[int, Cell]) -> None:
    """Cases by the month in which they were brought in, where they stand now."""
    if not question.months or question.category == Category.TRAFFICKING:
        return
    for code, _month, counts in cases_by_province_and_month(
        month_from=question.months[0], month_to=question.months[-1], topic=question.category
    ):
        if code in cells:
            cell = cells[code]
            for name, count in zip(STANDINGS, counts, strict=True):
                setattr(cell, name, getattr(cell, name) + count)


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


def _hide_in_months(months: list[Month]) -> None:
    for one in months:
        few = (
            name for name in (*MEASURES[1:], "people_before") if 0 < int(getattr(one, name)) < FEW
        )
        one.hidden = frozenset(few)


def sees(seen: Collection[int] | None, code: int) -> bool:
    """Whether the rows of a province are the reader's to see."""
    return seen is None or code in seen
