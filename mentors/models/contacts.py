"""What came out when a silent volunteer was called, and when to look again."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mentors.enums import ContactOutcome
from volunteer_network.access.row_security import TenantWall
from volunteer_network.access.scope import ProvinceScopedQuerySet
from volunteer_network.models import Province, User, Volunteer


class ContactQuerySet(ProvinceScopedQuerySet["Contact"]):
    def resting_on(self, day: date) -> Self:
        """Those after which nobody needs to call yet."""
        return self.filter(next_on__gt=day)


class Contact(models.Model):
    """One call; the person leaves the list of the silent until `next_on`."""

    province = models.ForeignKey(Province, models.PROTECT, editable=False)
    volunteer = models.ForeignKey(Volunteer, models.PROTECT, related_name="contacts")
    on_date = models.DateField(_("วันที่"))
    outcome = models.CharField(_("ผล"), max_length=16, choices=ContactOutcome)
    note = models.CharField(_("บันทึก"), max_length=300, blank=True)
    next_on = models.DateField(_("ติดตามอีกครั้ง"))
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ContactQuerySet.as_manager()
    wall = TenantWall(province="SELECT, INSERT", system="SELECT")
    personal_data = frozenset({"outcome", "note"})

    class Meta:
        ordering = ("-on_date", "-pk")
        constraints = (
            models.CheckConstraint(
                name="next_contact_is_later",
                condition=Q(next_on__gt=F("on_date")),
                violation_error_message=_("วันติดตามต้องอยู่หลังวันที่ติดต่อ"),
            ),
        )
        indexes = (
            models.Index(fields=["province", "volunteer", "next_on"], name="contact_by_volunteer"),
        )

    def __str__(self) -> str:
        return f"{self.volunteer_id} {self.on_date} {self.outcome}"
