"""The figures of activities, after any course of events."""

import uuid
from datetime import date

from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import ActivityFactory, TermFactory, VolunteerFactory
from tests.volunteer_network.services.activities.deeds import (
    DAY,
    TERM,
    a_photo,
    change,
    log,
    remove,
    restore,
)
from volunteer_network.access.scope import open_scope
from volunteer_network.enums import Category
from volunteer_network.models import Activity, ActivityDelta, Subdistrict
from volunteer_network.services.figures import (
    Totals,
    by_category,
    by_district,
    fold_figures,
    month_totals,
)

MONTH = DAY.replace(day=1)


def figures(by, **where):
    with open_scope(by.scope):
        return month_totals(month_from=MONTH, provinces=[50], **where)


def test_a_removal_and_a_return_leave_the_figures_right(chiang_mai_officer, volunteer):
    one = Totals(activities=1, people=7, spotted=3, screened=2, referred=1, volunteers=1)

    pk = log(chiang_mai_officer, volunteer).pk
    assert figures(chiang_mai_officer) == one
    remove(chiang_mai_officer, Activity(pk=pk))
    assert figures(chiang_mai_officer) == Totals(volunteers=0)
    fold_figures()
    assert figures(chiang_mai_officer) == Totals(volunteers=0)
    restore(chiang_mai_officer, pk)

    assert figures(chiang_mai_officer) == one


def test_a_double_post_counts_once(chiang_mai_officer, volunteer):
    number = uuid.uuid4()

    for _ in range(2):
        log(chiang_mai_officer, volunteer, submission=number)

    assert figures(chiang_mai_officer).activities == 1


def test_a_photo_changes_no_figure(chiang_mai_officer, volunteer, files, everywhere):
    log(chiang_mai_officer, volunteer, photo=a_photo())

    with everywhere(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL role = scope_system")
        assert ActivityDelta.objects.count() == 1


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["log", "change", "remove", "restore", "fold"]),
        st.integers(0, 3),  # which of those there are
        st.sampled_from([date(2026, 10, 5), date(2026, 11, 3), date(2026, 11, 20)]),
        st.sampled_from([Category.SAFETY, Category.OTHER]),
        st.sampled_from([0, -1]),  # first or last sub-district of the province
    ),
    max_size=12,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(STEPS)
def test_figures_equal_a_recount_after_any_course_of_events(chiang_mai_officer, steps):
    with transaction.atomic():
        volunteer = VolunteerFactory()
        TermFactory(volunteer=volunteer, **TERM)
        play(chiang_mai_officer, volunteer, steps)
        with open_scope(chiang_mai_officer.scope):
            compare(list(Activity.objects.select_related("district")))
        transaction.set_rollback(True)


def play(by, volunteer, steps):
    places = list(Subdistrict.objects.filter(province=50).order_by("pk"))
    there, removed = [], []
    for what, which, day, category, place in steps:
        deed = {"on_date": day, "category": category, "subdistrict": places[place]}
        if what == "log":
            there.append(log(by, volunteer, people_male=which, **deed))
        elif what == "change" and there:
            index = which % len(there)
            there[index] = change(by, there[index], people_male=which, **deed)
        elif what == "remove" and there:
            removed.append(remove(by, there.pop(which % len(there))))
        elif what == "restore" and removed:
            there.append(restore(by, removed.pop()))
        elif what == "fold":
            fold_figures()


def compare(rows):
    period = {"month_from": date(2026, 10, 1), "month_to": date(2026, 11, 1), "provinces": [50]}
    assert month_totals(**period).activities == len(rows)
    assert month_totals(**period).people == sum(row.people for row in rows)
    for month in (date(2026, 10, 1), date(2026, 11, 1)):
        kept = month_totals(month_from=month, provinces=[50])
        assert kept.activities == sum(row.on_date.replace(day=1) == month for row in rows)
    by_key = {
        "category": by_category(**period),
        "district_id": by_district(**period),
    }
    for key, kept in by_key.items():
        counted = {getattr(row, key) for row in rows}
        assert set(kept) == counted
        for value, totals in kept.items():
            ours = [row for row in rows if getattr(row, key) == value]
            assert (totals.activities, totals.referred) == (
                len(ours),
                sum(row.referred for row in ours),
            )


def test_a_month_that_is_not_ours_counts_nothing(chiang_mai_officer, songkhla):
    ActivityFactory(volunteer=VolunteerFactory(province=songkhla), on_date=DAY)

    assert figures(chiang_mai_officer).activities == 0
