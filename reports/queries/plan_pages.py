"""Everything that the page of a plan shows, read for one person."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from reports.enums import UNFINISHED_STATES, DirectionState, PlanState
from reports.models import Direction, Plan, PlanComment, PlanProof, PlanStep, StandingProject
from reports.queries.plan_checks import BAD, Check, checks_of
from reports.queries.plan_differences import Difference, differences, lines_of, since_return
from reports.queries.plan_tables import PlanTable, current_plan, plan_table
from reports.queries.plan_turns import PathStep, Turn, path_of, turn_of
from volunteer_network.access.scope import HasScope
from volunteer_network.thai_calendar import fiscal_months, quarter

YEARLY = ("target", "allotted")


@dataclass(frozen=True)
class PlanPage:
    plan: Plan
    table: PlanTable
    direction: Direction | None
    editions: Sequence[Plan]
    comments: Mapping[int, list[PlanComment]]  # line → what is said of it, the oldest first
    whole: Sequence[PlanComment]  # of the plan as a whole
    checks: tuple[Check, ...]
    turn: Turn
    path: tuple[PathStep, ...]
    since_return: tuple[Difference, ...]
    former: Plan | None  # the edition that this one changes
    of_former: tuple[Difference, ...]
    last_year: Plan | None
    of_last_year: tuple[Difference, ...]
    today: date = field(default_factory=timezone.localdate)

    @property
    def asked(self) -> frozenset[int]:
        """Lines with a remark that waits."""
        return frozenset(
            line
            for line, said in self.comments.items()
            if any(one.returns and one.settled_at is None for one in said)
        )

    @property
    def to_mend(self) -> int:
        return sum(check.tone == BAD for check in self.checks)

    @property
    def year_closed(self) -> bool:
        """Whether the centre has closed the year, so that nothing can be mended."""
        return self.direction is not None and self.direction.state == DirectionState.CLOSED

    @property
    def quarter_now(self) -> int | None:
        """The quarter that runs in the plan's year; None in another year."""
        months = fiscal_months(self.plan.fiscal_year)
        return quarter(self.today) if self.today.replace(day=1) in months else None

    @property
    def quarters_over(self) -> int:
        return quarters_over(self.plan.fiscal_year, self.today)


def editions_of(province: int, fiscal_year: int, *, user: HasScope) -> list[Plan]:
    """A province's editions in a year, the newest first."""
    rows = Plan.objects.visible_to(user).of_year(fiscal_year).filter(province=province)
    return list(rows.select_related("province", "made_by", "proposed_by").order_by("-edition"))


def page_of(plan: Plan, editions: Sequence[Plan], *, user: HasScope) -> PlanPage:
    """About eighteen queries, whatever the number of lines."""
    table = plan_table(plan, user=user)
    lines = [row.line for row in table.rows]
    direction = Direction.objects.filter(fiscal_year=plan.fiscal_year).first()
    comments, whole = _comments_of(plan, user)
    former = _former(plan, editions)
    last_year = _last_year(plan, user)
    proofs = PlanProof.objects.visible_to(user).filter(plan=plan)
    steps = PlanStep.objects.visible_to(user).filter(plan=plan).select_related("by")
    return PlanPage(
        plan=plan,
        table=table,
        direction=direction,
        editions=editions,
        comments=comments,
        whole=whole,
        checks=checks_of(
            table,
            proved=set(proofs.values_list("line_id", flat=True)),
            required=required_in(direction),
            quarters_over=quarters_over(plan.fiscal_year, timezone.localdate()),
        ),
        turn=turn_of(PlanState(plan.state), direction),
        path=path_of(plan, list(steps.order_by("at", "pk")), direction),
        since_return=since_return(plan, lines, user=user)
        if plan.state in UNFINISHED_STATES
        else (),
        former=former,
        of_former=differences(lines_of(former, user=user), lines) if former else (),
        last_year=last_year,
        of_last_year=differences(lines_of(last_year, user=user), lines, fields=YEARLY)
        if last_year
        else (),
    )


def required_in(direction: Direction | None) -> list[StandingProject]:
    return list(direction.projects.filter(required=True)) if direction else []


def quarters_over(fiscal_year: int, today: date) -> int:
    """How many quarters of a fiscal year have ended: 0 to 4."""
    months = fiscal_months(fiscal_year)
    if today < months[0]:
        return 0
    return quarter(today) - 1 if today.replace(day=1) in months else 4


def planning_year() -> Direction | None:
    """The newest year for which the centre has opened planning."""
    return Direction.objects.filter(state=DirectionState.OPEN).order_by("-fiscal_year").first()


def _comments_of(
    plan: Plan, user: HasScope
) -> tuple[dict[int, list[PlanComment]], list[PlanComment]]:
    of_line: defaultdict[int, list[PlanComment]] = defaultdict(list)
    whole: list[PlanComment] = []
    said = PlanComment.objects.visible_to(user).filter(plan=plan).select_related("by")
    for comment in said.order_by("at", "pk"):
        (of_line[comment.line_id] if comment.line_id else whole).append(comment)
    return dict(of_line), whole


def _former(plan: Plan, editions: Sequence[Plan]) -> Plan | None:
    """The newest edition before this one that was in force."""
    in_force = {PlanState.APPROVED, PlanState.REPLACED}
    before = [one for one in editions if one.edition < plan.edition and one.state in in_force]
    return current_plan(before)


def _last_year(plan: Plan, user: HasScope) -> Plan | None:
    rows = Plan.objects.visible_to(user).of_year(plan.fiscal_year - 1).standing()
    return rows.filter(province=plan.province_id).first()
