"""The year so far among the tiles of those who watch it and do no work in it: the dashboard's sums.

Each tile leads to the map that shows where it goes well and where not.
"""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from reports.dashboard.measures import BY_NAME
from reports.queries.boards import Dashboard, sees
from reports.queries.cells import Cell
from reports.queries.dashboards import dashboard_of
from reports.queries.questions import Question
from volunteer_network.access.roles import Capability
from volunteer_network.access.scope import current_scope
from volunteer_network.models import User
from volunteer_network.thai_calendar import fiscal_year
from volunteer_network.ui.registry import FilledTile, TileFigures, TileGroup, register_tile

NAMED = 3  # provinces that a tile names


def register() -> None:
    register_tile(TileGroup(order=19, fill=year_so_far, needs=Capability.VIEW_FIGURES))


def year_so_far(user: User) -> list[FilledTile]:
    """For an executive and an inspector: of all provinces that they see, the weakest named."""
    if not watches(user):
        return []
    today = timezone.localdate()
    board = dashboard_of(Question(fiscal_year=fiscal_year(today), today=today), user=user)
    cells = _own(board)
    if not cells:
        return []
    total = Cell.sum_of(cells, name="")
    found = (tell(total, cells) for tell in _TILES)
    return [tile for tile in found if tile is not None]


def watches(user: User) -> bool:
    """Whether the user watches the year of several provinces and does no work in it."""
    sees_plans = user.can(Capability.VIEW_PLANS) and not user.can(Capability.DECIDE_PLANS)
    return sees_plans and not user.province_id


def _own(board: Dashboard) -> list[Cell]:
    """The provinces that the reader sees, and the connection too.

    The sums of the dashboard are of all provinces (ADR 0022), so no row security holds them here.
    """
    scope = current_scope()
    held = None if scope is None or scope.nationwide else scope.provinces
    cells = board.provinces
    return [cell for cell in cells if sees(board.seen, cell.code) and sees(held, cell.code)]


def _planned_people(total: Cell, cells: list[Cell]) -> FilledTile | None:
    if not total.plan_target:
        return None
    return _tile(
        *(_("ผลต่อแผนถึงเดือนที่สิ้นสุด"), "plan", "plan"),
        number=total.plan_people,
        total=total.plan_target,
        unit=_("คน"),
        why=_weakest(cells, "plan", _("ช้าที่สุด")),
        action=_("ดูจังหวัดที่ช้า"),
    )


def _approved_plans(total: Cell, cells: list[Cell]) -> FilledTile | None:
    left = total.offices - total.plans
    why = _("อีก %(left)d จังหวัดยังทำแผนหรือรอพิจารณา") % {"left": left} if left else _("อนุมัติครบแล้ว")
    return FilledTile(
        title=_("แผนที่อนุมัติแล้ว"),
        icon="plan",
        figures=TileFigures(
            number=total.plans,
            total=total.offices,
            unit=_("จังหวัด"),
            why=why,
            action=_("ดูแผนงาน"),
            href=reverse("plans:list"),
            waits=False,
        ),
    )


def _places(total: Cell, cells: list[Cell]) -> FilledTile | None:
    return _tile(
        *(_("ตำบลที่มี อสร. ปฏิบัติหน้าที่"), "people", "covered"),
        number=total.covered,
        total=total.places,
        unit=_("ตำบล"),
        why=_weakest(cells, "covered", _("ครบน้อยที่สุด")),
        action=_("ดูจังหวัดที่ว่าง"),
    )


def _served_cases(total: Cell, cells: list[Cell]) -> FilledTile | None:
    if not total.cases:
        return None
    return _tile(
        *(_("ส่งต่อแล้วได้รับบริการ"), "refer", "served"),
        number=total.served,
        total=total.cases,
        unit=_("เรื่อง"),
        why=_weakest(cells, "served", _("น้อยที่สุด")),
        action=_("ดูรายจังหวัด"),
    )


def _money(total: Cell, cells: list[Cell]) -> FilledTile | None:
    if not total.allotted:
        return None
    return _tile(
        *(_("เบิกจ่ายงบประมาณ"), "chart", "disbursed"),
        number=int(total.disbursed),
        total=int(total.allotted),
        unit=_("บาท"),
        why=_weakest(cells, "disbursed", _("ช้าที่สุด")),
        action=_("ดูจังหวัดที่ช้า"),
    )


_TILES: tuple[Callable[[Cell, list[Cell]], FilledTile | None], ...] = (
    *(_planned_people, _approved_plans, _places, _served_cases, _money),
)


def _tile(title: str, icon: str, measure: str, **figures: Any) -> FilledTile:
    """A tile that leads to the map of its measure."""
    return FilledTile(
        title=title,
        icon=icon,
        figures=TileFigures(
            href=f"{reverse('dashboard:national')}?show={measure}#map", waits=False, **figures
        ),
    )


def _weakest(cells: list[Cell], measure: str, words: str) -> str:
    """ "ช้าที่สุด สิงห์บุรี 39.6% ลำปาง 41.7% กำแพงเพชร 46.9%", of provinces with a value.

    None is the weakest where all are alike.
    """
    shown = BY_NAME[measure]
    known = [(value, cell.name) for cell in cells if (value := shown.of(cell)) is not None]
    if not known:
        return _("ยังไม่มีจังหวัดที่มีข้อมูล")
    if len({value for value, _name in known}) == 1:
        return _("จังหวัดที่มีข้อมูลยังไม่ต่างกัน")
    named = (f"{name} {shown.in_words(value)}" for value, name in sorted(known)[:NAMED])
    return " ".join([words, *named])
