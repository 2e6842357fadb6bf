"""When a service ends, by hand or at night, nobody guides the person any more."""

from datetime import timedelta

import pytest

from mentors.models import Mentorship
from tests.factories import MentorFactory, MentorshipFactory, TermFactory, VolunteerFactory
from volunteer_network.access.scope import open_scope
from volunteer_network.enums import EndReason
from volunteer_network.models import AuditEvent, Volunteer
from volunteer_network.services.terms import appoint, close_finished_terms, end_term, suspend

DAY = timedelta(days=1)


@pytest.fixture
def guided(today):
    volunteer = VolunteerFactory()
    TermFactory(volunteer=volunteer, starts_on=today - 300 * DAY, ends_on=today + 300 * DAY)
    return MentorshipFactory(volunteer=volunteer, starts_on=today - 100 * DAY).volunteer


def days_of(volunteer):
    rows = Mentorship.objects.filter(volunteer=volunteer).order_by("starts_on")
    return list(rows.values_list("starts_on", "ends_on"))


def test_a_mentorship_ends_with_the_term_that_ends_early(
    chiang_mai_officer, guided, today, everywhere
):
    with open_scope(chiang_mai_officer.scope):
        end_term(
            volunteer=guided,
            ended_on=today - 3 * DAY,
            end_reason=EndReason.RESIGNED,
            by=chiang_mai_officer,
        )

    with everywhere():
        assert days_of(guided) == [(today - 100 * DAY, today - 3 * DAY)]
        assert AuditEvent.objects.filter(verb="mentorship.ended", target=guided.pk).count() == 1


def test_what_had_not_begun_by_then_is_void(chiang_mai_officer, guided, today, everywhere):
    with open_scope(chiang_mai_officer.scope):
        Mentorship.objects.filter(volunteer=guided).update(ends_on=today + 4 * DAY)
    MentorshipFactory(volunteer=guided, starts_on=today + 5 * DAY)

    with open_scope(chiang_mai_officer.scope):
        end_term(
            volunteer=guided, ended_on=today, end_reason=EndReason.DECEASED, by=chiang_mai_officer
        )

    with everywhere():
        assert days_of(guided) == [(today - 100 * DAY, today)]


def test_the_nightly_close_ends_it_on_the_last_day_of_the_term(today, everywhere):
    volunteer = VolunteerFactory()
    TermFactory(volunteer=volunteer, starts_on=today - 300 * DAY, ends_on=today - DAY)
    MentorshipFactory(volunteer=volunteer, starts_on=today - 100 * DAY)

    assert close_finished_terms() == 1
    assert close_finished_terms() == 0

    with everywhere():
        assert days_of(volunteer) == [(today - 100 * DAY, today - DAY)]


def test_a_hold_or_any_other_change_leaves_the_mentor(
    chiang_mai_officer, guided, today, everywhere
):
    with open_scope(chiang_mai_officer.scope):
        suspend(volunteer=guided, by=chiang_mai_officer)

    with everywhere():
        assert days_of(guided) == [(today - 100 * DAY, None)]


def test_who_serves_again_has_no_mentor_until_somebody_assigns(
    chiang_mai_officer, guided, today, everywhere
):
    mentor = MentorFactory()
    with open_scope(chiang_mai_officer.scope):
        end_term(
            volunteer=guided,
            ended_on=today - DAY,
            end_reason=EndReason.RESIGNED,
            by=chiang_mai_officer,
        )
        appoint(
            volunteer=guided,
            order_number="5/2570",
            order_date=None,
            starts_on=today,
            by=chiang_mai_officer,
        )

    with everywhere():
        assert not Mentorship.objects.filter(volunteer=guided).running_on(today).exists()
        assert Volunteer.objects.get(pk=guided.pk).status == "active"
    MentorshipFactory(volunteer=guided, mentor=mentor, starts_on=today)
