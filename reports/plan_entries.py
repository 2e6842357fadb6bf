"""Plans in the navigation and among the tiles of the home page."""

from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.enums import PlanState
from reports.models import Plan, PlanLine
from reports.queries.plan_pages import planning_year
from reports.queries.plan_turns import turn_of
from reports.services.plan_lines import open_lines
from volunteer_network.access.roles import Capability
from volunteer_network.models import User
from volunteer_network.ui.registry import (
    Action,
    NavItem,
    Tile,
    TileFigures,
    register_action,
    register_nav,
    register_tile,
)

# The first that a user can do counts: a head writes too, but to mend is the mentor's turn.
TURNS: Final = (
    (Capability.DECIDE_PLANS, (PlanState.SENT,)),
    (Capability.AGREE_PLANS, (PlanState.PROPOSED, PlanState.AGREED)),
    (Capability.WRITE_PLANS, (PlanState.RETURNED,)),
)


def register() -> None:
    register_nav(
        NavItem(
            label=gettext_lazy("แผนงาน"),
            icon="plan",
            url_name="plans:list",
            order=45,
            needs=Capability.VIEW_PLANS,
            badge=waiting,
        )
    )
    register_tile(
        Tile(
            title=gettext_lazy("แผนงานประจำปี"),
            icon="plan",
            order=15,
            count=to_write,
            needs=Capability.WRITE_PLANS,
        )
    )
    register_tile(
        Tile(
            title=gettext_lazy("แผนรอแรงงานจังหวัด"),
            icon="plan",
            order=11,
            count=to_agree,
            needs=Capability.AGREE_PLANS,
        )
    )
    register_action(
        Action(
            label=gettext_lazy("แผนงานประจำปี"),
            english="annual plans",
            icon="plan",
            url_name="plans:list",
            needs=Capability.VIEW_PLANS,
        )
    )


def waiting(user: User) -> int:
    """How many plans wait for the user: to decide on, to agree to and send, or to mend."""
    for capability, states in TURNS:
        if user.can(capability):
            return Plan.objects.visible_to(user).in_state(*states).count()
    return 0


def to_write(user: User) -> TileFigures | None:
    """The plan of the year that is being made: not begun, a draft, or returned."""
    direction = planning_year()
    if direction is None or user.province_id is None:
        return None
    year = direction.fiscal_year
    editions = Plan.objects.visible_to(user).of_year(year).filter(province=user.province_id)
    plan = editions.exclude(state=PlanState.CANCELLED).order_by("-edition").first()
    if plan and plan.state not in {PlanState.DRAFT, PlanState.RETURNED}:
        return None
    turn = turn_of(PlanState(plan.state) if plan else None, direction)
    mine = not user.can(Capability.AGREE_PLANS)
    if plan is None:
        return TileFigures(
            number=0,
            unit=_("งาน ปี %(year)d") % {"year": year},
            why=turn.with_rest,
            action=_("เริ่มแผนปี %(year)d") % {"year": year},
            href=reverse("plans:detail", args=[year, user.province_id]),
            my_turn=mine,
        )
    lines = PlanLine.objects.visible_to(user).of(plan).count()
    asked = open_lines(plan, user=user)
    number = len(asked) if asked is not None else lines
    returned = plan.state == PlanState.RETURNED
    return TileFigures(
        number=number,
        unit=_("งาน ปี %(year)d") % {"year": year},
        why=_("ส่งกลับแก้ไข: %(reason)s") % {"reason": plan.returned_because}
        if returned
        else turn.with_rest,
        action=_("แก้ %(count)d งาน") % {"count": number}
        if returned
        else _("ทำแผนต่อ %(count)d งาน") % {"count": number},
        href=reverse("plans:edit", args=[year, user.province_id]),
        my_turn=mine,
    )


def to_agree(user: User) -> TileFigures | None:
    """The proposed plan that waits for the head, or the agreed one that waits to be sent."""
    if user.province_id is None:
        return None
    plans = Plan.objects.visible_to(user).in_state(PlanState.PROPOSED, PlanState.AGREED)
    plan = plans.filter(province=user.province_id).order_by("fiscal_year").first()
    if plan is None:
        return None
    direction = planning_year()
    same_year = direction and direction.fiscal_year == plan.fiscal_year
    turn = turn_of(PlanState(plan.state), direction if same_year else None)
    lines = PlanLine.objects.visible_to(user).of(plan).count()
    proposed = plan.state == PlanState.PROPOSED
    return TileFigures(
        number=lines,
        unit=_("งาน ปี %(year)d") % {"year": plan.fiscal_year},
        why=turn.in_words,
        action=_("อ่านและเห็นชอบ %(count)d งาน") % {"count": lines}
        if proposed
        else _("ส่งส่วนกลาง %(count)d งาน") % {"count": lines},
        href=reverse("plans:detail", args=[plan.fiscal_year, user.province_id]),
        my_turn=True,
    )
