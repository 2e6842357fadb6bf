"""What makes an activity odd: the rule by the volunteer, by the category in the province, twins."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import ActivityFactory, VolunteerFactory
from volunteer_network.access.scope import open_scope
from volunteer_network.enums import ActivityKind, Category
from volunteer_network.models import Activity
from volunteer_network.services import oddities
from volunteer_network.services.figures import fold_figures
from volunteer_network.services.oddities import look_for_odd, rank_in, reasons_of

MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)


@pytest.fixture
def look(chiang_mai_officer):
    """`look()` folds the figures and says how odd each activity is, by its id."""

    def look():
        fold_figures()
        with open_scope(chiang_mai_officer.scope):
            found = look_for_odd(Activity.objects.all()).odd
            pks = Activity.objects.values_list("pk", flat=True)
            return {pk: found[pk].hundredths if pk in found else 0 for pk in pks}

    return look


def deed(volunteer, day, people, **fields):
    counts = {"people_male": people, "people_female": 0}
    return ActivityFactory(volunteer=volunteer, on_date=day, **counts | fields)


def before(volunteer, people=10, **fields):
    """One activity of so many people in each of the two months before November."""
    for month in (9, 10):
        deed(volunteer, date(2026, month, 7), people, **fields)


NOVEMBER = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("people", "usual", "odd"),
    [
        (29, 10, 0),  # less than three times
        (30, 10, 300),
        (105, 10, 1050),
        (24, 8, 0),  # three times, but sixteen people more
        (27, 7, 385),
        (0, 10, 0),
        (500, 0, 0),  # of nobody there is no three times
    ],
)
def test_three_times_the_usual_of_the_volunteer(volunteer, look, people, usual, odd):
    before(volunteer, usual)
    one = deed(volunteer, NOVEMBER, people, category=Category.DISASTER)

    assert look()[one.pk] == odd


def test_two_months_are_needed_to_call_something_usual(volunteer, look):
    deed(volunteer, date(2026, 10, 7), 10)
    deed(volunteer, date(2026, 10, 9), 10)
    one = deed(volunteer, NOVEMBER, 500, category=Category.DISASTER)

    assert look()[one.pk] == 0


def test_what_is_usual_is_of_the_six_months_before(volunteer, look):
    for day in (date(2026, 4, 30), date(2026, 3, 1), date(2026, 11, 1), date(2026, 12, 1)):
        deed(volunteer, day, 10)
    one = deed(volunteer, NOVEMBER, 500, category=Category.DISASTER)
    assert look()[one.pk] == 0

    deed(volunteer, MAY, 10)
    deed(volunteer, JUNE, 30)

    assert look()[one.pk] == 2500  # of twenty at a time


def test_what_others_of_the_province_do_in_the_category_is_usual_too(chiang_mai, songkhla, look):
    before(VolunteerFactory(province=chiang_mai), 20, category=Category.SAFETY)
    before(VolunteerFactory(province=chiang_mai), 400, category=Category.DISASTER)
    before(VolunteerFactory(province=songkhla), 400, category=Category.SAFETY)
    newcomer = VolunteerFactory(province=chiang_mai)
    one = deed(newcomer, NOVEMBER, 80, category=Category.SAFETY)

    assert look()[one.pk] == 400


def test_spotted_people_are_looked_at_as_well(volunteer, look):
    before(volunteer, 10, spotted=2)
    one = deed(volunteer, NOVEMBER, 10, spotted=90, category=Category.DISASTER)

    assert look()[one.pk] == 4500


def test_a_month_in_one_row_is_held_against_months(volunteer, look):
    for month in (9, 10):
        for day in range(1, 11):
            deed(volunteer, date(2026, month, day), 10, category=Category.OTHER)
    whole = {"kind": ActivityKind.MONTH_SUMMARY, "category": Category.OTHER}
    usual = deed(volunteer, date(2026, 11, 30), 110, **whole)
    odd = deed(volunteer, date(2026, 11, 29), 330, **whole)

    found = look()

    assert (found[usual.pk], found[odd.pk]) == (0, 330)


def test_a_twin_is_odd_and_its_like_of_another_day_is_not(volunteer, look):
    one, other = (deed(volunteer, NOVEMBER, 4) for _ in range(2))
    elsewhere = deed(volunteer, date(2026, 11, 19), 4)
    more = deed(volunteer, NOVEMBER, 5)
    nobody = [deed(volunteer, NOVEMBER, 0) for _ in range(2)]

    found = look()

    assert {pk for pk, odd in found.items() if odd} == {one.pk, other.pk}
    assert {elsewhere.pk, more.pk, nobody[0].pk} <= found.keys()


def test_the_reasons_are_told_in_words(volunteer, chiang_mai_officer):
    before(volunteer, 10, spotted=1)
    one = deed(volunteer, NOVEMBER, 1200, spotted=50)
    twins = [deed(volunteer, date(2026, 11, 3), 4) for _ in range(2)]
    plain = deed(volunteer, date(2026, 11, 4), 4)
    fold_figures()

    with open_scope(chiang_mai_officer.scope):
        found = reasons_of([one.pk, twins[0].pk, plain.pk], user=chiang_mai_officer)

    assert found == {
        one.pk: [
            "ผู้รับบริการ 120 เท่าของคนนี้ ปกติครั้งละ 10 คน",
            "ผู้รับบริการ 120 เท่าของประเภทงานนี้ในจังหวัด ปกติครั้งละ 10 คน",
            "ชี้เป้า 50 เท่าของคนนี้ ปกติครั้งละ 1 คน",
            "ชี้เป้า 50 เท่าของประเภทงานนี้ในจังหวัด ปกติครั้งละ 1 คน",
        ],
        twins[0].pk: ["เหมือนอีกรายการของคนนี้ในวันเดียวกันทุกตัวเลข"],
    }


def test_reasons_are_told_of_visible_rows_only(songkhla, chiang_mai_officer):
    theirs = [deed(VolunteerFactory(province=songkhla), NOVEMBER, 4) for _ in range(1)]

    with open_scope(chiang_mai_officer.scope):
        assert reasons_of([theirs[0].pk], user=chiang_mai_officer) == {}


def test_of_too_many_rows_the_newest_are_looked_at(volunteer, chiang_mai_officer, monkeypatch):
    monkeypatch.setattr(oddities, "LOOKED_AT", 2)
    last = deed(volunteer, NOVEMBER, 1)
    deed(volunteer, date(2026, 11, 18), 2)
    with open_scope(chiang_mai_officer.scope):
        rows = Activity.objects.all()
        assert look_for_odd(rows).last is None

    second = [deed(volunteer, date(2026, 11, 19), 3) for _twins in range(2)][1]

    with open_scope(chiang_mai_officer.scope):
        with CaptureQueriesContext(connection) as asked:
            look = look_for_odd(rows)
        assert asked.captured_queries[-1]["sql"].endswith("LIMIT 3")  # and not the whole log
        assert look.last == (second.on_date, second.pk)
        assert {row.pk for row in look.among(rows)} == {last.pk, second.pk}
        assert list(look.odd) == [second.pk]


def test_the_oddest_are_first_and_then_the_latest(volunteer, chiang_mai_officer):
    before(volunteer, 10)
    other = {"category": Category.DISASTER}
    early = deed(volunteer, date(2026, 11, 2), 50, **other)
    late = deed(volunteer, date(2026, 11, 9), 50, **other)
    most = deed(volunteer, date(2026, 11, 1), 90, **other)
    fold_figures()

    with open_scope(chiang_mai_officer.scope):
        rows = Activity.objects.all()
        found = look_for_odd(rows).odd
        sorted_by_rank = rows.annotate(rank=rank_in(found)).order_by("-rank", "-on_date")

        assert list(found) == [most.pk, late.pk, early.pk]
        assert [row.pk for row in sorted_by_rank][:3] == list(found)
        assert [row.rank for row in sorted_by_rank] == [3, 2, 1, 0, 0]
