"""Filters that a person has given a name, to find the page again."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from volunteer_network.access.row_security import ACTING, TenantWall
from volunteer_network.access.scope import HasScope, ProvinceScopedQuerySet
from volunteer_network.models.places import Province
from volunteer_network.models.users import User

OF_THE_OWNER = f"owner_id = {ACTING}"
OF_THE_REGIONS_OR_THE_OWNER = (
    f"province_id = ANY (current_setting('app.provinces')::smallint[]) OR {OF_THE_OWNER}"
)


class SavedViewQuerySet(ProvinceScopedQuerySet["SavedView"]):
    def visible_to(self, user: HasScope) -> Self:
        """A view is its owner's alone."""
        return self.filter(owner=user.scope.person)


class SavedView(models.Model):
    """An address of this site under a name of one's own."""

    province = models.ForeignKey(Province, models.PROTECT, null=True)  # of the owner
    owner = models.ForeignKey(User, models.PROTECT, related_name="saved_views")
    name = models.CharField(_("ชื่อมุมมอง"), max_length=60)
    path = models.CharField(max_length=100)  # of the page
    query = models.CharField(max_length=500, blank=True)  # its filters
    made_at = models.DateTimeField(default=timezone.now)

    objects = SavedViewQuerySet.as_manager()
    wall = TenantWall(
        province="SELECT, INSERT, DELETE",
        nation="SELECT, INSERT, DELETE",
        regions="SELECT, INSERT, DELETE",
        regions_rows=OF_THE_REGIONS_OR_THE_OWNER,  # an inspector is of no province
        personal=OF_THE_OWNER,
    )
    personal_data = frozenset({"name", "query"})

    class Meta:
        ordering = ("-made_at", "-pk")
        constraints = (
            models.UniqueConstraint(fields=["owner", "name"], name="saved_view_has_its_own_name"),
            models.CheckConstraint(
                name="saved_view_leads_into_this_site", condition=Q(path__regex=r"^/([^/\\]|$)")
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{self.path}?{self.query}" if self.query else self.path
