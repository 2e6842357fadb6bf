"""/dashboard/printed/<reference>/: from a figure on paper to its rows, then and now."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.dashboard.charts import ranking_of
from reports.dashboard.doors import Doors
from reports.dashboard.lines import NOTHING
from reports.dashboard.measures import BY_NAME, MEASURES
from reports.dashboard.sentences import place_in_words, time_in_words
from reports.dashboard.sheets import Figure, Sheet, Sheets, sheets_of
from reports.queries.boards import Dashboard
from reports.queries.dashboards import dashboard_of
from reports.queries.printed import board_kept, question_kept
from volunteer_network.access.guards import needs
from volunteer_network.access.requests import StaffRequest
from volunteer_network.access.roles import Capability
from volunteer_network.documents.serials import read_serial
from volunteer_network.models import Printout
from volunteer_network.thai_text import normalise


@dataclass(frozen=True)
class Compared:
    """A figure as it was printed, what it is now, and the rows that it counts now."""

    figure: Figure
    now: str
    href: str

    @property
    def has_moved(self) -> bool:
        return self.now != self.figure.words


@dataclass(frozen=True)
class PrintedSheet:
    sheet: Sheet
    rows: list[tuple[str, str, list[Compared]]]  # code, label, figures


@needs(Capability.VIEW_FIGURES)
@require_safe
def printed(request: StaffRequest, reference: str) -> HttpResponse:
    """The figures of one paper as the reader may see them; `code` asks for one of them."""
    printout = get_object_or_404(Printout, reference=read_serial(reference))
    question = question_kept(printout.question)
    doors = Doors(request.user, question)
    measure = BY_NAME.get(printout.question["measure"], MEASURES[0])

    def sheets(board: Dashboard) -> Sheets:
        return sheets_of(board, ranking_of(board, measure), doors)

    then = sheets(board_kept(printout.figures, question, user=request.user))
    now = sheets(dashboard_of(question, user=request.user)).by_code
    known = {figure.code: _compare(figure, now.get(figure.code)) for figure in then.figures()}
    typed = request.GET.get("code", "")
    context = {
        "printout": printout,
        "place": place_in_words(question),
        "time": time_in_words(question, question.months),
        "work": question.category.label if question.category else "",
        "typed": typed,
        "found": known.get(_code(typed)),
        "moved": sum(one.has_moved for one in known.values()),
        "count": len(known),
        "sheets": [_compared(sheet, known) for sheet in then.all],
        "now": timezone.now(),
    }
    return render(request, "reports/dashboard/printed.html", context)


def _compare(then: Figure, now: Figure | None) -> Compared:
    """A line that is gone, as that of a plan taken back, counts nothing now."""
    return Compared(then, now.words, now.href) if now else Compared(then, NOTHING, "")


def _code(typed: str) -> str:
    """ข1.2, however the digits and spaces are typed."""
    return "".join(normalise(typed).split())


def _compared(sheet: Sheet, known: dict[str, Compared]) -> PrintedSheet:
    rows = [
        (row.code, row.label, [known[figure.code] for figure in row.figures]) for row in sheet.rows
    ]
    return PrintedSheet(sheet, rows)
