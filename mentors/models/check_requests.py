"""Somebody asks whoever wrote an activity down to look at it again, and what came of it."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mentors.enums import CheckReason, CheckState
from volunteer_network.access.row_security import TenantWall
from volunteer_network.access.scope import HasScope, ProvinceScopedQuerySet
from volunteer_network.enums import Category
from volunteer_network.models import Activity, District, Province, User, Volunteer
from volunteer_network.models.step_fields import go_together, whoever


class CheckRequestQuerySet(ProvinceScopedQuerySet["CheckRequest"]):
    def open(self) -> Self:
        return self.filter(state=CheckState.OPEN)

    def waiting_for(self, user: HasScope) -> Self:
        """The open ones that the person was asked, and those of somebody who is not here now."""
        person = user.scope.person
        gone = Q(asked_of__is_active=False) | ~Q(asked_of__province=F("province"))
        return self.open().filter(Q(asked_of=person) | gone).exclude(asked_by=person)


class CheckRequest(models.Model):
    """One question about one activity; of an activity there is one open question at most.

    The activity may be taken out of the log: that is an answer too, so no key holds it. Its day,
    category and place stand here as they were, so that a figure can say what was asked about it.
    """

    province = models.ForeignKey(Province, models.PROTECT, editable=False)
    activity = models.ForeignKey(
        Activity, models.DO_NOTHING, db_constraint=False, related_name="+", editable=False
    )
    volunteer = models.ForeignKey(Volunteer, models.PROTECT, related_name="+", editable=False)
    district = models.ForeignKey(District, models.PROTECT, related_name="+", editable=False)
    on_date = models.DateField(editable=False)
    category = models.CharField(max_length=24, choices=Category, editable=False)
    before = models.JSONField(editable=False)  # what the activity said when it was asked about
    after = models.JSONField(null=True, editable=False)  # and says since it was corrected

    reason = models.CharField(_("เหตุที่ขอให้ตรวจสอบ"), max_length=12, choices=CheckReason)
    words = models.CharField(_("ข้อความ"), max_length=300, blank=True)
    asked_of = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)

    state = models.CharField(_("สถานะ"), max_length=10, choices=CheckState, default=CheckState.OPEN)
    answer = models.CharField(_("คำตอบ"), max_length=300, blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = whoever()

    objects = CheckRequestQuerySet.as_manager()
    # The centre asks and takes back in all provinces; an inspector reads.
    wall = TenantWall(province="SELECT, INSERT, UPDATE", nation="SELECT, INSERT, UPDATE")
    personal_data = frozenset({"before", "after", "words", "answer"})

    class Meta:
        ordering = ("-asked_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["province", "activity"],
                name="one_open_check_of_an_activity",
                condition=Q(state=CheckState.OPEN),
                violation_error_message=_("มีคำขอที่รอตรวจสอบอยู่แล้ว"),
            ),
            *go_together("check", "settled"),
            models.CheckConstraint(
                name="check_is_settled_unless_open",
                condition=Q(state=CheckState.OPEN, settled_at__isnull=True)
                | (~Q(state=CheckState.OPEN) & Q(settled_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="corrected_checks_say_what",
                condition=Q(state=CheckState.CORRECTED, after__isnull=False)
                | (~Q(state=CheckState.CORRECTED) & Q(after__isnull=True)),
            ),
            models.CheckConstraint(
                name="confirmed_checks_say_why",
                condition=~Q(state=CheckState.CONFIRMED) | ~Q(answer=""),
                violation_error_message=_("บอกว่าตรวจกับอะไร"),
            ),
            models.CheckConstraint(
                name="other_reasons_of_checks_have_words",
                condition=~Q(reason=CheckReason.OTHER) | ~Q(words=""),
                violation_error_message=_("เขียนว่าให้ตรวจสอบอะไร"),
            ),
        )
        indexes = (models.Index(fields=["province", "on_date"], name="check_by_province_day"),)

    def __str__(self) -> str:
        return f"{self.activity_id} {self.reason} {self.state}"

    def get_absolute_url(self) -> str:
        """The page of the activity: question and answer stand there."""
        return reverse("activities:detail", args=[self.activity_id])

    @property
    def is_open(self) -> bool:
        return self.state == CheckState.OPEN
