"""What has come in of a month: by province for the centre, by mentor for the head."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from mentors.models import Mentor
from mentors.services.month_deadlines import month_before
from mentors.services.receipts import Receipt, by_mentor, by_province
from volunteer_network.known_places import known_province
from volunteer_network.models import AuditEvent, Province, User

TREND_MONTHS = 12


@dataclass(frozen=True)
class ProvinceLine:
    province: Province
    receipt: Receipt
    reminded_at: datetime | None = None  # the last time, of this month


@dataclass(frozen=True)
class MentorLine:
    """A mentor, or nobody: those whom none guides."""

    mentor: Mentor | None
    receipt: Receipt


@dataclass(frozen=True)
class Overview:
    """A month in sums, and the twelve months before it."""

    sums: Receipt
    complete: int  # provinces that are in with everybody
    provinces: list[ProvinceLine]
    trend: list[tuple[date, Receipt]]

    @property
    def not_in(self) -> list[ProvinceLine]:
        return [line for line in self.provinces if line.receipt.missing]

    @property
    def ready_to_close(self) -> int:
        return self.sums.approved - self.sums.locked


def overview_of(month: date, *, user: User) -> Overview:
    """The provinces that the user sees, weakest first."""
    months = [month]
    while len(months) < TREND_MONTHS:
        months.append(month_before(months[-1]))
    found = by_province(months, user=user)
    reminded = _reminders(month, user)
    lines = [
        ProvinceLine(known_province(code), receipt, reminded.get(code))
        for code, receipt in found[month].items()
        if receipt.expected
    ]
    lines.sort(key=lambda line: (line.receipt.percent, line.province.sort_key))
    return Overview(
        sums=_sum(line.receipt for line in lines),
        complete=sum(line.receipt.is_complete for line in lines),
        provinces=lines,
        trend=[(one, _sum(found[one].values())) for one in reversed(months)],
    )


def mentors_of(month: date, *, province: int, user: User) -> list[MentorLine]:
    """The mentors of a province, weakest first."""
    receipts = by_mentor(month, province=province, user=user)
    mentors = Mentor.objects.visible_to(user).in_bulk([one for one in receipts if one])
    lines = [MentorLine(mentors.get(pk), receipt) for pk, receipt in receipts.items()]
    return sorted(lines, key=lambda line: (line.receipt.percent, str(line.mentor or "")))


def _reminders(month: date, user: User) -> dict[int, datetime]:
    """When each province was last reminded of the month; what was taken back counts for nothing."""
    events = AuditEvent.objects.visible_to(user).filter(
        verb__in=("month.reminded", "month.reminder_taken_back"), detail__month=month.isoformat()
    )
    rows = list(events.order_by("at").values_list("verb", "province_id", "at", "detail__errand"))
    gone = {errand for verb, _province, _at, errand in rows if verb != "month.reminded"}
    return {province: at for _verb, province, at, errand in rows if province and errand not in gone}


def _sum(receipts: Iterable[Receipt]) -> Receipt:
    total = Receipt()
    for one in receipts:
        total += one
    return total
