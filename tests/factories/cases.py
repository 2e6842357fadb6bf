import datetime
import uuid
from contextlib import nullcontext

import factory
from django.utils import timezone

from tests.factories.tenant import TenantFactory
from tests.factories.users import UserFactory
from tests.factories.volunteers import VolunteerFactory
from volunteer_network import sealing
from volunteer_network.access.scope import Scope, ScopeRole, current_scope, open_scope
from volunteer_network.case_steps import ANSWERED, NOTICE_VERSION
from volunteer_network.enums import (
    AGENCY_OF_CATEGORY,
    CaseOutcome,
    CaseState,
    Category,
    DeclineReason,
)
from volunteer_network.models import Case, CaseClient, Office


class ClearedFactory(TenantFactory):
    """Writes as the head of the row's province would, who may know of restricted cases."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        scope = Scope(ScopeRole.PROVINCE, (kwargs["province"].pk,), cleared=True)
        with nullcontext() if current_scope() else open_scope(scope):
            return super()._create(model_class, *args, **kwargs)


class CaseFactory(ClearedFactory):
    """A case as it stands, at the office of its topic unless it waits to be sent."""

    class Meta:
        model = Case

    volunteer = factory.SubFactory(VolunteerFactory)
    province = factory.SelfAttribute("volunteer.province")
    subdistrict = factory.SelfAttribute("volunteer.subdistrict")
    district = factory.SelfAttribute("volunteer.district")
    fiscal_year = 2570
    number = factory.Sequence(lambda n: n + 1)
    submission = factory.LazyFunction(uuid.uuid4)
    topic = Category.JOB_PLACEMENT
    need = "โรงงานปิดกะ ขอให้ช่วยหางานใกล้บ้าน"
    state = CaseState.REFERRED
    opened_by = factory.SubFactory(UserFactory, province=factory.SelfAttribute("..province"))
    keeper = factory.SelfAttribute("opened_by")
    opened_on = factory.LazyFunction(timezone.localdate)
    due_on = factory.LazyAttribute(lambda row: row.opened_on + datetime.timedelta(days=3))
    finish_by = factory.LazyAttribute(lambda row: row.opened_on + datetime.timedelta(days=15))
    decline_reason = factory.LazyAttribute(
        lambda row: DeclineReason.WRONG_OFFICE if row.state == CaseState.DECLINED else ""
    )
    outcome = factory.LazyAttribute(lambda row: CaseOutcome.SERVED if row.state in ANSWERED else "")
    answered_on = factory.LazyAttribute(
        lambda row: row.opened_on if row.state in ANSWERED else None
    )

    @factory.lazy_attribute
    def office(self):
        if self.state == CaseState.OPENED:
            return None
        return Office.objects.get(
            province=self.province, agency=AGENCY_OF_CATEGORY[Category(self.topic)]
        )


class CaseClientFactory(ClearedFactory):
    class Meta:
        model = CaseClient

    class Params:
        called_name = "ป้าสมใจ"
        phone = "0812345678"

    case = factory.SubFactory(CaseFactory)
    province = factory.SelfAttribute("case.province")
    topic = factory.SelfAttribute("case.topic")
    reference = factory.LazyFunction(uuid.uuid4)
    notice_version = NOTICE_VERSION
    sealed = factory.LazyAttribute(
        lambda row: sealing.seal(
            f'["{row.called_name}", "{row.phone}"]', table="case.client", row=str(row.reference)
        )
    )
