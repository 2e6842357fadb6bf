"""What people do with months: answer, send, certify, return, approve, close.

Which action is allowed in which state stands in `month_moves`; callers have checked the capability
and that the volunteers are visible.
"""

from collections.abc import Collection
from datetime import date

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mentors import months_sql as sql
from mentors.enums import CameBy, MonthAction, MonthState, NothingBecause
from mentors.models import MonthReport, MonthStep
from mentors.models.months import FROZEN
from mentors.month_moves import state_after
from mentors.services import month_notices
from mentors.services.month_deadlines import first_day_to_send, has_ended, is_late
from mentors.services.month_reports import (
    allowed,
    clear,
    go_on,
    note_step,
    record_by_province,
    refuse_unless,
    save,
    step_fields,
    take_report,
    take_reports,
)
from volunteer_network import audit
from volunteer_network.errors import RuleViolation
from volunteer_network.models import Activity, User, Volunteer
from volunteer_network.services.edits import refuse_stale
from volunteer_network.services.reminders import still_open
from volunteer_network.thai_calendar import short_date


@transaction.atomic
def answer_nothing(
    *, volunteer: Volunteer, month: date, because: NothingBecause | str, note: str, by: User
) -> MonthReport:
    """Note that there is nothing to report and why; an empty `because` takes the answer back."""
    report = take_report(volunteer=volunteer, month=month, by=by)
    refuse_unless(report, MonthAction.ANSWER)
    if because and (count := _activities_in(volunteer, month)):
        raise RuleViolation(
            _("ในบันทึกมีกิจกรรมของเดือนนี้ %(count)d รายการ ลบก่อน ถ้าไม่มีผลงานจริง") % {"count": count}
        )
    report.nothing_because = because
    report.nothing_note = note if because else ""
    save(report, "nothing_because", "nothing_note")
    note_step(report, MonthAction.ANSWER, by=by, reason=_answer_in_words(report))
    return report


@transaction.atomic
def describe_month(
    *,
    volunteer: Volunteer,
    month: date,
    version: int,
    came_by: CameBy | str,
    problems: str,
    suggestions: str,
    by: User,
) -> MonthReport:
    """Note how the report came and what it says besides figures.

    Refuses when a colleague saved since `version`: that of the report, or of one that begins.
    """
    report = take_report(volunteer=volunteer, month=month, by=by)
    refuse_unless(report, MonthAction.ANSWER)
    refuse_stale(report, version)
    report.came_by, report.problems, report.suggestions = came_by, problems, suggestions
    save(report, "came_by", "problems", "suggestions")
    audit.record("month.described", by=by, target=report, province_code=report.province_id)
    return report


@transaction.atomic
def send_months(*, volunteers: Collection[int], month: date, by: User) -> list[MonthReport]:
    """Send for the volunteers and certify, as their mentor; returns the months that went.

    Only those go that have something to say: figures in the log, or a reason for nothing.
    """
    today = timezone.localdate()
    if not has_ended(month, today):
        raise RuleViolation(
            _("เดือนนี้ยังไม่จบ ส่งได้ตั้งแต่ %(day)s") % {"day": short_date(first_day_to_send(month))}
        )
    reports = [
        report
        for report in take_reports(volunteers, month, by)
        if state_after(MonthAction.SEND, MonthState(report.state))
    ]
    active = _active_among([report.volunteer_id for report in reports], month)
    ready = [one for one in reports if one.nothing_because or one.volunteer_id in active]
    if not ready:
        raise RuleViolation(_("ไม่มีรายงานที่พร้อมส่ง ลงตัวเลขหรือตอบว่าไม่มีผลงานเพราะอะไรก่อน"))
    for report in ready:
        if report.sent_at is None:  # mending after a return is nobody's lateness
            report.late = is_late(month, today)
        report.sent_at, report.sent_by = timezone.now(), by
    go_on(ready, MonthAction.SEND, by=by, fields=("sent_at", "sent_by", "late"))
    _certify(ready, by)
    month_notices.tell_heads(ready, month, by=by)
    return ready


@transaction.atomic
def certify_months(*, volunteers: Collection[int], month: date, by: User) -> list[MonthReport]:
    """Certify what was sent but not certified yet."""
    reports = allowed(take_reports(volunteers, month, by), MonthAction.CERTIFY)
    _certify(reports, by)
    month_notices.tell_heads(reports, month, by=by)
    return reports


@transaction.atomic
def take_back(*, volunteers: Collection[int], month: date, by: User) -> list[MonthReport]:
    """Take back what the same person sent within the last two minutes."""
    reports = [
        report
        for report in take_reports(volunteers, month, by)
        if state_after(MonthAction.TAKE_BACK, MonthState(report.state))
        and report.sent_by_id == by.pk
        and report.sent_at
        and still_open(report.sent_at)
    ]
    if not reports:
        raise RuleViolation(_("เรียกคืนได้ภายใน 2 นาทีหลังส่ง และก่อนแรงงานจังหวัดเห็นชอบ"))
    for report in reports:
        clear(report, "sent", "certified")
        report.late = False
    go_on(reports, MonthAction.TAKE_BACK, by=by, fields=(*step_fields("sent", "certified"), "late"))
    return reports


@transaction.atomic
def return_month(
    *, volunteer: Volunteer, month: date, reason: str, action: MonthAction, by: User
) -> MonthReport:
    """Send a month back with a reason; `action` says whether as mentor or as head."""
    if not reason.strip():
        raise RuleViolation(_("บอกเหตุที่ส่งกลับ เพื่อให้แก้ได้ตรงจุด"), field="reason")
    report = take_report(volunteer=volunteer, month=month, by=by)
    refuse_unless(report, action)
    told = [person for person in (report.sent_by, report.certified_by) if person]
    clear(report, "certified", "approved")
    report.returned_at, report.returned_by = timezone.now(), by
    report.returned_because = reason.strip()
    fields = (*step_fields("certified", "approved", "returned"), "returned_because")
    go_on([report], action, by=by, fields=fields, reason=report.returned_because)
    month_notices.tell_returned(report, told, by=by)
    return report


@transaction.atomic
def approve_months(*, volunteers: Collection[int], month: date, by: User) -> list[MonthReport]:
    """Approve, as the head, what the mentors have certified."""
    reports = allowed(take_reports(volunteers, month, by), MonthAction.APPROVE)
    for report in reports:
        report.approved_at, report.approved_by = timezone.now(), by
    go_on(reports, MonthAction.APPROVE, by=by, fields=step_fields("approved"))
    month_notices.tell_approved(reports, month, by=by)
    return reports


@transaction.atomic
def close_month(*, month: date, province: int | None, by: User) -> int:
    """Lock what is approved, of one province or of all, with the figures of this moment."""
    asked = {"month": month, "province": province, "at": timezone.now(), "by": by.pk}
    with connection.cursor() as cursor:
        cursor.execute(sql.LOCK, asked)
        locked = cursor.fetchall()
    if not locked:
        raise RuleViolation(_("ไม่มีรายงานที่แรงงานจังหวัดเห็นชอบแล้วให้ปิดงวด"))
    MonthStep.objects.bulk_create(
        [
            MonthStep(
                province_id=code, report_id=pk, action=MonthAction.LOCK, state="locked", by=by
            )
            for pk, code in locked
        ]
    )
    record_by_province("month.closed", [code for _pk, code in locked], month, by)
    return len(locked)


@transaction.atomic
def reopen_month(*, month: date, province: int, reason: str, by: User) -> int:
    """Open a province's closed month again, with a reason that stays."""
    if not reason.strip():
        raise RuleViolation(_("บอกเหตุที่เปิดงวดอีกครั้ง"), field="reason")
    locked = MonthReport.objects.visible_to(by).in_state(MonthState.LOCKED)
    reports = list(
        locked.select_for_update(of=("self",)).filter(month=month, province=province).order_by("pk")
    )
    if not reports:
        raise RuleViolation(_("เดือนนี้ของจังหวัดยังไม่ได้ปิดงวด"))
    for report in reports:
        clear(report, "locked")
        for name in FROZEN:
            setattr(report, name, None)
    fields = (*step_fields("locked"), *FROZEN)
    go_on(reports, MonthAction.REOPEN, by=by, fields=fields, reason=reason.strip())
    return len(reports)


def _certify(reports: list[MonthReport], by: User) -> None:
    for report in reports:
        report.certified_at, report.certified_by = timezone.now(), by
    go_on(reports, MonthAction.CERTIFY, by=by, fields=step_fields("certified"))


def _answer_in_words(report: MonthReport) -> str:
    if not report.nothing_because:
        return _("ลบคำตอบ “ไม่มีผลงาน”")
    words = _("ไม่มีผลงาน เพราะ%(reason)s") % {"reason": report.get_nothing_because_display()}
    return f"{words} {report.nothing_note}".strip()


def _activities_in(volunteer: Volunteer, month: date) -> int:
    return Activity.objects.filter(
        volunteer=volunteer, on_date__year=month.year, on_date__month=month.month
    ).count()


def _active_among(volunteers: Collection[int], month: date) -> set[int]:
    """Those of whom the log knows something in the month."""
    found = Activity.objects.filter(
        volunteer__in=volunteers, on_date__year=month.year, on_date__month=month.month
    )
    return set(found.values_list("volunteer", flat=True).distinct())
