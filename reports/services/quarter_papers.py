"""What becomes of the printed report of a quarter that is handed back, or whose signature goes."""

from dataclasses import dataclass
from datetime import datetime

from reports.models import QuarterReport
from volunteer_network.access.scope import HasScope
from volunteer_network.enums import DocumentKind
from volunteer_network.services.issued_documents import recall_documents


@dataclass(frozen=True)
class PrintedQuarter:
    """How a quarter stood when its report was read to be printed."""

    province: int
    fiscal_year: int
    quarter: int
    handed_back_at: datetime | None
    signed_at: datetime | None  # as the paper says


def last_handed_back(
    province: int, fiscal_year: int, quarter: int, *, user: HasScope
) -> datetime | None:
    """When the quarter was last handed back, None for never; read it before the figures."""
    reports = QuarterReport.objects.visible_to(user).of_year(fiscal_year)
    theirs = reports.filter(province=province, quarter=quarter)
    return theirs.values_list("handed_back_at", flat=True).first()


def recall_report(report: QuarterReport, *, since: datetime | None = None) -> list[int]:
    """The printed report of the quarter is valid no more. Returns which documents, at most one.

    Call it in the transaction of the step; with `since` an older paper is still right. Prepared
    again, the quarter is printed anew.
    """
    return _recall(report.province_id, report.fiscal_year, report.quarter, since)


def look_again_at_report(printed: PrintedQuarter) -> None:
    """Let a paper that was just issued follow what became of its quarter while it was being made.

    Call it in the transaction that issues the paper, in the scope of the system: whoever hands the
    quarter back or takes the signature back waits for that one, or has ended before.
    """
    reports = QuarterReport.objects.of_year(printed.fiscal_year)
    theirs = reports.filter(province=printed.province, quarter=printed.quarter)
    handed_back_at, signed_at = theirs.values_list("handed_back_at", "signed_at").first() or (
        None,
        None,
    )
    unsigned_since = printed.signed_at is not None and printed.signed_at != signed_at
    if printed.handed_back_at != handed_back_at or unsigned_since:
        _recall(printed.province, printed.fiscal_year, printed.quarter, None)


def _recall(province: int, fiscal_year: int, quarter: int, since: datetime | None) -> list[int]:
    return recall_documents(
        kind=DocumentKind.PROGRESS,
        province=province,
        fiscal_year=fiscal_year,
        edition=quarter,
        since=since,
    )
