"""What only the page of one province tells: its categories, its districts, its vacant places."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from reports.queries.boards import Dashboard
from reports.queries.cells import Cell
from reports.queries.hiding import hide_few
from volunteer_network.enums import VolunteerStatus
from volunteer_network.models import District, Subdistrict, User, Volunteer
from volunteer_network.services.figures import Totals, by_category, by_district


@dataclass(frozen=True)
class VacantDistrict:
    """A district with its sub-districts that have no active volunteer."""

    name: str
    places: list[str]


def categories_of(board: Dashboard) -> list[Cell]:
    """The categories of the months asked for in which there is something, largest first."""
    asked = board.question
    if not asked.months or asked.province is None:
        return []
    found = by_category(
        month_from=asked.months[0], month_to=asked.months[-1], provinces=[asked.province]
    )
    cells = [
        _cell(str(category.label), totals)
        for category, totals in found.items()
        if asked.category in {None, category}
    ]
    for cell in cells:
        cell.code = asked.province
    hide_few(cells, seen=board.seen)
    return sorted(cells, key=lambda cell: -cell.people)


def districts_of(board: Dashboard) -> list[Cell]:
    """The districts of a province whose rows the reader sees, in Thai order."""
    asked = board.question
    if not asked.months or asked.province is None:
        return []
    found = by_district(
        month_from=asked.months[0],
        month_to=asked.months[-1],
        provinces=[asked.province],
        category=asked.category,
    )
    districts = District.objects.filter(province=asked.province).values_list("code", "name")
    cells = []
    for code, name in districts:
        cell = _cell(name, found.get(code, Totals()))
        cell.code = code
        cells.append(cell)
    return cells


def vacant_places(province: int, *, user: User) -> list[VacantDistrict]:
    """Sub-districts without an active volunteer, by district; for whoever sees the register."""
    active = Volunteer.objects.visible_to(user).filter(
        province=province, status=VolunteerStatus.ACTIVE, subdistrict=OuterRef("pk")
    )
    rows = (
        Subdistrict.objects.filter(~Exists(active), province=province)
        .order_by("district__sort_key", "sort_key")
        .values_list("district__name", "name")
    )
    found: dict[str, list[str]] = {}
    for district, name in rows:
        found.setdefault(district, []).append(name)
    return [VacantDistrict(name, places) for name, places in found.items()]


def _cell(name: str, totals: Totals) -> Cell:
    return Cell(
        name=name,
        activities=totals.activities,
        people=totals.people,
        spotted=totals.spotted,
        screened=totals.screened,
        referred=totals.referred,
    )
