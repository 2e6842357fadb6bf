"""What the pages of the dashboard show: figures with their words, doors and drawings."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from reports.dashboard import charts
from reports.dashboard.charts import Ranking
from reports.dashboard.measures import MEASURES
from reports.forms.dashboards import DashboardFilter
from reports.queries.boards import Dashboard
from reports.queries.cells import Cell
from reports.queries.provinces import VacantDistrict, categories_of, districts_of, vacant_places
from reports.views.dashboard_doors import Doors
from volunteer_network.access.requests import StaffRequest
from volunteer_network.access.roles import Capability
from volunteer_network.thai_calendar import short_month_name
from volunteer_network.thai_text import group_thousands
from volunteer_network.ui.charts import key_mark
from volunteer_network.ui.figures import meter

WEAKEST_SHOWN = 10
MILLION = 1_000_000
MINUS = "\u2212"  # as wide as the plus


@dataclass(frozen=True)
class Key:
    """A key figure: a number that says of what, a bar, a line under it, its definition."""

    title: str
    figure: str
    unit: str
    definition: str
    href: str = ""
    bar: SafeString = field(default_factory=SafeString)
    line: str = ""
    line_href: str = ""


def keys_of(board: Dashboard, doors: Doors) -> list[Key]:
    """The figures on top of a page, of one province or of many."""
    total, question = board.total, board.question
    found = [_people_key(board, doors)]
    if question.reporting:
        found.append(_reports_key(board, doors))
    found += [_places_key(board, doors), _cases_key(board, doors)]
    if total.allotted:
        found.append(_budget_key(board))
    if total.accepted:
        found.append(_seminar_key(board, doors))
    return found


def _people_key(board: Dashboard, doors: Doors) -> Key:
    total = board.total
    key = Key(
        title=_("ผู้รับบริการ %(period)s") % {"period": board.question.period},
        figure=count(total.shown("people")),
        unit=_("คน"),
        definition="people",
        href=doors.activities(),
        bar=meter(total.people_ended, total.people_before),
        line=growth_in_words(total),
    )
    if not total.plan_thirds:
        return key
    words = {
        "target": count(total.plan_target),
        "people": count(total.shown("plan_people")),
        "percent": share(total.plan_percent),
        "growth": growth_in_words(total),
    }
    line = _("แผนถึงเดือนที่สิ้นสุด %(target)s ผลตามแผน %(people)s ได้ %(percent)s") % words
    return replace(key, bar=meter(total.plan_people * 3, total.plan_thirds), line=line)


def _budget_key(board: Dashboard) -> Key:
    total = board.total
    return Key(
        title=_("เบิกจ่ายงบประมาณ"),
        figure=share(total.disbursed_percent),
        unit=_("%(amount)s บาท") % {"amount": baht(total.disbursed)},
        definition="budget",
        bar=meter(float(total.disbursed), float(total.allotted)),
        line=_("จัดสรร %(amount)s บาท แผนอนุมัติแล้ว %(plans)d จาก %(all)d จังหวัด")
        % {"amount": baht(total.allotted), "plans": total.plans, "all": total.offices},
    )


def _reports_key(board: Dashboard, doors: Doors) -> Key:
    total, month = board.total, board.question.reporting
    words = {"month": short_month_name(month) if month else ""}
    if board.question.province:
        return Key(
            title=_("รายงานเดือน %(month)s ที่ได้รับ") % words,
            figure=count(total.received),
            unit=_("จาก %(all)s คน") % {"all": count(total.expected)},
            definition="reports",
            href=doors.months() if _own(board) else "",
            bar=meter(total.received, total.expected),
            line=_("ทันกำหนด %(count)s คน") % {"count": count(total.on_time)},
        )
    left = total.offices - total.complete
    return Key(
        title=_("จังหวัดส่งรายงาน %(month)s ครบ") % words,
        figure=count(total.complete),
        unit=_("จาก %(all)d จังหวัด") % {"all": total.offices},
        definition="reports",
        href=doors.months() if board.seen is None else "",
        bar=meter(total.complete, total.offices),
        line=_("ยังไม่ครบ %(left)d จังหวัด ทันกำหนด %(percent)s")
        % {"left": left, "percent": share(total.on_time_percent)},
    )


def _places_key(board: Dashboard, doors: Doors) -> Key:
    total = board.total
    return Key(
        title=_("ตำบลที่มี อสร. ปฏิบัติหน้าที่"),
        figure=count(total.covered),
        unit=_("จาก %(all)s") % {"all": count(total.places)},
        definition="places",
        href=doors.volunteers(),
        bar=meter(total.covered, total.places),
        line=_("ว่าง %(vacant)s ตำบล ครบ %(percent)s")
        % {"vacant": count(total.vacant), "percent": share(total.covered_percent)},
        line_href="#vacant" if board.question.province and _own(board) else "",
    )


def _cases_key(board: Dashboard, doors: Doors) -> Key:
    total = board.total
    return Key(
        title=_("ส่งต่อแล้วได้รับบริการ"),
        figure=share(total.served_percent),
        unit=_("%(count)s เรื่อง") % {"count": count(total.shown("served"))},
        definition="cases",
        href=doors.cases(outcome="served"),
        bar=meter(total.served, total.cases),
        line=_("จากที่ส่งถึงสำนักงาน %(count)s เรื่อง")
        % {"count": count(None if total.served_percent is None and total.cases else total.cases)},
    )


def _seminar_key(board: Dashboard, doors: Doors) -> Key:
    total, seminars = board.total, board.seminars
    return Key(
        title=_("เข้าสัมมนา ปีงบฯ %(year)d") % {"year": board.question.fiscal_year},
        figure=count(total.shown("attended")),
        unit=_("จาก %(all)s คนที่ตอบรับ") % {"all": count(total.shown("accepted"))},
        definition="seminars",
        href=doors.seminar(seminars[0].pk) if len(seminars) == 1 else "",
        bar=meter(total.attended, total.accepted),
        line=_("มา %(percent)s") % {"percent": share(total.attended_percent)}
        if total.attended
        else _("ยังไม่ถึงวันสัมมนา หรือยังไม่ลงชื่อ"),
    )


PhoneBar = tuple[str, SafeString, str]  # month, bar, figure


@dataclass(frozen=True)
class PhoneBars:
    """The charts by month as lists of bars: scaled to a phone their words would be 6 px high."""

    people: list[PhoneBar]
    referred: list[PhoneBar]
    reports: list[PhoneBar]
    plan: list[PhoneBar]
    budget: list[PhoneBar]


def phone_bars(board: Dashboard) -> PhoneBars:
    begun = [one for one in board.months if one.has_begun]
    most_people = max((one.people for one in begun), default=0)
    most_referred = max((one.referred for one in begun), default=0)
    return PhoneBars(
        people=[
            (one.short, meter(one.shown("people") or 0, most_people), count(one.shown("people")))
            for one in begun
        ],
        referred=[
            (
                one.short,
                meter(one.shown("referred") or 0, most_referred),
                _("ส่งต่อ %(count)s") % {"count": count(one.shown("referred"))},
            )
            for one in begun
        ],
        reports=[
            (
                one.short,
                meter(one.received, one.expected),
                _("%(received)s จาก %(expected)s")
                % {"received": count(one.received), "expected": count(one.expected)},
            )
            for one in begun
            if one.has_ended
        ],
        plan=[
            (
                _("ไตรมาส %(number)d") % {"number": one.number},
                meter(0 if one.hidden else one.people, one.target),
                _("%(people)s จาก %(target)s")
                % {
                    "people": count(None if one.hidden else one.people),
                    "target": count(one.target),
                },
            )
            for one in board.quarters
        ],
        budget=[
            (
                str(one.budget_type.label),
                meter(float(one.disbursed), float(one.allotted)),
                _("%(disbursed)s จาก %(allotted)s")
                % {"disbursed": baht(one.disbursed), "allotted": baht(one.allotted)},
            )
            for one in board.budgets
        ],
    )


@dataclass(frozen=True)
class RegionLine:
    """A line of the table of regions, weakest first; a link narrows the page to it."""

    cell: Cell
    href: str


@dataclass(frozen=True)
class NationalPage:
    """Everything between the heading and the foot of the national page."""

    board: Dashboard
    doors: Doors
    keys: list[Key]
    note: str
    remind_href: str
    ranking: Ranking
    map: SafeString
    tiles: SafeString
    measures: list[tuple[str, str, bool]]  # label, address, current
    province_href: Callable[[int], str]
    regions: list[RegionLine]
    people_chart: SafeString
    steps_chart: SafeString
    reports_chart: SafeString
    outcomes_chart: SafeString
    plan_chart: SafeString
    budget_chart: SafeString
    outcomes: list[tuple[SafeString, str, int | None, str]]
    bars: PhoneBars
    recount_href: str

    @property
    def weakest(self) -> list[charts.Ranked]:
        return self.ranking.known[:WEAKEST_SHOWN]


def national_page(
    request: StaffRequest, filters: DashboardFilter, board: Dashboard
) -> NationalPage:
    doors = Doors(request.user, board.question)
    ranking = charts.ranking_of(board, filters.measure_for(board))
    kept = filters.querystring(show=None, region=None, cluster=None)
    suffix = f"?{kept}" if kept else ""
    pattern = reverse("dashboard:province", args=[0])

    def province_href(code: int) -> str:
        return pattern.replace("/0/", f"/{code}/") + suffix

    drawn_map, tiles = charts.map_of(ranking, href=province_href)
    return NationalPage(
        board=board,
        doors=doors,
        keys=keys_of(board, doors),
        note=note_of(board),
        remind_href=doors.months() if request.user.can(Capability.CLOSE_MONTHS) else "",
        ranking=ranking,
        map=drawn_map,
        tiles=tiles,
        measures=[
            (
                str(one.label),
                f"?{filters.querystring(show=one.name)}#map",
                one is ranking.measure,
            )
            for one in MEASURES
        ],
        province_href=province_href,
        regions=[
            RegionLine(cell, f"?{filters.querystring(region=cell.name, cluster=None)}")
            for cell in sorted(board.regions, key=_weakest_first)
        ],
        people_chart=charts.people_chart(board),
        steps_chart=charts.steps_chart(board),
        reports_chart=charts.reports_chart(board),
        outcomes_chart=charts.outcomes_chart(board),
        plan_chart=charts.plan_chart(board) if board.total.plans else SafeString(),
        budget_chart=charts.budget_chart(board) if board.budgets else SafeString(),
        outcomes=outcomes_of(board, doors),
        bars=phone_bars(board),
        recount_href=f"{reverse('dashboard:recount')}?{filters.querystring(show=None)}",
    )


@dataclass(frozen=True)
class ProvincePage:
    """Everything between the heading and the foot of a province's page."""

    board: Dashboard
    doors: Doors
    keys: list[Key]
    is_own: bool  # the reader sees the rows, so districts and vacant places are told
    categories: list[tuple[Cell, SafeString]]  # with a bar against the largest
    districts: list[Cell]
    vacant: list[VacantDistrict]
    people_chart: SafeString
    steps_chart: SafeString
    reports_chart: SafeString
    outcomes_chart: SafeString
    plan_chart: SafeString
    budget_chart: SafeString
    outcomes: list[tuple[SafeString, str, int | None, str]]
    bars: PhoneBars
    recount_href: str


def province_page(
    request: StaffRequest, filters: DashboardFilter, board: Dashboard
) -> ProvincePage:
    doors, code = Doors(request.user, board.question), board.question.province or 0
    own = _own(board)
    lists_register = own and request.user.can(Capability.VIEW_VOLUNTEERS)
    recount = f"{reverse('dashboard:recount')}?{filters.querystring(show=None, province=code)}"
    return ProvincePage(
        board=board,
        doors=doors,
        keys=keys_of(board, doors),
        is_own=own,
        categories=_with_bars(categories_of(board)),
        districts=districts_of(board) if own else [],
        vacant=vacant_places(code, user=request.user) if lists_register else [],
        people_chart=charts.people_chart(board),
        steps_chart=charts.steps_chart(board),
        reports_chart=charts.reports_chart(board),
        outcomes_chart=charts.outcomes_chart(board),
        plan_chart=charts.plan_chart(board) if board.total.plans else SafeString(),
        budget_chart=charts.budget_chart(board) if board.budgets else SafeString(),
        outcomes=outcomes_of(board, doors),
        bars=phone_bars(board),
        recount_href=recount if own else "",
    )


def _with_bars(cells: list[Cell]) -> list[tuple[Cell, SafeString]]:
    most = max((cell.people for cell in cells), default=0)
    return [(cell, meter(cell.shown("people") or 0, most)) for cell in cells]


def outcomes_of(board: Dashboard, doors: Doors) -> list[tuple[SafeString, str, int | None, str]]:
    """The parts of the bar: its colour, name, figure and the rows behind it."""
    states = {
        "at_office": ("referred", "accepted", "in_progress"),
        "waiting": ("opened", "declined"),
        "withdrawn": ("withdrawn",),
    }
    lines = []
    for number, (name, label) in enumerate(charts.outcome_names()):
        address = doors.cases()
        if address:
            also = [f"state={state}" for state in states[name]] if name in states else []
            address = "&".join([address, *(also or [f"outcome={name}"])])
        lines.append((key_mark(number), label, board.total.shown(name), address))
    return lines


def note_of(board: Dashboard) -> str:
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


def growth_in_words(cell: Cell) -> str:
    """More or less than in the same months of the year before, which are over."""
    grown = cell.growth_percent
    if grown is None:
        return _("ไม่มีเดือนที่เทียบกับปีก่อนได้")
    return _("เดือนที่สิ้นสุดแล้ว %(now)s เทียบปีก่อน %(growth)s") % {
        "now": count(cell.people_ended),
        "growth": f"{grown:+.1f}%".replace("-", MINUS),
    }


def count(value: int | None) -> str:
    """A figure, or that it is too small to be shown."""
    return _("น้อยกว่า 5") if value is None else group_thousands(value)


def baht(amount: Decimal) -> str:
    """Money of a country in words, of a province in full: "34.81 ล้าน", "540,000"."""
    if amount >= MILLION:
        return _("%(amount)s ล้าน") % {"amount": f"{amount / MILLION:,.2f}"}
    return group_thousands(int(amount))


def share(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}%"


def _weakest_first(cell: Cell) -> tuple[float, str]:
    """By the plan, before any is approved by the reports received."""
    reached = cell.plan_percent
    return (cell.received_percent or 0 if reached is None else reached, cell.name)


def _own(board: Dashboard) -> bool:
    """Whether the rows of the page's province are the reader's to see."""
    return board.seen is None or (board.question.province or 0) in board.seen
