from django.utils import timezone

from reports.enums import PlanState
from reports.models import Plan
from tests.architecture.nouns.plans import YEAR
from tests.factories import UserFactory
from tests.factories.plans import CeilingFactory, DirectionFactory, PlanFactory, PlanLineFactory
from volunteer_network.access.roles import Capability, Role
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.known_places import known_province
from volunteer_network.models import Province


def _names(*names):
    return {f"decisions:{name}" for name in names}


OF_A_YEAR = _names("approve-together", "undo", "remind", "recall")
OF_A_PLAN = _names("detail", "approve", "return")
CALLED_BY = {Capability.DECIDE_PLANS: OF_A_YEAR | OF_A_PLAN | _names("list", "late")}
OF_NOBODY = dict.fromkeys(OF_A_YEAR, lambda rows: {"fiscal_year": YEAR})
OF_A_PROVINCE = dict.fromkeys(
    OF_A_PLAN, lambda rows: {"fiscal_year": YEAR, "province": rows.province.pk}
)


def sent_plans(count, officer):
    """Plans on the centre's table, each of another province."""
    known_province(50)  # kept by the process from the first row on
    direction = DirectionFactory(fiscal_year=YEAR)
    taken = direction.ceilings.values("province")
    for province in Province.objects.filter(has_office=True).exclude(pk__in=taken)[:count]:
        CeilingFactory(direction=direction, province=province)
        head = UserFactory(province=province, role=Role.PROVINCIAL_HEAD)
        plan = PlanFactory(
            province=province,
            fiscal_year=YEAR,
            state=PlanState.SENT,
            sent_at=timezone.now(),
            sent_by=head,
        )
        PlanLineFactory.create_batch(2, plan=plan)


def late_provinces(count, officer):
    """All 76 have not sent, whatever the number of drafts."""
    DirectionFactory(fiscal_year=YEAR)
    with open_scope(NATION):
        begun = set(Plan.objects.values_list("province", flat=True))
    for province in Province.objects.filter(has_office=True).exclude(pk__in=begun)[:count]:
        PlanFactory(province=province, fiscal_year=YEAR)


LIST_COSTS = {
    "/plans/decisions/": (Role.CENTRAL_OFFICER, sent_plans, 22),
    "/plans/decisions/late/": (Role.CENTRAL_OFFICER, late_provinces, 16),
}
