"""Thai digits and grouped numbers in templates. Nothing is shown for None and ""."""

from decimal import Decimal
from typing import Literal

from django import template

from volunteer_network import thai_text

register = template.Library()


@register.filter
def thai_digits(value: object) -> str:
    """Show every digit as a Thai one: for documents whose switch says so."""
    return "" if value is None else thai_text.to_thai_digits(str(value))


@register.filter
def thousands(number: int | float | Decimal | Literal[""] | None) -> str:
    """Show "7,256"."""
    return "" if number is None or number == "" else thai_text.group_thousands(number)


@register.filter
def baht(amount: Decimal | int | Literal[""] | None) -> str:
    """Show "1,250" and "1,250.50"."""
    return "" if amount is None or amount == "" else thai_text.baht(amount)
