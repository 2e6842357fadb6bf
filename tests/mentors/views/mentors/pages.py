"""What the tests of the pages of mentors share."""

from datetime import timedelta

from tests.factories import TermFactory, VolunteerFactory

DAY = timedelta(days=1)


def serving(today, **details):
    volunteer = VolunteerFactory(**details)
    TermFactory(volunteer=volunteer, starts_on=today - 400 * DAY, ends_on=today + 400 * DAY)
    return volunteer


def said(response):
    return [str(message) for message in response.context["messages"]]


def rows_of(response):
    return [row.pk for row in response.context["rows"]]


def tiles_of(response):
    shown = [*response.context["tiles"], response.context["turn"]]
    return {str(tile.title): tile.figures for tile in shown if tile}
