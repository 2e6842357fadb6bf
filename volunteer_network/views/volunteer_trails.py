"""Who can see a person, who looked, and who changed what."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from volunteer_network.access.guards import needs
from volunteer_network.access.requests import StaffRequest
from volunteer_network.access.roles import CAPABILITIES, Capability, Role
from volunteer_network.models import User, Volunteer
from volunteer_network.services.trails import SHOWN_AT_MOST, trail_of


@needs(Capability.VIEW_VOLUNTEERS)
def volunteer_trail(request: StaffRequest, pk: int) -> HttpResponse:
    volunteer = get_object_or_404(Volunteer.objects.visible_to(request.user), pk=pk)
    context = {
        "volunteer": volunteer,
        "steps": trail_of(volunteer, user=request.user),
        "most": SHOWN_AT_MOST,
        "colleagues": _colleagues(volunteer),
        "nationwide": [role.label for role in Role if _sees_the_nation(role)],
    }
    return render(request, "volunteer_network/volunteers/trail.html", context)


def _colleagues(volunteer: Volunteer) -> list[User]:
    """The officials of the province who may open this person's page."""
    people = User.objects.filter(province=volunteer.province_id, is_active=True)
    return [user for user in people if user.can(Capability.VIEW_VOLUNTEERS)]


def _sees_the_nation(role: Role) -> bool:
    central = {Role.CENTRAL_OFFICER, Role.INSPECTOR, Role.CENTRAL_ADMIN, Role.EXECUTIVE}
    return role in central and Capability.VIEW_VOLUNTEERS in CAPABILITIES[role]
