"""The month of a team on one page: a line for each volunteer, totals, and what is missing."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.db.models import Count, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from mentors.enums import MonthState, NothingBecause
from mentors.models import MonthReport
from mentors.services.month_cells import CELLS, mark_of
from mentors.services.month_deadlines import (
    approval_day,
    due_day,
    has_ended,
    last_day,
    month_before,
)
from volunteer_network.enums import ActivityKind
from volunteer_network.models import Activity, User
from volunteer_network.models.volunteers import VolunteerQuerySet
from volunteer_network.thai_calendar import short_month_name
from volunteer_network.thai_text import full_name

# Columns of the sheet: groups of kinds, so that each activity is counted in one of them.
KIND_GROUPS: Final[tuple[tuple[ActivityKind, ...], ...]] = (
    (ActivityKind.FIELD_VISIT, ActivityKind.HOME_VISIT),
    (ActivityKind.MEETING, ActivityKind.TRAINING),
    (ActivityKind.INFORMATION,),
    (ActivityKind.SURVEY,),
    (ActivityKind.MOBILE_SERVICE, ActivityKind.PUBLIC_SERVICE_DAY),
)
_GROUP_OF: Final = {kind: place for place, kinds in enumerate(KIND_GROUPS) for kind in kinds}
EDITABLE: Final = frozenset({MonthState.DRAFT, MonthState.RETURNED})


@dataclass
class Figures:
    """What the log holds of one month of a volunteer, or of all of them."""

    kinds: list[int] = field(default_factory=lambda: [0] * len(KIND_GROUPS))
    activities: int = 0
    people_male: int = 0
    people_female: int = 0
    spotted: int = 0
    screened: int = 0
    referred: int = 0

    @property
    def people(self) -> int:
        return self.people_male + self.people_female

    def add(self, other: "Figures") -> None:
        self.kinds = [one + more for one, more in zip(self.kinds, other.kinds, strict=True)]
        self.activities += other.activities
        for name in CELLS:
            setattr(self, name, getattr(self, name) + getattr(other, name))


@dataclass
class Line:
    """One volunteer's month, ready to draw."""

    pk: int
    name: str
    place: str
    district: str
    province: int
    figures: Figures
    last: Figures
    state: MonthState | None  # None: nobody acted on it yet
    nothing_because: str = ""
    nothing_note: str = ""
    late: bool = False
    sent_at: Any = None
    sent_by: int | None = None
    returned_because: str = ""
    since_lock: tuple[tuple[int, str], ...] = ()
    version: str = "0"  # of the typed figures
    typed: bool = False
    overdue: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it waits for the mentor."""
        return self.state is None or self.state in EDITABLE

    @property
    def takes_figures(self) -> bool:
        """Whether figures may be typed: nothing but a summary stands in the log."""
        single = self.figures.activities - self.typed
        return self.is_open and not self.nothing_because and not single

    @property
    def has_content(self) -> bool:
        return bool(self.figures.activities or self.nothing_because)

    @property
    def is_ready(self) -> bool:
        return self.is_open and self.has_content

    @property
    def is_empty(self) -> bool:
        return self.is_open and not self.has_content

    @property
    def answer(self) -> str:
        """The reason for nothing, in words."""
        if not self.nothing_because:
            return ""
        return " ".join(
            filter(None, (str(NothingBecause(self.nothing_because).label), self.nothing_note))
        )


@dataclass(frozen=True)
class Sheet:
    """All lines of a team's month with their sums."""

    month: date
    lines: list[Line]
    sums: Figures
    last_sums: Figures

    @property
    def expected(self) -> int:
        return len(self.lines)

    def count(self, *states: MonthState) -> int:
        return sum(line.state in states for line in self.lines)

    @property
    def with_figures(self) -> int:
        return sum(bool(line.figures.activities) for line in self.lines)

    @property
    def with_answer(self) -> int:
        return sum(
            bool(line.nothing_because) and not line.figures.activities for line in self.lines
        )

    @property
    def filled(self) -> int:
        return self.with_figures + self.with_answer

    @property
    def ready(self) -> list[Line]:
        return [line for line in self.lines if line.is_ready]

    @property
    def empty(self) -> list[Line]:
        return [line for line in self.lines if line.is_empty]

    def in_state(self, state: MonthState) -> list[Line]:
        return [line for line in self.lines if line.state == state]


def sheet_of(people: VolunteerQuerySet, month: date, *, user: User) -> Sheet:
    """The month of those people; three questions whatever their number."""
    rows = list(
        people.order_by(
            "district__sort_key", "subdistrict__sort_key", "sort_key", "pk"
        ).values_list(
            *("pk", "title", "first_name", "last_name", "province_id"),
            *("subdistrict__name", "district__name"),
            named=True,
        )
    )
    ids = [row.pk for row in rows]
    reports = {
        report.volunteer_id: report
        for report in MonthReport.objects.visible_to(user).filter(volunteer__in=ids, month=month)
    }
    figures = figures_of(ids, (month_before(month), month), user=user)
    summaries = _summaries(ids, month, user)
    overdue = timezone.localdate() > due_day(month)
    lines = [
        _line(row, month, reports.get(row.pk), figures, summaries.get(row.pk), overdue=overdue)
        for row in rows
    ]
    return Sheet(month, lines, _sum(line.figures for line in lines), _sum(x.last for x in lines))


def figures_of(
    volunteers: Sequence[int], months: tuple[date, ...], *, user: User
) -> dict[tuple[int, date], Figures]:
    """What the log holds of each volunteer in consecutive months, by kind; from the log itself."""
    rows = (
        Activity.objects.visible_to(user)
        .filter(volunteer__in=volunteers, on_date__gte=months[0], on_date__lte=last_day(months[-1]))
        .order_by()
        .values_list("volunteer", "on_date__year", "on_date__month", "kind")
        .annotate(Count("pk"), *(Sum(name) for name in CELLS))
    )
    found: defaultdict[tuple[int, date], Figures] = defaultdict(Figures)
    for volunteer, year, month, kind, count, *sums in rows:
        one = Figures(activities=count, **dict(zip(CELLS, sums, strict=True)))
        if kind in _GROUP_OF:
            one.kinds[_GROUP_OF[ActivityKind(kind)]] = count
        found[volunteer, date(year, month, 1)].add(one)
    return dict(found)


def since_lock(report: MonthReport | None, figures: Figures) -> tuple[tuple[int, str], ...]:
    """What the log says more or less than at the lock: (12, "คน"), (-1, "กิจกรรม")."""
    if report is None or report.frozen_activities is None:
        return ()
    differences = (
        (figures.activities - (report.frozen_activities or 0), _("กิจกรรม")),
        (figures.people - (report.frozen_people or 0), _("คน")),
        (figures.spotted - (report.frozen_spotted or 0), _("ชี้เป้า")),
        (figures.screened - (report.frozen_screened or 0), _("คัดกรอง")),
        (figures.referred - (report.frozen_referred or 0), _("ส่งต่อ")),
    )
    return tuple((number, str(unit)) for number, unit in differences if number)


def next_step(state: MonthState | None, month: date) -> str:
    """Who is next and until when, in words."""
    if state is None or state in EDITABLE:
        until = _short_day(due_day(month))
        if not has_ended(month, timezone.localdate()):
            return _("เดือนยังไม่จบ ส่งภายใน %(day)s") % {"day": until}
        return _("รอพี่เลี้ยงส่ง ภายใน %(day)s") % {"day": until}
    if state == MonthState.SENT:
        return _("รอพี่เลี้ยงรับรอง")
    if state == MonthState.CERTIFIED:
        return _("รอแรงงานจังหวัด ภายใน %(day)s") % {"day": _short_day(approval_day(month))}
    if state == MonthState.APPROVED:
        return _("รอส่วนกลางปิดงวด")
    return ""


def _short_day(day: date) -> str:
    return f"{day.day} {short_month_name(day)}"


def _line(
    row: Any,
    month: date,
    report: MonthReport | None,
    figures: dict[tuple[int, date], Figures],
    summary: str | None,
    *,
    overdue: bool,
) -> Line:
    now = figures.get((row.pk, month)) or Figures()
    line = Line(
        pk=row.pk,
        name=full_name(row.title, row.first_name, row.last_name),
        place=row.subdistrict__name,
        district=row.district__name,
        province=row.province_id,
        figures=now,
        last=figures.get((row.pk, month_before(month))) or Figures(),
        state=MonthState(report.state) if report else None,
        version=summary or "0",
        typed=summary is not None,
    )
    if report:
        line.nothing_because, line.nothing_note = report.nothing_because, report.nothing_note
        line.late, line.sent_at, line.sent_by = report.late, report.sent_at, report.sent_by_id
        line.returned_because = report.returned_because
        line.since_lock = since_lock(report, now)
    line.overdue = overdue and line.is_open
    return line


def _summaries(volunteers: Sequence[int], month: date, user: User) -> dict[int, str]:
    """The version of each summary that was typed for the month."""
    marks = {mark_of(pk, month): pk for pk in volunteers}
    rows = Activity.objects.visible_to(user).filter(
        volunteer__in=volunteers, kind=ActivityKind.MONTH_SUMMARY, submission__in=marks
    )
    return {
        marks[mark]: f"{pk}.{version}"
        for pk, version, mark in rows.values_list("pk", "version", "submission")
        if mark
    }


def _sum(many: Iterable[Figures]) -> Figures:
    total = Figures()
    for one in many:
        total.add(one)
    return total
