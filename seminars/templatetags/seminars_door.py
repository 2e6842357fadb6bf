"""The strip of people at the door: one tick each, drawn with two strokes however many they are."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from seminars.services.doors import Share

MOST_TICKS = 160  # beyond that a tick is finer than a pixel of a telephone

register = template.Library()


@register.simple_tag
def presence(totals: Share) -> SafeString:
    """Who is here as a fill, who is awaited as a pale rest."""
    whole = max(totals.expected, totals.here, 1)
    return format_html(
        '<svg class="presence{}" viewBox="0 0 {} 10" preserveAspectRatio="none" aria-hidden="true">'
        '<path class="rest" d="M0 5H{}"/><path class="here" d="M0 5H{}"/></svg>',
        "" if whole > MOST_TICKS else " each",
        whole,
        whole,
        totals.here,
    )
