"""Who keeps a door: the people who run the seminar, and helpers who came by a link.

Both do the same at the same pages. `at_own_desk` makes an official's view of such a page, inside
the official's own scope; `at_a_door` makes the helper's, which opens a scope that holds nothing
but this one seminar.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import cast

import pghistory
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django_htmx.middleware import HtmxDetails

from seminars.models import DoorLink, Registration, Seminar, Session
from volunteer_network.access.context import request_id
from volunteer_network.access.guards import needs, outside_scope
from volunteer_network.access.permissions_policy import CAMERA, HEADER
from volunteer_network.access.requests import StaffRequest
from volunteer_network.access.roles import Capability
from volunteer_network.access.scope import open_scope
from volunteer_network.models import User

COOKIE = "vn_door"
_SALT = "seminars.door"
_ENDED = "seminars/door/ended.html"


@dataclass(frozen=True)
class Desk:
    """One door of one seminar, and who keeps it: an official, or a helper with a link."""

    seminar: Seminar
    sessions: Sequence[Session]
    user: User | None = None
    link: DoorLink | None = None

    @property
    def name(self) -> str:
        return self.link.name if self.link else _("โต๊ะผู้จัด")

    @property
    def people(self) -> QuerySet[Registration]:
        """The first wall: whom this door may know of."""
        rows = Registration.objects.filter(seminar=self.seminar)
        return rows.visible_to(self.user) if self.user else rows

    def url(self, page: str) -> str:
        place = "door" if self.user else "helper"
        return reverse(f"door:{place}-{page}", args=[self.seminar.pk])


class DoorRequest(HttpRequest):
    """A request at a door, whoever keeps it."""

    htmx: HtmxDetails


DeskView = Callable[[DoorRequest, Desk], HttpResponse]


def at_own_desk(view: DeskView) -> Callable[..., HttpResponse]:
    @needs(Capability.RUN_SEMINARS)
    @wraps(view)
    def kept(request: StaffRequest, pk: int) -> HttpResponse:
        seminars = Seminar.objects.visible_to(request.user).filter(pk=pk)
        sessions = list(_half_days().filter(seminar__in=seminars))
        seminar = sessions[0].seminar if sessions else get_object_or_404(seminars)
        desk = Desk(seminar, sessions, user=request.user)
        return _with_camera(view(cast(DoorRequest, request), desk))

    return kept  # type: ignore[return-value]  # `needs` speaks of the wider response


def at_a_door(view: DeskView) -> Callable[..., HttpResponse]:
    @login_not_required
    @outside_scope
    @never_cache
    @wraps(view)
    def kept(request: DoorRequest, pk: int) -> HttpResponse:
        link = _link_in_cookie(request, pk)
        if link is None or not link.is_open(timezone.localdate()):
            return page_of_closed(request, link)
        request.user = AnonymousUser()  # whoever is signed in on this telephone, here is a helper
        with (
            pghistory.context(door=link.pk, request=request_id.get()),
            open_scope(link.scope),
        ):
            sessions = list(_half_days().filter(seminar=link.seminar_id))
            return _with_camera(view(request, Desk(link.seminar, sessions, link=link)))

    return kept


def _half_days() -> QuerySet[Session]:
    """In their order, each with its seminar: one look-up for both."""
    return Session.objects.select_related("seminar").order_by("on_date", "starts_at")


def page_of_closed(request: HttpRequest, link: DoorLink | None) -> HttpResponse:
    """Why the link opens nothing, in words."""
    if "HX-Request" in request.headers:  # htmx shows no refusal inside a page: go to the whole one
        return HttpResponse(status=401, headers={"HX-Redirect": request.path})
    if link is None:
        return render(request, _ENDED, {"link": None, "early": False}, status=404)
    context = {"link": link, "early": link.valid_from > timezone.localdate()}
    return render(request, _ENDED, context, status=410)


def give_cookie(response: HttpResponse, link: DoorLink) -> HttpResponse:
    """Let this browser keep the door; whether the link is still open is asked each time."""
    response.set_signed_cookie(
        COOKIE,
        str(link.pk),
        salt=_SALT,
        path=reverse("door:helper-page", args=[link.seminar_id]),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _link_in_cookie(request: HttpRequest, seminar: int) -> DoorLink | None:
    known = request.get_signed_cookie(COOKIE, default=None, salt=_SALT)
    if known is None:
        return None
    links = DoorLink.objects.select_related("seminar")
    return links.filter(pk=int(known), seminar=seminar).first()


def _with_camera(response: HttpResponse) -> HttpResponse:
    """The pages of the door are the only ones that may ask for the camera."""
    response.headers[HEADER] = CAMERA
    return response
