"""What a helper with a link sees, and how long."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from seminars.models import DoorLink, Registration
from seminars.services.door_links import withdraw_door_link
from tests.factories import SeminarFactory, SessionFactory, UserFactory
from tests.seminars.door.at_the_door import badge_of, text_of
from volunteer_network.access.roles import Role


def test_a_helper_sees_no_telephone_and_no_mail(helper, guest, everywhere):
    with everywhere():
        Registration.objects.update(phone="0812345678", email="guest@example.org")

    pages = [helper.get(), helper.get(q=guest.first_name), helper.scan(badge_of(guest))]

    assert all(guest.display_name in text_of(page) for page in pages[1:])
    assert not any("0812345678" in text_of(page) for page in pages)
    assert not any("guest@example.org" in text_of(page) for page in pages)


def test_a_helper_opens_no_other_seminar(helper):
    other = SessionFactory(seminar=SeminarFactory(starts_on=timezone.localdate()))

    response = helper.client.get(reverse("door:helper-page", args=[other.seminar_id]))

    assert response.status_code == 404


def test_a_helper_opens_no_page_of_officials(helper):
    for address in (helper.url().replace("helper", "door"), "/volunteers/"):
        assert helper.client.get(address).status_code == 302


def test_without_the_link_the_door_is_closed(client, session):
    address = reverse("door:helper-page", args=[session.seminar_id])

    assert client.get(address).status_code == 404
    client.cookies["vn_door"] = "1"
    assert client.get(address).status_code == 404
    client.cookies["vn_door"] = "1:AAAA:BBBB"
    assert client.get(address).status_code == 404


def test_an_unknown_link_is_answered_in_words(client, db):
    response = client.get(reverse("door:open", args=["nobody-made-this"]))

    assert response.status_code == 404
    assert "ไม่รู้จักลิงก์นี้" in text_of(response)


def test_a_withdrawn_link_ends_at_once(helper, seminar_admin, token, everywhere):
    with everywhere():
        withdraw_door_link(link=DoorLink.objects.get(), by=seminar_admin)

    for response in (helper.get(), helper.scan("x"), helper.client.get(f"/seminars/door/{token}/")):
        assert response.status_code == 410
        assert "ถูกยกเลิกแล้ว" in text_of(response)


@pytest.mark.parametrize(("days", "words"), [(-1, "หมดอายุแล้ว"), (1, "ยังไม่ถึงวันสัมมนา")])
def test_a_link_opens_on_its_days_only(helper, days, words, everywhere):
    day = timezone.localdate() + timedelta(days=days)
    with everywhere():
        DoorLink.objects.update(valid_from=day, valid_until=day)

    response = helper.get()

    assert response.status_code == 410
    assert words in text_of(response)


def test_who_is_signed_in_on_the_telephone_is_still_a_helper(helper, chiang_mai, guest):
    helper.client.force_login(UserFactory(role=Role.MENTOR, province=chiang_mai))

    assert "ประตู 1" in text_of(helper.get())
    helper.scan(badge_of(guest))
    assert "เข้าแล้ว" in text_of(helper.scan(badge_of(guest)))
