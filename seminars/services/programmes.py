"""Half-days and agenda of a seminar, each written anew as a whole."""

from dataclasses import dataclass
from datetime import date, time

from django.db import transaction
from django.utils.translation import gettext as _

from seminars.enums import HalfDay
from seminars.models import AgendaItem, Seminar, Session
from seminars.services.seminars import changed, locked_seminar
from volunteer_network.errors import RuleViolation
from volunteer_network.models import User
from volunteer_network.services.edits import refuse_stale
from volunteer_network.thai_calendar import short_date


@dataclass(frozen=True)
class Hours:
    """From when to when a half-day goes."""

    starts_at: time
    ends_at: time


@dataclass(frozen=True)
class AgendaLine:
    on_date: date
    starts_at: time
    ends_at: time | None
    title: str
    speaker: str


@transaction.atomic
def set_programme(
    *,
    seminar: Seminar,
    version: int,
    half_days: list[tuple[date, HalfDay]],
    hours: dict[HalfDay, Hours],
    agenda: list[AgendaLine],
    by: User,
) -> Seminar:
    """Make half-days and agenda what was written; a half-day with check-ins stays."""
    seminar = locked_seminar(seminar)
    refuse_stale(seminar, version)
    _set_sessions(seminar, half_days, hours)
    seminar.agenda.all().delete()
    AgendaItem.objects.bulk_create(
        AgendaItem(
            seminar=seminar,
            on_date=line.on_date,
            starts_at=line.starts_at,
            ends_at=line.ends_at,
            title=line.title,
            speaker=line.speaker,
        )
        for line in agenda
    )
    return changed(seminar, by, "programme")


def _set_sessions(
    seminar: Seminar, half_days: list[tuple[date, HalfDay]], hours: dict[HalfDay, Hours]
) -> None:
    known = {(one.on_date, HalfDay(one.half)): one for one in seminar.sessions.all()}
    for key in known.keys() - set(half_days):
        _remove(known[key])
    for on_date, half in half_days:
        session = known.get((on_date, half)) or Session(seminar=seminar, on_date=on_date, half=half)
        session.starts_at, session.ends_at = hours[half].starts_at, hours[half].ends_at
        session.save()


def _remove(session: Session) -> None:
    if session.check_ins.exists():
        raise RuleViolation(
            _("มีผู้ลงชื่อเข้าแล้วใน%(day)s ช่วง%(half)s เอาออกไม่ได้")
            % {"day": short_date(session.on_date), "half": session.get_half_display()},
            field="half_days",
        )
    session.delete()
