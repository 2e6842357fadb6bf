import uuid
from decimal import Decimal

from django.utils import timezone

from reports.enums import Measure, PlanState
from reports.models import QuarterReport
from reports.quarter_figures import (
    Before,
    LineFigures,
    QuarterFigures,
    Signer,
    digest_of,
    written,
    written_rows,
)
from tests.architecture.canaries import canary_of
from tests.factories import UserFactory
from tests.factories.plans import PlanFactory
from volunteer_network.access.roles import Capability, Role
from volunteer_network.access.scope import Scope, ScopeRole, open_scope

YEAR = 2569


def _names(*names):
    return {f"plans:{name}" for name in names}


SHOWN = _names("quarter")
SIGNED = _names("quarter-return", "quarter-sign", "quarter-undo")
CALLED_BY = {
    Capability.VIEW_PLANS: SHOWN | _names("quarters"),
    Capability.WRITE_PLANS: _names("quarter-prepare"),
    Capability.AGREE_PLANS: SIGNED,
    Capability.MAKE_DOCUMENTS: {"reports:make-quarter-document"},
}


def _plan(rows):
    return {"fiscal_year": YEAR, "code": rows.province.pk}


OF_A_PROVINCE = {
    "plans:quarters": _plan,
    **dict.fromkeys(
        SHOWN | SIGNED | _names("quarter-prepare"), lambda rows: _plan(rows) | {"quarter": 1}
    ),
}
LISTS = (f"/plans/{YEAR}/50/quarters/", f"/plans/{YEAR}/50/quarters/1/")
IMPERSONAL = {"QuarterReport": {"digest", "handed_back_at", "prepared_at", "rows", "signed_at"}}


def make(province, *, officer, volunteer):
    """A signed quarter of the year before that of the plans."""
    canary, now = canary_of(province.pk), timezone.now()
    head = UserFactory(province=province, role=Role.PROVINCIAL_HEAD, last_name=canary)
    steps = {f"{step}_at": now for step in ("sent", "approved")}
    plan = PlanFactory(
        province=province,
        fiscal_year=YEAR,
        state=PlanState.APPROVED,
        made_by=officer,
        **steps,
        sent_by=head,
        approved_by=head,
    )
    content = written(_figures(province, canary))
    with open_scope(Scope(ScopeRole.PROVINCE, (province.pk,))):
        report = QuarterReport.objects.create(
            province=province, fiscal_year=YEAR, quarter=1, plan=plan,
            prepared_by=officer, prepared_at=now, signed_by=head, signed_at=now,
            content=content, digest=digest_of(content), rows=written_rows({1: {}}),
        )  # fmt: skip
    return {"quarter_report": report}


def _figures(province, canary):
    line = LineFigures(
        uuid.uuid4(), f"งานของ {canary}", "ผู้รับบริการ", "คน", Measure.TYPED, 10, 12,
        Decimal("40000.00"), Decimal("900.00"), Before(), canary, "",
    )  # fmt: skip
    signer = Signer(canary, "แรงงานจังหวัด", "2026-01-12T03:20:00+00:00")
    return QuarterFigures(province.pk, YEAR, 1, 1, "", 0, (line,), prepared=signer, signed=signer)
