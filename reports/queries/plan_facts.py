"""Light rows of plans as the rules compare them: read for many plans in few queries."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from reports.enums import PlanState
from reports.models import Ceiling, Direction, Plan, PlanLine, StandingProject
from reports.plan_exceptions import LineFacts, PlanFacts
from volunteer_network.access.scope import HasScope

FIELDS = (
    *("lineage", "title", "standing", "target_1", "target_2", "target_3", "target_4"),
    *("target", "allotted"),
)


def lines_of(plans: Iterable[int], *, user: HasScope) -> dict[int, tuple[LineFacts, ...]]:
    """The lines of each plan (id), in their places. One query."""
    found: defaultdict[int, list[LineFacts]] = defaultdict(list)
    rows = PlanLine.objects.visible_to(user).filter(plan__in=list(plans)).order_by("place", "pk")
    for plan, lineage, title, standing, q1, q2, q3, q4, target, allotted in rows.values_list(
        "plan", *FIELDS
    ):
        line = LineFacts(lineage, title, standing, (q1, q2, q3, q4), target, allotted)
        found[plan].append(line)
    return {plan: tuple(lines) for plan, lines in found.items()}


def approved_in(year: int, provinces: Iterable[int], *, user: HasScope) -> dict[int, int]:
    """The approved edition of the year of each province: code → id. One query."""
    plans = Plan.objects.visible_to(user).of_year(year).in_state(PlanState.APPROVED)
    rows = plans.filter(province__in=list(provinces))
    return dict(rows.values_list("province", "pk"))


def ceilings_of(year: int) -> dict[int, Decimal]:
    """The ceiling in baht of each province (code) that has one. One query."""
    rows = Ceiling.objects.filter(direction__fiscal_year=year)
    return dict(rows.values_list("province", "amount"))


def required_in(year: int) -> dict[int, str]:
    """The projects of the year that every province has to have: id → title. One query."""
    rows = StandingProject.objects.filter(direction__fiscal_year=year, required=True)
    return dict(rows.values_list("pk", "title"))


def facts_of(plans: dict[int, int], year: int, *, user: HasScope) -> dict[int, PlanFacts]:
    """What the rules ask of plans of one year: id → facts. `plans`: id → province. Four queries."""
    before = approved_in(year - 1, plans.values(), user=user)
    lines = lines_of([*plans, *before.values()], user=user)
    ceilings, required = ceilings_of(year), required_in(year)
    return {
        plan: PlanFacts(
            lines=lines.get(plan, ()),
            last_year=lines.get(before[province], ()) if province in before else None,
            ceiling=ceilings.get(province),
            required=required,
        )
        for plan, province in plans.items()
    }


def year_to_decide(asked: int | None = None) -> Direction | None:
    """The directions of the year asked for; else of the open year, else of the latest one."""
    published = Direction.objects.published()
    if asked is not None:
        return published.filter(fiscal_year=asked).first()
    latest_open = published.filter(state="open").order_by("-fiscal_year").first()
    return latest_open or published.order_by("-fiscal_year").first()
