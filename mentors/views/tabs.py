"""The four lists of this section, one click each, with how many wait in them."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mentors.models import Mentor, Visit
from mentors.services.mentorships import unassigned_volunteers
from mentors.services.silence import silent_to_call
from volunteer_network.access.requests import StaffRequest


@dataclass(frozen=True)
class Tab:
    label: str
    href: str
    count: int
    current: bool


def section_tabs(request: StaffRequest) -> list[Tab]:
    """Each list as everybody of the user's places sees it; the one that is open is marked."""
    user, today = request.user, timezone.localdate()
    lists = (
        (_("พี่เลี้ยง"), "mentors:list", Mentor.objects.visible_to(user).serving_on(today)),
        (_("ยังไม่มีพี่เลี้ยง"), "mentors:unassigned", unassigned_volunteers(user, today)),
        (_("เงียบตั้งแต่ 2 เดือน"), "mentors:silent", silent_to_call(user, today)),
        (_("นัดเยี่ยมและประชุม"), "mentors:visits", Visit.objects.visible_to(user).planned()),
    )
    return [
        Tab(label, reverse(name), rows.count(), request.path == reverse(name))
        for label, name, rows in lists
    ]
