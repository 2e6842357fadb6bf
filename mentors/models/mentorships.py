"""Who guides whom, from when to when; a volunteer never has two mentors at once."""

from datetime import date
from typing import Self

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mentors.models.assignments import Assignment
from mentors.models.mentors import Mentor
from volunteer_network.access.row_security import TenantWall
from volunteer_network.access.scope import ProvinceScopedQuerySet
from volunteer_network.models import Province, User, Volunteer


class MentorshipQuerySet(ProvinceScopedQuerySet["Mentorship"]):
    def running_on(self, day: date) -> Self:
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)

    def of_months(self, first: date, last: date) -> Self:
        """Those that run on some day from the first to the last."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=first), starts_on__lte=last)

    def from_day(self, day: date) -> Self:
        """Those that run on the day or later, begun or not."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Mentorship(models.Model):
    """No overlap: exclusion constraint `one_mentor_at_a_time`, written in the migration."""

    province = models.ForeignKey(Province, models.PROTECT, editable=False)
    mentor = models.ForeignKey(Mentor, models.PROTECT, related_name="mentorships")
    volunteer = models.ForeignKey(Volunteer, models.PROTECT, related_name="mentorships")
    starts_on = models.DateField(_("ตั้งแต่วันที่"))
    ends_on = models.DateField(_("ถึงวันที่"), null=True, blank=True)
    assigned_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    assignment = models.ForeignKey(
        Assignment, models.PROTECT, null=True, related_name="mentorships", editable=False
    )

    objects = MentorshipQuerySet.as_manager()
    wall = TenantWall(province="SELECT, INSERT, UPDATE, DELETE", system="SELECT, UPDATE, DELETE")
    personal_data: frozenset[str] = frozenset()

    class Meta:
        ordering = ("-starts_on", "-pk")
        constraints = (
            models.CheckConstraint(
                name="mentorship_ends_after_start",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("วันสิ้นสุดต้องไม่ก่อนวันเริ่ม"),
            ),
        )
        indexes = (
            models.Index(fields=["province", "mentor", "starts_on"], name="mentorship_by_mentor"),
        )

    def __str__(self) -> str:
        return f"{self.mentor_id} → {self.volunteer_id} {self.starts_on}"

    def runs_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or self.ends_on >= day)
