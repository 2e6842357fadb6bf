import factory

from tests.factories.tenant import TenantFactory
from tests.factories.users import UserFactory
from volunteer_network.models import Job


class JobFactory(TenantFactory):
    class Meta:
        model = Job

    requested_by = factory.SubFactory(UserFactory)
    province = factory.SelfAttribute("requested_by.province")
    kind = "volunteer_card"
    title = "บัตรประจำตัว อสร. 1 ใบ"
