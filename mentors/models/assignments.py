"""Who arranged for whom to be guided, in one go, and how to take it back."""

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from volunteer_network.access.row_security import TenantWall
from volunteer_network.access.scope import ProvinceScopedQuerySet
from volunteer_network.models import Province, User


class Assignment(models.Model):
    """Many volunteers given to mentors from one day on.

    `before` remembers the mentorships that it cut short or made void, by ids and days.
    """

    province = models.ForeignKey(Province, models.PROTECT, editable=False)
    starts_on = models.DateField(_("ตั้งแต่วันที่"))
    number = models.PositiveIntegerField()  # of volunteers
    before = models.JSONField(default=dict)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True)

    objects = ProvinceScopedQuerySet["Assignment"].as_manager()
    wall = TenantWall(province="SELECT, INSERT, UPDATE")
    personal_data: frozenset[str] = frozenset()

    class Meta:
        ordering = ("-made_at", "-pk")
        constraints = (
            models.UniqueConstraint(fields=["province", "id"], name="assignment_with_its_province"),
        )
        indexes = (models.Index(fields=["province", "-made_at"], name="assignment_by_moment"),)

    def __str__(self) -> str:
        return f"{self.number} {self.starts_on}"

    def get_absolute_url(self) -> str:
        return reverse("mentors:assignment", args=[self.pk])
