"""People of the own province whom the network knows: to pick instead of typing."""

from dataclasses import dataclass

from django.utils import timezone

from mentors.models import Mentor
from seminars.models import Registration, Seminar
from volunteer_network.enums import VolunteerStatus
from volunteer_network.models import User, Volunteer
from volunteer_network.row_keys import is_key

SHOWN = 8


@dataclass(frozen=True)
class KnownPerson:
    """One who may be picked; `key` is "mentor" or "volunteer", as the address names it."""

    key: str
    pk: int
    name: str
    detail: str
    listed: bool


def known_people(seminar: Seminar, user: User, words: str) -> list[KnownPerson]:
    """The mentors who serve, and with words the volunteers who match them."""
    if user.province_id is None:
        return []
    coming = Registration.objects.visible_to(user).coming().filter(seminar=seminar)
    listed_mentors, listed_volunteers = (
        set(coming.values_list(name, flat=True)) for name in ("mentor", "volunteer")
    )
    mentors = Mentor.objects.visible_to(user).serving_on(timezone.localdate()).matching(words)
    found = [
        KnownPerson("mentor", one.pk, str(one), one.position, one.pk in listed_mentors)
        for one in mentors[:SHOWN]
    ]
    if not words.strip():
        return found
    volunteers = Volunteer.objects.visible_to(user).filter(status=VolunteerStatus.ACTIVE)
    return found + [
        KnownPerson("volunteer", one.pk, str(one), f"อสร. {one.code}", one.pk in listed_volunteers)
        for one in volunteers.matching(words).order_by("sort_key", "pk")[:SHOWN]
    ]


def picked_person(user: User, *, mentor: str, volunteer: str) -> Mentor | Volunteer | None:
    """The person that the address names, if the user may see and register such a person."""
    if user.province_id is None:
        return None
    if is_key(mentor):
        return Mentor.objects.visible_to(user).filter(pk=int(mentor)).first()
    if is_key(volunteer):
        return Volunteer.objects.visible_to(user).filter(pk=int(volunteer)).first()
    return None
