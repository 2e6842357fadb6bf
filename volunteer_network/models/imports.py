"""Imports: a workbook an official sent, row by row, until its rows are written or thrown away.

What stands in a file is personal data of people who may never be in the register, so it lies
sealed, and is dropped some days after the import is over, with the name of the file: it may be a
person's. Until then those who may open the rows read it too. Who made what stays.
"""

import json
from typing import Any, Self

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as in_words
from django.utils.translation import gettext_lazy as _

from volunteer_network import sealing
from volunteer_network.access.row_security import TenantWall
from volunteer_network.access.scope import ProvinceScopedQuerySet
from volunteer_network.enums import ImportRowState, ImportState
from volunteer_network.models.places import Province
from volunteer_network.models.users import User

SEALED_ROW, SEALED_FILE = "import.row", "import.file"  # what the seals are bound to
OVER = (*(ImportState.WRITTEN, ImportState.REFUSED, ImportState.DISCARDED, ImportState.UNDONE),)


class ImportBatchQuerySet(ProvinceScopedQuerySet["ImportBatch"]):
    def of_kinds(self, names: list[str]) -> Self:
        return self.filter(kind__in=names)


class ImportBatch(models.Model):
    """One file: what was understood of it, how far it is, what came of it."""

    province = models.ForeignKey(Province, models.PROTECT, null=True, editable=False)
    kind = models.CharField(max_length=40)  # the name under which the kind is registered
    about = models.BigIntegerField(null=True)  # the row it is for, such as a seminar
    file_name = models.CharField(_("ไฟล์"), max_length=160)  # forgotten with the content
    stored = models.CharField(max_length=80, blank=True)  # the sealed file below DATA_DIR/files
    plans = models.JSONField(default=list)  # which column of which sheet is which field
    state = models.CharField(
        _("สถานะ"), max_length=10, choices=ImportState, default=ImportState.CHECKING
    )
    refusal = models.CharField(max_length=400, blank=True)  # in words, with the way on
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    job = models.BigIntegerField(null=True)  # of the latest work on it
    over_at = models.DateTimeField(null=True)  # written, refused, thrown away or undone
    dropped_at = models.DateTimeField(null=True)  # when the file's content was forgotten

    objects = ImportBatchQuerySet.as_manager()
    wall = TenantWall(
        province="SELECT, INSERT, UPDATE",
        nation="SELECT, INSERT, UPDATE",
        regions="",
        system="SELECT, UPDATE",
    )
    personal_data = frozenset({"file_name", "plans"})

    class Meta:
        ordering = ("-asked_at", "-pk")
        constraints = (
            models.UniqueConstraint(fields=["province", "id"], name="import_with_its_province"),
        )
        indexes = (
            models.Index(fields=["province", "-asked_at"], name="import_by_province"),
            models.Index(
                fields=["over_at"],
                name="import_to_forget",
                condition=models.Q(dropped_at__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return self.file_name or in_words("ไฟล์ที่ลบเนื้อหาแล้ว")

    def get_absolute_url(self) -> str:
        return reverse("imports:detail", args=[self.pk])

    @property
    def is_over(self) -> bool:
        return self.state in OVER

    @property
    def is_being_worked_on(self) -> bool:
        return self.state in {ImportState.CHECKING, ImportState.WRITING, ImportState.UNDOING}


class ImportRowQuerySet(ProvinceScopedQuerySet["ImportRow"]):
    def good(self) -> Self:
        return self.filter(state=ImportRowState.GOOD)

    def bad(self) -> Self:
        return self.filter(state=ImportRowState.BAD)


class ImportRow(models.Model):
    """One row of the file. `content` is sealed: cells by field, what was mended, the mistakes."""

    province = models.ForeignKey(Province, models.PROTECT, null=True, editable=False)
    batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="rows")
    sheet = models.CharField(max_length=80, blank=True)
    number = models.PositiveIntegerField()  # as the spreadsheet shows it
    state = models.CharField(max_length=8, choices=ImportRowState)
    sealed = models.BinaryField(null=True)
    target = models.BigIntegerField(null=True)  # the row that was made, or is known already
    linked = models.BooleanField(default=False)  # the person was in the network before
    made = models.JSONField(default=dict)  # what undoing needs to know; ids and versions only

    objects = ImportRowQuerySet.as_manager()
    wall = TenantWall(
        province="SELECT, INSERT, UPDATE, DELETE",
        nation="SELECT, INSERT, UPDATE, DELETE",
        regions="",
        system="SELECT, UPDATE",
    )
    personal_data = frozenset({"sealed", "made"})

    class Meta:
        ordering = ("sheet", "number")
        constraints = (
            models.UniqueConstraint(
                fields=["batch", "sheet", "number"], name="one_import_row_of_a_place"
            ),
        )
        indexes = (
            models.Index(fields=["batch", "state", "sheet", "number"], name="import_row_by_state"),
        )

    def __str__(self) -> str:
        return f"{self.batch_id} {self.sheet} {self.number}"

    @property
    def place(self) -> str:
        """What the seal is bound to."""
        return place_of(self.batch_id, self.sheet, self.number)

    def open(self) -> dict[str, Any]:
        """The content; empty once it was dropped."""
        if self.sealed is None:
            return {}
        content: dict[str, Any] = json.loads(
            sealing.unseal(bytes(self.sealed), table=SEALED_ROW, row=self.place)
        )
        return content


def place_of(batch: int, sheet: str, number: int) -> str:
    return f"{batch}/{number}/{sheet}"


def seal_content(content: dict[str, Any], *, batch: int, sheet: str, number: int) -> bytes:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return sealing.seal(text, table=SEALED_ROW, row=place_of(batch, sheet, number))
