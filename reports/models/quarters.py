"""The report of a quarter: prepared by a mentor, signed by the head, frozen from then on."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as in_words
from django.utils.translation import gettext_lazy as _

from reports.enums import Quarter
from reports.models.plans import Plan
from reports.quarter_figures import QuarterFigures, digest_of, read, short_digest
from volunteer_network.access.row_security import TenantWall
from volunteer_network.access.scope import ProvinceScopedQuerySet
from volunteer_network.models import Province
from volunteer_network.models.step_fields import go_together, whoever


def _not_handed_back() -> Q:
    return Q(handed_back_at__isnull=True) | Q(handed_back_at__lt=F("prepared_at"))


class QuarterReportQuerySet(ProvinceScopedQuerySet["QuarterReport"]):
    def of_year(self, fiscal_year: int) -> Self:
        return self.filter(fiscal_year=fiscal_year)

    def signed(self) -> Self:
        return self.filter(signed_at__isnull=False)

    def to_sign(self) -> Self:
        """Prepared, not signed, and not handed back since."""
        return self.filter(_not_handed_back(), signed_at__isnull=True)

    def without_rows(self) -> Self:
        """The records behind the figures are long and wanted on one page only."""
        return self.defer("rows")


class QuarterReport(models.Model):
    """One quarter of a province's year.

    `content` is the written form of the figures, `digest` its SHA-256, `rows` the records behind
    the results. A trigger keeps a signed row as it is; only the signature itself can be taken back,
    within two minutes. Why it was handed back last stays when it is prepared again.
    """

    province = models.ForeignKey(Province, models.PROTECT, editable=False, db_index=False)
    fiscal_year = models.PositiveSmallIntegerField(editable=False)  # Buddhist
    quarter = models.PositiveSmallIntegerField(_("ไตรมาส"), choices=Quarter, editable=False)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="+", editable=False)
    prepared_at = models.DateTimeField()
    prepared_by = whoever()
    handed_back_at = models.DateTimeField(null=True)
    handed_back_by = whoever()
    handed_back_because = models.CharField(_("เหตุที่ส่งกลับ"), max_length=300, blank=True)
    signed_at = models.DateTimeField(null=True)
    signed_by = whoever()
    content = models.TextField(blank=True, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    rows = models.TextField(blank=True, editable=False)

    objects = QuarterReportQuerySet.as_manager()
    wall = TenantWall(province="SELECT, INSERT, UPDATE", system="SELECT")
    personal_data = frozenset({"content", "handed_back_because"})

    class Meta:
        ordering = ("-fiscal_year", "quarter")
        constraints = (
            models.UniqueConstraint(
                fields=["province", "fiscal_year", "quarter"], name="one_report_of_a_quarter"
            ),
            models.CheckConstraint(name="report_of_a_quarter", condition=Q(quarter__range=(1, 4))),
            *go_together("quarter", "prepared", "handed_back", "signed"),
            models.CheckConstraint(
                name="quarter_handed_back_with_a_reason",
                condition=Q(handed_back_at__isnull=True, handed_back_because="")
                | (Q(handed_back_at__isnull=False) & ~Q(handed_back_because="")),
                violation_error_message=_("บอกเหตุที่ส่งกลับ"),
            ),
            models.CheckConstraint(
                name="quarter_handed_back_is_not_signed",
                condition=Q(signed_at__isnull=True) | _not_handed_back(),
                violation_error_message=_("ส่งกลับแก้ไขแล้ว ลงนามได้เมื่อเตรียมใหม่"),
            ),
            models.CheckConstraint(
                name="quarter_preparer_and_signer_differ",
                condition=Q(signed_by__isnull=True) | ~Q(signed_by=F("prepared_by")),
                violation_error_message=_("ผู้เตรียมรายงานลงนามเองไม่ได้"),
            ),
            models.CheckConstraint(
                name="quarter_signed_with_its_figures",
                condition=Q(signed_at__isnull=True, content="", digest="", rows="")
                | (Q(signed_at__isnull=False) & ~Q(content="") & ~Q(digest="") & ~Q(rows="")),
            ),
        )
        indexes = (models.Index(fields=["fiscal_year", "quarter"], name="quarter_by_year"),)

    def __str__(self) -> str:
        return in_words("ไตรมาส %(quarter)d ปีงบประมาณ %(year)d") % {
            "quarter": self.quarter,
            "year": self.fiscal_year,
        }

    def get_absolute_url(self) -> str:
        return reverse("plans:quarter", args=[self.fiscal_year, self.province_id, self.quarter])

    @property
    def handed_back(self) -> bool:
        """Whether it waits to be mended and prepared again."""
        return self.handed_back_at is not None and self.handed_back_at >= self.prepared_at

    @property
    def figures(self) -> QuarterFigures:
        """What was signed; only of a signed report."""
        return read(self.content)

    @property
    def holds(self) -> bool:
        """Whether the figures are still those of the digest."""
        return digest_of(self.content) == self.digest

    @property
    def short_digest(self) -> str:
        return short_digest(self.digest)
