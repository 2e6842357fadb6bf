"""What /verify/ answers from: serials of official documents, without persons."""

from typing import Self

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from volunteer_network.access.row_security import OWN_PROVINCE, OpenTable
from volunteer_network.documents.serials import LONGEST_SERIAL
from volunteer_network.enums import DocumentKind, DocumentState, WithdrawalReason
from volunteer_network.models.places import Province


class IssuedDocumentQuerySet(models.QuerySet["IssuedDocument"]):
    def valid(self) -> Self:
        return self.filter(state=DocumentState.VALID)


class IssuedDocument(models.Model):
    """A document that left the house. Whoever made it is known by its job, behind the walls."""

    serial = models.CharField(max_length=LONGEST_SERIAL, unique=True)
    kind = models.CharField(max_length=3, choices=DocumentKind)
    province = models.ForeignKey(Province, models.PROTECT, related_name="+")
    fiscal_year = models.PositiveSmallIntegerField()  # of the Buddhist era
    edition = models.PositiveSmallIntegerField()  # of a plan; the quarter of a report; else 1
    issued_at = models.DateTimeField(default=timezone.now)
    as_of = models.DateTimeField()
    digest = models.CharField(max_length=64)  # SHA-256 of the file, hexadecimal
    job = models.BigIntegerField()  # the job that made it; no key, for a row without a province
    state = models.CharField(max_length=9, choices=DocumentState, default=DocumentState.VALID)
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    withdrawal_reason = models.CharField(max_length=12, choices=WithdrawalReason, blank=True)

    objects = IssuedDocumentQuerySet.as_manager()
    # Open to strangers, who must know a serial; written with the file, and by who withdraws or
    # changes the plan that it was printed from.
    wall = OpenTable(
        system="INSERT, UPDATE",
        nation="UPDATE",
        province="UPDATE",
        province_rows=OWN_PROVINCE,
    )
    personal_data: frozenset[str] = frozenset()

    class Meta:
        ordering = ("-issued_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["kind", "province", "fiscal_year", "edition"],
                condition=models.Q(state="valid"),
                name="one_valid_document_of_an_edition",
            ),
        )
        indexes = (models.Index(fields=["job"], name="document_of_job"),)

    def __str__(self) -> str:
        return self.serial

    def get_absolute_url(self) -> str:
        return reverse("verify:detail", args=[self.serial])

    @property
    def title(self) -> str:
        """แผนปฏิบัติงานประจำปี ปีงบประมาณ พ.ศ. 2569 ฉบับที่ 2"""
        about = {"kind": self.get_kind_display(), "year": self.fiscal_year, "edition": self.edition}
        if self.kind == DocumentKind.PLAN:
            return _("%(kind)s ปีงบประมาณ พ.ศ. %(year)d ฉบับที่ %(edition)d") % about
        if self.kind == DocumentKind.PROGRESS:
            return _("%(kind)s ปีงบประมาณ พ.ศ. %(year)d ไตรมาสที่ %(edition)d") % about
        return _("%(kind)s ปีงบประมาณ พ.ศ. %(year)d") % about
