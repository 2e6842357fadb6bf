"""Working on a plan of Chiang Mai."""

from reports.models import PlanLine
from reports.services.plan_editions import Source, begin_plan
from volunteer_network.access.scope import NATION, open_scope

YEAR = 2570


def doing(by, service, **details):
    with open_scope(by.scope):
        return service(**details, by=by)


def line_of(plan):
    with open_scope(NATION):
        return PlanLine.objects.filter(plan=plan).earliest("pk")


def begin(by, source=Source.EMPTY, fiscal_year=YEAR):
    return doing(by, begin_plan, province=by.province_id, fiscal_year=fiscal_year, source=source)
