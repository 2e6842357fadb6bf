"""A province with last year's plan in force, and the steps of its quarters in everybody's scope."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from reports.enums import Measure, PlanState
from reports.models import Plan, PlanLine, PlanProgress, QuarterReport
from reports.queries.quarter_ledgers import ledger_of
from reports.queries.quarter_rows import quarter_bounds
from reports.queries.quarters import signed_reports, take_figures
from reports.services.quarters import (
    hand_quarter_back,
    prepare_quarter,
    sign_quarter,
    take_signature_back,
)
from tests.factories import ActivityFactory, UserFactory, VolunteerFactory
from tests.factories.plans import PlanLineFactory, PlanProgressFactory, PlanProofFactory
from tests.reports.services.test_plans import plan_in
from volunteer_network.access.roles import Role
from volunteer_network.access.scope import Scope, ScopeRole, open_scope
from volunteer_network.enums import Category
from volunteer_network.models import Activity, Province, User
from volunteer_network.thai_calendar import fiscal_year

YEAR = fiscal_year(timezone.localdate()) - 1  # all its quarters are over


@dataclass
class Stage:
    """One line is proved by the log, the other is typed."""

    plan: Plan
    counted: PlanLine
    typed: PlanLine
    maker: User
    head: User
    volunteer: Any

    @property
    def province(self) -> Province:
        return self.plan.province

    def log(self, quarter: int = 1, people: int = 5, **details: Any) -> Activity:
        """An activity of the proving category in the first month of a quarter."""
        about = {"category": Category.SAFETY, "recorded_by": self.maker, **details}
        return ActivityFactory(
            volunteer=self.volunteer,
            on_date=quarter_bounds(YEAR, quarter)[0] + timedelta(days=3),
            people_male=people,
            people_female=0,
            **about,
        )

    def type(self, quarter: int = 1, **values: Any) -> PlanProgress:
        """What is typed of the typed line, new or changed."""
        with self.open(self.maker):
            row, _made = PlanProgress.objects.update_or_create(
                province=self.province, fiscal_year=YEAR, lineage=self.typed.lineage,
                quarter=quarter, defaults=values,
            )  # fmt: skip
        return row

    def open(self, by: User | None = None) -> Any:
        scope = by.scope if by else Scope(ScopeRole.PROVINCE, (self.province.pk,))
        return open_scope(scope)

    def prepare(self, quarter: int = 1, by: User | None = None) -> QuarterReport:
        by = by or self.maker
        with self.open(by):
            return prepare_quarter(plan=self.plan, quarter=quarter, by=by)

    def hand_back(
        self, quarter: int = 1, *, reason: str = "ผลงานที่ 2 ไม่ตรงบันทึก", by: User | None = None
    ) -> QuarterReport:
        by = by or self.head
        with self.open(by):
            return hand_quarter_back(plan=self.plan, quarter=quarter, reason=reason, by=by)

    def taken(self, quarter: int = 1) -> Any:
        with self.open(self.head):
            return take_figures(self.plan, quarter, user=self.head)

    def sign(
        self, quarter: int = 1, *, adopt: bool = False, by: User | None = None, seen: str = ""
    ) -> QuarterReport:
        by = by or self.head
        seen = seen or self.taken(quarter).digest
        with self.open(by):
            return sign_quarter(plan=self.plan, quarter=quarter, seen=seen, adopt=adopt, by=by)

    def signed(self, quarter: int = 1, *, adopt: bool = False) -> QuarterReport:
        """Prepared and signed in one go."""
        self.prepare(quarter)
        return self.sign(quarter, adopt=adopt)

    def take_back(self, quarter: int = 1, by: User | None = None) -> QuarterReport:
        by = by or self.head
        with self.open(by):
            return take_signature_back(plan=self.plan, quarter=quarter, by=by)

    def ledger(self, quarter: int = 1, *, by: User | None = None, sees_records: bool = True) -> Any:
        by = by or self.head
        with self.open(by):
            signed = signed_reports(self.province.pk, YEAR, user=by)
            return ledger_of(self.plan, quarter, signed, user=by, sees_records=sees_records)

    def reread(self, quarter: int = 1) -> QuarterReport:
        with self.open():
            return QuarterReport.objects.get(
                province=self.province, fiscal_year=YEAR, quarter=quarter
            )


def stage_in(code: int = 50, maker: User | None = None, head: User | None = None) -> Stage:
    """Chiang Mai, or another province, with a plan of two lines and something of each done."""
    province = Province.objects.get(pk=code)
    maker = maker or UserFactory(province=province, position="นักวิชาการแรงงาน")
    head = head or UserFactory(province=province, role=Role.PROVINCIAL_HEAD)
    plan = plan_in(PlanState.APPROVED, province, maker=maker, head=head, fiscal_year=YEAR)
    with open_scope(Scope(ScopeRole.PROVINCE, (code,))):
        typed = PlanLine.objects.get(plan=plan)
    counted = PlanLineFactory(plan=plan, place=900, measure=Measure.PEOPLE, title="ลงพื้นที่")
    PlanProofFactory(line=counted, category=Category.SAFETY)
    stage = Stage(plan, counted, typed, maker, head, VolunteerFactory(province=province))
    PlanProgressFactory(
        province=province, fiscal_year=YEAR, lineage=typed.lineage, quarter=1, actual=4,
        disbursed=Decimal(900), problems="น้ำท่วม",
    )  # fmt: skip
    stage.log(people=7)
    return stage
