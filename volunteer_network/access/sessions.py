"""Sessions end after 30 idle minutes and after 8 hours in all."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

_BEGAN, _SEEN = "began_at", "seen_at"
_RENEW_AFTER_SECONDS = 60


class SessionLimitsMiddleware:
    """Keeps the two moments in the session, written at most once a minute."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            self._limit(request)
        return self.get_response(request)

    def _limit(self, request: HttpRequest) -> None:
        now = timezone.now()
        began = _moment(request, _BEGAN) or now
        seen = _moment(request, _SEEN) or now
        if now - seen > settings.SESSION_IDLE or now - began > settings.SESSION_AT_MOST:
            logout(request)
            return
        if _SEEN not in request.session or (now - seen).total_seconds() > _RENEW_AFTER_SECONDS:
            request.session[_BEGAN] = began.isoformat()
            request.session[_SEEN] = now.isoformat()


def _moment(request: HttpRequest, name: str) -> datetime | None:
    written = request.session.get(name)
    return datetime.fromisoformat(written) if written else None
