"""Plans on the centre's home page, and among what people find by search and Ctrl K."""

import re
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.enums import DirectionState, PlanState
from reports.models import Plan
from reports.queries.plan_facts import year_to_decide
from reports.queries.plan_queue import tally_of
from volunteer_network.access.roles import Capability
from volunteer_network.models import User
from volunteer_network.thai_calendar import remaining, short_date
from volunteer_network.thai_text import normalise
from volunteer_network.ui.registry import (
    Action,
    Hit,
    SearchSource,
    Tile,
    TileFigures,
    register_action,
    register_search,
    register_tile,
)

DECIDES: Final = Capability.DECIDE_PLANS
# What says that a plan is meant, not a place or a person; a year says so too.
PLAN_WORDS: Final = ("แผนงาน", "แผนปี", "แผน", "plans", "plan")
YEAR: Final = re.compile(r"25[4-9]\d|26[0-4]\d")
PROVINCE_WORDS: Final = re.compile(r"^(?:จังหวัด|จ\.)")


def register() -> None:
    register_tile(
        Tile(
            title=gettext_lazy("แผนรอพิจารณา"),
            icon="plan",
            order=15,
            count=to_decide,
            needs=DECIDES,
        )
    )
    register_search(
        SearchSource(
            title=gettext_lazy("แผนงานประจำปี"),
            icon="plan",
            order=45,
            find=plans,
            needs=Capability.VIEW_PLANS,
        )
    )
    for label, english, url_name in (
        (gettext_lazy("พิจารณาแผน"), "decide approve plans", "decisions:list"),
        (gettext_lazy("จังหวัดที่ยังไม่ส่งแผน"), "late plans remind", "decisions:late"),
        (gettext_lazy("กำหนดแนวทางของปี"), "directions ceilings year", "directions:list"),
    ):
        register_action(
            Action(label=label, english=english, icon="plan", url_name=url_name, needs=DECIDES)
        )


def to_decide(user: User) -> TileFigures | None:
    """While a year is open: how many plans wait, and until when the centre decides."""
    direction = year_to_decide()
    if direction is None or direction.state != DirectionState.OPEN:
        return None
    tally = tally_of(direction.fiscal_year, user=user)
    day, today = direction.decide_by, timezone.localdate()
    return TileFigures(
        number=tally.waiting,
        unit=_("จังหวัด ปี %(year)d") % {"year": direction.fiscal_year},
        why=_("พิจารณาภายใน %(day)s %(left)s อนุมัติแล้ว %(approved)d ยังไม่ส่ง %(late)d จังหวัด")
        % {
            "day": short_date(day),
            "left": remaining(day, today),
            "approved": tally.approved,
            "late": tally.not_sent,
        },
        action=_("พิจารณา %(count)d แผน") % {"count": tally.waiting}
        if tally.waiting
        else _("ดูจังหวัดที่ยังไม่ส่ง"),
        href=reverse("decisions:list" if tally.waiting else "decisions:late"),
        total=tally.provinces,
        my_turn=bool(tally.waiting),
    )


def plans(user: User, typed: str, most: int) -> list[Hit]:
    """ "แผน 2570 เชียงใหม่": by year and province, the latest edition of the latest year first."""
    meant, years, names = _read(typed)
    if not meant:
        return []
    rows = Plan.objects.visible_to(user).exclude(state=PlanState.CANCELLED)
    if years:
        rows = rows.filter(fiscal_year__in=years)
    for name in names:
        rows = rows.filter(province__name__contains=name)
    found = rows.select_related("province").order_by(
        "-fiscal_year", "province__sort_key", "-edition"
    )
    return [
        Hit(
            label=_("แผนปี %(year)d จ.%(province)s")
            % {"year": plan.fiscal_year, "province": plan.province},
            detail=_("ฉบับที่ %(edition)d · %(state)s")
            % {"edition": plan.edition, "state": plan.get_state_display()},
            href=_href(plan, user),
        )
        for plan in found[:most]
    ]


def _read(typed: str) -> tuple[bool, list[int], list[str]]:
    """Whether a plan is meant, which years are named, and what is left of the words."""
    meant, years, names = False, [], []
    for word in normalise(typed).split():
        rest = word
        if begun := next((one for one in PLAN_WORDS if word.startswith(one)), ""):
            meant, rest = True, word.removeprefix(begun)
        if YEAR.fullmatch(rest):
            meant = True
            years.append(int(rest))
        elif rest := PROVINCE_WORDS.sub("", rest):
            names.append(rest)
    return meant, years, names


def _href(plan: Plan, user: User) -> str:
    """Whoever decides opens what waits on the table; everybody else the province's page."""
    if plan.state == PlanState.SENT and user.can(DECIDES):
        return reverse("decisions:detail", args=[plan.fiscal_year, plan.province_id])
    return plan.get_absolute_url()
