"""What the centre does with plans, and what became of them."""

from datetime import timedelta

from reports.enums import ReturnReason
from reports.models import Plan, PlanLine
from reports.services.plan_decisions import Question, return_plan
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.models import Notice

LATER = timedelta(minutes=2, seconds=1)


def do(service, *, by, **details):
    with open_scope(by.scope):
        return service(by=by, **details)


def fresh(plan):
    with open_scope(NATION):
        return Plan.objects.get(pk=plan.pk)


def lines_of(plan):
    with open_scope(NATION):
        return list(PlanLine.objects.filter(plan=plan).order_by("pk"))


def told(user):
    with open_scope(user.scope):
        return list(Notice.objects.visible_to(user).values_list("text", flat=True))


def give_back(plan, *, by, line=None, text="ขอเหตุผล", reason=ReturnReason.TARGET):
    line = line or lines_of(plan)[0]
    return do(
        return_plan,
        plan=plan,
        version=fresh(plan).version,
        questions=[Question(line.pk, reason, text)],
        by=by,
    )
