"""Long work is a row before it is a task."""

from datetime import timedelta
from typing import Self

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from volunteer_network.access.row_security import TenantWall
from volunteer_network.access.scope import ProvinceScopedQuerySet
from volunteer_network.enums import JobState
from volunteer_network.models.places import Province
from volunteer_network.models.users import User

UNFINISHED = frozenset({JobState.WAITING, JobState.RUNNING, JobState.PARTS})
NOT_MADE = frozenset({JobState.FAILED, JobState.STOPPED})
FORGOTTEN = models.Q(state=JobState.DONE, result="") & ~models.Q(result_name="")


class JobQuerySet(ProvinceScopedQuerySet["Job"]):
    def asked_by(self, user: User) -> Self:
        return self.filter(requested_by=user)

    def alone_or_whole(self) -> Self:
        """What a person asked for; the parts of a whole are on its page."""
        return self.filter(whole=None)

    def parts_of(self, whole: int) -> Self:
        """The parts of one whole, in the order in which they were asked for."""
        return self.filter(whole=whole).order_by("pk")

    def unfinished(self) -> Self:
        return self.filter(state__in=UNFINISHED)

    def ended(self) -> Self:
        return self.exclude(state__in=UNFINISHED)

    def not_made(self) -> Self:
        """What ended without a result and can be made once more."""
        return self.filter(models.Q(state__in=NOT_MADE) | FORGOTTEN)

    def forgotten(self) -> Self:
        """What was made, and whose file has been kept long enough."""
        return self.filter(FORGOTTEN)


class Job(models.Model):
    """A document, an import or a mailing that a worker makes; who asked, how far, what came out.

    A whole is made of parts, which are jobs themselves: nobody waits for them, the last one that
    ends rings for the whole.
    """

    province = models.ForeignKey(Province, models.PROTECT, null=True)  # null: of the centre
    kind = models.CharField(max_length=40)  # the name under which the kind is registered
    title = models.CharField(_("เรื่อง"), max_length=200)
    parameters = models.JSONField(default=dict)
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(default=timezone.now)
    whole = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")
    request = models.CharField(max_length=64, blank=True)  # the web request that asked

    state = models.CharField(_("สถานะ"), max_length=8, choices=JobState, default=JobState.WAITING)
    attempt = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)
    rung_at = models.DateTimeField(default=timezone.now)  # when the queue was last told
    finished_at = models.DateTimeField(null=True)
    done_steps = models.PositiveIntegerField(default=0)
    all_steps = models.PositiveIntegerField(default=0)
    doing = models.CharField(max_length=200, blank=True)  # in words, for the person who waits
    failure = models.CharField(max_length=400, blank=True)  # in words, with the way on
    result = models.CharField(max_length=80, blank=True)  # name of the file below DATA_DIR/files
    result_name = models.CharField(max_length=120, blank=True)  # the name it is downloaded under
    result_digest = models.CharField(max_length=64, blank=True)  # SHA-256, hexadecimal

    objects = JobQuerySet.as_manager()
    wall = TenantWall(
        province="SELECT, INSERT, UPDATE",
        nation="SELECT, INSERT, UPDATE",
        regions="",
        system="SELECT, UPDATE",
    )
    personal_data = frozenset({"title", "parameters"})

    class Meta:
        ordering = ("-requested_at", "-pk")
        constraints = (
            models.UniqueConstraint(fields=["province", "id"], name="job_with_its_province"),
        )
        indexes = (
            models.Index(fields=["requested_by", "-requested_at"], name="job_by_person"),
            models.Index(
                fields=["state", "rung_at"],
                name="job_unfinished",
                condition=models.Q(state__in=["waiting", "running"]),
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("reports:detail", args=[self.pk])

    @property
    def is_forgotten(self) -> bool:
        """Whether it was made, and its file has been kept long enough."""
        return self.state == JobState.DONE and bool(self.result_name) and not self.result

    @property
    def took(self) -> timedelta | None:
        """From the moment a worker began until the end."""
        return self.finished_at - self.claimed_at if self.finished_at and self.claimed_at else None

    @property
    def is_finished(self) -> bool:
        return self.state not in UNFINISHED
