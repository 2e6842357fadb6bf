"""Who has not been heard of, since when, and why the rule says so, in words.

Silent is an active volunteer, in a term for two whole months, of whom the log knows nothing since.
After a call the person leaves the list until the day that the call has set.
"""

from datetime import date, timedelta

from django.db.models import DateField, Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from mentors.enums import ContactOutcome
from mentors.models import Contact, Mentor, Mentorship, VisitVolunteer
from volunteer_network.enums import VolunteerStatus
from volunteer_network.models import Activity, Term, User, Volunteer
from volunteer_network.models.volunteers import VolunteerQuerySet
from volunteer_network.thai_calendar import short_date

SILENT_MONTHS = 2


def silent_since(today: date) -> date:
    """The day from which on nothing was heard of the silent: two whole months, and this one."""
    month = today.replace(day=1)
    for _number in range(SILENT_MONTHS):
        month = (month - timedelta(days=1)).replace(day=1)
    return month


def silent_months(last_on: date, today: date) -> int:
    """Whole months without a sign since the last activity; the month that runs does not count."""
    return max(0, (today.year - last_on.year) * 12 + today.month - last_on.month - 1)


def silent_volunteers(user: User, today: date) -> VolunteerQuerySet:
    """Everybody whom the rule finds silent, called or not."""
    since = silent_since(today)
    rows = Volunteer.objects.visible_to(user).filter(status=VolunteerStatus.ACTIVE)
    own = {"volunteer": OuterRef("pk")}
    in_duty = Exists(Term.objects.filter(**own).running_on(since))
    heard = Exists(Activity.objects.filter(**own, on_date__gte=since))
    return rows.filter(in_duty, ~heard)


def silent_to_call(user: User, today: date, mentor: Mentor | None = None) -> VolunteerQuerySet:
    """Those who wait for a call today, of one mentor or of all that the user sees."""
    latest = Contact.objects.filter(volunteer=OuterRef("pk")).order_by("-pk")
    rows = silent_volunteers(user, today).annotate(
        next_call_on=Subquery(latest.values("next_on")[:1])
    )
    rows = rows.filter(Q(next_call_on__isnull=True) | Q(next_call_on__lte=today))
    return rows if mentor is None else rows.filter(guided_by(mentor.pk, today))


def guided_by(mentor: int, day: date) -> Exists:
    running = Mentorship.objects.filter(volunteer=OuterRef("pk"), mentor=mentor).running_on(day)
    return Exists(running)


def last_heard_on() -> Subquery:
    activity = Activity.objects.filter(volunteer=OuterRef("pk")).order_by("-on_date", "-pk")
    return Subquery(activity.values("on_date")[:1])


def quiet_since() -> Coalesce:
    """To sort by: who was never heard of stands first."""
    return Coalesce(last_heard_on(), Value(date.min, DateField()))


def with_reasons(rows: VolunteerQuerySet) -> VolunteerQuerySet:
    """The rows with what the reason is made of: last activity, last visit, last call."""
    own = {"volunteer": OuterRef("pk")}
    visit = VisitVolunteer.objects.filter(**own, met=True).order_by("-visit__on_date")
    contact = Contact.objects.filter(**own).order_by("-pk")
    return rows.annotate(
        last_on=last_heard_on(),
        visited_on=Subquery(visit.values("visit__on_date")[:1]),
        called_on=Subquery(contact.values("on_date")[:1]),
        call_outcome=Subquery(contact.values("outcome")[:1]),
    )


def reason_in_words(
    *,
    last_on: date | None,
    visited_on: date | None,
    called_on: date | None,
    call_outcome: str | None,
    has_phone: bool,
) -> str:
    """ "ไม่มีกิจกรรมตั้งแต่ 24 พ.ย. 2568; ไม่พบการเยี่ยมตั้งแต่ …; โทร 3 พ.ย. 2569 ติดต่อไม่ได้"."""
    parts = [
        _("ไม่มีกิจกรรมตั้งแต่ %s") % short_date(last_on) if last_on else _("ยังไม่มีกิจกรรมในบันทึก"),
        _("ไม่พบการเยี่ยมตั้งแต่ %s") % short_date(visited_on) if visited_on else _("ยังไม่พบการเยี่ยม"),
    ]
    if called_on and call_outcome:
        outcome = ContactOutcome(call_outcome).label
        parts.append(
            _("ติดต่อ %(day)s %(outcome)s") % {"day": short_date(called_on), "outcome": outcome}
        )
    if not has_phone:
        parts.append(_("ไม่มีเบอร์โทรศัพท์"))
    return "; ".join(parts)
