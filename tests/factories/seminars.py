import datetime

import factory
from django.utils import timezone

from seminars.enums import ClassKind, HalfDay, RegistrationSource, SeminarState
from seminars.models import (
    DoorLink,
    ParticipantClass,
    Registration,
    SeatCount,
    Seminar,
    Session,
)
from tests.factories.tenant import NationFactory, TenantFactory
from tests.factories.users import UserFactory
from volunteer_network.access.roles import Role
from volunteer_network.models import Province
from volunteer_network.thai_text import match_key


class SeminarFactory(NationFactory):
    class Meta:
        model = Seminar

    title = "สัมมนาเชิงปฏิบัติการเจ้าหน้าที่พี่เลี้ยงอาสาสมัครแรงงานเชิงบูรณาการ"
    edition = factory.Sequence(lambda n: n + 1)
    fiscal_year = 2570
    room = "ห้องบอลรูม"
    venue = "โรงแรมตัวอย่าง"
    venue_province_id = 10
    starts_on = factory.LazyFunction(lambda: timezone.localdate() + datetime.timedelta(days=14))
    ends_on = factory.SelfAttribute("starts_on")
    state = SeminarState.OPEN
    made_by = factory.SubFactory(UserFactory, role=Role.SEMINAR_ADMIN)


class SessionFactory(NationFactory):
    class Meta:
        model = Session

    seminar = factory.SubFactory(SeminarFactory)
    on_date = factory.SelfAttribute("seminar.starts_on")
    half = HalfDay.AFTERNOON
    starts_at = datetime.time(13, 30)
    ends_at = datetime.time(16, 30)


class ParticipantClassFactory(NationFactory):
    """A class with its count of taken seats."""

    class Meta:
        model = ParticipantClass
        skip_postgeneration_save = True

    seminar = factory.SubFactory(SeminarFactory)
    kind = ClassKind.MENTOR
    seats = 80
    named_by_provinces = True
    count = factory.RelatedFactory(
        "tests.factories.seminars.SeatCountFactory", factory_related_name="participant_class"
    )


class SeatCountFactory(NationFactory):
    class Meta:
        model = SeatCount

    taken = 0


class RegistrationFactory(TenantFactory):
    """A row as it stands; the count of seats is the service's affair."""

    class Meta:
        model = Registration

    participant_class = factory.SubFactory(ParticipantClassFactory)
    seminar = factory.SelfAttribute("participant_class.seminar")
    province = factory.LazyFunction(lambda: Province.objects.get(pk=50))
    title = "นาง"
    first_name = factory.Sequence(lambda n: f"กนกวรรณ{'กขคง'[n % 4]}")
    last_name = "บุญประเสริฐ"
    position = "นักวิชาการแรงงานชำนาญการ"
    phone = factory.Sequence(lambda n: f"08{n:08d}")
    source = RegistrationSource.PROVINCE
    match_key = factory.LazyAttribute(lambda row: match_key(f"{row.first_name} {row.last_name}"))


class DoorLinkFactory(NationFactory):
    """Open today; its token is thrown away."""

    class Meta:
        model = DoorLink

    seminar = factory.SubFactory(SeminarFactory)
    name = factory.Sequence(lambda n: f"ประตู {n + 1}")
    digest = factory.Sequence(lambda n: f"{n:064}")
    valid_from = factory.LazyFunction(timezone.localdate)
    valid_until = factory.SelfAttribute("valid_from")
    made_by = factory.SubFactory(UserFactory, role=Role.SEMINAR_ADMIN)


def the_seminar_of_all() -> Seminar:
    """The one seminar that people of every province go to, with one class and one half-day."""
    if known := Seminar.objects.order_by("pk").first():
        return known
    seminar = SeminarFactory()
    ParticipantClassFactory(seminar=seminar)
    SessionFactory(seminar=seminar)
    return seminar
