"""Telephone numbers in templates."""

from django import template

from volunteer_network import phone_numbers

register = template.Library()


@register.filter
def phone(digits: str) -> str:
    """Show "081 234 5678"."""
    return phone_numbers.display(digits) if digits else ""
