"""The rows of months: locked, begun, moved on by the table of moves, each step written down."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from mentors.enums import MonthAction, MonthState
from mentors.models import MonthReport, MonthStep
from mentors.month_moves import MOVES, state_after
from mentors.services.month_teams import expected_in
from volunteer_network import audit
from volunteer_network.errors import RuleViolation
from volunteer_network.models import User, Volunteer
from volunteer_network.thai_calendar import month_name


def take_report(*, volunteer: Volunteer, month: date, by: User) -> MonthReport:
    """The locked row of a volunteer's month; it appears with the first thing somebody does."""
    reports = take_reports([volunteer.pk], month, by)
    if not reports:
        raise RuleViolation(
            _("%(name)s ไม่อยู่ในวาระในเดือน%(month)s จึงไม่มีรายงาน")
            % {"name": volunteer, "month": month_name(month)}
        )
    return reports[0]


def take_reports(volunteers: Collection[int], month: date, by: User) -> list[MonthReport]:
    """Lock the months of those who are expected; missing rows are made first."""
    known = set(
        MonthReport.objects.visible_to(by)
        .filter(volunteer__in=volunteers, month=month)
        .values_list("volunteer", flat=True)
    )
    if missing := set(volunteers) - known:
        _begin(expected_in(month, user=by).filter(pk__in=missing), month)
    rows = MonthReport.objects.visible_to(by).filter(volunteer__in=volunteers, month=month)
    return list(rows.select_for_update(of=("self",)).order_by("pk"))


def _begin(people: Iterable[Any], month: date) -> None:
    """Two people may begin the same month at the same moment: there will be one row."""
    MonthReport.objects.bulk_create(
        [
            MonthReport(
                province_id=person.province_id,
                volunteer=person,
                month=month,
                mentor_id=person.mentor_of_month,
            )
            for person in people
        ],
        ignore_conflicts=True,
    )


def refuse_unless(report: MonthReport, action: MonthAction) -> None:
    if state_after(action, MonthState(report.state)) is None:
        raise RuleViolation(
            _("รายงานนี้อยู่ที่ “%(state)s” จึง%(action)sไม่ได้ %(hint)s")
            % {
                "state": report.get_state_display(),
                "action": action.label,
                "hint": _hint(MonthState(report.state)),
            }
        )


def _hint(state: MonthState) -> str:
    """How to mend it: whom to ask."""
    if state is MonthState.LOCKED:
        return _("ขอให้ส่วนกลางเปิดงวดก่อน หรือแก้ที่บันทึกกิจกรรม ระบบจะแสดงว่าตัวเลขเปลี่ยนหลังปิดงวด")
    if state in {MonthState.CERTIFIED, MonthState.APPROVED}:
        return _("ขอให้แรงงานจังหวัดส่งกลับแก้ไขก่อน")
    return _("เปิดหน้ารายงานเพื่อดูว่าต้องทำอะไรก่อน")


def allowed(reports: list[MonthReport], action: MonthAction) -> list[MonthReport]:
    """Those in a state that allows the action; a refusal when there is none."""
    found = [one for one in reports if state_after(action, MonthState(one.state))]
    if not found:
        raise RuleViolation(_("ไม่มีรายงานที่%(action)sได้ในตอนนี้") % {"action": action.label})
    return found


def go_on(
    reports: list[MonthReport],
    action: MonthAction,
    *,
    by: User,
    fields: tuple[str, ...],
    reason: str = "",
) -> None:
    """Move the rows where the table says, in one statement, and write down each step."""
    for report in reports:
        report.state = state_after(action, MonthState(report.state)) or report.state
        report.version += 1
    MonthReport.objects.bulk_update(reports, ["state", "version", *fields], batch_size=500)
    MonthStep.objects.bulk_create(
        MonthStep(
            province_id=report.province_id,
            report=report,
            action=action,
            state=report.state,
            reason=reason,
            by=by,
        )
        for report in reports
    )
    if MOVES[action].to:
        codes = [report.province_id for report in reports]
        record_by_province(f"month.{action}", codes, reports[0].month, by)


def record_by_province(verb: str, codes: Iterable[int], month: date, by: User) -> None:
    """One event for each province, with how many months it was about."""
    counts: defaultdict[int, int] = defaultdict(int)
    for code in codes:
        counts[code] += 1
    for code, count in sorted(counts.items()):
        detail = {"month": month.isoformat(), "count": count}
        audit.record(verb, by=by, province_code=code, detail=detail)


def note_step(report: MonthReport, action: MonthAction, *, by: User, reason: str) -> None:
    MonthStep.objects.create(
        province_id=report.province_id,
        report=report,
        action=action,
        state=report.state,
        reason=reason,
        by=by,
    )
    audit.record("month.answered", by=by, target=report, province_code=report.province_id)


def save(report: MonthReport, *fields: str) -> None:
    report.version += 1
    report.save(update_fields=[*fields, "version"])


def clear(report: MonthReport, *steps: str) -> None:
    for name in step_fields(*steps):
        setattr(report, name, None)


def step_fields(*steps: str) -> tuple[str, ...]:
    return tuple(f"{step}_{part}" for step in steps for part in ("at", "by"))
