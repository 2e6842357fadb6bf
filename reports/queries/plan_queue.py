"""What lies on the centre's table: the plans that were sent, grouped by what sets them apart."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reports.enums import PlanAction, PlanState
from reports.models import Direction, Plan, PlanStep
from reports.plan_exceptions import (
    Finding,
    PlanFacts,
    change_in_percent,
    findings_of,
    money_of,
)
from reports.queries.plan_facts import facts_of
from volunteer_network.known_places import known_province
from volunteer_network.models import Province, User
from volunteer_network.thai_text import full_name

ALIKE = "alike"
ALIKE_IN_WORDS = _("เหมือนปีก่อนไม่เกิน 10% กติกาครบ")


@dataclass(frozen=True, slots=True)
class WaitingPlan:
    """One plan on the table; money in baht, `sender` the person who sent it."""

    pk: int
    version: int
    fiscal_year: int
    edition: int
    province: Province
    sent_at: datetime
    sender: str
    facts: PlanFacts
    findings: tuple[Finding, ...]

    @property
    def money_change(self) -> int | None:
        """Against last year's plan, in whole percent."""
        before = self.facts.last_year
        return None if before is None else change_in_percent(self.facts.allotted, money_of(before))

    @property
    def over_ceiling(self) -> Decimal | None:
        """Baht above the ceiling; None within it or without one."""
        ceiling = self.facts.ceiling
        over = None if ceiling is None else self.facts.allotted - ceiling
        return over if over is not None and over > 0 else None

    @property
    def days_waiting(self) -> int:
        return (timezone.localdate() - timezone.localdate(self.sent_at)).days


@dataclass(frozen=True, slots=True)
class QueueGroup:
    """Plans with the same gravest finding; `key` is the finding's, or ALIKE."""

    key: str
    title: str | Promise
    plans: tuple[WaitingPlan, ...]

    @property
    def is_alike(self) -> bool:
        return self.key == ALIKE

    @property
    def money(self) -> Decimal:
        return sum((plan.facts.allotted for plan in self.plans), Decimal(0))


@dataclass(frozen=True, slots=True)
class Queue:
    direction: Direction
    groups: tuple[QueueGroup, ...]

    @property
    def plans(self) -> tuple[WaitingPlan, ...]:
        """In the order in which they are read: those alike first, then by their gravest finding."""
        return tuple(plan for group in self.groups for plan in group.plans)

    def group(self, key: str) -> QueueGroup | None:
        return next((group for group in self.groups if group.key == key), None)


@dataclass(frozen=True, slots=True)
class Tally:
    """Of the provinces with an office: how far this year's first plan has come, in numbers."""

    provinces: int
    waiting: int
    approved: int
    returned: int

    @property
    def not_sent(self) -> int:
        """Neither with the centre, nor approved."""
        return self.provinces - self.waiting - self.approved


def queue_of(direction: Direction, *, user: User) -> Queue:
    """All plans of the year that wait, grouped, the longest waiting first. Five queries."""
    year = direction.fiscal_year
    rows = list(
        Plan.objects.visible_to(user)
        .of_year(year)
        .in_state(PlanState.SENT)
        .order_by("sent_at", "pk")
        .values_list(
            *("pk", "version", "edition", "province_id", "sent_at"),
            *("sent_by__title", "sent_by__first_name", "sent_by__last_name"),
            named=True,
        )
    )
    facts = facts_of({row.pk: row.province_id for row in rows}, year, user=user) if rows else {}
    plans = [
        WaitingPlan(
            pk=row.pk,
            version=row.version,
            fiscal_year=year,
            edition=row.edition,
            province=known_province(row.province_id),
            sent_at=row.sent_at,
            sender=full_name(row.sent_by__title, row.sent_by__first_name, row.sent_by__last_name),
            facts=facts[row.pk],
            findings=findings_of(facts[row.pk]),
        )
        for row in rows
    ]
    return Queue(direction, _grouped(plans))


def tally_of(year: int, *, user: User) -> Tally:
    """Two queries. A province whose approved plan has a newer edition that waits is waiting."""
    best: dict[int, str] = {}
    rank = {PlanState.SENT: 3, PlanState.APPROVED: 2, PlanState.RETURNED: 1}
    rows = Plan.objects.visible_to(user).of_year(year).values_list("province", "state")
    for province, state in rows:
        if rank.get(PlanState(state), 0) > rank.get(PlanState(best.get(province, "draft")), 0):
            best[province] = state
    states = Counter(best.values())
    return Tally(
        provinces=Province.objects.filter(has_office=True).count(),
        waiting=states[PlanState.SENT],
        approved=states[PlanState.APPROVED],
        returned=states[PlanState.RETURNED],
    )


def decided_on(day: date, year: int, *, user: User) -> Counter[PlanAction]:
    """How many plans were approved and returned on a day, less what was taken back. One query."""
    steps = PlanStep.objects.visible_to(user).filter(
        at__date=day,
        plan__fiscal_year=year,
        action__in=(PlanAction.APPROVE, PlanAction.RETURN, PlanAction.UNDO),
    )
    last = dict(steps.order_by("at", "pk").values_list("plan", "action"))
    return Counter(PlanAction(action) for action in last.values() if action != PlanAction.UNDO)


def _grouped(plans: list[WaitingPlan]) -> tuple[QueueGroup, ...]:
    kinds: list[tuple[str, str | Promise]] = [
        (ALIKE, ALIKE_IN_WORDS),
        *((finding.value, finding.label) for finding in Finding),
    ]
    groups = (
        QueueGroup(key, title, tuple(plan for plan in plans if _key_of(plan) == key))
        for key, title in kinds
    )
    return tuple(group for group in groups if group.plans)


def _key_of(plan: WaitingPlan) -> str:
    return plan.findings[0].value if plan.findings else ALIKE
