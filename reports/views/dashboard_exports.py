"""The figures of the dashboard as a spreadsheet: a line for each province, as on the screen."""

from collections.abc import Callable
from typing import Any, Final

from django.http import FileResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.queries.boards import Dashboard
from reports.queries.cells import Cell
from volunteer_network import audit
from volunteer_network.access.requests import StaffRequest
from volunteer_network.ui.exports import ExportColumn, export_response


def _shown(name: str) -> Callable[[Any], Any]:
    """The figure, or in words that it is too small to be told."""

    def cell_of(cell: Cell) -> int | str:
        value = cell.shown(name)
        return _("น้อยกว่า 5") if value is None else value

    return cell_of


def _sum(name: str) -> Callable[[Any], Any]:
    return lambda cell: getattr(cell, name)


def _money(name: str) -> Callable[[Any], Any]:
    return lambda cell: float(getattr(cell, name))


COLUMNS: Final = (
    ExportColumn(gettext_lazy("จังหวัด"), 20, lambda cell: cell.name),
    ExportColumn(gettext_lazy("ภาค"), 24, lambda cell: cell.region),
    *(
        ExportColumn(head, 12, value, "number")
        for head, value in (
            (gettext_lazy("ตำบลทั้งหมด"), _sum("places")),
            (gettext_lazy("ตำบลที่มี อสร."), _sum("covered")),
            (gettext_lazy("ต้องรายงาน"), _sum("expected")),
            (gettext_lazy("ได้รับรายงาน"), _sum("received")),
            (gettext_lazy("ทันกำหนด"), _sum("on_time")),
            (gettext_lazy("กิจกรรม"), _sum("activities")),
            (gettext_lazy("ผู้รับบริการ"), _shown("people")),
            (gettext_lazy("เดือนที่สิ้นสุดแล้ว"), _shown("people_ended")),
            (gettext_lazy("เดือนเดียวกันปีก่อน"), _shown("people_before")),
            (gettext_lazy("ชี้เป้า"), _shown("spotted")),
            (gettext_lazy("คัดกรอง"), _shown("screened")),
            (gettext_lazy("ส่งต่อ"), _shown("referred")),
            (gettext_lazy("เรื่อง ได้รับบริการแล้ว"), _shown("served")),
            (gettext_lazy("เรื่อง อยู่ที่สำนักงาน"), _shown("at_office")),
            (gettext_lazy("เรื่อง ไม่เข้าเกณฑ์"), _shown("not_eligible")),
            (gettext_lazy("เรื่อง ติดต่อไม่ได้"), _shown("unreachable")),
            (gettext_lazy("เรื่อง ยุติ"), _shown("ended")),
            (gettext_lazy("เรื่อง รอส่งต่อ"), _shown("waiting")),
            (gettext_lazy("เรื่อง ถอน"), _shown("withdrawn")),
            (gettext_lazy("สัมมนา ตอบรับ"), _shown("accepted")),
            (gettext_lazy("สัมมนา มา"), _shown("attended")),
            (gettext_lazy("แผน ผู้รับบริการ"), _sum("plan_target")),
            (gettext_lazy("ผลตามแผน"), _shown("plan_people")),
            (gettext_lazy("งบจัดสรร (บาท)"), _money("allotted")),
            (gettext_lazy("เบิกจ่าย (บาท)"), _money("disbursed")),
            (gettext_lazy("ผูกพัน (บาท)"), _money("committed")),
        )
    ),
)


def export_of(request: StaffRequest, form: str, board: Dashboard) -> FileResponse:
    """The provinces of the page, in Thai order; who took them out stands in the audit."""
    audit.record(
        "dashboard.exported",
        by=request.user,
        province_code=request.user.province_id,
        detail={"filters": sorted(request.GET.keys() - {"export"})},
    )
    title = _("ภาพรวม ปีงบประมาณ %(year)d %(period)s") % {
        "year": board.question.fiscal_year,
        "period": board.question.period,
    }
    return export_response(form, title=title.strip(), columns=COLUMNS, rows=board.provinces)
