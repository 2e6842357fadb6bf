import pytest

from seminars.enums import SeminarState
from seminars.models import ProvinceSeats
from tests.factories import (
    ParticipantClassFactory,
    SeminarFactory,
    SessionFactory,
    UserFactory,
)
from volunteer_network.access.roles import Role


@pytest.fixture
def seminar_admin(db):
    return UserFactory(username="seminar", role=Role.SEMINAR_ADMIN, email="s@example.go.th")


@pytest.fixture
def seminar(db):
    return SeminarFactory()


@pytest.fixture
def places(seminar):
    """A class with two seats, for which provinces name people."""
    return ParticipantClassFactory(seminar=seminar, seats=2)


@pytest.fixture
def draft(db, everywhere):
    """A draft that lacks nothing, with two seats for Chiang Mai and one for Songkhla."""
    from datetime import datetime, time

    from django.utils import timezone

    from seminars.models import AgendaItem

    seminar = SeminarFactory(state=SeminarState.DRAFT, objectives="เพิ่มศักยภาพ", chair="ปลัดกระทรวง")
    closes = timezone.make_aware(datetime.combine(seminar.starts_on, time(8)))
    with everywhere():
        type(seminar).objects.filter(pk=seminar.pk).update(registration_closes_at=closes)
        seminar.refresh_from_db()
        AgendaItem.objects.create(
            seminar=seminar, on_date=seminar.starts_on, starts_at=time(13, 30), title="พิธีเปิด"
        )
        for code, seats in ((50, 2), (90, 1)):
            ProvinceSeats.objects.create(seminar=seminar, province_id=code, seats=seats)
    SessionFactory(seminar=seminar)
    ParticipantClassFactory(seminar=seminar, seats=3)
    return seminar
