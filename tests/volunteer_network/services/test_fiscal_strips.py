"""The strip of twelve months, October first, and for how long nothing was heard."""

from datetime import date

import pytest

from tests.factories import ActivityFactory, TermFactory, VolunteerFactory
from volunteer_network.access.scope import open_scope
from volunteer_network.services.fiscal_strips import BLANK, DONE, MISSED, OPEN, fiscal_strips

TODAY = date(2026, 1, 20)  # the fourth month of fiscal year 2569


@pytest.fixture
def strip_of(chiang_mai_officer):
    def strip(volunteer, today=TODAY):
        with open_scope(chiang_mai_officer.scope):
            return fiscal_strips([volunteer.pk], user=chiang_mai_officer, today=today)[volunteer.pk]

    return strip


def serve(volunteer, starts_on, ends_on):
    TermFactory(volunteer=volunteer, starts_on=starts_on, ends_on=ends_on)


def act(volunteer, *months):
    for month in months:
        ActivityFactory(volunteer=volunteer, on_date=month)


def test_cells_say_done_missed_open_and_blank(volunteer, strip_of):
    serve(volunteer, date(2025, 11, 15), date(2028, 11, 14))
    act(volunteer, date(2025, 12, 3))

    strip = strip_of(volunteer)

    assert strip.cells == (BLANK, MISSED, DONE, OPEN, *[BLANK] * 8)
    assert strip.silent_months == 0


def test_the_present_month_counts_as_soon_as_something_was_done(volunteer, strip_of):
    serve(volunteer, date(2025, 1, 1), date(2027, 12, 31))
    act(volunteer, date(2026, 1, 5))

    strip = strip_of(volunteer)

    assert strip.cells[3] == DONE
    assert strip.silent_months == 0


def test_months_outside_every_term_are_blank(volunteer, strip_of):
    serve(volunteer, date(2025, 1, 1), date(2025, 10, 31))
    serve(volunteer, date(2025, 12, 1), date(2028, 11, 30))

    assert strip_of(volunteer).cells[:3] == (MISSED, BLANK, MISSED)


def test_what_was_done_shows_even_outside_a_term(volunteer, strip_of):
    act(volunteer, date(2025, 10, 3))

    assert strip_of(volunteer).cells[0] == DONE


@pytest.mark.parametrize(
    ("last_heard", "silent"),
    [(date(2025, 12, 31), 0), (date(2025, 11, 1), 1), (date(2025, 9, 30), 3), (None, 12)],
)
def test_silence_is_counted_over_the_first_of_october(volunteer, strip_of, last_heard, silent):
    serve(volunteer, date(2025, 1, 1), date(2027, 12, 31))
    if last_heard:
        act(volunteer, last_heard)

    assert strip_of(volunteer).silent_months == silent


def test_in_october_silence_is_not_forgotten(volunteer, strip_of):
    serve(volunteer, date(2024, 1, 1), date(2026, 12, 31))
    act(volunteer, date(2025, 6, 3))

    assert strip_of(volunteer, today=date(2025, 10, 2)).silent_months == 3


def test_who_is_new_is_not_silent(volunteer, strip_of):
    serve(volunteer, date(2026, 1, 2), date(2029, 1, 1))

    assert strip_of(volunteer).silent_months == 0


def test_many_cost_what_one_costs(chiang_mai, chiang_mai_officer, django_assert_num_queries):
    volunteers = [VolunteerFactory(province=chiang_mai).pk for _ in range(4)]

    with open_scope(chiang_mai_officer.scope):
        for some in ([volunteers[0]], volunteers):
            with django_assert_num_queries(2):  # of our own, and the reasons of the months
                fiscal_strips(some, user=chiang_mai_officer, today=TODAY)


def test_another_provinces_months_stay_there(songkhla, strip_of):
    foreign = VolunteerFactory(province=songkhla)
    serve(foreign, date(2025, 1, 1), date(2027, 12, 31))
    act(foreign, date(2025, 12, 3))

    assert set(strip_of(foreign).cells) == {BLANK}
