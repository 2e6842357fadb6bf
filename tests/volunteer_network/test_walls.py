"""Each wall around a province, tested with the other one switched off."""

import pytest
from django.db import ProgrammingError, connection, transaction

from tests.factories import VolunteerFactory
from volunteer_network.access.scope import (
    NATION,
    Scope,
    ScopeRole,
    ScopesDoNotNest,
    open_scope,
)
from volunteer_network.models import User, Volunteer
from volunteer_network.models.volunteers import VolunteerQuerySet


@pytest.fixture
def ours(chiang_mai):
    return VolunteerFactory(province=chiang_mai)


@pytest.fixture
def theirs(songkhla):
    return VolunteerFactory(province=songkhla)


def test_a_tenant_table_is_closed_outside_a_scope(ours):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Volunteer.objects.count()


def test_first_wall_alone_shows_only_our_rows(monkeypatch, ours, theirs, chiang_mai_officer):
    monkeypatch.setattr(User, "scope", property(lambda user: NATION_BUT_OURS))

    with open_scope(NATION):
        rows = list(Volunteer.objects.visible_to(chiang_mai_officer))

    assert rows == [ours]


class NATION_BUT_OURS:
    """The scope of the first wall, while the connection itself sees the nation."""

    nationwide = False
    provinces = (50,)


def test_second_wall_alone_shows_only_our_rows(monkeypatch, ours, theirs, chiang_mai_officer):
    monkeypatch.setattr(VolunteerQuerySet, "visible_to", lambda rows, user: rows)

    with open_scope(chiang_mai_officer.scope):
        rows = list(Volunteer.objects.visible_to(chiang_mai_officer))

    assert rows == [ours]


def test_raw_sql_as_app_sees_only_our_rows(ours, theirs, chiang_mai_officer):
    with open_scope(chiang_mai_officer.scope), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM volunteer_network_volunteer")

        assert cursor.fetchall() == [(ours.pk,)]


def test_an_inspector_sees_the_regions_provinces_only(ours, theirs, inspector):
    with open_scope(inspector.scope):
        assert list(Volunteer.objects.all()) == [ours]


def test_an_inspector_cannot_change_a_row(ours, inspector):
    with pytest.raises(ProgrammingError, match="permission denied"), open_scope(inspector.scope):
        Volunteer.objects.update(first_name="x")


def test_a_row_of_another_province_cannot_be_written(theirs, chiang_mai_officer):
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        open_scope(chiang_mai_officer.scope),
    ):
        Volunteer.objects.bulk_create(
            [
                Volunteer(
                    province_id=90,
                    number=9,
                    match_key="",
                    national_id_sealed=b"",
                    national_id_index=b"",
                    subdistrict=theirs.subdistrict,
                    district=theirs.district,
                )
            ]
        )


def test_a_partner_officer_sees_no_volunteer(ours, partner_officer):
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        open_scope(partner_officer.scope),
    ):
        Volunteer.objects.count()


def test_scopes_do_not_nest(chiang_mai_officer):
    with pytest.raises(ScopesDoNotNest), open_scope(chiang_mai_officer.scope), open_scope(NATION):
        pass


def test_after_a_scope_the_connection_is_app_again(ours, chiang_mai_officer):
    with open_scope(chiang_mai_officer.scope):
        pass

    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_setting('app.province')")
        assert cursor.fetchone() == ("app", "")


def test_after_an_error_in_a_scope_the_connection_is_app_again(chiang_mai_officer):
    with pytest.raises(ZeroDivisionError), open_scope(chiang_mai_officer.scope):
        1 / 0  # noqa: B018

    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("app",)


def test_a_role_without_a_province_fails_loudly(ours):
    from django.db import DataError

    with pytest.raises(DataError, match="smallint"), open_scope(Scope(ScopeRole.PROVINCE)):
        Volunteer.objects.count()


def test_committed_rows_are_seen_by_other_connections(committed):
    volunteer = VolunteerFactory()

    connection.close()

    with open_scope(NATION):
        assert list(Volunteer.objects.all()) == [volunteer]
