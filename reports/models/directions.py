"""What the centre sets for a fiscal year: directions, standing projects, ceilings."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as in_words
from django.utils.translation import gettext_lazy as _

from reports.enums import DirectionState, Measure, ProjectGroup
from volunteer_network.access.row_security import OpenTable
from volunteer_network.enums import Category
from volunteer_network.models import Province, User

MADE_BY_THE_CENTRE = "INSERT, UPDATE, DELETE"


class DirectionQuerySet(models.QuerySet["Direction"]):
    def published(self) -> Self:
        """Those that provinces see."""
        return self.exclude(state=DirectionState.DRAFT)


class Direction(models.Model):
    """The directions of one fiscal year: what provinces plan by, and until when they send."""

    fiscal_year = models.PositiveSmallIntegerField(_("ปีงบประมาณ"), unique=True)  # Buddhist
    text = models.TextField(_("แนวทางของปี"), blank=True, max_length=4000)
    propose_by = models.DateField(_("เสนอแรงงานจังหวัดภายใน"))
    send_by = models.DateField(_("ส่งส่วนกลางภายใน"))
    decide_by = models.DateField(_("ส่วนกลางพิจารณาภายใน"))
    state = models.CharField(
        _("สถานะ"), max_length=8, choices=DirectionState, default=DirectionState.DRAFT
    )
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = DirectionQuerySet.as_manager()
    wall = OpenTable(app="SELECT", nation=MADE_BY_THE_CENTRE)
    personal_data: frozenset[str] = frozenset()

    class Meta:
        ordering = ("-fiscal_year",)
        constraints = (
            models.CheckConstraint(
                name="direction_days_in_order",
                condition=Q(propose_by__lte=models.F("send_by"))
                & Q(send_by__lte=models.F("decide_by")),
                violation_error_message=_("วันต้องเรียงจากเสนอ ส่งส่วนกลาง แล้วส่วนกลางพิจารณา"),
            ),
        )

    def __str__(self) -> str:
        return in_words("ปีงบประมาณ %(year)d") % {"year": self.fiscal_year}

    def get_absolute_url(self) -> str:
        return reverse("directions:detail", args=[self.fiscal_year])


class StandingProject(models.Model):
    """A project that recurs each year: the template from which a province's line begins."""

    direction = models.ForeignKey(Direction, models.CASCADE, related_name="projects")
    place = models.PositiveSmallIntegerField(_("ลำดับ"))
    group = models.CharField(_("กลุ่มงาน"), max_length=12, choices=ProjectGroup)
    title = models.CharField(_("โครงการ/กิจกรรม"), max_length=240)
    objective = models.CharField(_("วัตถุประสงค์"), max_length=400, blank=True)
    indicator = models.CharField(_("ตัวชี้วัด"), max_length=120)
    unit = models.CharField(_("หน่วยนับ"), max_length=30)
    measure = models.CharField(_("ผลนับจาก"), max_length=12, choices=Measure, default=Measure.TYPED)
    categories = ArrayField(
        models.CharField(max_length=24, choices=Category),
        verbose_name=_("ประเภทงานที่นับเป็นผล"),
        default=list,
        blank=True,
    )
    required = models.BooleanField(_("ทุกจังหวัดต้องมี"), default=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    wall = OpenTable(app="SELECT", nation=MADE_BY_THE_CENTRE)
    personal_data: frozenset[str] = frozenset()

    class Meta:
        ordering = ("place", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["direction", "title"],
                name="one_standing_project_of_a_title",
                violation_error_message=_("มีโครงการชื่อนี้ในปีนี้แล้ว"),
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def categories_in_words(self) -> str:
        """What counts as a result, for people."""
        return ", ".join(str(Category(one).label) for one in self.categories)


class Ceiling(models.Model):
    """The most money, in baht, that a province may plan in a fiscal year."""

    direction = models.ForeignKey(Direction, models.CASCADE, related_name="ceilings")
    province = models.ForeignKey(Province, models.PROTECT)
    amount = models.DecimalField(_("เพดาน (บาท)"), max_digits=12, decimal_places=2)

    wall = OpenTable(app="SELECT", nation=MADE_BY_THE_CENTRE)
    personal_data: frozenset[str] = frozenset()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["direction", "province"], name="one_ceiling_of_a_province"
            ),
            models.CheckConstraint(
                name="ceiling_is_not_negative",
                condition=Q(amount__gte=0),
                violation_error_message=_("เพดานต้องไม่ติดลบ"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.direction_id} {self.province_id}: {self.amount}"
