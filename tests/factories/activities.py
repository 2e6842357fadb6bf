import factory
from django.utils import timezone

from tests.factories.tenant import TenantFactory
from tests.factories.users import UserFactory
from tests.factories.volunteers import VolunteerFactory
from volunteer_network.enums import AGENCY_OF_CATEGORY, ActivityKind, Category
from volunteer_network.models import Activity


class ActivityFactory(TenantFactory):
    class Meta:
        model = Activity

    volunteer = factory.SubFactory(VolunteerFactory)
    province = factory.SelfAttribute("volunteer.province")
    subdistrict = factory.SelfAttribute("volunteer.subdistrict")
    district = factory.SelfAttribute("volunteer.district")
    on_date = factory.LazyFunction(timezone.localdate)
    category = Category.SOCIAL_SECURITY
    kind = ActivityKind.HOME_VISIT
    agency_id = factory.LazyAttribute(lambda row: AGENCY_OF_CATEGORY[Category(row.category)])
    people_male = 2
    people_female = 3
    recorded_by = factory.SubFactory(
        UserFactory, province=factory.SelfAttribute("..volunteer.province")
    )
