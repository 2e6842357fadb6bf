"""Who was there in which half-day; the first time stays, also when a check-in is taken back."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from seminars.enums import CheckInWay
from seminars.models.registrations import Registration
from seminars.models.seminars import Seminar, Session
from volunteer_network.access.row_security import TenantWall
from volunteer_network.access.scope import ProvinceScopedQuerySet
from volunteer_network.models import Province, User


class CheckInQuerySet(ProvinceScopedQuerySet["CheckIn"]):
    def standing(self) -> "CheckInQuerySet":
        return self.filter(undone_at__isnull=True)


class CheckIn(models.Model):
    """One per person and half-day; taking it back marks it, coming again takes the mark away."""

    province = models.ForeignKey(Province, models.PROTECT, null=True, editable=False)
    seminar = models.ForeignKey(Seminar, models.PROTECT, editable=False)
    session = models.ForeignKey(Session, models.PROTECT, related_name="check_ins")
    registration = models.ForeignKey(Registration, models.PROTECT, related_name="check_ins")
    way = models.CharField(_("วิธี"), max_length=8, choices=CheckInWay)
    first_at = models.DateTimeField(_("มาครั้งแรก"), default=timezone.now, editable=False)
    undone_at = models.DateTimeField(null=True, editable=False)
    noted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    door = models.CharField(max_length=40, blank=True)  # which door, when a helper noted it

    objects = CheckInQuerySet.as_manager()
    wall = TenantWall(
        nation="SELECT, INSERT, UPDATE",
        seminar="SELECT, INSERT, UPDATE",
    )
    personal_data: frozenset[str] = frozenset()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["session", "registration"], name="one_check_in_of_a_half_day"
            ),
        )
        indexes = (models.Index(fields=["seminar", "session"], name="check_in_by_session"),)

    def __str__(self) -> str:
        return f"{self.session_id} {self.registration_id} {self.first_at}"
