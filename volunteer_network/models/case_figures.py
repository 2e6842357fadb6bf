"""Figures of cases that are kept, not counted: as those of the log, of the cases' own life.

A trigger on the cases adds delta rows; `fold_case_figures` moves them into the roll-ups every
minute; readers add what is not folded yet. A case counts in the month in which it was brought in,
where it stands now. Cases of trafficking are in none of these tables: they exist for the cleared
alone, and a sum would tell of them. Months are first days.
"""

from django.db import models

from volunteer_network.access.row_security import OpenTable, TenantWall
from volunteer_network.access.scope import ProvinceScopedQuerySet
from volunteer_network.enums import Category
from volunteer_network.models.places import Province

STANDINGS = (
    *("waiting", "at_office", "served", "not_eligible", "unreachable", "ended", "withdrawn"),
)


class Standings(models.Model):
    """Where cases stand; each case is in one of them."""

    waiting = models.IntegerField(default=0)  # with the person who keeps it, to be sent
    at_office = models.IntegerField(default=0)  # sent, not answered yet
    served = models.IntegerField(default=0)
    not_eligible = models.IntegerField(default=0)
    unreachable = models.IntegerField(default=0)
    ended = models.IntegerField(default=0)
    withdrawn = models.IntegerField(default=0)

    class Meta:
        abstract = True


class CaseDelta(Standings):
    """What one change of a case adds to or takes from the figures; lives for about a minute."""

    province = models.ForeignKey(Province, models.DO_NOTHING, db_constraint=False, db_index=False)
    topic = models.CharField(max_length=24, choices=Category)
    month = models.DateField()

    objects = ProvinceScopedQuerySet["CaseDelta"].as_manager()
    wall = TenantWall(system="SELECT, DELETE")  # the trigger writes as the owner of the table
    personal_data: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return f"{self.month} {self.topic}"


class CaseTopicMonth(Standings):
    """Province × topic × month of opening."""

    pk = models.CompositePrimaryKey("province", "topic", "month")
    province = models.ForeignKey(Province, models.DO_NOTHING, db_constraint=False, db_index=False)
    topic = models.CharField(max_length=24, choices=Category)
    month = models.DateField()

    wall = OpenTable(system="SELECT, INSERT, UPDATE, DELETE")
    personal_data: frozenset[str] = frozenset()

    class Meta:
        indexes = (models.Index(fields=["topic", "month"], name="case_topic_by_month"),)

    def __str__(self) -> str:
        return f"{self.province_id} {self.topic} {self.month}"


class CaseMonth(Standings):
    """Province × month of opening."""

    pk = models.CompositePrimaryKey("province", "month")
    province = models.ForeignKey(Province, models.DO_NOTHING, db_constraint=False, db_index=False)
    month = models.DateField()

    wall = OpenTable(system="SELECT, INSERT, UPDATE, DELETE")
    personal_data: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return f"{self.province_id} {self.month}"
