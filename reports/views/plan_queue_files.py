"""The centre's table as a workbook: a row for each plan that waits."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reports.plan_exceptions import money_of
from reports.queries.plan_queue import Queue, QueueGroup, WaitingPlan
from volunteer_network.ui.exports import ExportColumn

Row = tuple[QueueGroup, WaitingPlan]


def exported_rows(waiting: Queue) -> Iterator[Row]:
    """The rows of the page in its order, each with its group."""
    return ((group, plan) for group in waiting.groups for plan in group.plans)


def _last_year(row: Row) -> Any:
    before = row[1].facts.last_year
    return None if before is None else money_of(before)


QUEUE_COLUMNS = (
    ExportColumn(_("จังหวัด"), 20, lambda row: row[1].province.name),
    ExportColumn(_("ฉบับที่"), 8, lambda row: row[1].edition, "number"),
    ExportColumn(_("กลุ่ม"), 34, lambda row: str(row[0].title)),
    ExportColumn(
        _("ข้อสังเกต"), 48, lambda row: ", ".join(str(one.label) for one in row[1].findings)
    ),
    ExportColumn(_("จำนวนงาน"), 10, lambda row: len(row[1].facts.lines), "number"),
    ExportColumn(_("งบประมาณ (บาท)"), 16, lambda row: row[1].facts.allotted, "number"),
    ExportColumn(_("เพดาน (บาท)"), 16, lambda row: row[1].facts.ceiling, "number"),
    ExportColumn(_("งบปีก่อน (บาท)"), 16, _last_year, "number"),
    ExportColumn(_("ต่างจากปีก่อน (%)"), 16, lambda row: row[1].money_change, "number"),
    ExportColumn(_("ส่งเมื่อ"), 14, lambda row: timezone.localdate(row[1].sent_at), "date"),
    ExportColumn(_("ผู้ส่ง"), 28, lambda row: row[1].sender),
)
