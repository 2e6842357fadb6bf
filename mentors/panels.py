"""The mentor's box on a volunteer's page: who guides since when, before, and what is coming."""

from django.template.loader import render_to_string
from django.utils import timezone

from mentors.enums import VisitState
from mentors.models import Contact, Mentorship, VisitVolunteer
from volunteer_network.access.roles import Capability
from volunteer_network.models import User, Volunteer

SHOWN = 5


def mentor_panel(user: User, volunteer: Volunteer) -> str:
    today = timezone.localdate()
    rows = Mentorship.objects.visible_to(user).filter(volunteer=volunteer)
    rows = rows.select_related("mentor")
    contacts = Contact.objects.visible_to(user).filter(volunteer=volunteer)
    visits = VisitVolunteer.objects.visible_to(user).filter(volunteer=volunteer)
    coming = visits.filter(visit__state=VisitState.PLANNED).select_related("visit")
    mentorships = list(rows[:SHOWN])
    context = {
        "volunteer": volunteer,
        "current": next((one for one in mentorships if one.runs_on(today)), None),
        "coming": next((one for one in mentorships if one.starts_on > today), None),
        "before": [one for one in mentorships if one.ends_on and one.ends_on < today],
        "contact": contacts.first(),
        "visit": coming.order_by("visit__on_date", "pk").first(),
        "may_assign": user.can(Capability.ASSIGN_MENTORS) and not volunteer.has_ended,
    }
    return render_to_string("mentors/mentors/_panel.html", context)
