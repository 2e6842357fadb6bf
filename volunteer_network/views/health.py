"""For whoever watches the site from outside: plain words, open to all."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from volunteer_network import health
from volunteer_network.access.guards import outside_scope


@login_not_required
@outside_scope
@never_cache
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return _plain("ok")


@login_not_required
@outside_scope
@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Database and schema are right (503 otherwise); what else is wrong stands in the body."""
    if faults := health.broken():
        return _plain(f"unavailable: {', '.join(faults)}", status=503)
    if faults := health.weakened():
        return _plain(f"degraded: {', '.join(faults)}")
    return _plain("ok")


def _plain(words: str, status: int = 200) -> HttpResponse:
    return HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")
