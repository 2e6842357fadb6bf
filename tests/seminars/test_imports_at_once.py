"""Two imports that write at the same moment never give one seat twice."""

import threading
from contextlib import suppress

import pytest
from django.db import connection
from django.db.models import QuerySet

from seminars.enums import ClassKind, RegistrationState
from seminars.models import Registration, SeatCount
from seminars.services.participant_import_writing import Seats
from tests.factories import ParticipantClassFactory, UserFactory
from tests.imports import begin, write
from tests.workbook_files import xlsx
from volunteer_network.access.roles import Role
from volunteer_network.access.scope import NATION, open_scope

SEATS, PEOPLE = 6, 5  # of each of two files
WAIT_SECONDS = 1.5


def names(letter):
    return [[f"นาย{letter}{other} ใจดี", "วิทยากร"] for other in "กขคงจ"]


@pytest.fixture
def both_at_once(committed, monkeypatch):
    """Two files are written by two threads; each waits for the other before it keeps its seats."""
    speakers = ParticipantClassFactory(kind=ClassKind.SPEAKER, seats=SEATS)
    meeting, keep = threading.Barrier(2), Seats.keep

    def keep_late(seats):
        with suppress(threading.BrokenBarrierError):  # the other may be waiting for our lock
            meeting.wait(WAIT_SECONDS)
        keep(seats)

    def run():
        batches = []
        for letter in "มป":
            admin = UserFactory(role=Role.SEMINAR_ADMIN)
            content = xlsx({"ก": [["ชื่อ-สกุล", "ประเภท"], *names(letter)]})
            about = speakers.seminar_id
            batches.append((begin(content, by=admin, kind="participants", about=about), admin))
        monkeypatch.setattr(Seats, "keep", keep_late)
        threads = [threading.Thread(target=_write, args=one) for one in batches]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with open_scope(NATION):
            accepted = Registration.objects.filter(state=RegistrationState.ACCEPTED).count()
            return accepted, SeatCount.objects.get(pk=speakers.pk).taken

    return run


def _write(batch, admin):
    write(batch, admin)
    connection.close()


def test_two_files_at_once_fill_exactly_the_seats(both_at_once):
    assert both_at_once() == (SEATS, SEATS)


def test_without_the_lock_they_would_oversell(both_at_once, monkeypatch):
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **options: rows)

    accepted, _taken = both_at_once()

    assert accepted > SEATS
