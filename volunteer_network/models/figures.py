"""Figures that are kept, not counted: deltas as they happen, roll-ups shaped like the pages.

A trigger on the log adds delta rows; `fold_figures` moves them into the roll-ups every minute;
readers add what is not folded yet, so a figure is right in the transaction that changes it.
Months are the first day of the calendar month.
"""

from django.db import models

from volunteer_network.access.row_security import OpenTable, TenantWall
from volunteer_network.access.scope import ProvinceScopedQuerySet
from volunteer_network.enums import Category
from volunteer_network.models.places import District, Province
from volunteer_network.models.volunteers import Volunteer

MEASURES = ("activities", "people", "spotted", "screened", "referred")


class Measures(models.Model):
    activities = models.BigIntegerField(default=0)
    people = models.BigIntegerField(default=0)
    spotted = models.BigIntegerField(default=0)
    screened = models.BigIntegerField(default=0)
    referred = models.BigIntegerField(default=0)

    class Meta:
        abstract = True


class ActivityDelta(Measures):
    """What one change of the log adds to or takes from the figures; lives for about a minute."""

    province = models.ForeignKey(Province, models.DO_NOTHING, db_constraint=False, db_index=False)
    district = models.ForeignKey(District, models.DO_NOTHING, db_constraint=False, db_index=False)
    volunteer = models.ForeignKey(Volunteer, models.DO_NOTHING, db_constraint=False, db_index=False)
    month = models.DateField()
    category = models.CharField(max_length=24, choices=Category)

    objects = ProvinceScopedQuerySet["ActivityDelta"].as_manager()
    wall = TenantWall(province="SELECT, INSERT", system="SELECT, DELETE")
    personal_data = frozenset({"volunteer"})

    def __str__(self) -> str:
        return f"{self.month} {self.category} {self.activities:+d}"


class VolunteerMonth(Measures):
    """A volunteer's month; the finest roll-up, and the only one that knows persons."""

    pk = models.CompositePrimaryKey("volunteer", "month")
    province = models.ForeignKey(Province, models.DO_NOTHING, db_constraint=False, db_index=False)
    volunteer = models.ForeignKey(Volunteer, models.DO_NOTHING, db_constraint=False, db_index=False)
    month = models.DateField()

    objects = ProvinceScopedQuerySet["VolunteerMonth"].as_manager()
    wall = TenantWall(system="SELECT, INSERT, UPDATE, DELETE")
    personal_data = frozenset({"volunteer"})

    class Meta:
        indexes = (models.Index(fields=["province", "month"], name="volunteer_month_by_province"),)

    def __str__(self) -> str:
        return f"{self.volunteer_id} {self.month}"


class DistrictCategoryMonth(Measures):
    """District × category × month: every coarser roll-up is a sum of its rows."""

    pk = models.CompositePrimaryKey("district", "category", "month")
    province = models.ForeignKey(Province, models.DO_NOTHING, db_constraint=False, db_index=False)
    district = models.ForeignKey(District, models.DO_NOTHING, db_constraint=False, db_index=False)
    category = models.CharField(max_length=24, choices=Category)
    month = models.DateField()

    wall = OpenTable(system="SELECT, INSERT, UPDATE, DELETE")
    personal_data: frozenset[str] = frozenset()

    class Meta:
        indexes = (models.Index(fields=["province", "month"], name="district_month_by_province"),)

    def __str__(self) -> str:
        return f"{self.district_id} {self.category} {self.month}"


class ProvinceCategoryMonth(Measures):
    """Province × category × month: the category figures on top of the log."""

    pk = models.CompositePrimaryKey("province", "category", "month")
    province = models.ForeignKey(Province, models.DO_NOTHING, db_constraint=False, db_index=False)
    category = models.CharField(max_length=24, choices=Category)
    month = models.DateField()

    wall = OpenTable(system="SELECT, INSERT, UPDATE, DELETE")
    personal_data: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return f"{self.province_id} {self.category} {self.month}"


class ProvinceMonth(Measures):
    """Province × month, with the number of volunteers who did something."""

    pk = models.CompositePrimaryKey("province", "month")
    province = models.ForeignKey(Province, models.DO_NOTHING, db_constraint=False, db_index=False)
    month = models.DateField()
    volunteers = models.BigIntegerField(default=0)

    wall = OpenTable(system="SELECT, INSERT, UPDATE, DELETE")
    personal_data: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return f"{self.province_id} {self.month}"
