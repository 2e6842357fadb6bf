import datetime

import factory

from mentors.models import Mentor, Mentorship
from tests.factories.tenant import TenantFactory
from tests.factories.users import UserFactory
from tests.factories.volunteers import VolunteerFactory
from volunteer_network.models import Office, Province
from volunteer_network.thai_text import match_key


class MentorFactory(TenantFactory):
    class Meta:
        model = Mentor

    province = factory.LazyFunction(lambda: Province.objects.get(pk=50))
    title = "นางสาว"
    first_name = factory.Sequence(lambda n: f"ปาริชาต{'กขคง'[n % 4]}")
    last_name = "ศรีสุวรรณ"
    position = "นักวิชาการแรงงานชำนาญการ"
    phone = factory.Sequence(lambda n: f"09{n:08d}")
    agency_id = "OPS"
    office = factory.LazyAttribute(
        lambda row: Office.objects.get(province=row.province, agency=row.agency_id)
    )
    starts_on = datetime.date(2024, 10, 1)
    match_key = factory.LazyAttribute(lambda row: match_key(f"{row.first_name} {row.last_name}"))


class MentorshipFactory(TenantFactory):
    class Meta:
        model = Mentorship

    volunteer = factory.SubFactory(VolunteerFactory)
    province = factory.SelfAttribute("volunteer.province")
    mentor = factory.SubFactory(MentorFactory, province=factory.SelfAttribute("..province"))
    starts_on = datetime.date(2024, 10, 1)
    assigned_by = factory.SubFactory(UserFactory, province=factory.SelfAttribute("..province"))
