"""Who is acting and under which request, known to the audit, the history and the logs."""

import re
import secrets
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

request_id: ContextVar[str] = ContextVar("request_id", default="")
actor_id: ContextVar[int | None] = ContextVar("actor_id", default=None)

_WELL_FORMED = re.compile(r"[0-9A-Za-z-]{8,64}")


def new_request_id() -> str:
    """A number that a person can read out over the telephone: 7K2Q-41FD-…"""
    letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # 32: five bits of a byte choose one fairly
    chosen = "".join(letters[byte % 32] for byte in secrets.token_bytes(8))
    return f"{chosen[:4]}-{chosen[4:]}"


class RequestContextMiddleware:
    """Gives each request its id, from the proxy when that is well formed, and tells it back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        known = given if _WELL_FORMED.fullmatch(given) else new_request_id()
        request_token, actor_token = request_id.set(known), actor_id.set(None)
        try:
            response = self.get_response(request)
        finally:
            request_id.reset(request_token)
            actor_id.reset(actor_token)
        response.headers["X-Request-ID"] = known
        return response
