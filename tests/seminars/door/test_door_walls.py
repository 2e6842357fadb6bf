"""What a helper's scope holds: the rows of one seminar, in the seminar's own tables."""

import pytest
from django.db import DatabaseError, connection

from seminars.enums import CheckInWay
from seminars.models import CheckIn, DoorLink, Registration, Seminar, SignInSheet
from seminars.services.check_ins import check_in
from seminars.views import desks
from seminars.views.desks import Desk
from tests.factories import (
    ParticipantClassFactory,
    RegistrationFactory,
    SeminarFactory,
    SessionFactory,
)
from tests.seminars.door.at_the_door import badge_of, text_of
from volunteer_network import audit
from volunteer_network.access.row_security import OpenTable, TenantWall, declared_walls
from volunteer_network.access.scope import NATION, Scope, ScopeRole, open_scope
from volunteer_network.models import AuditEvent, Volunteer

# All that the door needs; whatever is added here was looked at.
READABLE = {
    *("seminars_agendaitem", "seminars_checkin", "seminars_participantclass"),
    *("seminars_provinceseats", "seminars_registration", "seminars_registrationevent"),
    *("seminars_seatcount", "seminars_seminar", "seminars_session", "seminars_signinsheet"),
    *("volunteer_network_agency", "volunteer_network_auditevent", "volunteer_network_district"),
    *("volunteer_network_office", "volunteer_network_province", "volunteer_network_subdistrict"),
}


@pytest.fixture
def elsewhere(chiang_mai):
    """Another seminar of the same day, with somebody who was let in."""
    other = SeminarFactory(title="สัมมนาอื่น")
    guest = RegistrationFactory(
        participant_class=ParticipantClassFactory(seminar=other),
        province=chiang_mai,
        first_name="ลับเฉพาะ",
    )
    session = SessionFactory(seminar=other)
    with open_scope(Scope(ScopeRole.SEMINAR, seminar=other.pk)):
        check_in(registration=guest, session=session, way=CheckInWay.SCAN, by=None)
    return guest


@pytest.fixture
def as_helper(seminar):
    return lambda: open_scope(Scope(ScopeRole.SEMINAR, seminar=seminar.pk))


def test_a_helper_reads_these_tables_and_no_other():
    readable = {
        table
        for table, wall in declared_walls().items()
        if "SELECT" in (wall.seminar if isinstance(wall, TenantWall | OpenTable) else "")
    }

    assert readable == READABLE


def test_rows_of_another_seminar_do_not_exist(as_helper, guest, session, elsewhere):
    with as_helper():
        check_in(registration=guest, session=session, way=CheckInWay.SCAN, by=None)

        assert list(Registration.objects.all()) == [guest]
        assert [one.registration for one in CheckIn.objects.all()] == [guest]
        assert {one.detail["seminar"] for one in AuditEvent.objects.all()} == {session.seminar_id}


def test_rows_of_another_seminar_cannot_be_changed(as_helper, session, elsewhere):
    with as_helper():
        assert Registration.objects.filter(pk=elsewhere.pk).update(phone="0800000000") == 0
        assert CheckIn.objects.filter(seminar=elsewhere.seminar).update(door="x") == 0


def test_rows_cannot_be_put_into_another_seminar(as_helper, elsewhere):
    stolen = Registration(
        seminar=elsewhere.seminar,
        participant_class=elsewhere.participant_class,
        first_name="ก",
        last_name="ข",
        source="door",
        match_key="กข",
    )

    with pytest.raises(DatabaseError, match="row-level security"), as_helper():
        stolen.save()


@pytest.mark.parametrize("model", [Volunteer, DoorLink])
def test_other_tables_are_closed(as_helper, model):
    with pytest.raises(DatabaseError, match="permission denied"), as_helper():
        list(model.objects.all())


@pytest.mark.parametrize("change", ["DELETE FROM", "TRUNCATE"])
def test_nothing_can_be_deleted(as_helper, change):
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        as_helper(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"{change} seminars_checkin")


def test_a_helper_cannot_speak_for_an_official_or_another_seminar(
    as_helper, seminar_admin, seminar, elsewhere
):
    for by, detail in (
        (seminar_admin, {"seminar": seminar.pk}),
        (None, {"seminar": elsewhere.seminar_id}),
        (None, {}),
    ):
        with pytest.raises(DatabaseError, match="row-level security"), as_helper():
            audit.record("check_in.noted", by=by, detail=detail)


def test_a_printed_sheet_can_be_read_and_not_rewritten(as_helper, seminar, seminar_admin):
    with open_scope(NATION):
        SignInSheet.objects.create(seminar=seminar, rows=[1], made_by=seminar_admin)

    with as_helper():
        assert SignInSheet.objects.get().rows == [1]
    with pytest.raises(DatabaseError, match="permission denied"), as_helper():
        SignInSheet.objects.update(rows=[])


# Each wall alone


def first_wall_off(monkeypatch):
    monkeypatch.setattr(Desk, "people", property(lambda desk: Registration.objects.all()))


def second_wall_off(monkeypatch):
    monkeypatch.setattr(desks, "open_scope", lambda scope: open_scope(NATION))


@pytest.mark.parametrize("wall_off", [first_wall_off, second_wall_off])
def test_either_wall_alone_hides_the_other_seminar(
    helper,
    elsewhere,
    guest,
    wall_off,
    monkeypatch,
):
    wall_off(monkeypatch)

    found = text_of(helper.get(q="ลับเฉพาะ"))
    named = text_of(helper.scan("ลับเฉพาะ"))
    scanned = text_of(helper.scan(badge_of(elsewhere)))
    answers = [helper.post(page, person=elsewhere.pk) for page in ("check-in", "undo")]

    assert "นางลับเฉพาะ" not in found + named + scanned
    assert [answer.status_code for answer in answers] == [404, 404]
    assert guest.display_name in text_of(helper.get(q=guest.first_name))
    with open_scope(NATION):
        assert CheckIn.objects.filter(undone_at=None).count() == 1
        assert Seminar.objects.count() == 2
