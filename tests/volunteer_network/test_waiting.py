"""The counts of the frame are kept in the session, and counted anew when they may have changed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import NoticeFactory
from volunteer_network.ui.waiting import KEPT_SECONDS


@pytest.fixture
def officer_client(client, chiang_mai_officer):
    client.force_login(chiang_mai_officer)
    return client


def bell(client):
    return client.get("/reports/").context["unread"]


def move_clock(client, seconds):
    session = client.session
    session["waiting_at"] -= seconds
    session.save()


def test_what_waits_is_counted_once_a_minute(officer_client, chiang_mai_officer):
    assert bell(officer_client) == 0
    NoticeFactory(recipient=chiang_mai_officer)
    assert bell(officer_client) == 0

    move_clock(officer_client, KEPT_SECONDS + 1)

    assert bell(officer_client) == 1


def test_a_clock_that_went_back_keeps_nothing(officer_client, chiang_mai_officer):
    bell(officer_client)
    NoticeFactory(recipient=chiang_mai_officer)

    move_clock(officer_client, -3600)

    assert bell(officer_client) == 1


def test_whatever_the_person_does_is_counted_at_once(officer_client, chiang_mai_officer):
    NoticeFactory(recipient=chiang_mai_officer)
    assert bell(officer_client) == 1

    officer_client.post("/notices/read/", {"newest": 10**9})

    assert bell(officer_client) == 0


def test_opening_a_notice_counts_anew(officer_client, chiang_mai_officer):
    notice = NoticeFactory(recipient=chiang_mai_officer)
    assert bell(officer_client) == 1

    officer_client.get(f"/notices/{notice.pk}/")

    assert bell(officer_client) == 0


def test_the_next_pages_do_not_count(officer_client):
    with CaptureQueriesContext(connection) as first:
        bell(officer_client)
    with CaptureQueriesContext(connection) as second:
        bell(officer_client)

    asked = [[one for one in page if "_notice" in one["sql"]] for page in (first, second)]
    assert [bool(statements) for statements in asked] == [True, False]
