"""What one volunteer's month holds: the log day by day, sums by category, and the steps."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from mentors.enums import MonthAction, MonthState
from mentors.models import MonthReport, MonthStep
from mentors.services.month_deadlines import last_day
from mentors.services.month_sheets import Figures, since_lock
from volunteer_network.enums import ActivityKind, Category
from volunteer_network.models import Activity, User, Volunteer


@dataclass(frozen=True)
class Paper:
    """Everything that stands on the printed report of a month."""

    report: MonthReport | None
    activities: list[Activity]
    by_category: list[tuple[str, Figures]]
    sums: Figures
    steps: list[MonthStep]

    @property
    def single_activities(self) -> int:
        """Those that are not the month's typed summary."""
        return sum(one.kind != ActivityKind.MONTH_SUMMARY for one in self.activities)

    @property
    def has_content(self) -> bool:
        return bool(self.activities or (self.report and self.report.nothing_because))

    @property
    def since_lock(self) -> tuple[tuple[int, str], ...]:
        return since_lock(self.report, self.sums)


# Pair on the report → what was done and where it led; for months that came in without their steps.
_PAIRS = {
    "sent": (MonthAction.SEND, MonthState.SENT),
    "certified": (MonthAction.CERTIFY, MonthState.CERTIFIED),
    "approved": (MonthAction.APPROVE, MonthState.APPROVED),
    "locked": (MonthAction.LOCK, MonthState.LOCKED),
}


def _steps_by_the_pairs(report: MonthReport) -> list[MonthStep]:
    return [
        MonthStep(report=report, action=action, state=state, by=by, at=at)
        for step, (action, state) in _PAIRS.items()
        if (at := getattr(report, f"{step}_at")) and (by := getattr(report, f"{step}_by"))
    ]


def paper_of(volunteer: Volunteer, month: date, *, user: User) -> Paper:
    reports = MonthReport.objects.visible_to(user).select_related(
        "mentor", "sent_by", "certified_by", "approved_by", "locked_by", "returned_by"
    )
    report = reports.filter(volunteer=volunteer, month=month).first()
    rows = Activity.objects.visible_to(user).filter(
        volunteer=volunteer, on_date__gte=month, on_date__lte=last_day(month)
    )
    activities = list(rows.select_related("subdistrict").order_by("on_date", "pk"))
    by_category: defaultdict[str, Figures] = defaultdict(Figures)
    sums = Figures()
    for one in activities:
        figures = Figures(
            activities=1,
            people_male=one.people_male,
            people_female=one.people_female,
            spotted=one.spotted,
            screened=one.screened,
            referred=one.referred,
        )
        by_category[one.category].add(figures)
        sums.add(figures)
    steps = MonthStep.objects.visible_to(user).filter(report=report).select_related("by")
    return Paper(
        report=report,
        activities=activities,
        by_category=[(str(one.label), by_category[one]) for one in Category if one in by_category],
        sums=sums,
        steps=list(steps) or _steps_by_the_pairs(report) if report else [],
    )
