"""Sessions end after 30 idle minutes and after 8 hours in all."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

BEGAN, SEEN = "began_at", "seen_at"
_RENEW_AFTER_SECONDS = 60


class Ended(StrEnum):
    """Why a session ended, as the address of the sign-in page says it."""

    IDLE = "idle"
    LONG = "long"
    OUT = "out"  # signed out in another tab, or the cookie is gone


class SessionLimitsMiddleware:
    """Keeps the two moments in the session, written at most once a minute.

    Who is sent away comes back to the same page after signing in again.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            self._limit(request)
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> HttpResponse | None:
        ended: Ended | None = getattr(request, "session_ended", None)
        if ended is None and not request.user.is_authenticated and not _is_visit(request):
            ended = Ended.OUT
        if ended is None or not getattr(view, "login_required", True):
            return None
        query = urlencode({"next": _page_of(request), "ended": ended})
        address = f"{resolve_url(settings.LOGIN_URL)}?{query}"
        if "HX-Request" in request.headers:  # otherwise the sign-in page would fill a corner
            return HttpResponse(status=401, headers={"HX-Redirect": address})
        return redirect(address)

    def _limit(self, request: HttpRequest) -> None:
        now = timezone.now()
        began = moment_in(request.session, BEGAN) or now
        seen = moment_in(request.session, SEEN) or now
        if ended := _ended(now, began, seen):
            logout(request)
            request.session_ended = ended  # type: ignore[attr-defined]  # read by process_view
        elif SEEN not in request.session or (now - seen).total_seconds() > _RENEW_AFTER_SECONDS:
            request.session[BEGAN] = began.isoformat()
            request.session[SEEN] = now.isoformat()


def moment_in(session: Any, name: str) -> datetime | None:
    written = session.get(name)
    return datetime.fromisoformat(written) if written else None


def _ended(now: datetime, began: datetime, seen: datetime) -> Ended | None:
    if now - began > settings.SESSION_AT_MOST:
        return Ended.LONG
    return Ended.IDLE if now - seen > settings.SESSION_IDLE else None


def _is_visit(request: HttpRequest) -> bool:
    """Whether a whole page is asked for, which can be asked for again after signing in."""
    return request.method in {"GET", "HEAD"} and "HX-Request" not in request.headers


def _page_of(request: HttpRequest) -> str:
    """The page to come back to: what was asked for, or where the form stood that was sent."""
    if _is_visit(request):
        return request.get_full_path()
    page = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or ""
    if url_has_allowed_host_and_scheme(
        page, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return page
    return "/"
