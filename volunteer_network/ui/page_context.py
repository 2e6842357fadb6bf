"""What every page's frame shows: sections, rights, fiscal year, demo band."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from volunteer_network.access.context import request_id
from volunteer_network.access.scope import current_scope
from volunteer_network.thai_calendar import fiscal_year
from volunteer_network.ui.registry import nav_links

if TYPE_CHECKING:
    from volunteer_network.access.roles import Capability
    from volunteer_network.models import User


class Rights:
    """The user's capabilities as attributes, for templates: {% if can.view_volunteers %}."""

    def __init__(self, capabilities: "frozenset[Capability]") -> None:
        self._names = {str(capability) for capability in capabilities}

    def __getitem__(self, name: str) -> bool:
        return name in self._names


def page_context(request: HttpRequest) -> dict[str, Any]:
    context: dict[str, Any] = {
        "demo": settings.DEMO,
        "fiscal_year": fiscal_year(timezone.localdate()),
        "request_id": request_id.get(),
        "nav": [],
        "can": Rights(frozenset()),
    }
    user: User | Any = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        context["nav"] = nav_links(user, request.path, counted=current_scope() is not None)
        context["can"] = Rights(user.capabilities)
    return context
