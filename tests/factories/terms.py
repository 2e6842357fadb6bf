import datetime

import factory

from tests.factories.tenant import TenantFactory
from tests.factories.volunteers import VolunteerFactory
from volunteer_network.models import Term


class TermFactory(TenantFactory):
    class Meta:
        model = Term

    volunteer = factory.SubFactory(VolunteerFactory)
    province = factory.SelfAttribute("volunteer.province")
    subdistrict = factory.SelfAttribute("volunteer.subdistrict")
    round_number = 1
    order_number = "1127/2569"
    starts_on = datetime.date(2025, 6, 11)
    ends_on = datetime.date(2028, 6, 10)
