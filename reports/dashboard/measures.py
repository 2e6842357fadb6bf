"""What the map, the ranking and the tiles can show: one measure at a time."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.queries.cells import Cell
from volunteer_network.thai_text import group_thousands


@dataclass(frozen=True)
class Measure:
    """One value of a province. `waits` says that it means little before all reports are in."""

    name: str
    label: str | Promise
    question: str | Promise  # the title over the map
    value: Callable[[Cell], float | None]
    is_percent: bool
    waits: bool = False

    def of(self, cell: Cell) -> float | None:
        """The value as the map shows it; None is "no data"."""
        if self.waits and cell.expected and not cell.is_complete:
            return None
        return self.value(cell)

    def in_words(self, value: float | None) -> str:
        if value is None:
            return _("ไม่มีข้อมูล")
        return f"{value:g}%" if self.is_percent else group_thousands(value)


def _people(cell: Cell) -> float | None:
    return cell.shown("people")


MEASURES: Final = (
    Measure(
        "plan",
        gettext_lazy("ผลต่อแผน"),
        gettext_lazy("จังหวัดใดได้ตามแผน จังหวัดใดช้า"),
        lambda cell: cell.plan_percent,
        is_percent=True,
    ),
    Measure(
        "people",
        gettext_lazy("ผู้รับบริการ"),
        gettext_lazy("จังหวัดใดมีผู้รับบริการมาก จังหวัดใดน้อย"),
        _people,
        is_percent=False,
        waits=True,
    ),
    Measure(
        "covered",
        gettext_lazy("ตำบลที่มี อสร."),
        gettext_lazy("จังหวัดใดมี อสร. ครบตำบล จังหวัดใดยังว่าง"),
        lambda cell: cell.covered_percent,
        is_percent=True,
    ),
    Measure(
        "on-time",
        gettext_lazy("ส่งทันกำหนด"),
        gettext_lazy("จังหวัดใดส่งรายงานทันกำหนด จังหวัดใดช้า"),
        lambda cell: cell.on_time_percent,
        is_percent=True,
    ),
    Measure(
        "served",
        gettext_lazy("ส่งต่อแล้วได้บริการ"),
        gettext_lazy("เรื่องที่ส่งต่อได้รับบริการแล้วเพียงใด"),
        lambda cell: cell.served_percent,
        is_percent=True,
    ),
    Measure(
        "attended",
        gettext_lazy("มาสัมมนา"),
        gettext_lazy("จังหวัดใดมาสัมมนาครบ จังหวัดใดขาด"),
        lambda cell: cell.attended_percent,
        is_percent=True,
    ),
    Measure(
        "disbursed",
        gettext_lazy("เบิกจ่าย"),
        gettext_lazy("จังหวัดใดเบิกจ่ายได้ จังหวัดใดช้า"),
        lambda cell: cell.disbursed_percent,
        is_percent=True,
    ),
)
BY_NAME: Final = {measure.name: measure for measure in MEASURES}
