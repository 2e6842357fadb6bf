"""Seats: by class of participants, by province, and how many are taken."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from seminars.enums import ClassKind
from seminars.models.seminars import MADE_BY_THE_CENTRE, Seminar
from volunteer_network.access.row_security import OpenTable
from volunteer_network.models import Province


class ParticipantClass(models.Model):
    """A class of participants with its seats; provinces name people for some of them."""

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="classes")
    kind = models.CharField(_("ประเภทผู้เข้าร่วม"), max_length=16, choices=ClassKind)
    seats = models.PositiveIntegerField(_("ที่นั่ง"))
    named_by_provinces = models.BooleanField(_("จังหวัดเป็นผู้ส่งรายชื่อ"), default=False)
    position = models.PositiveSmallIntegerField(default=0)

    wall = OpenTable(app="SELECT", nation=MADE_BY_THE_CENTRE, seminar="SELECT")
    personal_data: frozenset[str] = frozenset()

    class Meta:
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["seminar", "kind"],
                name="one_class_of_a_kind",
                violation_error_message=_("สัมมนานี้มีผู้เข้าร่วมประเภทนี้แล้ว"),
            ),
            models.UniqueConstraint(fields=["seminar", "id"], name="class_with_its_seminar"),
        )

    def __str__(self) -> str:
        return self.get_kind_display()


class SeatCount(models.Model):
    """How many seats of a class are taken; its row is the lock for them.

    A province may count its own registrations only, so the sum of all is kept here.
    """

    participant_class = models.OneToOneField(
        ParticipantClass, models.CASCADE, primary_key=True, related_name="count"
    )
    taken = models.PositiveIntegerField(default=0)

    wall = OpenTable(
        app="SELECT", nation="INSERT, UPDATE, DELETE", province="UPDATE", seminar="SELECT, UPDATE"
    )
    personal_data: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return f"{self.participant_class_id}: {self.taken}"


class ProvinceSeatsQuerySet(models.QuerySet["ProvinceSeats"]):
    """Open to read for every official: how many seats each province has is no secret."""


class ProvinceSeats(models.Model):
    """How many people a province may name, over all classes that provinces name people for."""

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="province_seats")
    province = models.ForeignKey(Province, models.PROTECT)
    seats = models.PositiveIntegerField(_("ที่นั่งของจังหวัด"))
    pinned = models.BooleanField(default=False)  # the rule for all provinces leaves it as it is
    reminded_at = models.DateTimeField(null=True, editable=False)

    objects = ProvinceSeatsQuerySet.as_manager()
    wall = OpenTable(app="SELECT", nation=MADE_BY_THE_CENTRE, seminar="SELECT")
    personal_data: frozenset[str] = frozenset()

    class Meta:
        ordering = ("province__sort_key",)
        constraints = (
            models.UniqueConstraint(fields=["seminar", "province"], name="one_quota_of_a_province"),
        )

    def __str__(self) -> str:
        return f"{self.seminar_id} {self.province_id}: {self.seats}"
