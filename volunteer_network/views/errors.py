"""Error pages: what went wrong, whom to ask, and the number that is in the log."""

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import requires_csrf_token

from volunteer_network import audit
from volunteer_network.access.context import request_id
from volunteer_network.access.guards import CapabilityMissing
from volunteer_network.access.roles import CAPABILITY_IN_WORDS, roles_with
from volunteer_network.sealing import KeyFault

LONGEST_PATH = 200  # of ours; a longer one was made up


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", {"request_id": request_id.get()}, status=400)


@requires_csrf_token
def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say which rule refused and who may do it; the refusal is audited after the roll-back."""
    context: dict[str, object] = {"request_id": request_id.get()}
    if isinstance(exception, CapabilityMissing):
        audit.record(
            "access.refused",
            by=request.user,
            detail={"capability": exception.capability, "path": request.path[:LONGEST_PATH]},
        )
        context["capability"] = CAPABILITY_IN_WORDS[exception.capability]
        context["who_can"] = roles_with(exception.capability)
    return render(request, "403.html", context, status=403)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", {"request_id": request_id.get()}, status=404)


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """What nobody foresaw, or a key that is not there: that can be mended, so the page says how."""
    if isinstance(sys.exception(), KeyFault):
        return render(request, "503.html", {"request_id": request_id.get()}, status=503)
    return render(request, "500.html", {"request_id": request_id.get()}, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", {"request_id": request_id.get()}, status=403)
