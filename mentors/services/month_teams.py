"""Whose month is expected, and which mentor it belongs to."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, Subquery

from mentors.models import Mentor, Mentorship
from mentors.models.mentors import MentorQuerySet
from mentors.services.month_deadlines import last_day
from volunteer_network.models import Term, User, Volunteer
from volunteer_network.models.volunteers import VolunteerQuerySet


def expected_in(month: date, *, user: User) -> VolunteerQuerySet:
    """Those with a term on some day of the month, each with the last mentor of the month."""
    in_term = Term.objects.filter(
        volunteer=OuterRef("pk"), starts_on__lte=last_day(month), lasts_until__gte=month
    )
    guiding = Mentorship.objects.of_months(month, last_day(month)).filter(volunteer=OuterRef("pk"))
    return (
        Volunteer.objects.visible_to(user)
        .filter(Exists(in_term))
        .annotate(mentor_of_month=Subquery(guiding.order_by("-starts_on").values("mentor")[:1]))
    )


def team_in(month: date, *, mentor: Mentor, user: User) -> VolunteerQuerySet:
    """The volunteers of a mentor in the month; an office's only mentor has the others too."""
    whose = Q(mentor_of_month=mentor.pk)
    if mentors_in(month, province=mentor.province_id, user=user).count() == 1:
        whose |= Q(mentor_of_month=None)
    return expected_in(month, user=user).filter(whose, province=mentor.province_id)


def mentors_in(month: date, *, province: int, user: User) -> MentorQuerySet:
    """Who was a mentor of the province on some day of the month."""
    serving = Q(ends_on__isnull=True) | Q(ends_on__gte=month)
    return Mentor.objects.visible_to(user).filter(
        serving, province=province, starts_on__lte=last_day(month)
    )


def mentor_of_account(user: User) -> Mentor | None:
    """The mentor whom the signed-in account belongs to, the latest one."""
    return Mentor.objects.visible_to(user).filter(user=user).order_by("-starts_on").first()
