"""Where the quarters of a year stand: of one province, and one quarter of all provinces."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from reports.enums import PlanState, QuarterStage
from reports.models import Plan, QuarterReport
from reports.queries.plan_actuals import QUARTERS
from reports.queries.plan_pages import quarters_over
from volunteer_network.access.scope import HasScope
from volunteer_network.models import Province
from volunteer_network.thai_calendar import bangkok_date, short_date

SHAPES = {
    QuarterStage.NO_PLAN: "bad",
    QuarterStage.RUNNING: "off",
    QuarterStage.TO_PREPARE: "warn",
    QuarterStage.HANDED_BACK: "warn",
    QuarterStage.EARLIER_FIRST: "warn",
    QuarterStage.TO_SIGN: "half",
    QuarterStage.SIGNED: "good",
}
_LIGHT = (
    "province",
    "fiscal_year",
    "quarter",
    "prepared_at",
    "handed_back_at",
    "handed_back_because",
    "signed_at",
    "digest",
)
_PEOPLE = ("prepared_by", "handed_back_by", "signed_by")


@dataclass(frozen=True, slots=True)
class QuarterStanding:
    """One quarter of one province; `report` where somebody has prepared it."""

    province: int
    quarter: int
    stage: QuarterStage
    report: QuarterReport | None

    @property
    def shape(self) -> str:
        return SHAPES[self.stage]

    @property
    def signed(self) -> bool:
        return self.stage == QuarterStage.SIGNED

    @property
    def since(self) -> str:
        """The day since which it is the head's turn, in words; empty where it is not."""
        if self.stage != QuarterStage.TO_SIGN or self.report is None:
            return ""
        day = short_date(bangkok_date(self.report.prepared_at))
        return _("เตรียมแล้วเมื่อ %(day)s") % {"day": day}


@dataclass(frozen=True)
class Signings:
    """One quarter of all provinces with an office, those that have not signed first."""

    signed: list[tuple[Province, QuarterStanding]]
    unsigned: list[tuple[Province, QuarterStanding]]


def quarters_of(province: int, fiscal_year: int, *, user: HasScope) -> list[QuarterStanding]:
    """The four quarters of a province's year. Two queries."""
    plans = Plan.objects.visible_to(user).of_year(fiscal_year).standing()
    reports = _light(fiscal_year, user).filter(province=province)
    known = {report.quarter: report for report in reports.select_related(*_PEOPLE)}
    has_plan = plans.filter(province=province).exists()
    over = quarters_over(fiscal_year, timezone.localdate())
    return [_standing(province, one, known, over=over, has_plan=has_plan) for one in QUARTERS]


def signings_of(fiscal_year: int, quarter: int, *, user: HasScope) -> Signings:
    """Who has signed a quarter, and what the others wait for. Three queries."""
    plans = Plan.objects.visible_to(user).of_year(fiscal_year).filter(state=PlanState.APPROVED)
    planned: Collection[int] = set(plans.order_by().values_list("province", flat=True))
    reports: defaultdict[int, dict[int, QuarterReport]] = defaultdict(dict)
    for report in _light(fiscal_year, user).filter(quarter__lte=quarter):
        reports[report.province_id][report.quarter] = report
    over = quarters_over(fiscal_year, timezone.localdate())
    rows = [
        (
            province,
            _standing(
                province.pk,
                quarter,
                reports[province.pk],
                over=over,
                has_plan=province.pk in planned,
            ),
        )
        for province in Province.objects.filter(has_office=True).order_by("sort_key")
    ]
    return Signings(
        signed=[row for row in rows if row[1].signed],
        unsigned=[row for row in rows if not row[1].signed],
    )


def _light(fiscal_year: int, user: HasScope) -> QuerySet[QuarterReport]:
    """Reports without their figures."""
    return QuarterReport.objects.visible_to(user).of_year(fiscal_year).only(*_LIGHT, *_PEOPLE)


def _standing(
    province: int,
    quarter: int,
    reports: dict[int, QuarterReport],
    *,
    over: int,
    has_plan: bool,
) -> QuarterStanding:
    report = reports.get(quarter)
    stage = _stage(quarter, reports, over=over, has_plan=has_plan)
    return QuarterStanding(province, quarter, stage, report)


def _stage(
    quarter: int, reports: dict[int, QuarterReport], *, over: int, has_plan: bool
) -> QuarterStage:
    report = reports.get(quarter)
    if report and report.signed_at:
        return QuarterStage.SIGNED
    if not has_plan:
        return QuarterStage.NO_PLAN
    if quarter > over:
        return QuarterStage.RUNNING
    if report is None:
        return QuarterStage.TO_PREPARE
    if report.handed_back:
        return QuarterStage.HANDED_BACK
    signed = {number for number, one in reports.items() if one.signed_at}
    if not signed.issuperset(range(1, quarter)):
        return QuarterStage.EARLIER_FIRST
    return QuarterStage.TO_SIGN
