"""The sheet of a month as rows and as a file: its columns, and the ways to look at it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.http import FileResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentors.enums import MonthState
from mentors.services.month_sheets import Line, next_step
from volunteer_network import audit
from volunteer_network.access.requests import StaffRequest
from volunteer_network.access.roles import Capability
from volunteer_network.thai_calendar import month_address, month_name
from volunteer_network.ui.exports import ExportColumn, export_response

HEADS: Final = (
    gettext_lazy("ลงพื้นที่ เยี่ยมบ้าน"),
    gettext_lazy("ประชุม อบรม"),
    gettext_lazy("ประชา สัมพันธ์"),
    gettext_lazy("สำรวจ ข้อมูล"),
    gettext_lazy("หน่วย เคลื่อนที่"),
)
MINUS: Final = "\u2212"  # as wide as the plus
TONES: Final = {
    MonthState.DRAFT: "off",
    MonthState.SENT: "half",
    MonthState.RETURNED: "bad",
    MonthState.CERTIFIED: "half",
    MonthState.APPROVED: "good",
    MonthState.LOCKED: "good",
}


@dataclass(frozen=True)
class SheetView:
    label: str | Promise
    keep: Callable[[Line], bool]


SHEET: Final[dict[str, SheetView]] = {
    "empty": SheetView(gettext_lazy("ว่าง"), lambda line: line.is_empty),
    "quiet": SheetView(
        gettext_lazy("เงียบ 2 เดือน"), lambda line: line.is_empty and not line.last.activities
    ),
    "ready": SheetView(gettext_lazy("พร้อมส่ง"), lambda line: line.is_ready),
    "nothing": SheetView(gettext_lazy("ไม่มี มีเหตุ"), lambda line: bool(line.nothing_because)),
    "returned": SheetView(
        gettext_lazy("ส่งกลับแก้ไข"), lambda line: line.state == MonthState.RETURNED
    ),
    "sent": SheetView(gettext_lazy("ส่งแล้ว"), lambda line: not line.is_open),
    "certified": SheetView(
        gettext_lazy("รอเห็นชอบ"), lambda line: line.state == MonthState.CERTIFIED
    ),
    "late": SheetView(gettext_lazy("ส่งช้าหรือเกินกำหนด"), lambda line: line.late or line.overdue),
    "changed": SheetView(gettext_lazy("เปลี่ยนหลังปิดงวด"), lambda line: bool(line.since_lock)),
}


@dataclass(frozen=True)
class SheetRow:
    """One line of the sheet with its words and addresses."""

    line: Line
    href: str
    figures_href: str
    nothing_href: str
    state: str
    tone: str
    next_step: str
    marks: tuple[tuple[str, str], ...]  # tone and words
    may_type: bool
    may_answer: bool


def rows_of(request: StaffRequest, lines: list[Line], month: date) -> list[SheetRow]:
    detail = reverse("months:detail", args=[month, 0])
    may_report = request.user.can(Capability.REPORT_MONTHS)
    return [
        SheetRow(
            line=line,
            href=(href := detail.replace("/0/", f"/{line.pk}/")),
            figures_href=f"{href}figures/",
            nothing_href=f"{href}nothing/",
            state=_state(line),
            tone=_tone(line),
            next_step=next_step(line.state, month),
            marks=_marks(line),
            may_type=may_report and line.takes_figures,
            may_answer=may_report and line.is_empty,
        )
        for line in lines
    ]


def _state(line: Line) -> str:
    if line.state is None or line.state is MonthState.DRAFT:
        if line.is_empty:
            return _("ว่าง")
        return _("พร้อมส่ง")
    return str(line.state.label)


def _tone(line: Line) -> str:
    if line.state is None or line.state is MonthState.DRAFT:
        return "off" if line.is_empty else "due"
    return TONES[line.state]


def _marks(line: Line) -> tuple[tuple[str, str], ...]:
    marks = []
    if line.overdue:
        marks.append(("warn", _("เกินกำหนด")))
    elif line.late:
        marks.append(("warn", _("ส่งช้า")))
    if line.since_lock:
        marks.append(("warn", since_lock_in_words(line.since_lock)))
    if line.state is MonthState.RETURNED:
        marks.append(("bad", line.returned_because))
    return tuple(marks)


def since_lock_in_words(differences: tuple[tuple[int, str], ...]) -> str:
    """What the log says more or less than at the lock, with its signs."""
    told = ", ".join(f"{number:+,} {unit}".replace("-", MINUS) for number, unit in differences)
    return _("%(differences)s ตั้งแต่ปิดงวด") % {"differences": told}


def export(
    request: StaffRequest, form: str, lines: list[Line], *, month: date, team: str
) -> FileResponse:
    """The lines as a spreadsheet; who took them out stands in the audit."""
    audit.record(
        "months.exported",
        by=request.user,
        province_code=request.user.province_id,
        detail={"month": month_address(month), "count": len(lines)},
    )
    title = _("รายงานเดือน%(month)s %(team)s") % {"month": month_name(month), "team": team}
    return export_response(form, title=title, columns=_columns(), rows=lines)


def _columns() -> list[ExportColumn]:
    def kind(place: int) -> Callable[[Any], int]:
        return lambda line: line.figures.kinds[place]

    def figure(name: str) -> Callable[[Any], int]:
        return lambda line: getattr(line.figures, name)

    return [
        ExportColumn(gettext_lazy("อาสาสมัคร"), 26, lambda line: line.name),
        ExportColumn(gettext_lazy("ตำบล"), 18, lambda line: line.place),
        ExportColumn(gettext_lazy("อำเภอ"), 18, lambda line: line.district),
        *(ExportColumn(head, 12, kind(place), "number") for place, head in enumerate(HEADS)),
        ExportColumn(gettext_lazy("กิจกรรมทั้งหมด"), 12, figure("activities"), "number"),
        ExportColumn(gettext_lazy("ชี้เป้า"), 8, figure("spotted"), "number"),
        ExportColumn(gettext_lazy("คัดกรอง"), 8, figure("screened"), "number"),
        ExportColumn(gettext_lazy("ส่งต่อ"), 8, figure("referred"), "number"),
        ExportColumn(gettext_lazy("ผู้รับบริการ ชาย"), 10, figure("people_male"), "number"),
        ExportColumn(gettext_lazy("ผู้รับบริการ หญิง"), 10, figure("people_female"), "number"),
        ExportColumn(gettext_lazy("ไม่มีผลงาน เพราะ"), 24, lambda line: line.answer),
        ExportColumn(gettext_lazy("สถานะ"), 22, _state),
        ExportColumn(
            gettext_lazy("หมายเหตุ"),
            30,
            lambda line: ", ".join(words for _tone, words in _marks(line)),
        ),
    ]
