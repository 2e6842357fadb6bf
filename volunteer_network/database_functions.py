"""SQL expressions that the schema itself uses; their Python twins are in thai_text.py."""

from django.db.models import CharField, Func

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
