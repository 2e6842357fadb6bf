"""Preparing, signing and taking back: who may, in which order, and what stays."""

from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from reports.enums import PlanState
from reports.models import Plan, QuarterReport
from reports.quarter_figures import digest_of, read, read_rows, written
from reports.services.plan_decisions import approve_plan
from reports.services.plan_undoing import undo_decisions
from tests.factories import ActingHeadFactory, UserFactory
from tests.factories.plans import DirectionFactory
from tests.reports.quarters import YEAR
from tests.reports.sending import sent_plan
from volunteer_network.access.roles import Role
from volunteer_network.access.scope import SYSTEM, open_scope
from volunteer_network.errors import RuleViolation
from volunteer_network.models import AuditEvent, Notice, OutgoingMail

RUNNING = YEAR + 1


def told(kind="recipient"):
    with open_scope(SYSTEM):
        return set(Notice.objects.values_list(kind, flat=True))


@contextmanager
def refused():
    """A cursor whose failure leaves the test's transaction alive."""
    with transaction.atomic(), connection.cursor() as cursor:
        yield cursor


def test_a_signed_quarter_keeps_figures_signers_and_digest(stage):
    DirectionFactory(fiscal_year=YEAR, text="เร่ง  คุ้มครอง")
    report = stage.signed()
    figures = report.figures

    assert report.digest == digest_of(report.content)
    assert report.holds
    by_work = {line.lineage: line for line in figures.lines}
    typed, counted = by_work[stage.typed.lineage], by_work[stage.counted.lineage]
    assert (typed.target, typed.actual, typed.disbursed) == (10, 4, Decimal(900))
    assert (counted.actual, typed.problems) == (7, "น้ำท่วม")
    assert figures.direction == "เร่ง คุ้มครอง"
    assert figures.disbursed == Decimal(900)
    assert figures.prepared.name == stage.maker.display_name
    assert figures.prepared.position == "นักวิชาการแรงงาน"
    assert figures.signed.position == "แรงงานจังหวัดเชียงใหม่"
    assert list(read_rows(report.rows)[1][stage.counted.lineage].values()) == [7]
    assert digest_of(report.rows) == figures.rows


def test_reading_and_writing_gives_the_same_bytes(stage):
    content = stage.signed().content

    assert written(read(content)) == content
    with pytest.raises(ValueError, match="form"):
        read(content.replace('"form":1', '"form":2'))


def test_whatever_comes_later_the_signed_data_stay(stage):
    before = stage.signed()
    stage.log(people=30)
    stage.type(actual=99, disbursed=Decimal(5))
    with stage.open():
        stage.plan.lines.update(title="ชื่อใหม่", target_1=77)

    after = stage.reread()

    assert (after.content, after.rows, after.digest) == (
        before.content, before.rows, before.digest,
    )  # fmt: skip


def test_the_database_keeps_a_signed_quarter(stage):
    report = stage.signed()

    for change in ("content = 'x'", "signed_at = now()", "prepared_at = now()"):
        sql = f"UPDATE reports_quarterreport SET {change} WHERE id = %s"
        with stage.open(), pytest.raises(DatabaseError, match="not changed"), refused() as cursor:
            cursor.execute(sql, [report.pk])
    with stage.open(), pytest.raises(DatabaseError), transaction.atomic():
        report.delete()


def test_nobody_signs_what_nobody_has_prepared(stage):
    with pytest.raises(RuleViolation, match="ยังไม่มีผู้เตรียม"):
        stage.sign()


def test_whoever_prepared_does_not_sign(stage):
    stage.prepare(by=stage.head)

    with pytest.raises(RuleViolation, match="ผู้เตรียมรายงานลงนามเองไม่ได้"):
        stage.sign()

    stage.prepare(by=stage.maker)  # somebody else says so
    assert stage.sign().signed_by == stage.head


def test_the_database_refuses_a_preparer_who_signs(stage):
    report = stage.prepare()
    report.signed_by, report.signed_at = stage.maker, report.prepared_at
    report.content = report.digest = report.rows = "x"

    rule = "preparer_and_signer_differ"
    with stage.open(), pytest.raises(IntegrityError, match=rule), transaction.atomic():
        report.save()


def test_whoever_stands_in_signs_with_both_posts(stage):
    acting = UserFactory(province=stage.province, position="นักวิชาการแรงงานชำนาญการ")
    today = stage.prepare().prepared_at.date()
    ActingHeadFactory(user=acting, starts_on=today, ends_on=today)

    report = stage.sign(by=acting)

    assert report.figures.signed.position == (
        "นักวิชาการแรงงานชำนาญการ รักษาราชการแทนแรงงานจังหวัดเชียงใหม่"
    )


def test_preparing_twice_is_refused_to_the_same_person(stage):
    stage.prepare()

    with pytest.raises(RuleViolation, match="เตรียมไตรมาสนี้ไว้แล้ว"):
        stage.prepare()


def test_a_signed_quarter_is_neither_prepared_nor_signed_again(stage):
    stage.signed()

    with pytest.raises(RuleViolation, match="ลงนามแล้วโดย"):
        stage.prepare(by=stage.head)
    with pytest.raises(RuleViolation, match="ลงนามแล้วโดย"):
        stage.sign()


def test_quarters_are_signed_in_their_order(stage):
    stage.prepare(2)

    with pytest.raises(RuleViolation, match="ลงนามไตรมาส 1 ก่อน"):
        stage.sign(2)

    first = stage.signed()
    assert stage.sign(2).figures.former == first.digest


def test_a_quarter_that_runs_or_a_plan_not_in_force_is_refused(stage, chiang_mai):
    with stage.open():
        Plan.objects.filter(pk=stage.plan.pk).update(fiscal_year=RUNNING)
    with pytest.raises(RuleViolation, match="ไตรมาส 4 ยังไม่สิ้นสุด"):
        stage.prepare(4)
    with stage.open():
        Plan.objects.filter(pk=stage.plan.pk).update(fiscal_year=YEAR, state=PlanState.REPLACED)
    with pytest.raises(RuleViolation, match="อนุมัติ"):
        stage.prepare()


def test_nobody_signs_figures_that_changed_since_the_page_was_opened(stage):
    stage.prepare()
    seen = stage.taken().digest
    stage.log(people=1)

    with pytest.raises(RuleViolation, match="ตัวเลขเปลี่ยน"):
        stage.sign(seen=seen)


def test_records_that_cancel_out_are_a_change_too(stage):
    row = stage.log(people=2)
    stage.prepare()
    seen = stage.taken().digest
    stage.log(people=2)
    with stage.open():
        row.delete()

    with pytest.raises(RuleViolation, match="ตัวเลขเปลี่ยน"):
        stage.sign(seen=seen)


def test_since_october_goes_by_what_was_signed_and_adopted(stage):
    stage.signed()
    stage.log(1, people=3)  # late
    stage.log(2, people=10)

    declined = stage.taken(2).without_adoption().figures
    [offered] = stage.taken(2).figures.adjustments
    report = stage.signed(2, adopt=True)
    line = next(one for one in report.figures.lines if one.lineage == stage.counted.lineage)
    refused = next(one for one in declined.lines if one.lineage == stage.counted.lineage)

    assert (offered.quarter, offered.amounts.actual) == (1, 3)
    assert declined.since_october(refused).actual == 17
    assert report.figures.since_october(line).actual == 20
    assert report.figures.since_october(line).target == 20


def test_what_was_declined_is_offered_again_and_what_was_adopted_is_not(stage):
    stage.signed()
    stage.log(1, people=3)
    assert stage.signed(2).figures.adjustments == ()

    third = stage.signed(3, adopt=True)
    assert [(one.quarter, one.amounts.actual) for one in third.figures.adjustments] == [(1, 3)]
    assert stage.taken(4).figures.adjustments == ()
    assert not stage.ledger(1)


def test_the_head_is_told_of_what_is_prepared_and_the_centre_of_what_is_signed(
    stage, central_officer, songkhla
):
    foreign = UserFactory(province=songkhla, role=Role.PROVINCIAL_HEAD)
    stage.prepare()
    assert told() == {stage.head.pk}

    stage.sign()

    assert told() == {stage.head.pk, stage.maker.pk, central_officer.pk}
    assert foreign.pk not in told()
    with stage.open():
        verbs = AuditEvent.objects.filter(verb__startswith="quarter.").order_by("pk")
        assert [(one.verb, one.actor) for one in verbs] == [
            ("quarter.prepared", stage.maker.pk),
            ("quarter.signed", stage.head.pk),
        ]


def test_what_is_handed_back_is_not_signed_until_it_is_prepared_again(stage):
    stage.prepare()
    stage.hand_back(reason="  แนบใบสำคัญ งานที่ 2 ")

    report = stage.reread()
    assert (report.handed_back_by, report.handed_back_because) == (
        stage.head, "แนบใบสำคัญ งานที่ 2",
    )  # fmt: skip
    with pytest.raises(RuleViolation, match="ส่งไตรมาสนี้กลับแก้ไขแล้ว"):
        stage.sign()

    stage.prepare()  # by the same person
    again = stage.reread()
    assert not again.handed_back
    assert again.handed_back_because == "แนบใบสำคัญ งานที่ 2"
    assert stage.sign().signed_at


def test_handing_back_wants_a_reason(stage):
    stage.prepare()

    with pytest.raises(RuleViolation, match="บอกเหตุที่ส่งกลับ"):
        stage.hand_back(reason="  ")


def test_the_database_keeps_what_handing_back_means(stage):
    stage.prepare()
    report = stage.hand_back()
    sign = "signed_at = now(), signed_by_id = %s, content = 'x', digest = 'x', rows = 'x'"
    for rule, change, values in (
        ("with_a_reason", "handed_back_because = ''", []),
        ("by_and_at_go_together", "handed_back_by_id = NULL", []),
        ("is_not_signed", sign, [stage.head.pk]),
    ):
        sql = f"UPDATE reports_quarterreport SET {change} WHERE id = %s"
        with stage.open(), pytest.raises(IntegrityError, match=rule), refused() as cursor:
            cursor.execute(sql, [*values, report.pk])


def test_whoever_prepared_hears_why_it_came_back(stage, central_officer):
    other = UserFactory(province=stage.province)
    stage.prepare()
    report = stage.hand_back(reason="แนบใบสำคัญ")

    with open_scope(SYSTEM):
        notice = Notice.objects.get(recipient=stage.maker)
    assert notice.text.endswith("ถูกส่งกลับแก้ไข: แนบใบสำคัญ")
    assert notice.href == report.get_absolute_url()
    assert told() == {stage.head.pk, stage.maker.pk}
    with stage.open():
        assert AuditEvent.objects.filter(verb="quarter.handed_back", actor=stage.head.pk).exists()
    assert other.pk not in told()


def test_where_the_preparer_has_left_the_other_mentors_hear_of_it(stage):
    other = UserFactory(province=stage.province)
    stage.prepare()
    stage.maker.is_active = False
    stage.maker.save()

    stage.hand_back()

    assert told() == {stage.head.pk, other.pk}


def test_a_signature_is_taken_back_with_its_mails(stage, central_officer):
    central_officer.email = "centre@example.go.th"
    central_officer.save()
    stage.signed()

    stage.take_back()

    again = stage.reread()
    assert (again.signed_at, again.signed_by, again.content, again.rows) == (None, None, "", "")
    assert again.prepared_by == stage.maker
    with open_scope(SYSTEM):
        notice = Notice.objects.get(recipient=central_officer)
        assert notice.text.startswith("เรียกคืนแล้ว")
        assert not OutgoingMail.objects.filter(errand__isnull=False).waiting().exists()
    assert stage.sign().signed_at


def test_only_the_own_signature_is_taken_back(stage):
    acting = UserFactory(province=stage.province)
    today = stage.prepare().prepared_at.date()
    ActingHeadFactory(user=acting, starts_on=today, ends_on=today)
    stage.sign()

    with pytest.raises(RuleViolation, match="ของตนเอง"):
        stage.take_back(by=acting)


def test_a_quarter_on_which_the_next_one_builds_is_not_taken_back(stage):
    stage.signed()
    stage.signed(2)

    with pytest.raises(RuleViolation, match="ไตรมาสถัดไป"):
        stage.take_back(1)
    assert stage.take_back(2).signed_at is None


def signed_ago(stage, **span):
    """As if it had been signed before: a signed row may be written, but not changed."""
    at = timezone.now() - timedelta(**span)
    with stage.open():
        return QuarterReport.objects.create(
            province=stage.province, fiscal_year=YEAR, quarter=1, plan=stage.plan,
            prepared_by=stage.maker, prepared_at=at, signed_by=stage.head, signed_at=at,
            content="{}", digest="x", rows="{}",
        )  # fmt: skip


def test_after_two_minutes_a_signature_stays(stage):
    signed_ago(stage, minutes=3)

    with pytest.raises(RuleViolation, match="ภายใน 2 นาที"):
        stage.take_back()


def test_after_five_minutes_the_database_keeps_the_signature_too(stage):
    report = signed_ago(stage, minutes=6)

    with stage.open(), pytest.raises(DatabaseError, match="not changed"), transaction.atomic():
        QuarterReport.objects.filter(pk=report.pk).update(
            signed_at=None, signed_by=None, content="", digest="", rows=""
        )


def test_an_approval_is_not_taken_back_under_a_prepared_quarter(db, central_officer):
    """The province has begun to work on it."""
    plan = sent_plan()
    with open_scope(central_officer.scope):
        approve_plan(plan=plan, version=plan.version, by=central_officer)
    maker = plan.made_by
    with open_scope(maker.scope):
        QuarterReport.objects.create(
            province=plan.province, fiscal_year=plan.fiscal_year, quarter=1, plan=plan,
            prepared_by=maker, prepared_at=plan.made_at,
        )  # fmt: skip

    with open_scope(central_officer.scope), pytest.raises(RuleViolation, match="จังหวัดเริ่ม"):
        undo_decisions(plans=[plan.pk], by=central_officer)
