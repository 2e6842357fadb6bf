"""Appointment terms of a volunteer; two of them never overlap."""

from datetime import date
from typing import Self

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from volunteer_network.access.row_security import TenantWall
from volunteer_network.access.scope import ProvinceScopedQuerySet
from volunteer_network.enums import EndReason
from volunteer_network.models.places import Province, Subdistrict
from volunteer_network.models.volunteers import Volunteer


class TermQuerySet(ProvinceScopedQuerySet["Term"]):
    def running_on(self, day: date) -> Self:
        return self.filter(starts_on__lte=day, lasts_until__gte=day)


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=["lasts_until"])
class Term(models.Model):
    """An appointment by order, by rule of three years; it may end early for a reason."""

    province = models.ForeignKey(Province, models.PROTECT, editable=False)
    volunteer = models.ForeignKey(Volunteer, models.PROTECT, related_name="terms", editable=False)
    round_number = models.PositiveSmallIntegerField(_("วาระที่"))
    subdistrict = models.ForeignKey(Subdistrict, models.PROTECT)
    order_number = models.CharField(_("คำสั่งที่"), max_length=40)
    order_date = models.DateField(_("ลงวันที่"), null=True, blank=True)
    starts_on = models.DateField(_("วันเริ่มวาระ"))
    ends_on = models.DateField(_("วันสิ้นสุดวาระ"))
    ended_on = models.DateField(_("พ้นเมื่อ"), null=True, blank=True)
    end_reason = models.CharField(_("เหตุที่พ้น"), max_length=20, choices=EndReason, blank=True)
    lasts_until = models.GeneratedField(
        expression=models.functions.Coalesce("ended_on", "ends_on"),
        output_field=models.DateField(),
        db_persist=True,
    )

    objects = TermQuerySet.as_manager()
    wall = TenantWall(province="SELECT, INSERT, UPDATE, DELETE", system="SELECT")
    personal_data: frozenset[str] = frozenset()

    class Meta:
        ordering = ("-starts_on",)
        # No overlap: exclusion constraint `terms_do_not_overlap`, written in the migration.
        constraints = (
            models.CheckConstraint(
                name="term_ends_after_it_starts",
                condition=Q(ends_on__gt=F("starts_on")),
                violation_error_message=_("วันสิ้นสุดวาระต้องอยู่หลังวันเริ่ม"),
            ),
            models.CheckConstraint(
                name="term_end_and_reason_go_together",
                condition=Q(ended_on__isnull=True, end_reason="")
                | (Q(ended_on__isnull=False) & ~Q(end_reason="")),
                violation_error_message=_("ระบุทั้งวันที่พ้นและเหตุที่พ้น"),
            ),
            models.CheckConstraint(
                name="term_ends_within_itself",
                condition=Q(ended_on__isnull=True)
                | Q(ended_on__gte=F("starts_on"), ended_on__lte=F("ends_on")),
                violation_error_message=_("วันที่พ้นต้องอยู่ภายในวาระ"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.volunteer_id} {self.starts_on}–{self.ends_on}"
