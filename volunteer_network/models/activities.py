"""The log of what volunteers did."""

from typing import Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from volunteer_network.access.row_security import TenantWall
from volunteer_network.access.scope import ProvinceScopedQuerySet
from volunteer_network.database_functions import SearchText
from volunteer_network.enums import ActivityKind, Category, TargetGroup
from volunteer_network.models.places import Agency, District, Province, Subdistrict
from volunteer_network.models.stored_files import StoredFile
from volunteer_network.models.users import User
from volunteer_network.models.volunteers import Volunteer
from volunteer_network.thai_text import normalise


class ActivityQuerySet(ProvinceScopedQuerySet["Activity"]):
    def matching(self, words: str) -> Self:
        found = self
        for word in normalise(words).split():
            found = found.filter(search_text__contains=word)
        return found


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=["search_text"])
class Activity(models.Model):
    """One thing a volunteer did on one day; province and district stand on the row for lists."""

    province = models.ForeignKey(Province, models.PROTECT, editable=False)
    district = models.ForeignKey(District, models.PROTECT, editable=False)
    volunteer = models.ForeignKey(Volunteer, models.PROTECT, related_name="activities")
    on_date = models.DateField(_("วันที่"))
    category = models.CharField(_("ประเภทงาน"), max_length=24, choices=Category)
    kind = models.CharField(_("ลักษณะกิจกรรม"), max_length=24, choices=ActivityKind)
    agency = models.ForeignKey(Agency, models.PROTECT, verbose_name=_("หน่วยงานที่เกี่ยวข้อง"))
    subdistrict = models.ForeignKey(Subdistrict, models.PROTECT, verbose_name=_("ตำบล"))
    village = models.CharField(_("หมู่ที่/สถานที่"), max_length=120, blank=True)
    target_groups = ArrayField(
        models.CharField(max_length=16, choices=TargetGroup),
        default=list,
        blank=True,
        verbose_name=_("กลุ่มเป้าหมาย"),
    )
    people_male = models.PositiveIntegerField(_("ชาย"), default=0)
    people_female = models.PositiveIntegerField(_("หญิง"), default=0)
    people = models.GeneratedField(
        expression=F("people_male") + F("people_female"),
        output_field=models.PositiveIntegerField(_("ผู้รับบริการ")),
        db_persist=True,
    )
    spotted = models.PositiveIntegerField(_("ชี้เป้า"), default=0)
    screened = models.PositiveIntegerField(_("คัดกรอง"), default=0)
    referred = models.PositiveIntegerField(_("ส่งต่อ"), default=0)
    mentor_present = models.BooleanField(_("พี่เลี้ยงร่วมลงพื้นที่"), default=False)
    note = models.TextField(_("รายละเอียด"), blank=True)
    photo = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, editable=False)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    submission = models.UUIDField(null=True, editable=False)  # a form sent twice is saved once
    search_text = models.GeneratedField(
        expression=SearchText("village", "note"),
        output_field=models.TextField(),
        db_persist=True,
    )

    objects = ActivityQuerySet.as_manager()
    wall = TenantWall(province="SELECT, INSERT, UPDATE, DELETE", nation="SELECT", regions="SELECT")
    personal_data = frozenset({"note", "village", "photo", "search_text"})

    class Meta:
        ordering = ("-on_date", "-pk")
        constraints = (
            models.UniqueConstraint(fields=["province", "id"], name="activity_with_its_province"),
            models.UniqueConstraint(
                fields=["province", "submission"], name="one_activity_per_form"
            ),
            models.CheckConstraint(
                name="screened_were_spotted",
                condition=Q(screened__lte=F("spotted")),
                violation_error_message=_("คัดกรองมากกว่าชี้เป้าไม่ได้"),
            ),
            models.CheckConstraint(
                name="referred_were_screened",
                condition=Q(referred__lte=F("screened")),
                violation_error_message=_("ส่งต่อมากกว่าคัดกรองไม่ได้"),
            ),
        )
        indexes = (
            models.Index(
                F("province"), F("on_date").desc(), F("id").desc(), name="activity_by_province_day"
            ),
            models.Index(
                F("volunteer"), F("on_date").desc(), F("id").desc(), name="activity_by_volunteer"
            ),
            models.Index(F("on_date").desc(), F("id").desc(), name="activity_nationwide_by_day"),
        )

    def __str__(self) -> str:
        return f"{self.on_date} {self.get_category_display()}"

    def get_absolute_url(self) -> str:
        return reverse("activities:detail", args=[self.pk])

    @property
    def target_groups_in_words(self) -> str:
        return ", ".join(str(TargetGroup(group).label) for group in self.target_groups)
