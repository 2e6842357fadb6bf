"""What the pages of the dashboard show: figures with their words, doors and drawings."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from mentors.services.month_deadlines import has_ended
from reports.dashboard import charts
from reports.dashboard.charts import Ranked, Ranking
from reports.dashboard.doors import Doors
from reports.dashboard.drawings import Drawings, drawings_of
from reports.dashboard.figure_rows import province_row, region_row, sum_row
from reports.dashboard.keys import Key, is_own, keys_of
from reports.dashboard.measures import MEASURES
from reports.dashboard.phone_bars import PhoneBars, phone_bars
from reports.dashboard.sentences import sentences_of
from reports.dashboard.tables import Tables, tables_of
from reports.forms.dashboards import DashboardFilter
from reports.queries.boards import Dashboard
from reports.queries.cells import Cell
from reports.queries.provinces import VacantDistrict, categories_of, districts_of, vacant_places
from reports.queries.questions import period_in_words
from volunteer_network.access.requests import StaffRequest
from volunteer_network.access.roles import Capability
from volunteer_network.thai_calendar import short_month_name
from volunteer_network.ui.charts import key_mark
from volunteer_network.ui.figures import meter

WEAKEST_SHOWN = 10


# Where the reports, the volunteers and the log of one province are listed.
ProvinceDoors = tuple[str, str, str]
ANY_PROVINCE = 99  # the code of none


@dataclass(frozen=True)
class NationalPage:
    """Everything between the heading and the foot of the national page."""

    board: Dashboard
    keys: list[Key]
    sentences: dict[str, str]  # of each figure, by its definition
    absence: str  # why there are no figures; "" where there are
    note: str
    remind_href: str
    ranking: Ranking
    weakest: list[tuple[Ranked, SafeString]]  # with a bar
    map: SafeString
    tiles: SafeString
    measures: list[tuple[str, str, bool]]  # label, address, current
    province_href: Callable[[int], str]
    province_rows: list[SafeString]
    region_rows: list[SafeString]
    sum_row: SafeString
    drawings: Drawings
    tables: Tables
    outcomes: list[tuple[SafeString, str, int | None, str]]
    bars: PhoneBars
    recount_href: str

    @property
    def weakest_region_first(self) -> bool:
        """Whether the order of the regions says anything."""
        return len({_reached(cell) for cell in self.board.regions}) > 1


def national_page(
    request: StaffRequest, filters: DashboardFilter, board: Dashboard
) -> NationalPage:
    doors = Doors(request.user, board.question)
    ranking = charts.ranking_of(board, filters.measure_for(board))
    kept = filters.querystring(show=None, region=None, cluster=None)
    suffix = f"?{kept}" if kept else ""
    pattern = reverse("dashboard:province", args=[0])
    province_doors = province_doors_of(doors)

    def province_href(code: int) -> str:
        return pattern.replace("/0/", f"/{code}/") + suffix

    drawn_map, tiles = charts.map_of(ranking, href=province_href)
    return NationalPage(
        board=board,
        keys=keys_of(board, doors),
        sentences=sentences_of(board, timezone.now()),
        absence=absence_of(board),
        note="" if absence_of(board) else coverage_of(board),
        remind_href=doors.months() if request.user.can(Capability.CLOSE_MONTHS) else "",
        ranking=ranking,
        weakest=_weakest_of(ranking),
        map=drawn_map,
        tiles=tiles,
        measures=_measures_of(filters, ranking),
        province_href=province_href,
        province_rows=[
            province_row(row, province_href(row.cell.code), province_doors(row.cell.code))
            for row in ranking.rows
        ],
        region_rows=_region_rows(filters, board, doors),
        sum_row=sum_row(board.total, doors),
        drawings=drawings_of(board),
        tables=tables_of(board, doors),
        outcomes=outcomes_of(board, doors),
        bars=phone_bars(board),
        recount_href=f"{reverse('dashboard:recount')}?{filters.querystring(show=None)}",
    )


def _weakest_of(ranking: Ranking) -> list[tuple[Ranked, SafeString]]:
    """A percent is drawn against the whole, a count against the highest."""
    shown = ranking.weakest(WEAKEST_SHOWN)
    highest = max((row.value or 0 for row in ranking.known), default=0)
    whole = 100 if ranking.measure.is_percent else highest
    return [(row, meter(row.value or 0, whole)) for row in shown]


def _region_rows(filters: DashboardFilter, board: Dashboard, doors: Doors) -> list[SafeString]:
    """Weakest first; a link narrows the page to the region."""
    return [
        region_row(
            cell,
            f"?{filters.querystring(region=cell.name, cluster=None)}",
            doors.about(region=cell.name),
        )
        for cell in sorted(board.regions, key=_weakest_first)
    ]


def _measures_of(filters: DashboardFilter, ranking: Ranking) -> list[tuple[str, str, bool]]:
    """What else the map can show, with its address; the one that it shows is marked."""
    return [
        (str(one.label), f"?{filters.querystring(show=one.name)}#map", one is ranking.measure)
        for one in MEASURES
    ]


def province_doors_of(doors: Doors) -> Callable[[int], ProvinceDoors]:
    """Who sees all provinces has the same addresses for each, but for its code: written once."""

    def of(code: int) -> ProvinceDoors:
        return doors.sheet(code), doors.volunteers(code), doors.activities(code)

    if not doors.user.scope.nationwide:
        return of
    first, second, third = (
        address.replace(f"province={ANY_PROVINCE}", "province=%d") if address else ""
        for address in (one.replace("%", "%%") for one in of(ANY_PROVINCE))
    )

    def filled(code: int) -> ProvinceDoors:
        return first and first % code, second and second % code, third and third % code

    return filled


@dataclass(frozen=True)
class ProvincePage:
    """Everything between the heading and the foot of a province's page."""

    board: Dashboard
    doors: Doors
    keys: list[Key]
    sentences: dict[str, str]  # of each figure, by its definition
    absence: str  # why there are no figures; "" where there are
    plan_note: str  # why nothing is said of the plan; "" where it is
    is_own: bool  # the reader sees the rows, so districts and vacant places are told
    categories: list[tuple[Cell, SafeString]]  # with a bar against the largest
    districts: list[Cell]
    vacant: list[VacantDistrict]
    drawings: Drawings
    tables: Tables
    outcomes: list[tuple[SafeString, str, int | None, str]]
    bars: PhoneBars
    recount_href: str


def province_page(
    request: StaffRequest, filters: DashboardFilter, board: Dashboard
) -> ProvincePage:
    doors, code = Doors(request.user, board.question), board.question.province or 0
    own = is_own(board)
    lists_register = own and request.user.can(Capability.VIEW_VOLUNTEERS)
    recount = f"{reverse('dashboard:recount')}?{filters.querystring(show=None, province=code)}"
    return ProvincePage(
        board=board,
        doors=doors,
        keys=keys_of(board, doors),
        sentences=sentences_of(board, timezone.now()),
        absence=absence_of(board),
        plan_note=plan_note_of(board),
        is_own=own,
        categories=_with_bars(categories_of(board)),
        districts=districts_of(board) if own else [],
        vacant=vacant_places(code, user=request.user) if lists_register else [],
        drawings=drawings_of(board),
        tables=tables_of(board, doors),
        outcomes=outcomes_of(board, doors),
        bars=phone_bars(board),
        recount_href=recount if own else "",
    )


def _with_bars(cells: list[Cell]) -> list[tuple[Cell, SafeString]]:
    most = max((cell.shown("people") or 0 for cell in cells), default=0)
    return [(cell, meter(cell.shown("people") or 0, most)) for cell in cells]


def outcomes_of(board: Dashboard, doors: Doors) -> list[tuple[SafeString, str, int | None, str]]:
    """The parts of the bar: its colour, name, figure and the rows behind it."""
    return [
        (key_mark(number), label, board.total.shown(name), doors.outcome(name))
        for number, (name, label) in enumerate(charts.outcome_names())
    ]


def absence_of(board: Dashboard) -> str:
    """Why a page has no figures: its months have not come, or the year is over without any."""
    asked = board.question
    if not asked.months:
        return _("%(period)s ยังมาไม่ถึง ช่วงนี้จึงยังไม่มีตัวเลข") % {"period": period_in_words(asked.chosen)}
    over = has_ended(asked.year[-1], asked.today)
    if over and not any(one.activities or one.received for one in board.months):
        return _("ปีงบประมาณ %(year)d ไม่มีกิจกรรมและรายงานในระบบ เลือกปีอื่นได้ที่ตัวกรอง") % {
            "year": asked.fiscal_year
        }
    return ""


def plan_note_of(board: Dashboard) -> str:
    """Why a province's page says nothing of its plan and money; nothing where it does."""
    if board.total.plans:
        return ""
    return _("ยังไม่มีแผนปี %(year)d ที่ส่วนกลางอนุมัติ จึงยังไม่แสดงผลต่อแผนและงบประมาณ") % {
        "year": board.question.fiscal_year
    }


def coverage_of(board: Dashboard) -> str:
    """Which provinces the last month counts; nothing when all are in, or none could be."""
    total, month = board.total, board.question.reporting
    if month is None or not total.expected or total.complete == total.offices:
        return ""
    words = {
        "month": short_month_name(month),
        "complete": total.complete,
        "all": total.offices,
        "left": total.offices - total.complete,
    }
    return (
        _("เดือน %(month)s ส่งครบ %(complete)d จาก %(all)d จังหวัด อีก %(left)d จังหวัดยังขาดบางคน") % words
    )


def _weakest_first(cell: Cell) -> tuple[float, str]:
    return _reached(cell), cell.name


def _reached(cell: Cell) -> float:
    """By the plan, before any is approved by the reports received."""
    reached = cell.plan_percent
    return cell.received_percent or 0 if reached is None else reached
