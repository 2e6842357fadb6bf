"""A plan that came the whole way to the centre, by the people whose turn it was."""

from reports.enums import PlanAction
from reports.services.plan_steps import lock_plan, take_step
from tests.factories import UserFactory
from tests.factories.plans import CeilingFactory, DirectionFactory, PlanFactory, PlanLineFactory
from volunteer_network.access.roles import Role
from volunteer_network.access.scope import open_scope
from volunteer_network.models import Province

YEAR = 2570


def sent_plan(code=50, *, edition=1, lines=2, **details):
    """A plan on the centre's table, with its ceiling, made by a mentor and sent by the head."""
    province = Province.objects.get(pk=code)
    direction = DirectionFactory(fiscal_year=YEAR)
    if not direction.ceilings.filter(province=province).exists():
        CeilingFactory(direction=direction, province=province)
    mentor = UserFactory(province=province, email=f"m{code}.{edition}@example.go.th")
    head = UserFactory(
        role=Role.PROVINCIAL_HEAD, province=province, email=f"h{code}.{edition}@example.go.th"
    )
    plan = PlanFactory(
        province=province, fiscal_year=YEAR, edition=edition, made_by=mentor, **details
    )
    PlanLineFactory.create_batch(lines, plan=plan)
    step(plan, PlanAction.PROPOSE, by=mentor)
    step(plan, PlanAction.AGREE, by=head)
    return step(plan, PlanAction.SEND, by=head)


def step(plan, action, *, by, reason=""):
    """One step, in the scope of whoever takes it."""
    with open_scope(by.scope):
        return take_step(lock_plan(plan.pk, by=by), action, by=by, reason=reason)
