"""Refusals of a service on a page that has no form to show them in."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.http import HttpRequest

from volunteer_network.errors import RuleViolation


@contextmanager
def telling_refusals(request: HttpRequest) -> Iterator[None]:
    """Leave the block at a refusal and say on the next page why; the view goes on behind it."""
    try:
        yield
    except RuleViolation as refusal:
        messages.error(request, refusal.message)
