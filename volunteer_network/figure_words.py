"""Figures in words, one way on every page, in every sheet and on paper."""

from django.utils.translation import gettext as _

from volunteer_network.thai_text import group_thousands


def count_in_words(value: int | None) -> str:
    """A count, or for None that it is too small to be shown (reports/queries/hiding.py)."""
    return _("น้อยกว่า 5") if value is None else group_thousands(value)


def share_in_words(value: float | None) -> str:
    """A share in percent with one decimal; a dash for None, which has no whole."""
    return "–" if value is None else f"{value:.1f}%"
