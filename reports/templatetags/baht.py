"""Money in templates: `{{ amount|baht }}`."""

from decimal import Decimal

from django import template
from django.utils.translation import gettext as _

from reports.baht import shown_baht

register = template.Library()


@register.filter
def baht(amount: Decimal | int | None) -> str:
    """Show "720,000", with satang only where there are some; "–" for None."""
    return shown_baht(amount) or "–"


@register.filter
def signed_percent(change: int | None) -> str:
    """Show "+12%" or "-3%"; nothing for None, words for no change."""
    if change is None:
        return ""
    return f"{change:+d}%" if change else _("เท่าเดิม")
