"""The figures of a dashboard counted anew from the rows, for the curious and for the tests."""

from dataclasses import dataclass

from django.db.models import Count, Q, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mentors.enums import RECEIVED_STATES
from mentors.models import MonthReport
from mentors.services.month_deadlines import next_month
from reports.queries.boards import Dashboard
from reports.queries.cells import Cell
from seminars.enums import RegistrationState, SeminarState
from seminars.models import CheckIn, Registration
from volunteer_network.case_steps import RESTRICTED_TOPIC, WITH_OFFICE
from volunteer_network.enums import CaseOutcome, CaseState, VolunteerStatus
from volunteer_network.models import Activity, Case, Term, User, Volunteer

LABELS = {
    "activities": _("กิจกรรม"),
    "people": _("ผู้รับบริการ"),
    "spotted": _("ชี้เป้า"),
    "screened": _("คัดกรอง"),
    "referred": _("ส่งต่อ"),
    "expected": _("ต้องรายงาน"),
    "received": _("ได้รับรายงาน"),
    "on_time": _("ทันกำหนด"),
    "covered": _("ตำบลที่มี อสร."),
    "served": _("เรื่อง ได้รับบริการแล้ว"),
    "not_eligible": _("เรื่อง ไม่เข้าเกณฑ์"),
    "unreachable": _("เรื่อง ติดต่อไม่ได้"),
    "ended": _("เรื่อง ยุติ"),
    "at_office": _("เรื่อง อยู่ที่สำนักงาน"),
    "waiting": _("เรื่อง รอส่งต่อ"),
    "withdrawn": _("เรื่อง ถอน"),
    "accepted": _("สัมมนา ตอบรับ"),
    "attended": _("สัมมนา มา"),
}


@dataclass(frozen=True)
class Recounted:
    """One figure as it is kept and as the rows say at this moment."""

    label: str | Promise
    kept: int
    counted: int

    @property
    def differs(self) -> bool:
        return self.kept != self.counted


def recount_of(board: Dashboard, *, user: User) -> list[Recounted]:
    """Compare the provinces of a board that the user sees; a few passes over their rows."""
    cells = [cell for cell in board.provinces if board.seen is None or cell.code in board.seen]
    kept = Cell.sum_of(cells, name="")
    codes = [cell.code for cell in cells]
    counted = (
        _log(board, codes, user)
        | _reports(board, codes, user)
        | _cases(board, codes, user)
        | _seminars(board, codes, user)
    )
    counted["covered"] = (
        Volunteer.objects.visible_to(user)
        .filter(province__in=codes, status=VolunteerStatus.ACTIVE)
        .order_by()
        .values("province", "subdistrict")
        .distinct()
        .count()
    )
    return [
        Recounted(label, getattr(kept, name), counted.get(name, 0))
        for name, label in LABELS.items()
    ]


def _log(board: Dashboard, codes: list[int], user: User) -> dict[str, int]:
    months = board.question.months
    names = ("people", "spotted", "screened", "referred")
    if not months:
        return {}
    rows = Activity.objects.visible_to(user).filter(
        province__in=codes, on_date__gte=months[0], on_date__lt=next_month(months[-1])
    )
    if board.question.category:
        rows = rows.filter(category=board.question.category)
    sums = rows.aggregate(activities=Count("pk"), **{f"all_{name}": Sum(name) for name in names})
    return {"activities": sums["activities"]} | {name: sums[f"all_{name}"] or 0 for name in names}


def _reports(board: Dashboard, codes: list[int], user: User) -> dict[str, int]:
    month = board.question.reporting
    if month is None:
        return {}
    reports = MonthReport.objects.visible_to(user).filter(
        province__in=codes, month=month, state__in=RECEIVED_STATES
    )
    terms = Term.objects.visible_to(user).filter(
        province__in=codes, starts_on__lt=next_month(month), lasts_until__gte=month
    )
    return {
        "expected": terms.order_by().values("volunteer").distinct().count(),
        "received": reports.count(),
        "on_time": reports.filter(late=False).count(),
    }


def _cases(board: Dashboard, codes: list[int], user: User) -> dict[str, int]:
    months = board.question.months
    if not months:
        return {}
    rows = (
        Case.objects.visible_to(user)
        .exclude(topic=RESTRICTED_TOPIC)
        .filter(province__in=codes, opened_on__gte=months[0], opened_on__lt=next_month(months[-1]))
    )
    if board.question.category:
        rows = rows.filter(topic=board.question.category)
    found: dict[str, int] = rows.aggregate(
        at_office=Count("pk", filter=Q(state__in=sorted(WITH_OFFICE))),
        waiting=Count("pk", filter=Q(state__in=[CaseState.OPENED, CaseState.DECLINED])),
        withdrawn=Count("pk", filter=Q(state=CaseState.WITHDRAWN)),
        **{outcome.value: Count("pk", filter=Q(outcome=outcome.value)) for outcome in CaseOutcome},
    )
    return found


def _seminars(board: Dashboard, codes: list[int], user: User) -> dict[str, int]:
    coming = (
        Registration.objects.visible_to(user)
        .filter(
            province__in=codes,
            state=RegistrationState.ACCEPTED,
            seminar__fiscal_year=board.question.fiscal_year,
        )
        .exclude(seminar__state__in=[SeminarState.DRAFT, SeminarState.CANCELLED])
    )
    here = CheckIn.objects.visible_to(user).standing().filter(registration__in=coming)
    return {
        "accepted": coming.count(),
        "attended": here.order_by().values("registration").distinct().count(),
    }
