"""Giving people a mentor, and what came of it."""

from datetime import timedelta

from mentors.models import Mentorship
from mentors.services.mentorship_checks import latest_mentorships
from mentors.services.mentorships import assign_mentors
from volunteer_network.access.scope import open_scope

DAY = timedelta(days=1)


def within(by, service, **kwargs):
    with open_scope(by.scope):
        return service(by=by, **kwargs)


def give(by, mentor, people, starts_on, seen=None):
    ids = [one.pk for one in people]
    with open_scope(by.scope):
        return assign_mentors(
            pairs=dict.fromkeys(ids, mentor.pk),
            seen=latest_mentorships(ids) if seen is None else seen,
            starts_on=starts_on,
            by=by,
        )


def history(volunteer):
    rows = Mentorship.objects.filter(volunteer=volunteer).order_by("starts_on")
    return list(rows.values_list("mentor_id", "starts_on", "ends_on"))
