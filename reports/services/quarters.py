"""Preparing, handing back and signing the report of a quarter; from then on its figures stay.

The plan's row is the lock: of many who sign at once one wins and the others are told.
"""

from dataclasses import replace
from datetime import UTC, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from reports.documents.signatures import post_of_head
from reports.enums import PlanState
from reports.models import Plan, QuarterReport
from reports.quarter_figures import Signer, digest_of, written, written_rows
from reports.queries.quarters import Taken, take_figures
from reports.services import quarter_notices
from reports.services.plan_progress import is_over
from reports.services.plan_steps import lock_plan
from reports.services.quarter_papers import recall_report
from volunteer_network import audit
from volunteer_network.errors import RuleViolation
from volunteer_network.models import User
from volunteer_network.services.reminders import still_open


@transaction.atomic
def prepare_quarter(*, plan: Plan, quarter: int, by: User) -> QuarterReport:
    """Say that the quarter is ready for the head; somebody else may say so again, and then did it.

    `quarter` is 1 to 4, `plan` the edition in force.
    """
    plan = lock_plan(plan.pk, by=by)
    _refuse_early(plan, quarter)
    report = _report(plan, quarter, by) or QuarterReport(
        province_id=plan.province_id, fiscal_year=plan.fiscal_year, quarter=quarter
    )
    _refuse_signed(report)
    if _is_prepared_by(by, report, plan):
        raise RuleViolation(_("เตรียมไตรมาสนี้ไว้แล้ว รอแรงงานจังหวัดลงนาม"))
    report.plan, report.prepared_by, report.prepared_at = plan, by, timezone.now()
    report.save()
    _record("quarter.prepared", report, by)
    quarter_notices.tell_prepared(report, by=by)
    return report


@transaction.atomic
def hand_quarter_back(*, plan: Plan, quarter: int, reason: str, by: User) -> QuarterReport:
    """The head, or whoever stands in, wants a prepared quarter mended first and says why.

    Whoever prepared it hears of it, mends and prepares it again. A report that was printed before
    holds no more.
    """
    plan = lock_plan(plan.pk, by=by)
    _refuse_early(plan, quarter)
    report = _prepared(_report(plan, quarter, by))
    if report.prepared_by_id == by.pk:
        raise RuleViolation(_("เตรียมเองจึงไม่ต้องส่งกลับ แก้แล้วให้เจ้าหน้าที่คนอื่นเตรียมใหม่ได้เลย"))
    reason = reason.strip()
    if not reason:
        raise RuleViolation(_("บอกเหตุที่ส่งกลับ เพื่อให้ผู้เตรียมรู้ว่าต้องแก้อะไร"), field="reason")
    report.handed_back_by, report.handed_back_at = by, timezone.now()
    report.handed_back_because = reason
    report.save(update_fields=["handed_back_by", "handed_back_at", "handed_back_because"])
    recall_report(report)
    _record("quarter.handed_back", report, by)
    quarter_notices.tell_handed_back(report, by=by)
    return report


@transaction.atomic
def sign_quarter(*, plan: Plan, quarter: int, seen: str, adopt: bool, by: User) -> QuarterReport:
    """The head, or whoever stands in, freezes the quarter as the page showed it (`seen`, a digest).

    `adopt` takes in what became of the earlier quarters since they were signed. Never by whoever
    prepared it; quarters are signed in their order.
    """
    moment = timezone.now()  # before the records are read: what comes later is in the ledger
    plan = lock_plan(plan.pk, by=by)
    _refuse_early(plan, quarter)
    report = _prepared(_report(plan, quarter, by))
    if report.prepared_by_id == by.pk:
        raise RuleViolation(
            _("ผู้เตรียมรายงานลงนามเองไม่ได้ ให้เจ้าหน้าที่คนอื่นเตรียม หรือให้ผู้รักษาราชการแทนลงนาม")
        )
    _refuse_out_of_order(plan, quarter, by)
    taken = take_figures(plan, quarter, user=by)
    if taken.digest != seen:
        raise RuleViolation(_("ตัวเลขเปลี่ยนหลังจากที่เปิดหน้า อ่านตัวเลขล่าสุดด้านล่าง แล้วลงนามอีกครั้ง"))
    freeze(report, taken if adopt else taken.without_adoption(), by=by, at=moment)
    report.plan = plan
    report.save()
    adopted = len(report.figures.adjustments)
    _record("quarter.signed", report, by, digest=report.digest, adopted=adopted)
    quarter_notices.tell_signed(report, by=by)
    return report


@transaction.atomic
def take_signature_back(*, plan: Plan, quarter: int, by: User) -> QuarterReport:
    """Undo one's own signature within two minutes, unless a later quarter builds on it.

    A report that was printed since, and says that the quarter is signed, holds no more.
    """
    plan = lock_plan(plan.pk, by=by)
    report = _report(plan, quarter, by)
    if report is None or report.signed_at is None or report.signed_by_id != by.pk:
        raise RuleViolation(_("เรียกคืนได้เฉพาะลายมือชื่อของตนเอง เปิดหน้านี้ใหม่เพื่อดูสถานะล่าสุด"))
    if not still_open(report.signed_at):
        raise RuleViolation(_("เรียกคืนได้ภายใน 2 นาทีหลังลงนาม สิ่งที่เปลี่ยนหลังจากนี้อยู่ใน “ตั้งแต่ลงนาม”"))
    if _signed(plan, by).filter(quarter__gt=quarter).exists():
        raise RuleViolation(_("ลงนามไตรมาสถัดไปแล้ว เรียกคืนไตรมาสถัดไปก่อน"))
    recall_report(report, since=report.signed_at)
    report.signed_at, report.signed_by = None, None
    report.content = report.digest = report.rows = ""
    report.save()
    _record("quarter.signature_taken_back", report, by)
    quarter_notices.tell_taken_back(report, by=by)
    return report


def freeze(report: QuarterReport, taken: Taken, *, by: User, at: datetime) -> None:
    """Write figures, signers and digest into a prepared report that is not saved yet."""
    preparer = report.prepared_by
    if preparer is None:
        raise ValueError("nobody has prepared the report")
    figures = replace(
        taken.figures,
        prepared=_signer(preparer, preparer.position, report.prepared_at),
        signed=_signer(by, post_of_head(by, report.province), at),
    )
    report.signed_by, report.signed_at = by, at
    report.content, report.rows = written(figures), written_rows(taken.rows)
    report.digest = digest_of(report.content)


def _report(plan: Plan, quarter: int, by: User) -> QuarterReport | None:
    reports = QuarterReport.objects.visible_to(by).of_year(plan.fiscal_year)
    return (
        reports.filter(province=plan.province_id, quarter=quarter)
        .select_for_update(of=("self",))
        .select_related("prepared_by", "handed_back_by", "province")
        .first()
    )


def _prepared(report: QuarterReport | None) -> QuarterReport:
    """The report, if it waits for the head."""
    if report is None:
        raise RuleViolation(_("ยังไม่มีผู้เตรียมไตรมาสนี้ ให้เจ้าหน้าที่พี่เลี้ยงเตรียมก่อนลงนาม"))
    _refuse_signed(report)
    if report.handed_back:
        raise RuleViolation(
            _("%(who)s ส่งไตรมาสนี้กลับแก้ไขแล้ว รอเจ้าหน้าที่พี่เลี้ยงแก้และเตรียมใหม่")
            % {"who": report.handed_back_by}
        )
    return report


def _is_prepared_by(by: User, report: QuarterReport, plan: Plan) -> bool:
    """Whether there is nothing to prepare again: by the same person, from the same edition."""
    if report.handed_back:
        return False
    return report.prepared_by_id == by.pk and report.plan_id == plan.pk


def _refuse_early(plan: Plan, quarter: int) -> None:
    if plan.state != PlanState.APPROVED:
        raise RuleViolation(_("ลงนามได้เมื่อส่วนกลางอนุมัติแผนแล้ว"))
    if not is_over(plan.fiscal_year, quarter):
        raise RuleViolation(_("ไตรมาส %(quarter)d ยังไม่สิ้นสุด") % {"quarter": quarter})


def _refuse_signed(report: QuarterReport) -> None:
    if report.signed_at:
        raise RuleViolation(
            _("ไตรมาส %(quarter)d ลงนามแล้วโดย %(who)s เปิดหน้านี้ใหม่เพื่อดูตัวเลขที่ลงนาม")
            % {"quarter": report.quarter, "who": report.signed_by}
        )


def _refuse_out_of_order(plan: Plan, quarter: int, by: User) -> None:
    signed = set(_signed(plan, by).values_list("quarter", flat=True))
    if missing := [one for one in range(1, quarter) if one not in signed]:
        raise RuleViolation(_("ลงนามไตรมาส %(quarter)d ก่อน") % {"quarter": missing[0]})


def _signed(plan: Plan, by: User) -> QuerySet[QuarterReport]:
    reports = QuarterReport.objects.visible_to(by).of_year(plan.fiscal_year).signed()
    return reports.filter(province=plan.province_id)


def _signer(person: User, post: str, at: datetime) -> Signer:
    return Signer(person.display_name, post, at.astimezone(UTC).isoformat())


def _record(verb: str, report: QuarterReport, by: User, **more: object) -> None:
    audit.record(
        verb,
        by=by,
        target=report,
        province_code=report.province_id,
        detail={"fiscal_year": report.fiscal_year, "quarter": report.quarter, **more},
    )
