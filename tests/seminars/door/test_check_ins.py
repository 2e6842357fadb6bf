"""Letting people in: once, whoever says it, and with the first time kept."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import time, timedelta

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from seminars.enums import CheckInWay, RegistrationState, SeminarState
from seminars.models import CheckIn, Registration, Seminar, Session
from seminars.services.check_ins import NotExpected, check_in, undo_check_in
from tests.factories import (
    ParticipantClassFactory,
    RegistrationFactory,
    SeminarFactory,
    SessionFactory,
)
from volunteer_network.access.owner import as_owner
from volunteer_network.access.scope import NATION, Scope, ScopeRole, open_scope
from volunteer_network.errors import RuleViolation
from volunteer_network.models import AuditEvent

SCAN = CheckInWay.SCAN


def let_in(registration, session, door="ประตู 1", by=None):
    with open_scope(Scope(ScopeRole.SEMINAR, seminar=session.seminar_id)):
        return check_in(registration=registration, session=session, way=SCAN, door=door, by=by)


def take_back(registration, session):
    with open_scope(Scope(ScopeRole.SEMINAR, seminar=session.seminar_id)):
        return undo_check_in(registration=registration, session=session, door="ประตู 1", by=None)


def test_who_comes_is_noted_with_the_door(guest, session):
    arrival = let_in(guest, session)

    assert arrival.fresh
    assert arrival.check_in.door == "ประตู 1"
    assert arrival.check_in.province_id == guest.province_id


def test_who_was_let_in_is_not_let_in_again(guest, session):
    first = let_in(guest, session)
    again = let_in(guest, session, door="ประตู 2")

    assert not again.fresh
    assert again.check_in.pk == first.check_in.pk
    assert (again.check_in.first_at, again.check_in.door) == (first.check_in.first_at, "ประตู 1")


def test_undoing_keeps_the_first_time_and_coming_again_takes_the_mark_away(guest, session):
    first = let_in(guest, session).check_in.first_at

    undone = take_back(guest, session)
    again = let_in(guest, session)

    assert undone.undone_at is not None
    assert undone.first_at == first
    assert again.fresh
    assert (again.check_in.undone_at, again.check_in.first_at) == (None, first)


def test_undoing_twice_changes_nothing(guest, session):
    let_in(guest, session)
    once = take_back(guest, session)

    assert take_back(guest, session) is None
    with open_scope(NATION):
        assert CheckIn.objects.get().undone_at == once.undone_at


def test_each_half_day_counts_by_itself(guest, session):
    let_in(guest, session)
    other = SessionFactory(seminar=session.seminar, half="morning", starts_at=time(9))

    assert let_in(guest, other).fresh


@pytest.mark.parametrize("state", ["waiting", "cancelled", "declined"])
def test_who_is_not_expected_is_told_why(guest, session, state, everywhere):
    with everywhere():
        Registration.objects.update(state=state, queued_at=timezone.now())

    with pytest.raises(NotExpected) as refusal:
        let_in(guest, session)

    assert refusal.value.registration.state == RegistrationState(state)
    assert refusal.value.message


@pytest.mark.parametrize("state", [SeminarState.DRAFT, SeminarState.CANCELLED])
def test_a_seminar_that_is_not_held_lets_nobody_in(guest, session, state, everywhere):
    with everywhere():
        Seminar.objects.update(state=state)
    session = fresh(session)

    for attempt in (let_in, take_back):
        with pytest.raises(RuleViolation):
            attempt(guest, session)


def test_a_guest_of_another_seminar_is_not_found(session, chiang_mai, everywhere):
    stranger = RegistrationFactory(province=chiang_mai)

    with everywhere(), pytest.raises(Registration.DoesNotExist):
        check_in(registration=stranger, session=session, way=SCAN, by=None)


def test_a_rehearsal_before_the_day_does_not_count_on_the_day(guest, session, everywhere):
    rehearsed = let_in(guest, session).check_in
    yesterday = timezone.now() - timedelta(days=1)
    with everywhere():
        CheckIn.objects.update(first_at=yesterday)

    on_the_day = let_in(guest, session)

    assert on_the_day.fresh
    assert on_the_day.check_in.pk == rehearsed.pk
    assert on_the_day.check_in.first_at > yesterday


def test_a_helper_leaves_a_trace_that_names_the_seminar(guest, session, everywhere):
    let_in(guest, session)
    take_back(guest, session)

    with everywhere():
        traces = AuditEvent.objects.filter(verb__startswith="check_in.").order_by("pk")
        assert [
            (one.verb, one.actor, one.province_id, one.detail["seminar"], one.detail["door"])
            for one in traces
        ] == [
            ("check_in.noted", None, 50, session.seminar_id, "ประตู 1"),
            ("check_in.undone", None, 50, session.seminar_id, "ประตู 1"),
        ]


def fresh(session):
    return Session.objects.select_related("seminar").get(pk=session.pk)


# Two doors at once


@pytest.fixture
def stage(committed):
    """Rows that other connections see."""
    seminar = SeminarFactory(starts_on=timezone.localdate())
    kind = ParticipantClassFactory(seminar=seminar)
    session = SessionFactory(seminar=seminar)
    return RegistrationFactory(participant_class=kind), session


def both_doors(guest, session):
    """Let somebody in at two doors at the same moment; return who was told what."""
    ready = threading.Barrier(2)

    def at(door):
        ready.wait(10)
        try:
            return let_in(guest, session, door=door)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(at, ("ประตู 1", "ประตู 2")))


def test_two_doors_at_once_let_one_person_in_once(stage):
    for _round in range(10):
        arrivals = both_doors(*stage)

        assert sorted(one.fresh for one in arrivals) == [False, True]
        assert len({one.check_in.door for one in arrivals}) == 1
        with open_scope(NATION):
            assert CheckIn.objects.count() == 1
            CheckIn.objects.all().update(undone_at=timezone.now())


def test_without_lock_and_constraint_they_would_let_the_person_in_twice(stage, monkeypatch):
    together = threading.Barrier(2)
    save = CheckIn.save

    def save_together(self, *args, **kwargs):
        together.wait(10)
        save(self, *args, **kwargs)

    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **options: rows)
    monkeypatch.setattr(CheckIn, "save", save_together)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE seminars_checkin DROP CONSTRAINT one_check_in_of_a_half_day")

    arrivals = both_doors(*stage)

    assert [one.fresh for one in arrivals] == [True, True]
    with open_scope(NATION):
        assert CheckIn.objects.count() == 2
