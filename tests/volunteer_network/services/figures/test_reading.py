"""Kept figures against a recount of the log: in every order of writing and folding."""

from collections import Counter, defaultdict
from datetime import date
from types import SimpleNamespace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.volunteer_network.services.figures.cast import (
    CATEGORIES,
    CHIANG_MAI,
    CHIANG_MAI_SCOPE,
    MONTHS,
    PERIOD,
    SONGKHLA,
    log,
    scope_of,
)
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.models import Activity, ActivityDelta, ProvinceMonth
from volunteer_network.models.figures import MEASURES
from volunteer_network.services.figures import (
    Measures,
    Totals,
    by_category,
    by_district,
    by_month,
    by_province,
    check_month,
    fold_figures,
    month_totals,
    volunteer_months,
)


def recount(rows, key):
    """What the readers should say, by adding up the log in Python."""
    sums, persons = defaultdict(Counter), defaultdict(set)
    for row in rows:
        found = key(row)
        sums[found].update(
            activities=1,
            people=row.people,
            spotted=row.spotted,
            screened=row.screened,
            referred=row.referred,
        )
        persons[found].add(row.volunteer_id)
    return {
        found: ([counted[name] for name in MEASURES], len(persons[found]))
        for found, counted in sums.items()
    }


def measures(totals):
    return [getattr(totals, name) for name in MEASURES]


def assert_every_reader_equals_a_recount(cast):
    for scope, provinces in (
        (NATION, None),
        (NATION, [SONGKHLA]),
        (CHIANG_MAI_SCOPE, [CHIANG_MAI]),
    ):
        with open_scope(scope):
            rows = [
                row
                for row in Activity.objects.all()
                if not provinces or row.province_id in provinces
            ]
            assert_readers_equal(rows, provinces)
            assert_volunteer_months_equal(cast, scope)


def assert_readers_equal(rows, provinces):
    asked = {**PERIOD, "provinces": provinces}
    month_of = recount(rows, lambda row: row.on_date.replace(day=1))
    whole, persons = recount(rows, lambda row: "all").get("all", ([0] * 5, 0))

    assert {m: (measures(t), t.volunteers) for m, t in by_month(**asked).items()} == month_of
    assert {c: measures(t) for c, t in by_category(**asked).items()} == {
        c: sums for c, (sums, _) in recount(rows, lambda row: row.category).items()
    }
    assert {d: measures(t) for d, t in by_district(**asked).items()} == {
        d: sums for d, (sums, _) in recount(rows, lambda row: row.district_id).items()
    }
    assert {p: measures(t) for p, t in by_province(**asked).items()} == {
        p: sums for p, (sums, _) in recount(rows, lambda row: row.province_id).items()
    }
    assert month_totals(**asked) == Totals(*whole, persons)
    for month in MONTHS:
        sums, persons = month_of.get(month, ([0] * 5, 0))
        assert month_totals(month_from=month, provinces=provinces) == Totals(*sums, persons)


def assert_volunteer_months_equal(cast, scope):
    strips = {}
    for year in (2569, 2570):
        ids = [volunteer.pk for volunteer in cast.volunteers]
        for who, strip in volunteer_months(
            ids, fiscal_year=year, user=SimpleNamespace(scope=scope)
        ).items():
            strips |= {(who, month): measures(kept) for month, kept in strip.items()}
    counted = recount(
        Activity.objects.all(), lambda row: (row.volunteer_id, row.on_date.replace(day=1))
    )
    assert strips == {cell: sums for cell, (sums, _) in counted.items()}


step = st.one_of(
    st.tuples(
        st.just("add"),
        st.integers(0, 2),
        st.sampled_from(MONTHS),
        st.sampled_from(CATEGORIES),
        st.integers(0, 3),
    ),
    st.tuples(st.just("move month"), st.integers(0, 20), st.sampled_from(MONTHS)),
    st.tuples(st.just("move category"), st.integers(0, 20), st.sampled_from(CATEGORIES)),
    st.tuples(st.just("recount people"), st.integers(0, 20), st.integers(0, 9)),
    st.tuples(st.just("remove"), st.integers(0, 20)),
    st.tuples(st.just("move all"), st.sampled_from(MONTHS)),
    st.tuples(st.just("fold")),
)


def play(cast, rows, move, *details):
    """Do one step; `rows` are the activities that exist."""
    if move == "fold":
        fold_figures()
    elif move == "add":
        who, month, category, spotted = details
        rows.append(
            log(cast, who, month.replace(day=9), category, spotted=spotted, screened=spotted)
        )
    elif move == "move all":
        with open_scope(CHIANG_MAI_SCOPE):
            Activity.objects.filter(province=CHIANG_MAI).update(on_date=details[0])
    elif rows:
        row = rows[details[0] % len(rows)]
        with open_scope(scope_of(row)):
            same = Activity.objects.filter(pk=row.pk)
            if move == "move month":
                same.update(on_date=details[1])
            elif move == "move category":
                same.update(category=details[1])
            elif move == "recount people":
                same.update(people_male=details[1])
            else:
                same.delete()
                rows.remove(row)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(step, max_size=14))
def test_every_reader_equals_a_recount_whatever_was_written_and_folded(cast, steps):
    with transaction.atomic():
        rows = []
        for move in steps:
            play(cast, rows, *move)

        assert_every_reader_equals_a_recount(cast)
        assert [check_month(month) for month in MONTHS] == [[], [], []]
        fold_figures()
        assert_every_reader_equals_a_recount(cast)
        assert [check_month(month) for month in MONTHS] == [[], [], []]
        with open_scope(NATION):
            assert not ActivityDelta.objects.exists()
        transaction.set_rollback(True)


def test_a_figure_is_fresh_in_the_transaction_that_changes_it(cast, django_assert_num_queries):
    log(cast, spotted=3, screened=2, referred=1)

    with open_scope(CHIANG_MAI_SCOPE), django_assert_num_queries(1):
        found = month_totals(month_from=MONTHS[0], provinces=[CHIANG_MAI])

    assert found == Totals(1, 5, 3, 2, 1, volunteers=1)


def test_a_volunteer_counts_once_however_many_deltas_are_not_folded(cast):
    log(cast)
    fold_figures()
    log(cast)
    log(cast, category=CATEGORIES[1])
    log(cast, who=1)
    log(cast, who=1)

    with open_scope(NATION):
        assert month_totals(month_from=MONTHS[0]).volunteers == 2


def test_a_month_that_goes_back_to_nothing_no_longer_counts_its_volunteer(cast):
    row = log(cast)
    log(cast, who=1)
    fold_figures()
    with open_scope(CHIANG_MAI_SCOPE):
        Activity.objects.get(pk=row.pk).delete()

    with open_scope(NATION):
        assert month_totals(month_from=MONTHS[0]).volunteers == 1
    fold_figures()
    with open_scope(NATION):
        assert month_totals(month_from=MONTHS[0]).volunteers == 1
        assert ProvinceMonth.objects.get().volunteers == 1
    log(cast)
    fold_figures()
    with open_scope(NATION):
        assert ProvinceMonth.objects.get().volunteers == 2


def test_persons_are_distinct_over_months(cast):
    log(cast, on_date=MONTHS[0])
    fold_figures()
    log(cast, on_date=MONTHS[1])
    log(cast, on_date=MONTHS[1], who=2)

    with open_scope(NATION):
        assert month_totals(**PERIOD).volunteers == 2
        assert [found.volunteers for found in by_month(**PERIOD).values()] == [1, 2]
        assert month_totals(**PERIOD, category=CATEGORIES[0]).volunteers is None


def test_a_province_sees_the_nation_folded_and_says_when_it_cannot_count_persons(cast):
    log(cast)
    log(cast, who=2)
    fold_figures()
    log(cast, who=1)
    log(cast, who=2)

    with open_scope(CHIANG_MAI_SCOPE):
        nation = month_totals(month_from=MONTHS[0])
        assert (nation.activities, nation.volunteers) == (3, 3)  # Songkhla's newest comes later
        assert month_totals(**PERIOD).volunteers is None
        assert month_totals(**PERIOD, provinces=[CHIANG_MAI]).volunteers == 2
        assert month_totals(**PERIOD, provinces=[SONGKHLA]).volunteers is None
        assert by_province(**PERIOD)[SONGKHLA].activities == 1


def test_districts_and_categories_narrow_every_reader(cast):
    here = log(cast, category=CATEGORIES[0])
    log(cast, category=CATEGORIES[1], people_male=40)
    fold_figures()
    log(cast, who=2, category=CATEGORIES[0])

    with open_scope(NATION):
        assert month_totals(**PERIOD, district=here.district_id).activities == 2
        assert month_totals(**PERIOD, category=CATEGORIES[0]).activities == 2
        assert set(by_district(**PERIOD, category=CATEGORIES[1])) == {here.district_id}
        assert set(by_category(**PERIOD, district=here.district_id)) == set(CATEGORIES)
        assert month_totals(month_from=MONTHS[1]) == Totals(volunteers=0)


def test_the_months_of_a_volunteer_are_shown_to_the_own_province_only(cast):
    log(cast, on_date=date(2026, 9, 30))
    log(cast, on_date=date(2026, 10, 1))
    log(cast, who=2, on_date=date(2026, 9, 30))
    fold_figures()
    ids = [volunteer.pk for volunteer in cast.volunteers]
    officer = cast.officers[CHIANG_MAI]

    with open_scope(NATION):  # the second wall is away, the first holds alone
        found = volunteer_months(ids, fiscal_year=2569, user=officer)

    assert found == {ids[0]: {date(2026, 9, 1): Measures(1, 5)}}


def test_reading_in_two_statements_would_lose_what_is_folded_between_them(cast):
    log(cast)

    with open_scope(NATION):
        kept = ProvinceMonth.objects.count()
    fold_figures()
    with open_scope(NATION):
        unfolded = ActivityDelta.objects.count()

    assert kept + unfolded == 0  # so readers use one statement:
    with open_scope(NATION):
        assert month_totals(month_from=MONTHS[0]).activities == 1


@pytest.mark.parametrize(
    "read",
    [
        lambda: month_totals(month_from=MONTHS[0]),
        lambda: by_month(**PERIOD),
        lambda: by_category(**PERIOD),
        lambda: by_district(**PERIOD),
        lambda: by_province(**PERIOD),
        lambda: volunteer_months([1], fiscal_year=2569, user=SimpleNamespace(scope=NATION)),
    ],
)
def test_every_reader_is_one_statement(nation, read, django_assert_num_queries):
    with django_assert_num_queries(1):
        read()
