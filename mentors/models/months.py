"""A volunteer's month: the answer, how far it has come, and each step with its reason."""

from typing import Self

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mentors.enums import CameBy, MonthAction, MonthState, NothingBecause
from mentors.models.mentors import Mentor
from volunteer_network.access.row_security import TenantWall
from volunteer_network.access.scope import ProvinceScopedQuerySet
from volunteer_network.models import Province, User, Volunteer
from volunteer_network.models.figures import MEASURES
from volunteer_network.models.step_fields import go_together, whoever
from volunteer_network.thai_calendar import month_address

FROZEN = tuple(f"frozen_{name}" for name in MEASURES)


class MonthReportQuerySet(ProvinceScopedQuerySet["MonthReport"]):
    def in_state(self, *states: MonthState) -> Self:
        return self.filter(state__in=states)


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class MonthReport(models.Model):
    """One volunteer × one month; the row appears when somebody acts on the month.

    The figures are those of the log. At the lock they are frozen beside it, so that what changes
    later can be told without blocking a correction.
    """

    # Both are the first column of an index below.
    province = models.ForeignKey(Province, models.PROTECT, editable=False, db_index=False)
    volunteer = models.ForeignKey(Volunteer, models.PROTECT, related_name="months", db_index=False)
    month = models.DateField(_("เดือน"))  # its first day
    mentor = models.ForeignKey(Mentor, models.PROTECT, null=True, related_name="months")
    state = models.CharField(
        _("สถานะ"), max_length=10, choices=MonthState, default=MonthState.DRAFT
    )
    nothing_because = models.CharField(
        _("ไม่มีผลงาน เพราะ"), max_length=12, choices=NothingBecause, blank=True
    )
    nothing_note = models.CharField(_("รายละเอียดของเหตุ"), max_length=200, blank=True)
    came_by = models.CharField(_("ได้รับรายงานทาง"), max_length=10, choices=CameBy, blank=True)
    problems = models.TextField(_("ปัญหาอุปสรรค"), blank=True, max_length=2000)
    suggestions = models.TextField(_("ข้อเสนอแนะ"), blank=True, max_length=2000)

    sent_at = models.DateTimeField(null=True)
    sent_by = whoever()
    certified_at = models.DateTimeField(null=True)
    certified_by = whoever()
    approved_at = models.DateTimeField(null=True)
    approved_by = whoever()
    locked_at = models.DateTimeField(null=True)
    locked_by = whoever()
    returned_at = models.DateTimeField(null=True)
    returned_by = whoever()
    returned_because = models.CharField(_("เหตุที่ส่งกลับ"), max_length=300, blank=True)
    late = models.BooleanField(default=False)  # sent after the due day

    frozen_activities = models.PositiveIntegerField(null=True)
    frozen_people = models.PositiveIntegerField(null=True)
    frozen_spotted = models.PositiveIntegerField(null=True)
    frozen_screened = models.PositiveIntegerField(null=True)
    frozen_referred = models.PositiveIntegerField(null=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = MonthReportQuerySet.as_manager()
    # The centre closes months of all provinces; it neither begins nor removes one.
    wall = TenantWall(province="SELECT, INSERT, UPDATE", nation="SELECT, UPDATE", system="SELECT")
    personal_data = frozenset(
        {"nothing_because", "nothing_note", "problems", "suggestions", "returned_because"}
    )

    class Meta:
        ordering = ("-month", "pk")
        constraints = (
            models.UniqueConstraint(fields=["volunteer", "month"], name="one_report_a_month"),
            models.UniqueConstraint(fields=["province", "id"], name="report_with_its_province"),
            *go_together("month", "sent", "certified", "approved", "locked", "returned"),
            models.CheckConstraint(name="month_is_its_first_day", condition=Q(month__day=1)),
            models.CheckConstraint(
                name="month_note_has_its_reason",
                condition=Q(nothing_note="") | ~Q(nothing_because=""),
                violation_error_message=_("เลือกเหตุก่อนเขียนรายละเอียด"),
            ),
            models.CheckConstraint(
                name="month_received_was_sent",
                condition=Q(state__in=[MonthState.DRAFT, MonthState.RETURNED])
                | Q(sent_at__isnull=False),
            ),
            models.CheckConstraint(
                name="month_certified_in_its_states",
                condition=Q(
                    state__in=[MonthState.CERTIFIED, MonthState.APPROVED, MonthState.LOCKED],
                    certified_at__isnull=False,
                )
                | Q(
                    state__in=[MonthState.DRAFT, MonthState.SENT, MonthState.RETURNED],
                    certified_at__isnull=True,
                ),
            ),
            models.CheckConstraint(
                name="month_approved_in_its_states",
                condition=Q(
                    state__in=[MonthState.APPROVED, MonthState.LOCKED], approved_at__isnull=False
                )
                | (
                    ~Q(state__in=[MonthState.APPROVED, MonthState.LOCKED])
                    & Q(approved_at__isnull=True)
                ),
            ),
            models.CheckConstraint(
                name="month_returned_with_a_reason",
                condition=~Q(state=MonthState.RETURNED)
                | (Q(returned_at__isnull=False) & ~Q(returned_because="")),
                violation_error_message=_("บอกเหตุที่ส่งกลับ"),
            ),
            models.CheckConstraint(
                name="month_frozen_while_locked",
                condition=Q(
                    state=MonthState.LOCKED,
                    locked_at__isnull=False,
                    **{f"{name}__isnull": False for name in FROZEN},
                )
                | (
                    ~Q(state=MonthState.LOCKED)
                    & Q(locked_at__isnull=True, **{f"{name}__isnull": True for name in FROZEN})
                ),
            ),
        )
        indexes = (models.Index(fields=["province", "month", "state"], name="month_by_province"),)

    def __str__(self) -> str:
        return f"{self.volunteer_id} {self.month}"

    def get_absolute_url(self) -> str:
        return reverse("months:detail", args=[month_address(self.month), self.volunteer_id])


class MonthStep(models.Model):
    """One step of a month: append-only, the story that its page tells."""

    province = models.ForeignKey(Province, models.PROTECT, editable=False)
    report = models.ForeignKey(MonthReport, models.PROTECT, related_name="steps")
    action = models.CharField(max_length=16, choices=MonthAction)
    state = models.CharField(max_length=10, choices=MonthState)  # after the step
    reason = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = ProvinceScopedQuerySet["MonthStep"].as_manager()
    wall = TenantWall(province="SELECT, INSERT", nation="SELECT, INSERT")
    personal_data = frozenset({"reason"})

    class Meta:
        ordering = ("at", "pk")
        indexes = (models.Index(fields=["report", "at", "id"], name="step_by_report"),)

    def __str__(self) -> str:
        return f"{self.report_id} {self.action}"
