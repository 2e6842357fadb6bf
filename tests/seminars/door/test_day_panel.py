"""The way from a seminar's page to its door and papers."""

import pytest
from django.urls import reverse

from seminars.enums import SeminarState
from tests.factories import SeminarFactory

ADDRESSES = ("door:door-page", "door:papers", "door:links")


def ways_shown(client, seminar):
    text = client.get(reverse("seminars:detail", args=[seminar.pk])).content.decode()
    return [name for name in ADDRESSES if reverse(name, args=[seminar.pk]) in text]


def test_an_organiser_finds_the_door_on_the_seminars_page(client, seminar, seminar_admin):
    client.force_login(seminar_admin)

    assert ways_shown(client, seminar) == list(ADDRESSES)


@pytest.mark.parametrize("state", [SeminarState.DRAFT, SeminarState.CANCELLED])
def test_what_does_not_take_place_has_no_door(client, seminar_admin, state):
    client.force_login(seminar_admin)

    assert ways_shown(client, SeminarFactory(state=state)) == []


def test_a_mentor_is_not_sent_to_the_door(client, seminar, chiang_mai_officer):
    client.force_login(chiang_mai_officer)

    assert ways_shown(client, seminar) == []
