"""The links to a door: shown once, withdrawn, given back."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from seminars.models import DoorLink
from tests.factories import SeminarFactory
from tests.seminars.door.at_the_door import text_of


def test_the_link_is_shown_once_with_its_qr(client, seminar_admin, seminar):
    client.force_login(seminar_admin)
    address = reverse("door:links", args=[seminar.pk])

    made = text_of(client.post(address, {"name": "ประตู 1", "valid": "days"}))
    later = text_of(client.get(address))

    assert "/seminars/door/" in made
    assert "data:image/svg+xml" in made
    assert "ใช้ได้อยู่" in later
    assert "/seminars/door/" not in later


def test_two_open_links_of_one_door_are_refused(client, seminar_admin, seminar, token):
    client.force_login(seminar_admin)

    response = client.post(
        reverse("door:links", args=[seminar.pk]), {"name": "ประตู 1", "valid": "days"}
    )

    assert response.status_code == 422
    assert "มีลิงก์ของประตูนี้แล้ว" in text_of(response)


def test_a_seminar_of_the_past_gives_no_links(client, seminar_admin, everywhere):
    past = SeminarFactory(starts_on=timezone.localdate() - timedelta(days=9))
    client.force_login(seminar_admin)

    response = client.post(
        reverse("door:links", args=[past.pk]), {"name": "ประตู 1", "valid": "days"}
    )

    assert response.status_code == 422
    with everywhere():
        assert not DoorLink.objects.exists()


def test_a_rehearsal_gives_its_door_back_the_next_day(client, seminar_admin, everywhere):
    today = timezone.localdate()
    later = SeminarFactory(starts_on=today + timedelta(days=9))
    client.force_login(seminar_admin)
    address = reverse("door:links", args=[later.pk])
    client.post(address, {"name": "ประตู 1", "valid": "today"})
    with everywhere():
        link = DoorLink.objects.get()
        assert (link.valid_from, link.valid_until) == (today, today)
        yesterday = today - timedelta(days=1)
        DoorLink.objects.update(valid_from=yesterday, valid_until=yesterday)

    assert client.post(address, {"name": "ประตู 1", "valid": "days"}).status_code == 200


def test_the_organiser_withdraws_a_link(client, seminar_admin, seminar, token, everywhere):
    client.force_login(seminar_admin)
    with everywhere():
        link = DoorLink.objects.get()

    client.post(reverse("door:link-withdraw", args=[seminar.pk, link.pk]))

    with everywhere():
        link.refresh_from_db()
        assert link.withdrawn_at is not None


def test_a_link_of_another_seminar_is_not_found(client, seminar_admin, token, everywhere):
    other = SeminarFactory()
    client.force_login(seminar_admin)
    with everywhere():
        link = DoorLink.objects.get()

    address = reverse("door:link-withdraw", args=[other.pk, link.pk])

    assert client.post(address).status_code == 404
