"""Figures that are kept, not counted.

A volunteer here is one service in one province. Months are first days.
"""

from volunteer_network.services.figures.keeping import (
    Difference,
    check_month,
    check_recent_months,
    fold_deltas,
    fold_figures,
    rebuild_figures,
    recount_month,
)
from volunteer_network.services.figures.reading import (
    Measures,
    Slice,
    Totals,
    by_category,
    by_category_and_month,
    by_district,
    by_month,
    by_province,
    month_totals,
    volunteer_months,
)
from volunteer_network.services.figures.two_years import TwoYears, two_years

__all__ = [
    "Difference",
    "Measures",
    "Slice",
    "Totals",
    "TwoYears",
    "by_category",
    "by_category_and_month",
    "by_district",
    "by_month",
    "by_province",
    "check_month",
    "check_recent_months",
    "fold_deltas",
    "fold_figures",
    "month_totals",
    "rebuild_figures",
    "recount_month",
    "two_years",
    "volunteer_months",
]
