"""Visits and meetings as dated tasks, and whom they are for."""

from datetime import date
from typing import Self

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from mentors.enums import VisitKind, VisitState
from mentors.models.mentors import Mentor
from volunteer_network.access.row_security import TenantWall
from volunteer_network.access.scope import ProvinceScopedQuerySet
from volunteer_network.models import Province, Subdistrict, User, Volunteer
from volunteer_network.thai_text import normalise


class VisitQuerySet(ProvinceScopedQuerySet["Visit"]):
    def planned(self) -> Self:
        return self.filter(state=VisitState.PLANNED)

    def matching(self, words: str) -> Self:
        """Rows that hold every word somewhere in place, purpose or the mentor's name."""
        found = self
        for word in normalise(words).split():
            anywhere = Q(place__icontains=word) | Q(purpose__icontains=word)
            found = found.filter(anywhere | Q(mentor__search_text__contains=word))
        return found

    def due_until(self, day: date) -> Self:
        """What is planned for that day or earlier, and so also what is overdue."""
        return self.planned().filter(on_date__lte=day)


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Visit(models.Model):
    """A visit to volunteers, or a numbered round of the network's meetings in a fiscal year."""

    province = models.ForeignKey(Province, models.PROTECT, editable=False)
    mentor = models.ForeignKey(Mentor, models.PROTECT, related_name="visits")
    kind = models.CharField(_("ลักษณะ"), max_length=8, choices=VisitKind)
    fiscal_year = models.PositiveSmallIntegerField(null=True, editable=False)  # of a meeting
    round_number = models.PositiveSmallIntegerField(_("ครั้งที่"), null=True, editable=False)
    on_date = models.DateField(_("วันที่"))
    starts_at = models.TimeField(_("เวลา"), null=True, blank=True)
    place = models.CharField(_("สถานที่"), max_length=160, blank=True)
    subdistrict = models.ForeignKey(
        Subdistrict, models.PROTECT, null=True, blank=True, verbose_name=_("ตำบล")
    )
    purpose = models.CharField(_("เรื่อง"), max_length=200, blank=True)
    state = models.CharField(
        _("สถานะ"), max_length=10, choices=VisitState, default=VisitState.PLANNED
    )
    result = models.TextField(_("ผล"), max_length=2000, blank=True)
    cancel_reason = models.CharField(_("เหตุที่ยกเลิก"), max_length=200, blank=True)
    planned_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    planned_at = models.DateTimeField(default=timezone.now, editable=False)
    submission = models.UUIDField(editable=False)  # one for every opened form
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = VisitQuerySet.as_manager()
    wall = TenantWall(province="SELECT, INSERT, UPDATE", system="SELECT")
    personal_data = frozenset({"place", "purpose", "result", "cancel_reason"})

    class Meta:
        ordering = ("on_date", "pk")
        constraints = (
            models.UniqueConstraint(fields=["province", "id"], name="visit_with_its_province"),
            models.UniqueConstraint(fields=["province", "submission"], name="one_visit_of_a_form"),
            models.UniqueConstraint(
                fields=["province", "fiscal_year", "round_number"], name="one_meeting_of_a_round"
            ),
            models.CheckConstraint(
                name="meetings_have_a_round",
                condition=Q(kind=VisitKind.MEETING, round_number__isnull=False)
                & Q(fiscal_year__isnull=False)
                | Q(kind=VisitKind.VISIT, round_number__isnull=True, fiscal_year__isnull=True),
            ),
            models.CheckConstraint(
                name="cancelled_visits_say_why",
                condition=Q(state=VisitState.CANCELLED) ^ Q(cancel_reason=""),
            ),
        )
        indexes = (
            models.Index(fields=["province", "state", "on_date"], name="visit_by_state"),
            models.Index(fields=["mentor", "-on_date"], name="visit_by_mentor"),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("mentors:visit-detail", args=[self.pk])

    @property
    def title(self) -> str:
        return title_of(self.kind, self.round_number, self.fiscal_year)

    @property
    def is_planned(self) -> bool:
        return self.state == VisitState.PLANNED


def title_of(kind: str, round_number: int | None, fiscal_year: int | None) -> str:
    """ "เยี่ยม", or "ประชุมเครือข่าย ครั้งที่ 2/2570"."""
    if kind != VisitKind.MEETING:
        return _now("เยี่ยมอาสาสมัคร")
    return _now("ประชุมเครือข่าย ครั้งที่ %(round)d/%(year)d") % {
        "round": round_number,
        "year": fiscal_year,
    }


class VisitVolunteer(models.Model):
    """One volunteer of a visit; `met` says afterwards whether the person was there."""

    province = models.ForeignKey(Province, models.PROTECT, editable=False)
    visit = models.ForeignKey(Visit, models.CASCADE, related_name="participants")
    volunteer = models.ForeignKey(Volunteer, models.PROTECT, related_name="visits")
    met = models.BooleanField(null=True)

    objects = ProvinceScopedQuerySet["VisitVolunteer"].as_manager()
    wall = TenantWall(province="SELECT, INSERT, UPDATE, DELETE", system="SELECT")
    personal_data: frozenset[str] = frozenset()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["visit", "volunteer"], name="a_volunteer_once_in_a_visit"
            ),
        )

    def __str__(self) -> str:
        return f"{self.visit_id} {self.volunteer_id}"
