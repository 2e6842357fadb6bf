import factory

from mentors.enums import CheckReason
from mentors.models import CheckRequest
from mentors.services.check_requests import watched
from tests.factories.activities import ActivityFactory
from tests.factories.tenant import TenantFactory
from tests.factories.users import UserFactory
from volunteer_network.access.roles import Role


class CheckRequestFactory(TenantFactory):
    """An open question of the centre about an activity, to whoever wrote it down."""

    class Meta:
        model = CheckRequest

    activity = factory.SubFactory(ActivityFactory)
    province = factory.SelfAttribute("activity.province")
    volunteer = factory.SelfAttribute("activity.volunteer")
    district = factory.SelfAttribute("activity.district")
    on_date = factory.SelfAttribute("activity.on_date")
    category = factory.SelfAttribute("activity.category")
    before = factory.LazyAttribute(lambda row: watched(row.activity))
    reason = CheckReason.TOO_HIGH
    asked_of = factory.SelfAttribute("activity.recorded_by")
    asked_by = factory.SubFactory(UserFactory, role=Role.CENTRAL_OFFICER, province=None)
