"""The charts that a page and its paper have in common; what has no figures is not drawn."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from reports.dashboard import charts
from reports.queries.boards import Dashboard
from volunteer_network.ui.charts import Ink


@dataclass(frozen=True)
class Drawings:
    """On the screen coloured by style sheets, on paper with the colours in the drawing."""

    people: SafeString
    steps: SafeString
    reports: SafeString
    outcomes: SafeString
    plan: SafeString
    budget: SafeString


def drawings_of(board: Dashboard, ink: Ink = Ink.SCREEN) -> Drawings:
    nothing = SafeString()
    return Drawings(
        people=charts.people_chart(board, ink),
        steps=charts.steps_chart(board, ink),
        reports=charts.reports_chart(board, ink),
        outcomes=charts.outcomes_chart(board, ink),
        plan=charts.plan_chart(board, ink) if board.total.plans else nothing,
        budget=charts.budget_chart(board, ink) if board.budgets else nothing,
    )
