"""The counter and the page around it, on its day and on others."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from seminars.models import Seminar, Session
from tests.factories import RegistrationFactory
from tests.seminars.door.at_the_door import badge_of, text_of


def test_the_counter_refreshes_itself(either, guest):
    either.scan(badge_of(guest))

    text = text_of(either.get("counter", session=either.session.pk))

    assert "<html" not in text
    assert "<b>1</b> / 1" in text
    assert "มาครบทั้ง 1 จังหวัด" in text


def test_a_seminar_without_half_days_says_what_is_missing(client, seminar_admin, seminar):
    client.force_login(seminar_admin)

    response = client.get(reverse("door:door-page", args=[seminar.pk]))

    assert "ยังไม่มีรอบให้เช็กอิน" in text_of(response)


def test_a_cancelled_seminar_is_answered_in_words(either, guest, everywhere):
    with everywhere():
        Seminar.objects.update(state="cancelled")

    assert "ยกเลิกแล้ว จึงเช็กอินไม่ได้" in text_of(either.scan(badge_of(guest)))
    assert "ยกเลิกแล้ว จึงเช็กอินไม่ได้" in text_of(either.post("undo", person=guest.pk))


def test_before_the_day_the_page_says_that_it_is_a_rehearsal(desk, guest, everywhere):
    with everywhere():
        Session.objects.update(on_date=timezone.localdate() + timedelta(days=3))

    assert "ซ้อม" in text_of(desk.get())


def test_only_the_door_may_ask_for_the_camera(either, client):
    assert "camera=(self)" in either.get().headers["Permissions-Policy"]
    assert "camera=()" in client.get("/accounts/login/").headers["Permissions-Policy"]


@pytest.mark.parametrize("page", ["page", "counter"])
def test_the_door_costs_the_same_for_any_number_of_people(
    either, mentors, chiang_mai, songkhla, page
):
    costs, so_far = [], 0
    for length in (1, 3, 12):
        for number in range(so_far, length):
            guest = RegistrationFactory(
                participant_class=mentors, province=(chiang_mai, songkhla)[number % 2]
            )
            either.scan(badge_of(guest))
        so_far = length
        with CaptureQueriesContext(connection) as queries:
            either.get(page, q="กนกวรรณ")
        costs.append(len(queries))

    assert costs == [costs[0]] * 3
    assert costs[0] <= 26
