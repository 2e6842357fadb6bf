"""The figures of a quarter as a file: layout 5, with numbers to reckon on."""

from collections.abc import Sequence
from typing import Final

from django.http import FileResponse
from django.utils.translation import gettext_lazy as _

from reports.models import Plan
from reports.views.quarter_rows import FigureRow
from volunteer_network import audit
from volunteer_network.access.requests import StaffRequest
from volunteer_network.ui.exports import ExportColumn, export_response

COLUMNS: Final = (
    ExportColumn(_("ลำดับ"), 8, lambda row: row.number, "number"),
    ExportColumn(_("งาน/กิจกรรม"), 50, lambda row: row.line.title),
    ExportColumn(_("ตัวชี้วัด"), 24, lambda row: row.line.indicator),
    ExportColumn(_("หน่วยนับ"), 10, lambda row: row.line.unit),
    ExportColumn(_("ไตรมาส แผน"), 12, lambda row: row.line.target, "number"),
    ExportColumn(_("ไตรมาส ผล"), 12, lambda row: row.line.actual, "number"),
    ExportColumn(_("สะสม แผน"), 12, lambda row: row.planned, "number"),
    ExportColumn(_("สะสม ผล"), 12, lambda row: row.done, "number"),
    ExportColumn(_("งบจัดสรร (บาท)"), 14, lambda row: row.line.allotted, "number"),
    ExportColumn(_("เบิกจ่ายสะสม (บาท)"), 14, lambda row: row.disbursed, "number"),
    ExportColumn(_("ปัญหาอุปสรรค"), 40, lambda row: row.line.problems),
    ExportColumn(_("ข้อเสนอแนะ"), 40, lambda row: row.line.suggestions),
)


def export_quarter(
    request: StaffRequest, form: str, plan: Plan, quarter: int, rows: Sequence[FigureRow]
) -> FileResponse:
    """The rows of the page, signed or as they are now; who took them out stands in the audit."""
    audit.record(
        "quarter.exported",
        by=request.user,
        target=plan,
        province_code=plan.province_id,
        detail={"fiscal_year": plan.fiscal_year, "quarter": quarter},
    )
    about = {"year": plan.fiscal_year, "quarter": quarter, "place": plan.province.with_prefix}
    title = str(_("ไตรมาส %(quarter)d ปีงบประมาณ %(year)d %(place)s")) % about
    return export_response(form, title=title, columns=COLUMNS, rows=rows)
