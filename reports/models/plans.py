"""A province's annual plan: one row for each edition, and each step with its reason."""

from typing import Self

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as in_words
from django.utils.translation import gettext_lazy as _

from reports.enums import UNFINISHED_STATES, PlanAction, PlanState
from volunteer_network.access.row_security import TenantWall
from volunteer_network.access.scope import ProvinceScopedQuerySet
from volunteer_network.models import Province, User
from volunteer_network.models.step_fields import go_together, whoever


class PlanQuerySet(ProvinceScopedQuerySet["Plan"]):
    def in_state(self, *states: PlanState) -> Self:
        return self.filter(state__in=states)

    def of_year(self, fiscal_year: int) -> Self:
        return self.filter(fiscal_year=fiscal_year)

    def standing(self) -> Self:
        """The editions by which the year is measured: the approved ones."""
        return self.filter(state=PlanState.APPROVED)

    def unfinished(self) -> Self:
        return self.filter(state__in=UNFINISHED_STATES)


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Plan(models.Model):
    """One edition of a province's plan for a fiscal year.

    Whoever proposes it does not agree to it: maker and approver differ, also in the database.
    """

    province = models.ForeignKey(Province, models.PROTECT, editable=False, db_index=False)
    fiscal_year = models.PositiveSmallIntegerField(_("ปีงบประมาณ"), editable=False)  # Buddhist
    edition = models.PositiveSmallIntegerField(_("ฉบับที่"), default=1, editable=False)
    state = models.CharField(_("สถานะ"), max_length=10, choices=PlanState, default=PlanState.DRAFT)
    change_note = models.CharField(_("เหตุที่ปรับแผน"), max_length=300, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    proposed_at = models.DateTimeField(null=True)
    proposed_by = whoever()
    agreed_at = models.DateTimeField(null=True)
    agreed_by = whoever()
    sent_at = models.DateTimeField(null=True)
    sent_by = whoever()
    approved_at = models.DateTimeField(null=True)
    approved_by = whoever()
    returned_at = models.DateTimeField(null=True)
    returned_by = whoever()
    returned_because = models.CharField(_("เหตุที่ส่งกลับ"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)  # of the row, for two editors

    objects = PlanQuerySet.as_manager()
    wall = TenantWall(province="SELECT, INSERT, UPDATE", nation="SELECT, UPDATE", system="SELECT")
    personal_data = frozenset({"change_note", "returned_because"})

    class Meta:
        ordering = ("-fiscal_year", "province", "-edition")
        constraints = (
            models.UniqueConstraint(
                fields=["province", "fiscal_year", "edition"], name="one_plan_of_an_edition"
            ),
            models.UniqueConstraint(fields=["province", "id"], name="plan_with_its_province"),
            models.UniqueConstraint(
                fields=["province", "fiscal_year"],
                name="one_unfinished_plan_of_a_year",
                condition=Q(state__in=UNFINISHED_STATES),
                violation_error_message=_("มีแผนของปีนี้ที่ยังทำไม่เสร็จอยู่แล้ว"),
            ),
            models.UniqueConstraint(
                fields=["province", "fiscal_year"],
                name="one_approved_plan_of_a_year",
                condition=Q(state=PlanState.APPROVED),
            ),
            *go_together("plan", "proposed", "agreed", "sent", "approved", "returned"),
            models.CheckConstraint(
                name="plan_maker_and_approver_differ",
                condition=Q(agreed_by__isnull=True) | ~Q(agreed_by=models.F("proposed_by")),
                violation_error_message=_("ผู้เสนอแผนเห็นชอบแผนของตนเองไม่ได้"),
            ),
            models.CheckConstraint(
                name="plan_returned_with_a_reason",
                condition=~Q(state=PlanState.RETURNED)
                | (Q(returned_at__isnull=False) & ~Q(returned_because="")),
                violation_error_message=_("บอกเหตุที่ส่งกลับ"),
            ),
            models.CheckConstraint(
                name="plan_steps_in_order",
                condition=(Q(state__in=[PlanState.SENT, PlanState.APPROVED], sent_at__isnull=False))
                | ~Q(state__in=[PlanState.SENT, PlanState.APPROVED]),
            ),
        )
        indexes = (models.Index(fields=["fiscal_year", "state"], name="plan_by_year"),)

    def __str__(self) -> str:
        return in_words("แผนปีงบประมาณ %(year)d %(province)s ฉบับที่ %(edition)d") % {
            "year": self.fiscal_year,
            "province": self.province.with_prefix,
            "edition": self.edition,
        }

    def get_absolute_url(self) -> str:
        return reverse("plans:detail", args=[self.fiscal_year, self.province_id])


class PlanStep(models.Model):
    """One step of a plan: append-only, the story that its page tells."""

    province = models.ForeignKey(Province, models.PROTECT, editable=False)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="steps")
    action = models.CharField(max_length=16, choices=PlanAction)
    state = models.CharField(max_length=10, choices=PlanState)  # after the step
    reason = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    before = models.JSONField(default=dict, editable=False)  # what it overwrote, to take it back

    objects = ProvinceScopedQuerySet["PlanStep"].as_manager()
    wall = TenantWall(province="SELECT, INSERT", nation="SELECT, INSERT")
    personal_data = frozenset({"reason", "before"})

    class Meta:
        ordering = ("at", "pk")
        indexes = (models.Index(fields=["plan", "at", "id"], name="plan_step_by_plan"),)

    def __str__(self) -> str:
        return f"{self.plan_id} {self.action}"
