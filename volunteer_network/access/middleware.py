"""Runs each signed-in view inside its user's scope."""

from collections.abc import Callable
from typing import Any

import pghistory
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from volunteer_network.access.context import actor_id, request_id
from volunteer_network.access.guards import runs_outside_scope
from volunteer_network.access.scope import open_scope


class ScopeMiddleware:
    """The last middleware: it calls the view itself, so later process_view hooks would not run."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        if not request.user.is_authenticated:
            return None
        actor_id.set(request.user.pk)
        if runs_outside_scope(view):
            return None  # Django calls it, so that allauth's process_exception is heard
        with (
            pghistory.context(user=request.user.pk, request=request_id.get()),
            open_scope(request.user.scope),
        ):
            return view(request, *args, **kwargs)
