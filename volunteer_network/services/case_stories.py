"""What became of the cases that a volunteer brought in, as sentences for the volunteer's page."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from volunteer_network.models import Activity, Case, User, Volunteer
from volunteer_network.models.cases import CaseQuerySet

SHOWN_AT_MOST = 20


@dataclass(frozen=True)
class BroughtIn:
    """A case in the story of whoever brought it in."""

    opened_on: date
    topic: str
    need: str
    state: str
    where: str
    href: str
    answered_on: date | None
    answer: str  # "" until there is one


def brought_in(volunteer: Volunteer, *, user: User) -> list[BroughtIn]:
    """The volunteer's latest cases that the user may see."""
    rows = cases_of(volunteer, user=user).order_by("-opened_on", "-pk")
    return [_told(case) for case in rows[:SHOWN_AT_MOST]]


def cases_of(volunteer: Volunteer, *, user: User) -> CaseQuerySet:
    rows = Case.objects.visible_to(user).filter(volunteer=volunteer)
    return rows.select_related("office__agency", "office__province", "keeper")


def cases_from(activity: Activity, *, user: User) -> list[Case]:
    """Cases that began with an activity."""
    rows = Case.objects.visible_to(user).filter(activity=activity)
    return list(rows.select_related("office__agency", "office__province", "keeper"))


def answer_in_words(case: Case) -> str:
    """เรื่องที่แจ้ง: ได้รับบริการแล้ว ใช้เวลา 14 วัน."""
    days = case.days_taken
    took = _("ใช้เวลา %(days)d วัน") % {"days": days} if days else _("ในวันเดียว")
    return _("เรื่องที่แจ้ง: %(outcome)s %(took)s") % {
        "outcome": case.get_outcome_display(),
        "took": took,
    }


def _told(case: Case) -> BroughtIn:
    return BroughtIn(
        opened_on=case.opened_on,
        topic=case.get_topic_display(),
        need=case.need,
        state=case.get_state_display(),
        where=str(case.office or ""),
        href=case.get_absolute_url(),
        answered_on=case.answered_on,
        answer=answer_in_words(case) if case.answered_on else "",
    )
