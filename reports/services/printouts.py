"""Papers of the dashboard that lead back to their rows."""

from datetime import datetime

from reports.dashboard.measures import Measure
from reports.queries.boards import Dashboard
from reports.queries.printed import kept_figures, kept_question
from volunteer_network.models import Printout


def keep_printout(*, reference: str, board: Dashboard, measure: Measure, as_of: datetime) -> None:
    """Keep what a paper says, in the transaction that keeps its file; its job is in the audit."""
    Printout.objects.create(
        reference=reference,
        province_id=board.question.province,
        as_of=as_of,
        question={**kept_question(board.question), "measure": measure.name},
        figures=kept_figures(board),
    )
