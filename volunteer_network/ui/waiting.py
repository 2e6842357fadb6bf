"""What waits for a person, as every page's frame tells it: unread notices, badges of sections.

Counting it cost more than the rest of the frame. So it lies in the session, which each request
reads anyway, for a minute at most and only until the person does something.
"""

import time
from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse

KEPT_SECONDS: Final = 60
_NAME, _AT = "waiting", "waiting_at"
_CHANGE_NOTHING: Final = frozenset({"GET", "HEAD", "OPTIONS"})

Counts = dict[str, int]


def waiting_of(request: HttpRequest, count: Callable[[], Counts]) -> Counts:
    """The counts by name; counted anew when they are a minute old or something was done."""
    kept: Counts | None = request.session.get(_NAME)
    now = time.time()
    if kept is None or not 0 <= now - request.session.get(_AT, 0) < KEPT_SECONDS:
        kept = count()
        request.session[_NAME], request.session[_AT] = kept, now
    return kept


def forget_waiting(request: HttpRequest) -> None:
    """Count anew on the next page: what the person did may have changed it."""
    if _NAME in request.session:
        del request.session[_NAME]


class WaitingMiddleware:
    """Forgets the counts after every request that may have changed something."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method not in _CHANGE_NOTHING:
            forget_waiting(request)
        return response
