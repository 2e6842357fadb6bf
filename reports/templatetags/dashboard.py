"""What the pages of the dashboard have in common."""

from functools import cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from reports.dashboard.definitions import DEFINITIONS

register = template.Library()


@register.simple_tag
def definitions() -> SafeString:
    """The section that says what each figure counts; the figures are linked to it."""
    return _definitions_in(get_language())


@cache
def _definitions_in(language: str | None) -> SafeString:
    drawn = render_to_string("reports/dashboard/_definitions.html", {"definitions": DEFINITIONS})
    return SafeString(drawn)
