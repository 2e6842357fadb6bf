import datetime

import factory

from mentors.models import MonthReport
from tests.factories.tenant import TenantFactory
from tests.factories.volunteers import VolunteerFactory


class MonthReportFactory(TenantFactory):
    class Meta:
        model = MonthReport

    volunteer = factory.SubFactory(VolunteerFactory)
    province = factory.SelfAttribute("volunteer.province")
    month = datetime.date(2026, 10, 1)
