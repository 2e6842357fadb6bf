"""Provinces, districts, sub-districts, agencies and their offices: reference data, open to read."""

from django.db import models
from django.utils.translation import gettext as _

from volunteer_network.access.row_security import OpenTable
from volunteer_network.database_functions import ThaiSortKey
from volunteer_network.enums import AgencyCode


class Province(models.Model):
    code = models.SmallIntegerField(primary_key=True)  # ISO 3166-2:TH and the interior ministry's
    name = models.CharField(max_length=60)
    name_english = models.CharField(max_length=60)
    abbreviation = models.CharField(max_length=4)
    region = models.CharField(max_length=40)  # the Royal Institute's six regions
    cluster = models.CharField(max_length=60, blank=True)  # 18 clusters of 2017
    inspection_region = models.SmallIntegerField(null=True)
    has_office = models.BooleanField()
    sort_key = models.GeneratedField(
        expression=ThaiSortKey("name"),
        output_field=models.CharField(max_length=120, db_collation="C"),
        db_persist=True,
    )

    wall = OpenTable(seminar="SELECT")
    personal_data: frozenset[str] = frozenset()

    class Meta:
        ordering = ("sort_key",)

    def __str__(self) -> str:
        return self.name

    @property
    def with_prefix(self) -> str:
        return self.name if not self.has_office else _("จังหวัด%(name)s") % {"name": self.name}

    @property
    def office_name(self) -> str:
        return _("สำนักงานแรงงานจังหวัด%(name)s") % {"name": self.name}


class District(models.Model):
    code = models.IntegerField(primary_key=True)
    province = models.ForeignKey(Province, models.PROTECT)
    name = models.CharField(max_length=60)
    sort_key = models.GeneratedField(
        expression=ThaiSortKey("name"),
        output_field=models.CharField(max_length=120, db_collation="C"),
        db_persist=True,
    )

    wall = OpenTable(seminar="SELECT")
    personal_data: frozenset[str] = frozenset()

    class Meta:
        ordering = ("sort_key",)

    def __str__(self) -> str:
        return self.name


class Subdistrict(models.Model):
    code = models.IntegerField(primary_key=True)
    district = models.ForeignKey(District, models.PROTECT)
    province = models.ForeignKey(Province, models.PROTECT)
    name = models.CharField(max_length=60)
    postal_code = models.CharField(max_length=5)
    sort_key = models.GeneratedField(
        expression=ThaiSortKey("name"),
        output_field=models.CharField(max_length=120, db_collation="C"),
        db_persist=True,
    )

    wall = OpenTable(seminar="SELECT")
    personal_data: frozenset[str] = frozenset()

    class Meta:
        ordering = ("sort_key",)

    def __str__(self) -> str:
        return self.name

    @property
    def in_full(self) -> str:
        """ต.บ้านกรด อ.บางปะอิน จ.พระนครศรีอยุธยา; needs district and province loaded."""
        return f"ต.{self.name} อ.{self.district.name} จ.{self.province.name}"


class Agency(models.Model):
    code = models.CharField(max_length=4, primary_key=True, choices=AgencyCode)
    abbreviation = models.CharField(max_length=10)
    provincial_name = models.CharField(max_length=120)  # {จังหวัด} stands for the province
    hotline = models.CharField(max_length=20)

    wall = OpenTable(seminar="SELECT")
    personal_data: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return self.get_code_display()


class Office(models.Model):
    """An agency's office in a province."""

    agency = models.ForeignKey(Agency, models.PROTECT)
    province = models.ForeignKey(Province, models.PROTECT)

    wall = OpenTable(seminar="SELECT")
    personal_data: frozenset[str] = frozenset()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["agency", "province"], name="one_office_of_an_agency"),
        )

    def __str__(self) -> str:
        return self.agency.provincial_name.replace("{จังหวัด}", self.province.name)
