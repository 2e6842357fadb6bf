"""SQL expressions of our own; those that the schema uses have Python twins in thai_text.py."""

from typing import Any

from django.db.models import CharField, DateField, Func

from volunteer_network.thai_text import SORT_KEY_SQL


class ThaiSortKey(Func):
    """The order of the Royal Institute's dictionary over one or more columns."""

    output_field = CharField()
    arg_joiner = " || ' ' || "
    template = f"({SORT_KEY_SQL.format(column='(%(expressions)s)')})"


class SearchText(Func):
    """Several columns in one small-lettered text, for LIKE in the middle of words."""

    output_field = CharField()
    arg_joiner = " || ' ' || "
    template = "lower(%(expressions)s)"


class MonthsBefore(Func):
    """The first day of the month so many months before a day; 0 is the day's own month."""

    output_field = DateField()
    template = (
        "(date_trunc('month', (%(expressions)s)::timestamp)"
        " - make_interval(months => %(months)s))::date"
    )

    def __init__(self, day: Any, *, months: int) -> None:
        super().__init__(day, months=months)
