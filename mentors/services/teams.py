"""Whom a mentor guides, weakest first: the same number of queries for any number of people."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from mentors.models import Contact, Mentor, Mentorship, VisitVolunteer
from mentors.services.silence import SILENT_MONTHS, reason_in_words
from volunteer_network import phone_numbers
from volunteer_network.enums import VolunteerStatus
from volunteer_network.models import Activity, User
from volunteer_network.models.volunteers import code_of
from volunteer_network.services.figures import Measures, volunteer_months
from volunteer_network.services.fiscal_strips import Strip, fiscal_strips
from volunteer_network.thai_calendar import ago, fiscal_year
from volunteer_network.thai_text import full_name
from volunteer_network.ui.figures import fiscal_strip

SILENT_IS_BAD = 3  # whole months
OF_THE_VOLUNTEER = (
    *("title", "first_name", "last_name", "number", "phone", "status", "sort_key"),
    *("subdistrict__name", "district__name"),
)


@dataclass(frozen=True)
class Member:
    """One volunteer of the team, ready to draw."""

    pk: int
    href: str
    name: str
    code: str
    subdistrict: str
    district: str
    shape: str
    status: str
    strip: str
    silent_months: int
    reason: str  # why the person counts as silent, in words
    last_on: date | None
    last_ago: str
    month: Measures  # what was done this month
    phone: str
    phone_shown: str
    guided_since: date
    sort_key: str

    @property
    def is_silent(self) -> bool:
        return bool(self.reason)


def team_of(mentor: Mentor, *, user: User, today: date) -> list[Member]:
    """The volunteers guided on a day: the silent for longest first, then who did least lately."""
    rows = list(_guided(mentor, user, today))
    people = [row.volunteer_id for row in rows]
    strips = fiscal_strips(people, user=user, today=today)
    months = volunteer_months(people, fiscal_year=fiscal_year(today), user=user)
    this_month = today.replace(day=1)
    members = [
        _member(
            row,
            strips[row.volunteer_id],
            months.get(row.volunteer_id, {}).get(this_month, Measures()),
            today,
        )
        for row in rows
    ]
    return sorted(members, key=_weakness)


def _guided(mentor: Mentor, user: User, today: date) -> Any:
    own = {"volunteer": OuterRef("volunteer")}
    activity = Activity.objects.filter(**own).order_by("-on_date", "-pk")
    visit = VisitVolunteer.objects.filter(**own, met=True).order_by("-visit__on_date")
    contact = Contact.objects.filter(**own).order_by("-pk")
    return (
        Mentorship.objects.visible_to(user)
        .filter(mentor=mentor)
        .running_on(today)
        .annotate(
            last_on=Subquery(activity.values("on_date")[:1]),
            visited_on=Subquery(visit.values("visit__on_date")[:1]),
            called_on=Subquery(contact.values("on_date")[:1]),
            call_outcome=Subquery(contact.values("outcome")[:1]),
        )
        .order_by("pk")
        .values_list(
            *("volunteer_id", "province_id", "starts_on"),
            *("last_on", "visited_on", "called_on", "call_outcome"),
            *(f"volunteer__{name}" for name in OF_THE_VOLUNTEER),
            named=True,
        )
    )


def _weakness(member: Member) -> tuple[Any, ...]:
    return (
        -member.silent_months,
        member.month.activities,
        member.last_on or date.min,
        member.sort_key,
        member.pk,
    )


def _member(row: Any, strip: Strip, month: Measures, today: date) -> Member:
    active = row.volunteer__status == VolunteerStatus.ACTIVE
    # A month that has begun counts as heard as soon as something is in the log.
    quiet = 0 if month.activities else strip.silent_months
    silent = active and quiet >= SILENT_MONTHS
    shape, status = _status(row.volunteer__status, quiet if silent else 0)
    phone = row.volunteer__phone
    return Member(
        pk=row.volunteer_id,
        href=reverse("volunteers:detail", args=[row.volunteer_id]),
        name=full_name(row.volunteer__title, row.volunteer__first_name, row.volunteer__last_name),
        code=code_of(row.province_id, row.volunteer__number),
        subdistrict=row.volunteer__subdistrict__name,
        district=row.volunteer__district__name,
        shape=shape,
        status=status,
        strip=fiscal_strip(strip.cells),
        silent_months=quiet if active else 0,
        reason=_reason(row) if silent else "",
        last_on=row.last_on,
        last_ago=ago(row.last_on, today) if row.last_on else "",
        month=month,
        phone=phone,
        phone_shown=phone_numbers.display(phone) if phone else "",
        guided_since=row.starts_on,
        sort_key=row.volunteer__sort_key,
    )


def _status(status: str, silent_months: int) -> tuple[str, str]:
    if silent_months:
        shape = "bad" if silent_months >= SILENT_IS_BAD else "warn"
        return shape, _("เงียบ %(months)d เดือน") % {"months": silent_months}
    known = VolunteerStatus(status)
    return ("good" if known is VolunteerStatus.ACTIVE else "warn"), str(known.label)


def _reason(row: Any) -> str:
    return reason_in_words(
        last_on=row.last_on,
        visited_on=row.visited_on,
        called_on=row.called_on,
        call_outcome=row.call_outcome,
        has_phone=bool(row.volunteer__phone),
    )
