"""The drawings of a dashboard, each from the same figures as the table behind it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from reports.dashboard.measures import Measure
from reports.queries.boards import Dashboard
from reports.queries.cells import Cell, percent
from volunteer_network.figure_words import count_in_words
from volunteer_network.known_places import known_province
from volunteer_network.thai_calendar import short_month_name
from volunteer_network.ui.charts import (
    Column,
    HeatClass,
    Ink,
    MapProvince,
    Share,
    columns,
    country_map,
    heat_classes,
    mark_of,
    share_bar,
    tile_grid,
    triple_columns,
)
from volunteer_network.ui.map_shapes import places

BANGKOK = 10  # has no office in this network


@dataclass(frozen=True)
class Ranked:
    """A province with its value and its place from the highest; 0 without a value."""

    cell: Cell
    value: float | None
    words: str
    rank: int
    mark: str


@dataclass(frozen=True)
class Ranking:
    """The provinces by one measure, lowest first, those without data at the end."""

    measure: Measure
    rows: list[Ranked]
    classes: list[HeatClass]

    @property
    def known(self) -> list[Ranked]:
        return [row for row in self.rows if row.value is not None]

    @property
    def unknown(self) -> list[Ranked]:
        return [row for row in self.rows if row.value is None]

    def weakest(self, most: int) -> list[Ranked]:
        """The lowest with data; none where all of them are alike."""
        known = self.known
        return known[:most] if known and known[0].value != known[-1].value else []


def ranking_of(board: Dashboard, measure: Measure) -> Ranking:
    """Equal values share a place, as in a contest. Of months to come nothing is known, not 0."""
    to_come = measure.waits and not board.question.months
    values = [(cell, None if to_come else measure.of(cell)) for cell in board.provinces]
    known = sorted((value for _cell, value in values if value is not None), reverse=True)
    classes = heat_classes(known)
    places: dict[float, int] = {}
    for place, value in enumerate(known, start=1):
        places.setdefault(value, place)
    rows = [
        Ranked(
            cell=cell,
            value=value,
            words=measure.in_words(value),
            rank=0 if value is None else places[value],
            mark=mark_of(value, classes),
        )
        for cell, value in values
    ]
    rows.sort(key=lambda row: (row.value is None, row.value or 0))
    return Ranking(measure, rows, classes)


def map_of(
    ranking: Ranking, *, href: Callable[[int], str], ink: Ink = Ink.SCREEN
) -> tuple[SafeString, SafeString]:
    """The map and the tile grid. Provinces outside the question are pale and lead nowhere."""
    title = _("แผนที่รายจังหวัด %(measure)s") % {"measure": ranking.measure.label}
    known = len(ranking.known)
    place = _("อันดับ %(rank)d จาก %(all)d")
    words = _("มีข้อมูล %(known)d จาก %(all)d จังหวัด ตารางเดียวกันอยู่ใต้แผนที่") % {
        "known": known,
        "all": len(ranking.rows),
    }
    provinces = [
        _map_province(row, place % {"rank": row.rank, "all": known} if row.rank else "", href)
        for row in ranking.rows
    ]
    provinces += _all_but({one.code for one in provinces})
    if ink is Ink.PAPER:
        return country_map(provinces, title=title, description=words, ink=ink), SafeString("")
    return (
        country_map(provinces, title=title, description=words),
        tile_grid(provinces, title=title, description=words),
    )


def _map_province(row: Ranked, rank: str, href: Callable[[int], str]) -> MapProvince:
    place = known_province(row.cell.code)
    words = f"{place.name} {row.words} {rank}".rstrip()
    return MapProvince(place.pk, place.abbreviation, row.mark, words, href(place.pk))


def _all_but(asked: set[int]) -> list[MapProvince]:
    """Bangkok, and provinces that a filter leaves out."""
    return [
        MapProvince(
            code,
            known_province(code).abbreviation,
            "cx",
            _("%(name)s ไม่มีสำนักงานในเครือข่ายนี้") % {"name": known_province(code).name}
            if code == BANGKOK
            else _("%(name)s ไม่อยู่ในตัวกรอง") % {"name": known_province(code).name},
        )
        for code in places()
        if code not in asked
    ]


def people_chart(board: Dashboard, ink: Ink = Ink.SCREEN) -> SafeString:
    """People reached by month, with a line for the year before."""
    year = board.question.fiscal_year
    return columns(
        [
            Column(
                label=short_month_name(one.month),
                value=one.shown("people") if one.has_begun else None,
                before=one.shown("people_before") or None,
                note=_growth(one.shown("people"), one.shown("people_before"))
                if one.has_ended
                else "",
            )
            for one in board.months
        ],
        title=_("ผู้รับบริการรายเดือน ปีงบประมาณ %(year)d") % {"year": year},
        description=_("แท่งคือปีนี้ เส้นคือเดือนเดียวกันของปีก่อน หน่วยเป็นคน"),
        ink=ink,
    )


def steps_chart(board: Dashboard, ink: Ink = Ink.SCREEN) -> SafeString:
    """Spotted, screened and referred by month, side by side."""
    begun = [one.has_begun for one in board.months]
    steps = [
        [one.shown(name) if now else None for one, now in zip(board.months, begun, strict=True)]
        for name in ("spotted", "screened", "referred")
    ]
    return triple_columns(
        [short_month_name(one.month) for one in board.months],
        steps,
        title=_("ชี้เป้า คัดกรอง ส่งต่อ รายเดือน"),
        description=_("แต่ละเดือนสามแท่ง ชี้เป้า คัดกรอง ส่งต่อ จากซ้ายไปขวา หน่วยเป็นคน"),
        ink=ink,
    )


def reports_chart(board: Dashboard, ink: Ink = Ink.SCREEN) -> SafeString:
    """Reports on time inside the outline of those expected; over it how many in a hundred came."""
    return columns(
        [
            Column(
                label=short_month_name(one.month),
                value=one.on_time if one.has_ended else None,
                plan=one.expected if one.has_ended else None,
                before=one.received if one.has_ended else None,
                mark=_percent_mark(one.received, one.expected) if one.has_ended else "",
            )
            for one in board.months
        ],
        title=_("รายงานประจำเดือนที่ได้รับ"),
        description=_("กรอบคือที่ต้องรายงาน เส้นคือที่ได้รับ แท่งคือที่ทันกำหนด หน่วยเป็นคน"),
        ink=ink,
    )


def plan_chart(board: Dashboard, ink: Ink = Ink.SCREEN) -> SafeString:
    """People reached by quarter inside the outline of the approved plans."""
    return columns(
        [
            Column(
                label=_("ไตรมาส %(number)d") % {"number": one.number},
                value=None if one.hidden else one.people,
                plan=one.target,
                mark=_percent_mark(one.people, one.target)
                if one.has_begun and not one.hidden
                else "",
            )
            for one in board.quarters
        ],
        title=_("ผู้รับบริการตามแผน รายไตรมาส"),
        description=_("กรอบคือแผน แท่งคือผล หน่วยเป็นคน"),
        ink=ink,
    )


def budget_chart(board: Dashboard, ink: Ink = Ink.SCREEN) -> SafeString:
    """Money disbursed inside the outline of what is allotted, by type."""
    return columns(
        [
            Column(
                label=str(one.budget_type.label),
                value=float(one.disbursed),
                plan=float(one.allotted),
                mark=_percent_mark(int(one.disbursed), int(one.allotted)),
            )
            for one in board.budgets
        ],
        title=_("งบประมาณตามประเภท"),
        description=_("กรอบคืองบจัดสรร แท่งคือเบิกจ่ายแล้ว หน่วยเป็นบาท"),
        ink=ink,
    )


def outcomes_chart(board: Dashboard, ink: Ink = Ink.SCREEN) -> SafeString:
    total = board.total
    names = outcome_names()
    shares = [Share(name, total.shown(field) or 0) for field, name in names]
    told = " ".join(f"{name} {count_in_words(total.shown(field))}" for field, name in names)
    return share_bar(shares, title=_("เรื่องส่งต่อตามผล"), description=told, ink=ink)


def outcome_names() -> list[tuple[str, str]]:
    """The parts of all cases brought in, in the order of the bar."""
    return [
        ("served", _("ได้รับบริการแล้ว")),
        ("at_office", _("อยู่ที่สำนักงาน")),
        ("not_eligible", _("ไม่เข้าเกณฑ์")),
        ("unreachable", _("ติดต่อไม่ได้")),
        ("ended", _("ยุติเรื่อง")),
        ("waiting", _("รอส่งต่อ")),
        ("withdrawn", _("ถอนเรื่อง")),
    ]


def _percent_mark(part: int, whole: int) -> str:
    value = percent(part, whole)
    return "" if value is None else f"{value:.0f}%"


def _growth(now: int | None, before: int | None) -> str:
    """+12%, with a sign as wide as the plus."""
    if now is None or not before:
        return ""
    grown = round((now - before) * 100 / before)
    return f"{grown:+d}%".replace("-", "\u2212") if grown else "0%"
