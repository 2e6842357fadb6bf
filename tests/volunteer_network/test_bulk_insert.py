"""Many rows at once stay within the walls, and are the rows that saving one by one would make."""

import pytest
from django.db import ProgrammingError, connection

from tests.factories import VolunteerFactory
from volunteer_network.access.scope import NATION, Scope, ScopeRole, open_scope
from volunteer_network.bulk_insert import insert_rows
from volunteer_network.models import Term, Volunteer

COLUMNS = (
    *("province_id", "volunteer_id", "round_number", "subdistrict_id", "order_number"),
    *("starts_on", "ends_on", "end_reason"),
)


def term_of(volunteer, province=None):
    return (
        *(province or volunteer.province_id, volunteer.pk, 1, volunteer.subdistrict_id, "1/2569"),
        *("2026-10-01", "2029-09-30", ""),
    )


def scope_of(province):
    return open_scope(Scope(ScopeRole.PROVINCE, (province.pk,)))


def test_rows_are_inserted_with_what_the_database_generates(chiang_mai):
    volunteer = VolunteerFactory(province=chiang_mai)

    with scope_of(chiang_mai):
        made = insert_rows(
            Term, COLUMNS, [term_of(volunteer)], returning=("id", "lasts_until", "order_number")
        )
        [term] = Term.objects.all()

    assert made == [(term.pk, term.ends_on, "1/2569")]


def test_it_may_be_done_twice_in_one_transaction(chiang_mai):
    people = VolunteerFactory.create_batch(2, province=chiang_mai)

    with scope_of(chiang_mai):
        for volunteer in people:
            insert_rows(Term, COLUMNS, [term_of(volunteer)])

        assert Term.objects.count() == 2


def test_row_security_looks_at_each_row(chiang_mai, songkhla):
    stranger = VolunteerFactory(province=songkhla)

    with pytest.raises(ProgrammingError, match="row-level security"), scope_of(chiang_mai):
        insert_rows(Term, COLUMNS, [term_of(stranger)])


def copy_straight_into_terms():
    statement = "COPY volunteer_network_term (province_id) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement):
        pass


def test_a_copy_straight_into_a_walled_table_is_refused(chiang_mai):
    """The reason for the temporary table."""
    with pytest.raises(Exception, match="COPY FROM not supported"), scope_of(chiang_mai):
        copy_straight_into_terms()


def test_nothing_is_inserted_where_the_scope_may_only_read(chiang_mai):
    volunteer = VolunteerFactory(province=chiang_mai)

    with pytest.raises(ProgrammingError, match="permission denied"), open_scope(NATION):
        insert_rows(Term, COLUMNS, [term_of(volunteer)])


def test_no_rows_are_no_rows(chiang_mai):
    with scope_of(chiang_mai):
        assert insert_rows(Volunteer, ("province_id",), []) == []


def test_a_field_that_is_not_named_gets_its_default(chiang_mai):
    """Also one that was added later than the code that inserts."""
    other = VolunteerFactory(province=chiang_mai)
    named = (
        *("province_id", "number", "title", "first_name", "last_name", "match_key", "level"),
        *("national_id_sealed", "national_id_index", "national_id_masked"),
        *("subdistrict_id", "district_id"),
    )
    row = (
        *(chiang_mai.pk, 77, "นาง", "สุดา", "ใจดี", "สุดาใจดี", "province", b"x", b"y", "X"),
        *(other.subdistrict_id, other.district_id),
    )

    with scope_of(chiang_mai):
        insert_rows(Volunteer, named, [row])
        made = Volunteer.objects.get(number=77)

    assert (made.status, made.version, made.other_roles, made.phone) == ("applicant", 1, [], "")
    assert made.person
    assert made.person != other.person
