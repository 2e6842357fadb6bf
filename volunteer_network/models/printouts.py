"""What a page of figures said on the day it was printed, so that paper leads back to the rows."""

from django.db import models
from django.urls import reverse

from volunteer_network.access.row_security import OpenTable
from volunteer_network.models.places import Province


class Printout(models.Model):
    """Sums as they were printed, without persons; few people are hidden when it is read.

    Whoever made it is known by the job, behind the walls; the paper bears the reference.
    """

    reference = models.CharField(max_length=9, unique=True)
    province = models.ForeignKey(Province, models.PROTECT, null=True, related_name="+")
    as_of = models.DateTimeField()
    question = models.JSONField()  # what was asked: the filters of the page
    figures = models.JSONField()

    # Sums of any province are open to whoever reads figures (ADR 0022); written with the file.
    wall = OpenTable(app="", system="INSERT")
    personal_data: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("dashboard:printed", args=[self.reference])
