"""Which provinces are ready for a document, and why the others are not."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from reports.enums import PlanState
from reports.models import Direction, Plan, PlanProgress, QuarterReport
from volunteer_network.access.scope import HasScope
from volunteer_network.models import Province, Volunteer

# A document is signed: a draft would be signed for something that still changes.
PRINTABLE = frozenset({PlanState.PROPOSED, PlanState.AGREED, PlanState.SENT, PlanState.APPROVED})
WITH_THE_CENTRE = frozenset({PlanState.SENT, PlanState.APPROVED})


@dataclass(frozen=True, slots=True)
class Readiness:
    """A province and, when it is not ready, why, with the page where that is seen, if any."""

    province: Province
    missing: str
    href: str

    @property
    def ready(self) -> bool:
        return not self.missing


def plan_to_print(plans: Iterable[Plan], states: frozenset[PlanState] = PRINTABLE) -> Plan | None:
    """Of a province's editions in a year the newest that is in one of the states."""
    fit = [plan for plan in plans if plan.state in states]
    return max(fit, key=lambda plan: plan.edition, default=None)


def plans_ready(fiscal_year: int, *, user: HasScope) -> list[Readiness]:
    """Whose plan of the year has been sent to the centre. Three queries."""
    plans = _plans_of(fiscal_year, user)
    page_of = _plan_pages(fiscal_year, plans)
    return [
        Readiness(
            province,
            _why_no_plan(plans[province.pk], WITH_THE_CENTRE),
            page_of(province),
        )
        for province in _offices()
    ]


def progress_ready(fiscal_year: int, quarter: int, *, user: HasScope) -> list[Readiness]:
    """Whose plan is approved and whose quarter was signed, or reported at least. Five queries."""
    plans = _plans_of(fiscal_year, user)
    page_of = _plan_pages(fiscal_year, plans)
    told = PlanProgress.objects.visible_to(user).filter(fiscal_year=fiscal_year, quarter=quarter)
    signed = QuarterReport.objects.visible_to(user).of_year(fiscal_year).signed()
    reported = {
        *told.order_by().values_list("province", flat=True).distinct(),
        *signed.filter(quarter=quarter).order_by().values_list("province", flat=True),
    }
    silent = _("ยังไม่ได้ลงผลไตรมาสที่ %(quarter)d") % {"quarter": quarter}
    return [
        Readiness(
            province,
            _why_no_plan(plans[province.pk], frozenset({PlanState.APPROVED}))
            or ("" if province.pk in reported else silent),
            page_of(province),
        )
        for province in _offices()
    ]


def registers_ready(*, user: HasScope) -> list[Readiness]:
    """Which provinces have anybody in office. Two queries."""
    rows = Volunteer.objects.visible_to(user).in_office().order_by()
    filled = set(rows.values_list("province", flat=True).distinct())
    nobody = _("ยังไม่มีอาสาสมัครที่ปฏิบัติหน้าที่")
    register = reverse("volunteers:list")
    return [
        Readiness(
            province,
            "" if province.pk in filled else nobody,
            f"{register}?province={province.pk}",
        )
        for province in _offices()
    ]


def why_not_printable(plans: Iterable[Plan]) -> str:
    """Why a province's own plan cannot be printed yet; empty when it can."""
    return _why_no_plan(list(plans), PRINTABLE)


def _offices() -> Iterable[Province]:
    return Province.objects.filter(has_office=True).order_by("sort_key")


def _plan_pages(fiscal_year: int, plans: Mapping[int, list[Plan]]) -> Callable[[Province], str]:
    """The address of a province's plan; none where neither centre nor province has begun."""
    opened = Direction.objects.published().filter(fiscal_year=fiscal_year).exists()

    def page_of(province: Province) -> str:
        begun = opened or plans.get(province.pk)
        return reverse("plans:detail", args=[fiscal_year, province.pk]) if begun else ""

    return page_of


def _plans_of(fiscal_year: int, user: HasScope) -> defaultdict[int, list[Plan]]:
    plans: defaultdict[int, list[Plan]] = defaultdict(list)
    for plan in Plan.objects.visible_to(user).of_year(fiscal_year):
        plans[plan.province_id].append(plan)
    return plans


def _why_no_plan(plans: list[Plan], states: frozenset[PlanState]) -> str:
    if plan_to_print(plans, states):
        return ""
    alive = [plan for plan in plans if plan.state != PlanState.CANCELLED]
    if not alive:
        return _("ยังไม่มีแผนของปีนี้")
    latest = max(alive, key=lambda plan: plan.edition)
    return _("แผนฉบับที่ %(edition)d อยู่ในสถานะ “%(state)s”") % {
        "edition": latest.edition,
        "state": latest.get_state_display(),
    }
