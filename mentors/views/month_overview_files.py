"""The overview of a month as a file: the same lines as on the screen."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.http import FileResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentors.services.month_overviews import MentorLine, ProvinceLine
from volunteer_network import audit
from volunteer_network.access.requests import StaffRequest
from volunteer_network.thai_calendar import month_address, month_name
from volunteer_network.ui.exports import ExportColumn, export_response

Line = ProvinceLine | MentorLine


def export_overview(
    request: StaffRequest, form: str, lines: Sequence[Line], *, month: date
) -> FileResponse:
    """The lines as a spreadsheet; who took them out stands in the audit."""
    audit.record(
        "months.overview_exported",
        by=request.user,
        province_code=request.user.province_id,
        detail={"month": month_address(month), "count": len(lines)},
    )
    title = _("การส่งรายงานประจำเดือน %(month)s") % {"month": month_name(month)}
    return export_response(form, title=title, columns=_columns(request), rows=list(lines))


def _columns(request: StaffRequest) -> list[ExportColumn]:
    def figure(name: str) -> Callable[[Any], int]:
        return lambda line: getattr(line.receipt, name)

    def mentor(line: Any) -> str:
        return str(line.mentor or _("ยังไม่มีพี่เลี้ยง"))

    first = (
        ExportColumn(gettext_lazy("พี่เลี้ยง"), 28, mentor)
        if request.user.province_id
        else ExportColumn(gettext_lazy("จังหวัด"), 20, lambda line: line.province.name)
    )
    figures = (
        ("expected", gettext_lazy("ต้องส่ง (คน)")),
        ("received", gettext_lazy("ได้รับ")),
        ("on_time", gettext_lazy("ทันกำหนด")),
        ("certified", gettext_lazy("รับรอง")),
        ("approved", gettext_lazy("เห็นชอบ")),
        ("locked", gettext_lazy("ปิดงวด")),
        ("nothing", gettext_lazy("ไม่มี มีเหตุ")),
        ("returned", gettext_lazy("ส่งกลับ")),
        ("percent", gettext_lazy("ได้รับ ร้อยละ")),
        ("percent_on_time", gettext_lazy("ทันกำหนด ร้อยละ")),
    )
    return [first, *(ExportColumn(label, 12, figure(name), "number") for name, label in figures)]
