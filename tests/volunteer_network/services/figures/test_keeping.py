"""Folding under writers, rebuilding, and the check of the night."""

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from django.db import ProgrammingError, connection, transaction

from tests.factories import ActivityFactory, UserFactory, VolunteerFactory
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
from volunteer_network import figures_sql
from volunteer_network.access.owner import as_owner
from volunteer_network.access.scope import NATION, SYSTEM, Scope, ScopeRole, open_scope
from volunteer_network.celery import app as celery_app
from volunteer_network.models import (
    Activity,
    ActivityDelta,
    DistrictCategoryMonth,
    Province,
    ProvinceMonth,
    VolunteerMonth,
)
from volunteer_network.services.figures import (
    Totals,
    check_month,
    check_recent_months,
    fold_figures,
    month_totals,
    rebuild_figures,
)


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
