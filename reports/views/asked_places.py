"""Which province an address of the dashboard asks for."""

from django.http import Http404

from volunteer_network.access.requests import StaffRequest
from volunteer_network.known_places import known_province
from volunteer_network.models import Province

MOST_DIGITS = 4  # of a code in an address, and one more


def asked_office(request: StaffRequest) -> Province | None:
    """The province in the query; None where none is named."""
    code = request.GET.get("province", "")
    return office_of(int(code)) if code.isdecimal() and len(code) < MOST_DIGITS else None


def office_of(code: int) -> Province:
    """A province with an office; Bangkok has none in this network."""
    try:
        found = known_province(code)
    except KeyError:
        raise Http404 from None
    if not found.has_office:
        raise Http404
    return found
