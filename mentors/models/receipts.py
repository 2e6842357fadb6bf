"""How many months have come in, by mentor and by province: kept beside the reports, not counted.

A trigger on the reports adds delta rows; `fold_receipts` moves them into the roll-ups every
minute; readers add what is not folded yet. How many are expected follows from terms: of a province
it is kept as well, by a trigger on them, because counting twelve months of the nation took 45 ms;
of a mentor it is asked of the terms.
"""

from django.db import models

from mentors.models.mentors import Mentor
from volunteer_network.access.row_security import OpenTable, TenantWall
from volunteer_network.access.scope import ProvinceScopedQuerySet
from volunteer_network.models import Province

COUNTS = ("received", "on_time", "certified", "approved", "locked", "nothing", "returned")


class Counts(models.Model):
    """Each is a part of the one before where the month goes on; `nothing` is part of received."""

    received = models.IntegerField(default=0)
    on_time = models.IntegerField(default=0)
    certified = models.IntegerField(default=0)
    approved = models.IntegerField(default=0)
    locked = models.IntegerField(default=0)
    nothing = models.IntegerField(default=0)
    returned = models.IntegerField(default=0)

    class Meta:
        abstract = True


class ReceiptDelta(Counts):
    """What one change of a report adds to or takes from the counts; lives for about a minute."""

    province = models.ForeignKey(Province, models.DO_NOTHING, db_constraint=False, db_index=False)
    mentor = models.ForeignKey(
        Mentor, models.DO_NOTHING, null=True, db_constraint=False, db_index=False
    )
    month = models.DateField()
    expected = models.IntegerField(default=0, db_default=0)

    objects = ProvinceScopedQuerySet["ReceiptDelta"].as_manager()
    wall = TenantWall(province="SELECT, INSERT", nation="SELECT, INSERT", system="SELECT, DELETE")
    personal_data = frozenset({"mentor"})

    def __str__(self) -> str:
        return f"{self.month} {self.province_id} {self.received:+d}"


class MentorReceipt(Counts):
    """Mentor × month; those without a mentor have a row of their own."""

    province = models.ForeignKey(Province, models.DO_NOTHING, db_constraint=False, db_index=False)
    mentor = models.ForeignKey(
        Mentor, models.DO_NOTHING, null=True, db_constraint=False, db_index=False
    )
    month = models.DateField()

    objects = ProvinceScopedQuerySet["MentorReceipt"].as_manager()
    wall = TenantWall(system="SELECT, INSERT, UPDATE, DELETE")
    personal_data = frozenset({"mentor"})

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["province", "month", "mentor"],
                name="one_receipt_of_a_mentor",
                nulls_distinct=False,
            ),
        )

    def __str__(self) -> str:
        return f"{self.mentor_id} {self.month}"


class ProvinceReceipt(Counts):
    """Province × month: no persons, so every signed-in role may read all of them."""

    pk = models.CompositePrimaryKey("province", "month")
    province = models.ForeignKey(Province, models.DO_NOTHING, db_constraint=False, db_index=False)
    month = models.DateField()
    expected = models.IntegerField(default=0, db_default=0)

    wall = OpenTable(system="SELECT, INSERT, UPDATE, DELETE")
    personal_data: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return f"{self.province_id} {self.month}"
