"""Quarters across editions of a plan and across provinces."""

import pytest
from django.utils import timezone

from reports.enums import PlanState
from reports.models import Plan, QuarterReport
from reports.services.quarters import freeze
from tests.reports.quarters import YEAR, Stage
from tests.reports.services.test_plans import plan_in
from volunteer_network.errors import RuleViolation
from volunteer_network.models import AuditEvent


def revised(stage):
    """The same province when a second edition is in force."""
    with stage.open():
        Plan.objects.filter(pk=stage.plan.pk).update(state=PlanState.REPLACED)
    plan = plan_in(
        PlanState.APPROVED, stage.province, maker=stage.maker, head=stage.head,
        fiscal_year=YEAR, edition=2,
    )  # fmt: skip
    return Stage(plan, stage.counted, stage.typed, stage.maker, stage.head, stage.volunteer)


def test_a_quarter_is_prepared_anew_for_the_edition_that_took_the_place(stage):
    stage.prepare()
    after = revised(stage)

    assert after.prepare().plan == after.plan


def test_a_quarter_is_signed_for_the_edition_in_force(stage):
    stage.prepare()
    after = revised(stage)

    assert after.sign().plan == after.plan


def test_an_edition_that_gave_way_is_not_signed(stage):
    stage.prepare()
    seen = stage.taken().digest
    revised(stage)

    with pytest.raises(RuleViolation, match="อนุมัติ"):
        stage.sign(seen=seen)


def test_what_was_never_prepared_or_signed_is_not_taken_back(stage):
    with pytest.raises(RuleViolation, match="ของตนเอง"):
        stage.take_back()
    stage.prepare()

    with pytest.raises(RuleViolation, match="ของตนเอง"):
        stage.take_back()


def test_the_report_of_another_year_is_another_report(stage):
    with stage.open():
        before = QuarterReport.objects.create(
            province=stage.province, fiscal_year=YEAR - 1, quarter=1, plan=stage.plan,
            prepared_by=stage.maker, prepared_at=timezone.now(),
        )  # fmt: skip

    assert stage.prepare() != before


def test_quarters_of_another_year_neither_open_nor_close_the_way(stage):
    signed = stage.signed()
    with stage.open():
        for quarter in (2, 3):
            QuarterReport.objects.create(
                province=stage.province, fiscal_year=YEAR - 1, quarter=quarter, plan=stage.plan,
                prepared_by=stage.maker, prepared_at=signed.prepared_at,
                signed_by=stage.head, signed_at=signed.signed_at,
                content=signed.content, digest=signed.digest, rows=signed.rows,
            )  # fmt: skip
    stage.prepare(3)

    with pytest.raises(RuleViolation, match="ลงนามไตรมาส 2 ก่อน"):
        stage.sign(3)
    assert stage.take_back().signed_at is None


def test_who_took_a_signature_back_stands_in_the_audit(stage):
    stage.signed()
    stage.take_back()

    with stage.open():
        event = AuditEvent.objects.get(verb="quarter.signature_taken_back")
    assert (event.actor, event.province_id) == (stage.head.pk, stage.province.pk)
    assert (event.detail["fiscal_year"], event.detail["quarter"]) == (YEAR, 1)


def test_nothing_is_frozen_that_nobody_has_prepared(stage):
    report = QuarterReport(province=stage.province, fiscal_year=YEAR, quarter=1, plan=stage.plan)

    with pytest.raises(ValueError, match="nobody has prepared"):
        freeze(report, stage.taken(), by=stage.head, at=timezone.now())
