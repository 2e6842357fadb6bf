"""The lines of a plan: what is to be done, what proves it, what came of it, what is said of it."""

import uuid
from decimal import Decimal
from typing import Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mentors.models import Mentor
from reports.enums import BudgetType, Measure, ProjectGroup, Quarter, ReturnReason
from reports.models.directions import StandingProject
from reports.models.plans import Plan
from seminars.models import Seminar
from volunteer_network.access.row_security import TenantWall
from volunteer_network.access.scope import ProvinceScopedQuerySet
from volunteer_network.enums import AgencyCode, Category
from volunteer_network.models import Province, User

EVERY_MONTH = list(range(1, 13))  # of the fiscal year: 1 is October
TARGETS = ("target_1", "target_2", "target_3", "target_4")


class PlanLineQuerySet(ProvinceScopedQuerySet["PlanLine"]):
    def of(self, plan: Plan) -> Self:
        return self.filter(plan=plan)


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class PlanLine(models.Model):
    """One piece of work of a plan.

    `lineage` is the same in every edition and from year to year: by it editions are compared and
    what was typed of the results stays with the work.
    """

    province = models.ForeignKey(Province, models.PROTECT, editable=False, db_index=False)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="lines")
    lineage = models.UUIDField(default=uuid.uuid4, editable=False)
    place = models.PositiveSmallIntegerField(_("ลำดับ"))
    standing = models.ForeignKey(
        StandingProject, models.SET_NULL, null=True, blank=True, verbose_name=_("โครงการของส่วนกลาง")
    )
    group = models.CharField(_("กลุ่มงาน"), max_length=12, choices=ProjectGroup)
    project = models.CharField(_("โครงการ"), max_length=240, blank=True)
    title = models.CharField(_("งาน/กิจกรรม"), max_length=240)
    objective = models.CharField(_("วัตถุประสงค์"), max_length=400, blank=True)
    indicator = models.CharField(_("ตัวชี้วัด"), max_length=120)
    unit = models.CharField(_("หน่วยนับ"), max_length=30)
    target = models.PositiveIntegerField(_("เป้าหมายทั้งปี"), default=0)
    target_1 = models.PositiveIntegerField(_("ไตรมาส 1"), default=0)
    target_2 = models.PositiveIntegerField(_("ไตรมาส 2"), default=0)
    target_3 = models.PositiveIntegerField(_("ไตรมาส 3"), default=0)
    target_4 = models.PositiveIntegerField(_("ไตรมาส 4"), default=0)
    budget_type = models.CharField(
        _("ประเภทงบ"), max_length=14, choices=BudgetType, default=BudgetType.NONE
    )
    allotted = models.DecimalField(  # baht
        _("งบจัดสรร"), max_digits=12, decimal_places=2, default=Decimal(0)
    )
    months = ArrayField(
        models.PositiveSmallIntegerField(), verbose_name=_("เดือนที่ทำ"), default=list, blank=True
    )
    area = models.CharField(_("พื้นที่"), max_length=200, blank=True)
    responsible = models.ForeignKey(
        Mentor,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="plan_lines",
        verbose_name=_("ผู้รับผิดชอบ"),
    )
    partners = ArrayField(
        models.CharField(max_length=4, choices=AgencyCode),
        verbose_name=_("หน่วยงานร่วม"),
        default=list,
        blank=True,
    )
    measure = models.CharField(_("ผลนับจาก"), max_length=12, choices=Measure, default=Measure.TYPED)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = PlanLineQuerySet.as_manager()
    wall = TenantWall(province="SELECT, INSERT, UPDATE, DELETE", system="SELECT")
    personal_data: frozenset[str] = frozenset()

    class Meta:
        ordering = ("place", "pk")
        constraints = (
            models.UniqueConstraint(fields=["province", "id"], name="line_with_its_province"),
            models.UniqueConstraint(fields=["plan", "lineage"], name="one_line_of_a_lineage"),
            models.CheckConstraint(
                name="line_months_of_the_year",
                condition=Q(months__contained_by=EVERY_MONTH),
                violation_error_message=_("เลือกเดือนระหว่าง ต.ค. ถึง ก.ย."),
            ),
            models.CheckConstraint(
                name="line_without_budget_has_no_money",
                condition=~Q(budget_type=BudgetType.NONE) | Q(allotted=0),
                violation_error_message=_("เลือกประเภทงบ ถ้างานนี้ใช้เงิน"),
            ),
            models.CheckConstraint(
                name="line_money_is_not_negative",
                condition=Q(allotted__gte=0),
                violation_error_message=_("งบประมาณต้องไม่ติดลบ"),
            ),
        )
        indexes = (models.Index(fields=["province", "lineage"], name="line_by_lineage"),)

    def __str__(self) -> str:
        return self.title

    @property
    def targets(self) -> tuple[int, int, int, int]:
        """By quarter of the fiscal year."""
        return (self.target_1, self.target_2, self.target_3, self.target_4)

    @property
    def adds_up(self) -> bool:
        """Whether the quarters make the year's target."""
        return sum(self.targets) == self.target


class PlanProof(models.Model):
    """What counts as the result of a line: activities of a category, or who came to a seminar.

    A category and a seminar belong to one line of a plan only, so nothing is counted twice.
    """

    province = models.ForeignKey(Province, models.PROTECT, editable=False, db_index=False)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="proofs", db_index=False)
    line = models.ForeignKey(PlanLine, models.CASCADE, related_name="proofs")
    category = models.CharField(_("ประเภทงาน"), max_length=24, choices=Category, blank=True)
    seminar = models.ForeignKey(
        Seminar, models.PROTECT, null=True, blank=True, verbose_name=_("สัมมนา")
    )

    objects = ProvinceScopedQuerySet["PlanProof"].as_manager()
    wall = TenantWall(province="SELECT, INSERT, UPDATE, DELETE", system="SELECT")
    personal_data: frozenset[str] = frozenset()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="proof_is_one_thing",
                condition=(Q(seminar__isnull=True) & ~Q(category=""))
                | Q(seminar__isnull=False, category=""),
            ),
            models.UniqueConstraint(
                fields=["plan", "category"],
                name="category_proves_one_line",
                condition=~Q(category=""),
                violation_error_message=_("ประเภทงานนี้เป็นผลของงานอื่นในแผนแล้ว กิจกรรมหนึ่งนับได้งานเดียว"),
            ),
            models.UniqueConstraint(
                fields=["plan", "seminar"],
                name="seminar_proves_one_line",
                condition=Q(seminar__isnull=False),
                violation_error_message=_("สัมมนานี้เป็นผลของงานอื่นในแผนแล้ว"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.line_id}: {self.category or self.seminar_id}"


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class PlanProgress(models.Model):
    """What people type of a quarter: money spent, the result where nothing proves it, and why.

    It belongs to the work (`lineage`), not to an edition: a new edition keeps it.
    """

    province = models.ForeignKey(Province, models.PROTECT, editable=False, db_index=False)
    fiscal_year = models.PositiveSmallIntegerField(editable=False)  # Buddhist
    lineage = models.UUIDField(editable=False)
    quarter = models.PositiveSmallIntegerField(_("ไตรมาส"), choices=Quarter)
    actual = models.PositiveIntegerField(_("ผล"), null=True, blank=True)
    disbursed = models.DecimalField(  # baht
        _("เบิกจ่าย"), max_digits=12, decimal_places=2, default=Decimal(0)
    )
    committed = models.DecimalField(  # baht
        _("ผูกพัน"), max_digits=12, decimal_places=2, default=Decimal(0)
    )
    problems = models.TextField(_("ปัญหาอุปสรรค"), blank=True, max_length=2000)
    suggestions = models.TextField(_("ข้อเสนอแนะ"), blank=True, max_length=2000)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ProvinceScopedQuerySet["PlanProgress"].as_manager()
    wall = TenantWall(province="SELECT, INSERT, UPDATE", system="SELECT")
    personal_data = frozenset({"problems", "suggestions"})

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["province", "fiscal_year", "lineage", "quarter"],
                name="one_progress_of_a_quarter",
            ),
            models.CheckConstraint(
                name="progress_money_is_not_negative",
                condition=Q(disbursed__gte=0, committed__gte=0),
                violation_error_message=_("จำนวนเงินต้องไม่ติดลบ"),
            ),
            models.CheckConstraint(
                name="progress_of_a_quarter", condition=Q(quarter__range=(1, 4))
            ),
        )

    def __str__(self) -> str:
        return f"{self.fiscal_year} {self.lineage} {self.quarter}"


class PlanComment(models.Model):
    """What is said of a plan or of one of its lines; a question waits for an answer."""

    province = models.ForeignKey(Province, models.PROTECT, editable=False, db_index=False)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="comments")
    line = models.ForeignKey(
        PlanLine, models.PROTECT, null=True, blank=True, related_name="comments"
    )
    reason = models.CharField(_("เรื่อง"), max_length=12, choices=ReturnReason, blank=True)
    text = models.CharField(_("ข้อคิดเห็น"), max_length=500)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    returns = models.BooleanField(default=False)  # the line has to be mended before it goes again
    settled_at = models.DateTimeField(null=True)

    objects = ProvinceScopedQuerySet["PlanComment"].as_manager()
    # The centre deletes what it said when it takes a return back at once.
    wall = TenantWall(province="SELECT, INSERT, UPDATE", nation="SELECT, INSERT, UPDATE, DELETE")
    personal_data = frozenset({"text"})

    class Meta:
        ordering = ("at", "pk")
        constraints = (
            models.CheckConstraint(
                name="comment_settled_after_it_was_made",
                condition=Q(settled_at__isnull=True) | Q(settled_at__gte=F("at")),
            ),
        )

    def __str__(self) -> str:
        return self.text
