"""What every page's frame shows: sections, rights, fiscal year, demo band."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from volunteer_network.access.context import request_id
from volunteer_network.access.roles import Capability, Role
from volunteer_network.access.scope import current_scope
from volunteer_network.thai_calendar import fiscal_year
from volunteer_network.ui.registry import badges_for, nav_links
from volunteer_network.ui.waiting import WAITING, Counts, kept_a_minute

if TYPE_CHECKING:
    from volunteer_network.models import User

MOST_COUNTED = 100  # unread notices; more are not counted
UNREAD = "unread"


class Rights:
    """The user's capabilities as attributes, for templates: {% if can.view_volunteers %}."""

    def __init__(self, capabilities: frozenset[Capability]) -> None:
        self._capabilities = capabilities

    def __getitem__(self, name: str) -> bool:
        return name in self._capabilities  # a capability is its name


@dataclass(frozen=True)
class Viewer:
    """What the top bar says about who looks at the page, and in which fiscal year."""

    fiscal_year: int
    name: str = ""
    initials: str = ""
    role: Role | None = None
    province: str = ""
    inspection_regions: tuple[int, ...] = ()
    is_acting_head: bool = False

    @classmethod
    def of(cls, user: "User", year: int) -> "Viewer":
        return cls(
            fiscal_year=year,
            name=user.display_name,
            initials=user.initials,
            role=Role(user.role),
            province=str(user.province or ""),
            inspection_regions=tuple(user.inspection_regions),
            is_acting_head=user.is_acting_head,
        )


def page_context(request: HttpRequest) -> dict[str, Any]:
    year = fiscal_year(timezone.localdate())
    context: dict[str, Any] = {
        "demo": settings.DEMO,
        "fiscal_year": year,
        "viewer": Viewer(year),
        "request_id": request_id.get(),
        "nav": (),
        "unread": 0,
        "can": Rights(frozenset()),
    }
    user: User | Any = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        waiting = _waiting_for(user, request)
        context["nav"] = nav_links(user, request.path, waiting)
        context["unread"] = waiting.get(UNREAD, 0)
        context["can"] = Rights(user.capabilities)
        context["viewer"] = Viewer.of(user, year)
    return context


def _waiting_for(user: "User", request: HttpRequest) -> Counts:
    if current_scope() is None:  # no row can be counted
        return {}

    def count() -> Counts:
        return {UNREAD: user.count_unread(MOST_COUNTED), **badges_for(user)}

    return kept_a_minute(request, WAITING, count)
