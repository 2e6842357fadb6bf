import datetime

import factory
from django.utils import timezone

from mentors.enums import ContactOutcome, VisitKind
from mentors.models import Assignment, Contact, Mentor, Mentorship, Visit, VisitVolunteer
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


class AssignmentFactory(TenantFactory):
    """A row as it stands; what it did to mentorships is the service's affair."""

    class Meta:
        model = Assignment

    province = factory.LazyFunction(lambda: Province.objects.get(pk=50))
    starts_on = datetime.date(2024, 10, 1)
    number = 1
    before = factory.LazyFunction(lambda: {"cut": [], "void": []})
    made_by = factory.SubFactory(UserFactory, province=factory.SelfAttribute("..province"))


class ContactFactory(TenantFactory):
    class Meta:
        model = Contact

    volunteer = factory.SubFactory(VolunteerFactory)
    province = factory.SelfAttribute("volunteer.province")
    on_date = factory.LazyFunction(timezone.localdate)
    outcome = ContactOutcome.WELL
    next_on = factory.LazyAttribute(lambda row: row.on_date + datetime.timedelta(days=30))
    made_by = factory.SubFactory(UserFactory, province=factory.SelfAttribute("..province"))


class VisitFactory(TenantFactory):
    """`people` are the volunteers it is for."""

    class Meta:
        model = Visit
        skip_postgeneration_save = True

    mentor = factory.SubFactory(MentorFactory)
    province = factory.SelfAttribute("mentor.province")
    kind = VisitKind.VISIT
    on_date = factory.LazyFunction(lambda: timezone.localdate() + datetime.timedelta(days=3))
    purpose = "ติดตามงาน"
    submission = factory.Faker("uuid4", cast_to=None)
    planned_by = factory.SubFactory(UserFactory, province=factory.SelfAttribute("..province"))

    @factory.post_generation
    def people(self, create, extracted, **kwargs):
        for volunteer in extracted or ():
            VisitVolunteerFactory(visit=self, volunteer=volunteer)


class VisitVolunteerFactory(TenantFactory):
    class Meta:
        model = VisitVolunteer

    province = factory.SelfAttribute("visit.province")
