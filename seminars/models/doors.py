"""What the day itself needs: links for helpers without an account, and the sheets people sign."""

from datetime import date
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from seminars.models.classes import ParticipantClass
from seminars.models.seminars import Seminar
from volunteer_network.access.row_security import OpenTable
from volunteer_network.access.scope import Scope, ScopeRole
from volunteer_network.models import User


class DoorLinkQuerySet(models.QuerySet["DoorLink"]):
    def open(self, today: date) -> Self:
        return self.filter(withdrawn_at__isnull=True, valid_from__lte=today, valid_until__gte=today)


class DoorLink(models.Model):
    """A link with which a helper without an account keeps one door of one seminar.

    Only the digest of its token is kept, so that nobody can read the link out again.
    """

    seminar = models.ForeignKey(Seminar, models.PROTECT, related_name="door_links")
    name = models.CharField(_("ชื่อประตู"), max_length=40)
    digest = models.CharField(max_length=64, unique=True)
    valid_from = models.DateField(_("ใช้ได้ตั้งแต่"))
    valid_until = models.DateField(_("ใช้ได้ถึง"))
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True)

    objects = DoorLinkQuerySet.as_manager()
    # Read outside every scope too: the link says which scope may be opened.
    wall = OpenTable(scopes="", app="SELECT", nation="SELECT, INSERT, UPDATE")
    personal_data: frozenset[str] = frozenset()

    class Meta:
        ordering = ("-made_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                name="one_open_link_of_a_door",
                fields=["seminar", "name"],
                condition=Q(withdrawn_at__isnull=True),
                violation_error_message=_("มีลิงก์ของประตูนี้แล้ว ยกเลิกลิงก์เดิมก่อน หรือใช้ชื่ออื่น"),
            ),
            models.CheckConstraint(
                name="door_link_ends_after_it_begins",
                condition=Q(valid_until__gte=F("valid_from")),
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def scope(self) -> Scope:
        """How far the helper sees: the rows of this seminar, in the seminar's own tables."""
        return Scope(ScopeRole.SEMINAR, seminar=self.seminar_id)

    def is_open(self, today: date) -> bool:
        return self.withdrawn_at is None and self.valid_from <= today <= self.valid_until


class SignInSheet(models.Model):
    """A sign-in sheet as it was printed: its numbers mean the same rows for ever."""

    seminar = models.ForeignKey(Seminar, models.PROTECT, related_name="sheets")
    participant_class = models.ForeignKey(ParticipantClass, models.PROTECT, null=True)  # null: all
    rows = ArrayField(models.BigIntegerField())  # registrations in the order of the numbers
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    wall = OpenTable(scopes="", app="", nation="SELECT, INSERT", seminar="SELECT")
    personal_data: frozenset[str] = frozenset()

    class Meta:
        ordering = ("-made_at", "-pk")
        indexes = (models.Index(fields=["seminar", "-made_at"], name="sheet_by_seminar"),)

    def __str__(self) -> str:
        return f"{self.seminar_id}: {len(self.rows)}"
