"""The request of a signed-in official, so that types hold in views."""

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

if TYPE_CHECKING:
    from volunteer_network.models import User


class StaffRequest(HttpRequest):
    user: "User"
    htmx: HtmxDetails
