"""A person's story: terms as a calendar, and what happened, the latest first."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from volunteer_network.enums import EndReason
from volunteer_network.models import Activity, AuditEvent, Term, User, Volunteer
from volunteer_network.services.case_stories import BroughtIn, brought_in
from volunteer_network.services.figures import Measures, volunteer_months
from volunteer_network.thai_calendar import fiscal_months, fiscal_year, short_date
from volunteer_network.ui.registry import months_with_reason
from volunteer_network.ui.term_calendar import TermMonth, TermYear

YEARS_SHOWN = 4
ACTIVITIES_SHOWN = 20


@dataclass(frozen=True)
class Happening:
    """One line of the story; `kind` is own (by the person), other, or wait (needs somebody)."""

    day: date
    kind: str
    title: str
    text: str = ""
    detail: str = ""
    href: str = ""


@dataclass(frozen=True)
class Story:
    terms: list[Term]
    current: Term | None
    calendar: list[TermYear]
    sums: Measures
    happenings: list[Happening]


def story_of(volunteer: Volunteer, *, user: User, today: date) -> Story:
    """Everything the page tells about a person, within what the user may see."""
    terms = list(Term.objects.visible_to(user).filter(volunteer=volunteer))
    years = _years(terms, today)
    months = volunteer_months(
        [volunteer.pk], fiscal_year=years[-1], years=len(years), user=user
    ).get(volunteer.pk, {})
    first, last = fiscal_months(years[0])[0], fiscal_months(years[-1])[-1]
    reasons = months_with_reason([volunteer.pk], first, last, user).get(volunteer.pk, {})
    return Story(
        terms=terms,
        current=next((one for one in terms if one.starts_on <= today <= one.lasts_until), None),
        calendar=[_calendar_year(year, months, reasons, terms, today) for year in years],
        sums=_sum(months),
        happenings=_happenings(volunteer, terms, user),
    )


def viewings(volunteer: Volunteer, *, user: User, since: date) -> int:
    """How often the page was opened since a day."""
    return (
        AuditEvent.objects.visible_to(user)
        .filter(target_type="volunteer", target=str(volunteer.pk), verb="volunteer.viewed")
        .filter(at__date__gte=since)
        .count()
    )


def _years(terms: list[Term], today: date) -> list[int]:
    last = fiscal_year(today)
    first = min((fiscal_year(term.starts_on) for term in terms), default=last)
    return list(range(max(min(first, last), last - YEARS_SHOWN + 1), last + 1))


def _calendar_year(
    year: int,
    months: dict[date, Measures],
    reasons: dict[date, str],
    terms: list[Term],
    today: date,
) -> TermYear:
    cells = (
        TermMonth("reason", words=reasons[month])
        if month in reasons and month not in months
        else _calendar_month(month, months.get(month), terms, today)
        for month in fiscal_months(year)
    )
    return TermYear(year, tuple(cells))


def _calendar_month(
    month: date, done: Measures | None, terms: list[Term], today: date
) -> TermMonth:
    if done and done.activities:
        return TermMonth("count", count=done.activities)
    now = today.replace(day=1)
    in_term = any(term.starts_on.replace(day=1) <= month <= term.lasts_until for term in terms)
    if not in_term or month > now:
        return TermMonth("outside")
    return TermMonth("open") if month == now else TermMonth("silent", words=_("เงียบ"))


def _sum(months: dict[date, Measures]) -> Measures:
    done = months.values()
    return Measures(
        activities=sum(month.activities for month in done),
        people=sum(month.people for month in done),
        spotted=sum(month.spotted for month in done),
        screened=sum(month.screened for month in done),
        referred=sum(month.referred for month in done),
    )


def _happenings(volunteer: Volunteer, terms: list[Term], user: User) -> list[Happening]:
    activities = (
        Activity.objects.visible_to(user)
        .filter(volunteer=volunteer)
        .order_by("-on_date", "-pk")[:ACTIVITIES_SHOWN]
    )
    found = [_activity(activity) for activity in activities]
    oldest = min((happening.day for happening in found), default=date.min)
    for term in terms:
        found += [
            one for one in _term(term) if len(activities) < ACTIVITIES_SHOWN or one.day >= oldest
        ]
    for case in brought_in(volunteer, user=user):
        found += _case(case)
    return sorted(found, key=lambda happening: happening.day, reverse=True)


def _activity(activity: Activity) -> Happening:
    counts = [
        (_("%(count)s คน"), activity.people),
        (_("ชี้เป้า %(count)s"), activity.spotted),
        (_("คัดกรอง %(count)s"), activity.screened),
        (_("ส่งต่อ %(count)s"), activity.referred),
    ]
    return Happening(
        day=activity.on_date,
        kind="own",
        title=activity.get_kind_display(),
        text=f"{activity.get_category_display()} {activity.village}".strip(),
        detail=" · ".join(words % {"count": count} for words, count in counts if count),
        href=activity.get_absolute_url(),
    )


def _case(case: BroughtIn) -> list[Happening]:
    began = Happening(
        day=case.opened_on,
        kind="other",
        title=_("ส่งต่อ"),
        text=case.topic,
        detail=f"{case.where} · {case.state}" if case.where else case.state,
        href=case.href,
    )
    if case.answered_on is None:
        return [began]
    answered = Happening(
        day=case.answered_on, kind="other", title=case.answer, text=case.topic, href=case.href
    )
    return [began, answered]


def _term(term: Term) -> list[Happening]:
    period = _("วาระ %(start)s ถึง %(end)s") % {
        "start": short_date(term.starts_on),
        "end": short_date(term.ends_on),
    }
    began = Happening(
        day=term.starts_on,
        kind="other",
        title=_("เริ่มวาระที่ %(round)d") % {"round": term.round_number},
        text=_("คำสั่งที่ %(order)s") % {"order": term.order_number},
        detail=period,
    )
    if not term.ended_on:
        return [began]
    reason = str(EndReason(term.end_reason).label)
    ended = Happening(day=term.ended_on, kind="wait", title=_("พ้นจากวาระ"), text=reason)
    return [began, ended]
