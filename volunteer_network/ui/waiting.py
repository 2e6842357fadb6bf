"""What is one person's own and asked for by page after page: unread notices, badges, own views.

Reading it cost more than the rest of the frame. So it lies in the session, which each request
reads anyway, for a minute at most and only until the person does something.
"""

import time
from collections.abc import Callable
from typing import Final, TypeVar

from django.http import HttpRequest, HttpResponse

KEPT_SECONDS: Final = 60
WAITING: Final = "waiting"
OWN_VIEWS: Final = "own_views"
_KEPT: Final = (WAITING, OWN_VIEWS)
_CHANGE_NOTHING: Final = frozenset({"GET", "HEAD", "OPTIONS"})

T = TypeVar("T")
Counts = dict[str, int]


def kept_a_minute(request: HttpRequest, name: str, read: Callable[[], T]) -> T:
    """What `read` gives, as JSON can hold it; read anew when a minute old or something was done."""
    kept: T | None = request.session.get(name)
    now = time.time()
    if kept is None or not 0 <= now - request.session.get(f"{name}_at", 0) < KEPT_SECONDS:
        kept = read()
        request.session[name], request.session[f"{name}_at"] = kept, now
    return kept


def forget_waiting(request: HttpRequest) -> None:
    """Read anew on the next page: what the person did may have changed it."""
    for name in _KEPT:
        if name in request.session:
            del request.session[name]


class WaitingMiddleware:
    """Forgets what is kept after every request that may have changed something."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method not in _CHANGE_NOTHING:
            forget_waiting(request)
        return response
