"""Mentor officials: who advises and guides the volunteers of a province, from when to when."""

from datetime import date
from typing import Self

import pghistory
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mentors.enums import MentorEnd
from volunteer_network.access.row_security import TenantWall
from volunteer_network.access.scope import ProvinceScopedQuerySet
from volunteer_network.database_functions import SearchText, ThaiSortKey
from volunteer_network.models import Agency, Office, Province, User
from volunteer_network.thai_text import full_name, initials, normalise


class MentorQuerySet(ProvinceScopedQuerySet["Mentor"]):
    def serving_on(self, day: date) -> Self:
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)

    def matching(self, words: str) -> Self:
        """Rows that hold every word somewhere in name, position or telephone."""
        found = self
        for word in normalise(words).split():
            digits = word.replace("-", "")
            found = found.filter(search_text__contains=digits if digits.isdigit() else word)
        return found


@pghistory.track(
    pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=["sort_key", "search_text"]
)
class Mentor(models.Model):
    """One official's time as a mentor in one province; most have an account, some do not."""

    province = models.ForeignKey(Province, models.PROTECT, editable=False)
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="mentors")
    title = models.CharField(_("คำนำหน้า"), max_length=40, blank=True)
    first_name = models.CharField(_("ชื่อ"), max_length=80)
    last_name = models.CharField(_("สกุล"), max_length=80)
    position = models.CharField(_("ตำแหน่ง"), max_length=120, blank=True)
    phone = models.CharField(_("โทรศัพท์"), max_length=10, blank=True)
    email = models.EmailField(_("อีเมล"), blank=True)
    agency = models.ForeignKey(Agency, models.PROTECT, verbose_name=_("สังกัด"))
    office = models.ForeignKey(Office, models.PROTECT, verbose_name=_("หน่วยงาน"))
    starts_on = models.DateField(_("เป็นพี่เลี้ยงตั้งแต่"))
    ends_on = models.DateField(_("ถึงวันที่"), null=True, blank=True)
    end_reason = models.CharField(_("เหตุที่พ้น"), max_length=12, choices=MentorEnd, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    match_key = models.CharField(max_length=160, editable=False)
    sort_key = models.GeneratedField(
        expression=ThaiSortKey("first_name", "last_name"),
        output_field=models.CharField(max_length=340, db_collation="C"),
        db_persist=True,
    )
    search_text = models.GeneratedField(
        expression=SearchText("first_name", "last_name", "position", "phone"),
        output_field=models.CharField(max_length=400),
        db_persist=True,
    )

    objects = MentorQuerySet.as_manager()
    wall = TenantWall(province="SELECT, INSERT, UPDATE", system="SELECT")
    personal_data = frozenset(
        {"title", "first_name", "last_name", "position", "phone", "email", "end_reason"}
        | {"match_key", "sort_key", "search_text"}
    )

    class Meta:
        ordering = ("sort_key", "pk")
        constraints = (
            models.UniqueConstraint(fields=["province", "id"], name="mentor_with_its_province"),
            models.UniqueConstraint(
                fields=["province", "user"],
                name="one_mentor_of_an_account",
                condition=Q(user__isnull=False, ends_on__isnull=True),
                violation_error_message=_("บัญชีนี้เป็นพี่เลี้ยงอยู่แล้ว"),
            ),
            models.CheckConstraint(
                name="mentor_ends_after_start",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("วันสิ้นสุดต้องไม่ก่อนวันเริ่ม"),
            ),
            models.CheckConstraint(
                name="mentor_end_and_reason_go_together",
                condition=Q(ends_on__isnull=True, end_reason="")
                | (Q(ends_on__isnull=False) & ~Q(end_reason="")),
                violation_error_message=_("ระบุทั้งวันที่พ้นและเหตุที่พ้น"),
            ),
        )
        indexes = (
            models.Index(fields=["province", "sort_key", "id"], name="mentor_by_name"),
            models.Index(fields=["match_key"], name="mentor_by_match_key"),
        )

    def __str__(self) -> str:
        return self.display_name

    def get_absolute_url(self) -> str:
        return reverse("mentors:detail", args=[self.pk])

    @property
    def display_name(self) -> str:
        return full_name(self.title, self.first_name, self.last_name)

    @property
    def initials(self) -> str:
        return initials(self.first_name, self.last_name)
