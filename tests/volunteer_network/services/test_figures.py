"""Kept figures against a recount of the log: in every order of writing and folding."""

import random
import threading
import time
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from types import SimpleNamespace

import pytest
import time_machine
from django.db import ProgrammingError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import ActivityFactory, UserFactory, VolunteerFactory
from volunteer_network import figures_sql
from volunteer_network.access.owner import as_owner
from volunteer_network.access.scope import NATION, SYSTEM, Scope, ScopeRole, open_scope
from volunteer_network.celery import app as celery_app
from volunteer_network.enums import Category
from volunteer_network.models import (
    Activity,
    ActivityDelta,
    DistrictCategoryMonth,
    Province,
    ProvinceMonth,
    VolunteerMonth,
)
from volunteer_network.models.figures import MEASURES
from volunteer_network.services.figures import (
    Measures,
    Totals,
    by_category,
    by_district,
    by_month,
    by_province,
    check_month,
    check_recent_months,
    fold_figures,
    month_totals,
    rebuild_figures,
    volunteer_months,
)

CHIANG_MAI, SONGKHLA = 50, 90
CHIANG_MAI_SCOPE = Scope(ScopeRole.PROVINCE, (CHIANG_MAI,))
MONTHS = [date(2026, 8, 1), date(2026, 9, 1), date(2026, 10, 1)]
PERIOD = {"month_from": MONTHS[0], "month_to": MONTHS[-1]}
CATEGORIES = [Category.SAFETY, Category.SOCIAL_SECURITY]


@pytest.fixture
def cast(db):
    """Two volunteers in Chiang Mai, one in Songkhla."""
    volunteers = [
        VolunteerFactory(province=Province.objects.get(pk=code))
        for code in (CHIANG_MAI, CHIANG_MAI, SONGKHLA)
    ]
    return SimpleNamespace(
        volunteers=volunteers,
        officers={
            code: UserFactory(province=Province.objects.get(pk=code))
            for code in (CHIANG_MAI, SONGKHLA)
        },
    )


def scope_of(volunteer):
    return Scope(ScopeRole.PROVINCE, (volunteer.province_id,))


def log(cast, who=0, on_date=MONTHS[0], category=CATEGORIES[0], **fields):
    volunteer = cast.volunteers[who]
    officer = cast.officers[volunteer.province_id]
    return ActivityFactory(
        volunteer=volunteer, on_date=on_date, category=category, recorded_by=officer, **fields
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


@time_machine.travel("2026-11-23T01:20:00+07:00", tick=False)
def test_the_night_logs_each_month_that_differs(cast, caplog):
    log(cast)
    fold_figures()
    assert check_recent_months() == 0

    with open_scope(SYSTEM):
        ProvinceMonth.objects.update(volunteers=5)

    assert check_recent_months() == 1
    assert [record.month for record in caplog.records] == [MONTHS[0].isoformat()]


def test_the_night_is_in_the_schedule():
    entry = celery_app.conf.beat_schedule["check_figures"]

    assert entry["task"] == "volunteer_network.tasks.check_figures"
    assert (entry["schedule"].hour, entry["schedule"].minute) == ({1}, {20})


def test_a_tampered_roll_up_is_found_by_the_check(cast):
    log(cast)
    fold_figures()
    with open_scope(SYSTEM):
        ProvinceMonth.objects.update(volunteers=5)
        VolunteerMonth.objects.update(people=6)
        DistrictCategoryMonth.objects.all().delete()

    found = {difference.figure: difference for difference in check_month(MONTHS[0])}

    assert set(found) == {"district", "province", "volunteer"}
    assert (found["province"].counted.volunteers, found["province"].kept.volunteers) == (1, 5)
    assert (found["volunteer"].counted.people, found["volunteer"].kept.people) == (5, 6)
    assert found["district"].kept.activities == 0


def test_the_officers_of_a_province_cannot_fold(cast):
    log(cast)

    with (
        open_scope(CHIANG_MAI_SCOPE),
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(figures_sql.FOLD)


def commit_activities(province, volunteer_id, subdistrict, officer_id, seed):
    """One writer adds, moves and removes activities, each in a transaction of its own."""
    chance = random.Random(seed)
    mine = []
    for turn in range(30):
        with open_scope(Scope(ScopeRole.PROVINCE, (province,))):
            if turn % 5 == 3 and mine:
                Activity.objects.filter(pk=mine.pop(0)).delete()
            elif turn % 5 == 4:
                Activity.objects.filter(pk=mine[-1]).update(on_date=chance.choice(MONTHS))
            else:
                row = Activity.objects.create(
                    province_id=province,
                    district_id=subdistrict.district_id,
                    subdistrict=subdistrict,
                    volunteer_id=volunteer_id,
                    on_date=chance.choice(MONTHS),
                    category=chance.choice(CATEGORIES),
                    kind="survey",
                    agency_id="OPS",
                    people_male=chance.randrange(9),
                    recorded_by_id=officer_id,
                )
                mine.append(row.pk)


def test_no_delta_is_lost_or_counted_twice_under_eight_writers_and_a_folder(committed):
    """The check is one statement, so it must find nothing at any moment of the rush."""
    volunteers = [
        VolunteerFactory(province=Province.objects.get(pk=code))
        for code in (CHIANG_MAI, SONGKHLA)
        for _ in range(2)
    ]
    officer = UserFactory()
    done = threading.Event()

    def write(seed):
        volunteer = volunteers[seed % 4]
        try:
            commit_activities(
                volunteer.province_id, volunteer.pk, volunteer.subdistrict, officer.pk, seed
            )
        finally:
            connection.close()

    def fold():
        folded = 0
        try:
            while not done.is_set():
                folded += fold_figures()
                time.sleep(0.005)
            return folded
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        folders = [pool.submit(fold) for _ in range(2)]
        writers = [pool.submit(write, seed) for seed in range(8)]
        faults = []
        while not all(writer.done() for writer in writers):
            faults += check_month(MONTHS[0])
        done.set()
        for writer in writers:
            writer.result()
        folded = sum(folder.result() for folder in folders)

    assert folded > 0
    assert faults == []
    assert [check_month(month) for month in MONTHS] == [[], [], []]
    fold_figures()
    assert [check_month(month) for month in MONTHS] == [[], [], []]
    with open_scope(NATION):
        assert month_totals(**PERIOD).activities == Activity.objects.count() > 0


def commit_delta(cursor, volunteer):
    cursor.execute(
        "INSERT INTO volunteer_network_activitydelta (province_id, district_id, volunteer_id,"
        " month, category, activities, people, spotted, screened, referred)"
        " VALUES (%s, %s, %s, %s, 'safety', 1, 0, 0, 0, 0) RETURNING id",
        [volunteer.province_id, volunteer.district_id, volunteer.pk, MONTHS[0]],
    )
    return cursor.fetchone()[0]


def test_a_delta_committed_late_is_folded_where_a_watermark_would_lose_it(committed):
    volunteer = VolunteerFactory()
    begun, may_commit = threading.Event(), threading.Event()

    def slow_writer():
        try:
            with open_scope(scope_of(volunteer)), connection.cursor() as cursor:
                early = commit_delta(cursor, volunteer)
                begun.set()
                may_commit.wait(10)
            return early
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(slow_writer)
        begun.wait(10)
        with open_scope(scope_of(volunteer)), connection.cursor() as cursor:
            watermark = commit_delta(cursor, volunteer)
        first = fold_figures()
        may_commit.set()
        early = slow.result()

    assert early < watermark  # "everything above the watermark" would never see it
    assert (first, fold_figures()) == (1, 1)
    with open_scope(NATION):
        assert ProvinceMonth.objects.get().activities == 2


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


def test_only_one_process_folds_at_a_time(committed):
    volunteer = VolunteerFactory()
    ActivityFactory(volunteer=volunteer)

    def fold_elsewhere():
        try:
            return fold_figures()
        finally:
            connection.close()

    with open_scope(SYSTEM), connection.cursor() as cursor, ThreadPoolExecutor(1) as pool:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [figures_sql.FIGURES_LOCK])
        busy = pool.submit(fold_elsewhere).result()

    assert busy == 0
    assert fold_figures() == 1


def test_rebuilding_counts_everything_anew_from_the_log(committed):
    volunteer = VolunteerFactory()
    ActivityFactory(volunteer=volunteer, on_date=MONTHS[0])
    fold_figures()
    ActivityFactory(volunteer=volunteer, on_date=MONTHS[0])
    with open_scope(SYSTEM):
        ProvinceMonth.objects.update(people=999)
        VolunteerMonth.objects.all().delete()

    with as_owner():
        rebuild_figures()

    assert check_month(MONTHS[0]) == []
    with open_scope(NATION):
        assert not ActivityDelta.objects.exists()
        assert month_totals(month_from=MONTHS[0]) == Totals(2, 10, volunteers=1)
