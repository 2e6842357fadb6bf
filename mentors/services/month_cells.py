"""Figures of a month typed cell by cell, where the log holds no single activities.

What is typed becomes one activity of the kind "สรุปรายเดือน" in the log itself, so that lists and
kept figures stay one truth. It is made with the first figure and goes with the last.
"""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentors.enums import MonthAction, MonthState
from mentors.month_moves import state_after
from mentors.services.month_deadlines import last_day, month_before
from mentors.services.month_reports import take_report
from volunteer_network.enums import ActivityKind, Category
from volunteer_network.errors import RuleViolation
from volunteer_network.models import Activity, Term, User, Volunteer
from volunteer_network.services.activities import change_activity, log_activity, remove_activity
from volunteer_network.services.figures import volunteer_months
from volunteer_network.services.oddities import LEAST_MONTHS, UNUSUAL_TIMES, USUAL_MONTHS
from volunteer_network.thai_calendar import fiscal_year

CELLS: Final = ("people_male", "people_female", "spotted", "screened", "referred")
AT_MOST: Final = 50_000  # in a month; more is a slip of the finger
NOBODY_YET: Final = "0"  # the version of a month without typed figures
_LABELS: Final = {
    "people_male": gettext_lazy("ผู้รับบริการ ชาย"),
    "people_female": gettext_lazy("ผู้รับบริการ หญิง"),
    "spotted": gettext_lazy("ชี้เป้า"),
    "screened": gettext_lazy("คัดกรอง"),
    "referred": gettext_lazy("ส่งต่อ"),
}
_TOO_MANY: Final = (("spotted", "screened"), ("screened", "referred"))


class CellChanged(RuleViolation):
    """Somebody else typed into this month since the page was opened."""

    def __init__(self, summary: Activity | None) -> None:
        super().__init__(_("มีคนแก้ตัวเลขแถวนี้หลังจากที่เปิดหน้า พิมพ์อีกครั้งถ้าต้องการเปลี่ยน"))
        self.summary = summary


@dataclass(frozen=True)
class TypedMonth:
    """The typed figures of a month after a change; `usual` when the new number is unusual."""

    figures: dict[str, int]
    version: str
    usual: int | None = None


@transaction.atomic
def type_figures(
    *, volunteer: Volunteer, month: date, figures: dict[str, int], version: str, by: User
) -> TypedMonth:
    """Write some of the month's figures; refuses when somebody else did since `version`.

    The report's row is the lock of the month: two tabs cannot both begin its summary.
    """
    report = take_report(volunteer=volunteer, month=month, by=by)
    if state_after(MonthAction.ANSWER, MonthState(report.state)) is None:
        raise RuleViolation(
            _("รายงานนี้อยู่ที่ “%(state)s” แล้ว ขอให้ส่งกลับแก้ไขก่อนพิมพ์ตัวเลข")
            % {"state": report.get_state_display()}
        )
    if report.nothing_because:
        raise RuleViolation(_("ตอบไว้ว่าไม่มีผลงาน ลบคำตอบนั้นก่อนพิมพ์ตัวเลข"))
    summary = summary_of(volunteer, month, by=by)
    if version_of(summary) != version:
        raise CellChanged(summary)
    _refuse_beside_single_records(volunteer, month, summary)
    typed = {name: getattr(summary, name, 0) for name in CELLS} | figures
    _refuse_impossible(typed)
    summary = _write(summary, volunteer, month, typed, by)
    return TypedMonth(typed, version_of(summary), _usual(volunteer, month, typed, by))


def summary_of(volunteer: Volunteer, month: date, *, by: User) -> Activity | None:
    """The summary of the month in the log, found by the mark that only it can bear."""
    return (
        Activity.objects.visible_to(by)
        .filter(province=volunteer.province_id, submission=mark_of(volunteer.pk, month))
        .first()
    )


def mark_of(volunteer: int, month: date) -> uuid.UUID:
    """The same for the same month, so that the database refuses a second summary."""
    return uuid.uuid5(uuid.NAMESPACE_OID, f"month summary {volunteer} {month.isoformat()}")


def version_of(summary: Activity | None) -> str:
    """Row and version: a summary that was removed and begun anew is another one."""
    return f"{summary.pk}.{summary.version}" if summary else NOBODY_YET


def _refuse_beside_single_records(
    volunteer: Volunteer, month: date, summary: Activity | None
) -> None:
    rows = Activity.objects.filter(
        volunteer=volunteer, on_date__gte=month, on_date__lte=last_day(month)
    )
    if count := rows.exclude(pk=summary.pk if summary else 0).count():
        raise RuleViolation(
            _("เดือนนี้มีกิจกรรมในบันทึกแล้ว %(count)d รายการ เพิ่มหรือแก้ที่บันทึกกิจกรรม จะได้ไม่นับซ้ำ")
            % {"count": count}
        )


def _refuse_impossible(typed: dict[str, int]) -> None:
    for name, number in typed.items():
        if number > AT_MOST:
            raise RuleViolation(
                _("%(label)s มากเกินไปสำหรับหนึ่งเดือน ตรวจตัวเลข") % {"label": _LABELS[name]}, field=name
            )
    for whole, part in _TOO_MANY:
        if typed[part] > typed[whole]:
            raise RuleViolation(
                _("%(part)sได้ไม่เกิน%(whole)s %(count)d คน แก้ช่องใดช่องหนึ่ง")
                % {"part": _LABELS[part], "whole": _LABELS[whole], "count": typed[whole]},
                field=part,
            )


def _write(
    summary: Activity | None, volunteer: Volunteer, month: date, typed: dict[str, int], by: User
) -> Activity | None:
    if not any(typed.values()):
        if summary:
            remove_activity(activity=summary, by=by)
        return None
    details: dict[str, Any] = {
        **typed,
        "on_date": summary.on_date if summary else _day_in(volunteer, month),
        "category": summary.category if summary else Category.OTHER,
        "kind": ActivityKind.MONTH_SUMMARY,
        "village": summary.village if summary else "",
        "target_groups": summary.target_groups if summary else [],
        "mentor_present": summary.mentor_present if summary else False,
        "note": summary.note if summary else _("ตัวเลขรวมทั้งเดือนจากรายงานของอาสาสมัคร"),
    }
    where: dict[str, Any] = {
        "subdistrict": summary.subdistrict if summary else None,
        "agency": summary.agency if summary else None,
        "photo": None,
    }
    if summary is None:
        mark = mark_of(volunteer.pk, month)
        return log_activity(volunteer=volunteer, submission=mark, by=by, **where, **details)
    return change_activity(
        activity=summary,
        version=summary.version,
        volunteer=volunteer,
        by=by,
        **where,
        **details,
    )


def _day_in(volunteer: Volunteer, month: date) -> date:
    """The last day of the month that is past and inside a term."""
    until = min(last_day(month), timezone.localdate())
    terms = Term.objects.filter(volunteer=volunteer, starts_on__lte=until, lasts_until__gte=month)
    days: list[date] = [min(until, term.lasts_until) for term in terms]
    if not days or until < month:
        raise RuleViolation(_("เดือนนี้ไม่มีวันที่อยู่ในวาระของคนนี้"))
    return max(days)


def _usual(volunteer: Volunteer, month: date, typed: dict[str, int], by: User) -> int | None:
    """How many people are usual, where the month has three times as many."""
    people = typed["people_male"] + typed["people_female"]
    months = volunteer_months([volunteer.pk], fiscal_year=fiscal_year(month), years=2, user=by).get(
        volunteer.pk, {}
    )
    past, before = [], month
    for _number in range(USUAL_MONTHS):
        before = month_before(before)
        if before in months:
            past.append(months[before].people)
    if len(past) < LEAST_MONTHS:
        return None
    usual = round(sum(past) / len(past))
    return usual if usual and people >= UNUSUAL_TIMES * usual else None
