"""A seminar that is held today, with one half-day that runs and a class of eighty seats."""

from datetime import time

import pytest
from django.urls import reverse
from django.utils import timezone

from seminars.models import Session
from seminars.services.door_links import make_door_link
from tests.factories import (
    ParticipantClassFactory,
    RegistrationFactory,
    SeminarFactory,
    SessionFactory,
)
from tests.seminars.door.at_the_door import Desk


@pytest.fixture
def seminar(seminar_admin):
    return SeminarFactory(starts_on=timezone.localdate(), made_by=seminar_admin)


@pytest.fixture
def session(seminar) -> Session:
    """All day long, so that a test does not depend on when it runs."""
    return SessionFactory(seminar=seminar, starts_at=time(0), ends_at=time(23, 59, 59))


@pytest.fixture
def mentors(seminar):
    return ParticipantClassFactory(seminar=seminar)


@pytest.fixture
def guest(mentors, chiang_mai):
    return RegistrationFactory(participant_class=mentors, province=chiang_mai)


@pytest.fixture
def desk(client, seminar_admin, session):
    """The organiser at the own desk."""
    client.force_login(seminar_admin)
    return Desk(client, "door", session)


@pytest.fixture
def token(seminar, seminar_admin, everywhere):
    with everywhere():
        return make_door_link(seminar=seminar, name="ประตู 1", rehearsal=False, by=seminar_admin)


@pytest.fixture
def helper(client, session, token):
    """Somebody without an account who opened the link of door 1."""
    response = client.get(reverse("door:open", args=[token]))
    assert response.status_code == 302
    return Desk(client, "helper", session)


@pytest.fixture(params=["desk", "helper"])
def either(request):
    return request.getfixturevalue(request.param)
