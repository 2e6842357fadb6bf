"""The charts that a page and its paper have in common; what has no figures is not drawn."""

from collections.abc import Callable
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
    """Empty axes say nothing: a chart whose figures are all 0 is left out."""

    def drawn(chart: Callable[[Dashboard, Ink], SafeString], has_figures: object) -> SafeString:
        return chart(board, ink) if has_figures else SafeString()

    return Drawings(
        people=drawn(charts.people_chart, _any_month(board, "people", "people_before")),
        steps=drawn(charts.steps_chart, _any_month(board, "spotted", "screened", "referred")),
        reports=drawn(
            charts.reports_chart, any(one.expected for one in board.months if one.has_ended)
        ),
        outcomes=drawn(charts.outcomes_chart, board.total.all_cases),
        plan=drawn(charts.plan_chart, any(one.target for one in board.quarters)),
        budget=drawn(charts.budget_chart, board.budgets),
    )


def _any_month(board: Dashboard, *names: str) -> bool:
    return any(getattr(one, name) for one in board.months for name in names)
