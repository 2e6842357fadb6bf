"""Seminars of the centre: what, when, where; open to read for every official."""

import re
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as in_words
from django.utils.translation import gettext_lazy as _

from seminars.enums import HalfDay, SeminarState
from volunteer_network.access.roles import Capability
from volunteer_network.access.row_security import OpenTable
from volunteer_network.database_functions import SearchText
from volunteer_network.models import Province, User
from volunteer_network.thai_text import normalise

MADE_BY_THE_CENTRE = "INSERT, UPDATE, DELETE"
TITLE_SHORT = 80  # letters
OF_THE_YEAR = re.compile(r"\s*ประจำปี(?:งบประมาณ)?\s*(?:พ\.ศ\.)?\s*25\d\d\s*$")


class SeminarQuerySet(models.QuerySet["Seminar"]):
    def visible_to(self, user: User) -> Self:
        """A seminar belongs to the centre; a draft is seen by those who run it only."""
        drafts_too = user.can(Capability.RUN_SEMINARS)
        return self if drafts_too else self.exclude(state=SeminarState.DRAFT)

    def matching(self, words: str) -> Self:
        found = self
        for word in normalise(words).split():
            found = found.filter(search_text__contains=word)
        return found


class Seminar(models.Model):
    """One edition of a seminar in one fiscal year."""

    title = models.CharField(_("ชื่อสัมมนา"), max_length=300)
    edition = models.PositiveSmallIntegerField(_("ครั้งที่"), default=1)
    fiscal_year = models.PositiveSmallIntegerField(_("ปีงบประมาณ"))  # Buddhist, as it is named
    room = models.CharField(_("ห้อง"), max_length=120, blank=True)
    floor = models.CharField(_("ชั้น"), max_length=20, blank=True)
    building = models.CharField(_("อาคาร"), max_length=80, blank=True)
    venue = models.CharField(_("สถานที่"), max_length=160)
    venue_province = models.ForeignKey(Province, models.PROTECT, verbose_name=_("จังหวัดที่จัด"))
    chair = models.CharField(_("ประธานเปิด"), max_length=160, blank=True)
    reporter = models.CharField(_("ผู้กล่าวรายงาน"), max_length=160, blank=True)
    objectives = models.TextField(_("วัตถุประสงค์"), blank=True)
    expected_result = models.TextField(_("ผลที่คาดว่าจะได้รับ"), blank=True)
    starts_on = models.DateField(_("วันเริ่ม"))
    ends_on = models.DateField(_("วันสิ้นสุด"))
    registration_opens_at = models.DateTimeField(_("เปิดรับลงทะเบียน"), null=True, blank=True)
    registration_closes_at = models.DateTimeField(_("ปิดรับลงทะเบียน"), null=True, blank=True)
    state = models.CharField(
        _("สถานะ"), max_length=10, choices=SeminarState, default=SeminarState.DRAFT
    )
    state_reason = models.CharField(_("เหตุผล"), max_length=300, blank=True)  # of the last change
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    search_text = models.GeneratedField(
        expression=SearchText("title", "venue"),
        output_field=models.CharField(max_length=500),
        db_persist=True,
    )

    objects = SeminarQuerySet.as_manager()
    wall = OpenTable(app="SELECT", nation=MADE_BY_THE_CENTRE, seminar="SELECT")
    personal_data = frozenset({"chair", "reporter"})

    class Meta:
        ordering = ("-starts_on", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["title", "fiscal_year", "edition"],
                name="one_seminar_of_an_edition",
                violation_error_message=_("มีสัมมนาชื่อนี้ ครั้งนี้ ในปีงบประมาณนี้แล้ว"),
            ),
            models.CheckConstraint(
                name="seminar_ends_after_start",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("วันสิ้นสุดต้องไม่ก่อนวันเริ่ม"),
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("seminars:detail", args=[self.pk])

    @property
    def short_name(self) -> str:
        """What a notice, a tile or a path has room for: the gist of the title, and the year."""
        gist = OF_THE_YEAR.sub("", self.title).removeprefix("โครงการ").strip()
        words = {
            "title": gist if len(gist) <= TITLE_SHORT else f"{gist[:TITLE_SHORT]}…",
            "year": self.fiscal_year,
            "edition": self.edition,
        }
        if self.edition == 1:
            return in_words("%(title)s ปีงบฯ %(year)d") % words
        return in_words("%(title)s ปีงบฯ %(year)d ครั้งที่ %(edition)d") % words

    @property
    def place(self) -> str:
        """ห้องปรินซ์บอลรูม 3 ชั้น 11 อาคาร 1 โรงแรม…: room, floor, building and venue in a line."""
        floor = in_words("ชั้น %(floor)s") % {"floor": self.floor} if self.floor else ""
        building = (
            in_words("อาคาร %(building)s") % {"building": self.building} if self.building else ""
        )
        return " ".join(part for part in (self.room, floor, building, self.venue) if part)


class Session(models.Model):
    """A half-day of a seminar: what people sign in for."""

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="sessions")
    on_date = models.DateField(_("วันที่"))
    half = models.CharField(_("ครึ่งวัน"), max_length=10, choices=HalfDay)
    starts_at = models.TimeField(_("เริ่ม"))
    ends_at = models.TimeField(_("ถึง"))

    wall = OpenTable(app="SELECT", nation=MADE_BY_THE_CENTRE, seminar="SELECT")
    personal_data: frozenset[str] = frozenset()

    class Meta:
        ordering = ("on_date", "starts_at")
        constraints = (
            models.UniqueConstraint(
                fields=["seminar", "on_date", "half"],
                name="one_session_of_a_half_day",
                violation_error_message=_("สัมมนานี้มีครึ่งวันนี้แล้ว"),
            ),
            models.CheckConstraint(
                name="session_ends_after_start",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("เวลาสิ้นสุดต้องอยู่หลังเวลาเริ่ม"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.on_date} {self.get_half_display()}"


class AgendaItem(models.Model):
    """One line of the agenda (กำหนดการ)."""

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="agenda")
    on_date = models.DateField(_("วันที่"))
    starts_at = models.TimeField(_("เริ่ม"))
    ends_at = models.TimeField(_("ถึง"), null=True, blank=True)
    title = models.CharField(_("เรื่อง"), max_length=300)
    speaker = models.CharField(_("ผู้รับผิดชอบ/วิทยากร"), max_length=160, blank=True)

    wall = OpenTable(app="SELECT", nation=MADE_BY_THE_CENTRE, seminar="SELECT")
    personal_data = frozenset({"speaker"})

    class Meta:
        ordering = ("on_date", "starts_at", "pk")

    def __str__(self) -> str:
        return f"{self.starts_at} {self.title}"
