"""Which provinces have not sent their plan, whose turn it is, and when they were reminded."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reports.enums import PlanState
from reports.models import Direction, Plan
from reports.queries.plan_tables import current_plan
from volunteer_network.models import AuditEvent, Province, User

REMINDED, TAKEN_BACK = "plan.reminded", "plan.reminder_taken_back"
# Whose absence it is, while the plan stands there.
TURNS: dict[PlanState | None, str | Promise] = {
    None: _("ยังไม่เริ่ม รอเจ้าหน้าที่พี่เลี้ยง"),
    PlanState.DRAFT: _("ร่างอยู่ รอเจ้าหน้าที่พี่เลี้ยงเสนอ"),
    PlanState.RETURNED: _("ส่งกลับแก้ไข รอเจ้าหน้าที่พี่เลี้ยงแก้"),
    PlanState.PROPOSED: _("เสนอแล้ว รอแรงงานจังหวัดเห็นชอบ"),
    PlanState.AGREED: _("เห็นชอบแล้ว รอแรงงานจังหวัดส่ง"),
}
SHAPES: dict[PlanState | None, str] = {
    None: "bad",
    PlanState.DRAFT: "warn",
    PlanState.RETURNED: "warn",
    PlanState.PROPOSED: "half",
    PlanState.AGREED: "half",
}


@dataclass(frozen=True, slots=True)
class LatePlan:
    """A province whose plan is not with the centre; `since` is when it last moved."""

    province: Province
    state: PlanState | None
    since: datetime | None
    days_late: int  # after the day to send; not positive while there is time
    reminded_at: datetime | None

    @property
    def turn(self) -> str | Promise:
        return TURNS[self.state]

    @property
    def shape(self) -> str:
        return SHAPES[self.state]


def late_plans(direction: Direction, *, today: date, user: User) -> list[LatePlan]:
    """The provinces without a sent or approved plan, the furthest back first. Three queries.

    A cancelled plan counts as none, and so does a revision: the approved one holds meanwhile.
    """
    year = direction.fiscal_year
    editions: dict[int, list[Plan]] = {}
    for plan in Plan.objects.visible_to(user).of_year(year):
        editions.setdefault(plan.province_id, []).append(plan)
    reminded = reminders_of(year, user=user)
    days = (today - direction.send_by).days
    found = [
        LatePlan(
            province=province,
            state=PlanState(plan.state) if plan else None,
            since=_last_moved(plan) if plan else None,
            days_late=days,
            reminded_at=reminded.get(province.pk),
        )
        for province in Province.objects.filter(has_office=True)
        for plan in [current_plan(editions.get(province.pk, []))]
        if not _is_in(editions.get(province.pk, []))
    ]
    order = list(TURNS)
    return sorted(found, key=lambda one: (order.index(one.state), one.province.sort_key))


def reminders_of(year: int, *, user: User) -> dict[int, datetime]:
    """When each province was last reminded; what was taken back counts for nothing. One query."""
    events = AuditEvent.objects.visible_to(user).filter(
        verb__in=(REMINDED, TAKEN_BACK), detail__fiscal_year=year
    )
    rows = list(events.order_by("at").values_list("verb", "province_id", "at", "detail__together"))
    gone = {together for verb, _province, _at, together in rows if verb == TAKEN_BACK}
    return {
        province: at for _verb, province, at, together in rows if province and together not in gone
    }


def _is_in(editions: list[Plan]) -> bool:
    return any(plan.state in {PlanState.SENT, PlanState.APPROVED} for plan in editions)


def _last_moved(plan: Plan) -> datetime:
    moments = (plan.made_at, plan.proposed_at, plan.agreed_at, plan.returned_at)
    return max(moment for moment in moments if moment)
