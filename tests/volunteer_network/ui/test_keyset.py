"""Walking a long list page by page, both ways, while others work on it."""

from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.db.models import DateField, Value
from django.db.models.functions import Coalesce
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import UserFactory, VolunteerFactory
from volunteer_network.access.scope import Scope, ScopeRole, open_scope
from volunteer_network.enums import AGENCY_OF_CATEGORY, ActivityKind, Category
from volunteer_network.models import Activity, Volunteer
from volunteer_network.ui import keyset
from volunteer_network.ui.keyset import Cursor, Ordering, page_of

CHIANG_MAI = Scope(ScopeRole.PROVINCE, (50,))
FIRST = date(2026, 10, 1)
ORDERINGS = (
    Ordering("latest", "", ("on_date",), descending=True),
    Ordering("oldest", "", ("on_date",)),
    Ordering("kind", "", ("category", "on_date")),
    Ordering("kind down", "", ("category", "people_male"), descending=True),
)
ROW = st.tuples(st.integers(0, 2), st.sampled_from([Category.SAFETY, Category.OTHER]))
PROPERTY = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def volunteer(chiang_mai):
    return VolunteerFactory(province=chiang_mai)


@pytest.fixture
def officer(chiang_mai):
    return UserFactory(province=chiang_mai)


@contextmanager
def tried():
    """One example, of which nothing stays for the next."""
    with transaction.atomic():
        with open_scope(CHIANG_MAI):
            yield
        transaction.set_rollback(True)


def add(volunteer, officer, rows):
    """Rows with many ties: (days after the first, category)."""
    return Activity.objects.bulk_create(
        Activity(
            province_id=50,
            volunteer=volunteer,
            district_id=volunteer.district_id,
            subdistrict_id=volunteer.subdistrict_id,
            recorded_by=officer,
            on_date=FIRST + timedelta(days=days),
            category=category,
            kind=ActivityKind.MEETING,
            agency_id=AGENCY_OF_CATEGORY[category],
            people_male=days,
        )
        for days, category in rows
    )


def page_at(ordering, cursor, size):
    rows = Activity.objects.all()
    return page_of(rows, rows, ordering=ordering, cursor=cursor, fields=("on_date",), size=size)


def walk(ordering, size, *, between=lambda page: None):
    """The ids of every page from the first to the last."""
    page = page_at(ordering, Cursor(), size)
    pages = [page]
    while page.after:
        between(page)
        page = page_at(ordering, Cursor(page.after), size)
        pages.append(page)
    return pages


def walk_back(ordering, size, last):
    pages, page = [last], last
    while page.before:
        page = page_at(ordering, Cursor(page.before, backwards=True), size)
        pages.append(page)
    return pages


def ids(pages):
    return [row.pk for page in pages for row in page.rows]


@PROPERTY
@given(st.lists(ROW, max_size=11), st.integers(1, 4), st.sampled_from(ORDERINGS))
def test_every_row_is_visited_once_and_in_order(volunteer, officer, rows, size, ordering):
    with tried():
        add(volunteer, officer, rows)
        expected = list(ordering.sorted(Activity.objects.all()).values_list("pk", flat=True))

        pages = walk(ordering, size)
        back = walk_back(ordering, size, pages[-1])

        assert ids(pages) == expected
        assert sorted(ids(back)) == sorted(expected)
        assert ids(reversed(back)) == expected
        assert pages[0].before is None
        assert pages[-1].after is None
        assert len(pages) == max(1, -(-len(rows) // size))


@PROPERTY
@given(
    st.lists(ROW, min_size=1, max_size=10),
    st.lists(st.tuples(ROW, st.integers(0, 9)), max_size=5),
    st.integers(1, 3),
    st.sampled_from(ORDERINGS),
)
def test_rows_that_stay_are_visited_once_while_others_come_and_go(
    volunteer, officer, rows, changes, size, ordering
):
    with tried():
        there = {row.pk for row in add(volunteer, officer, rows)}
        gone, pending = set(), list(changes)

        def disturb(page):
            if not pending:
                return
            row, which = pending.pop()
            add(volunteer, officer, [row])
            leaving = sorted(there - gone - {page.after})[which:][:1]
            Activity.objects.filter(pk__in=leaving).delete()
            gone.update(leaving)

        visited = ids(walk(ordering, size, between=disturb))

        assert len(visited) == len(set(visited))
        assert there - gone <= set(visited)
        order = list(ordering.sorted(Activity.objects.all()).values_list("pk", flat=True))
        stayed = [pk for pk in visited if pk in order]
        assert stayed == sorted(stayed, key=order.index)


def test_a_border_row_that_is_gone_leads_to_the_first_page(volunteer, officer):
    with open_scope(CHIANG_MAI):
        rows = add(volunteer, officer, [(day, Category.OTHER) for day in range(3)])
        page = page_at(ORDERINGS[1], Cursor(10**12), 2)

        assert ids([page]) == [rows[0].pk, rows[1].pk]
        assert page.before is None


def test_a_border_row_may_have_left_the_filter(volunteer, officer):
    """Somebody changed it meanwhile; the walk goes on from where it stands."""
    with open_scope(CHIANG_MAI):
        rows = add(volunteer, officer, [(day, Category.OTHER) for day in range(4)])
        Activity.objects.filter(pk=rows[1].pk).update(category=Category.SAFETY)

        page = page_of(
            Activity.objects.filter(category=Category.OTHER),
            Activity.objects.all(),
            ordering=ORDERINGS[1],
            cursor=Cursor(rows[1].pk),
            fields=(),
        )

        assert ids([page]) == [rows[2].pk, rows[3].pk]


def test_people_without_a_term_come_last_when_sorted_by_its_end(chiang_mai, volunteer):
    ending = Ordering(
        "term",
        "",
        ("term_order",),
        computed={"term_order": Coalesce("term_ends_on", Value(date.max, DateField()))},
    )
    second = VolunteerFactory(province=chiang_mai, term_ends_on=date(2027, 1, 1))
    first = VolunteerFactory(province=chiang_mai, term_ends_on=date(2026, 12, 1))

    visited, cursor = [], Cursor()
    with open_scope(CHIANG_MAI):
        rows = Volunteer.objects.all()
        while True:
            page = page_of(rows, rows, ordering=ending, cursor=cursor, fields=(), size=1)
            visited += ids([page])
            if not page.after:
                break
            cursor = Cursor(page.after)

    assert visited == [first.pk, second.pk, volunteer.pk]


@pytest.mark.parametrize(
    ("query", "cursor"),
    [
        ("", Cursor()),
        ("after=12", Cursor(12)),
        ("before=12", Cursor(12, backwards=True)),
        ("after=12&before=13", Cursor(12)),
        ("after=-1", Cursor()),
        ("after=x", Cursor()),
        ("after=%00", Cursor()),
        ("after=" + "9" * 19, Cursor()),
        ("after=²", Cursor()),
    ],
)
def test_an_address_gives_a_place_or_the_beginning(query, cursor):
    assert Cursor.of(QueryDict(query)) == cursor


@pytest.mark.parametrize(("count", "words"), [(0, "0"), (2, "2"), (3, "กว่า 2"), (5, "กว่า 2")])
def test_a_long_list_is_not_counted_to_the_end(volunteer, officer, monkeypatch, count, words):
    monkeypatch.setattr(keyset, "COUNT_AT_MOST", 2)
    with open_scope(CHIANG_MAI):
        add(volunteer, officer, [(0, Category.OTHER)] * count)

        page = page_at(ORDERINGS[0], Cursor(), 50)

    assert page.count_in_words == words
    assert page.count == min(count, 3)
    assert len(page) == count
