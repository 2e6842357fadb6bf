"""A seminar that is held today, with one half-day that runs and a class of eighty seats."""

from datetime import time

import pytest
from django.utils import timezone

from seminars.models import Session
from tests.factories import (
    ParticipantClassFactory,
    RegistrationFactory,
    SeminarFactory,
    SessionFactory,
    UserFactory,
)
from volunteer_network.access.roles import Role


@pytest.fixture
def seminar_admin(db):
    return UserFactory(username="seminar", role=Role.SEMINAR_ADMIN)


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
