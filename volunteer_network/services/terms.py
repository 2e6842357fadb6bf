"""Appointing volunteers for a term, ending a term early, suspending and resuming."""

from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from volunteer_network import audit
from volunteer_network.enums import STATUS_AFTER_END, EndReason, VolunteerStatus
from volunteer_network.errors import RuleViolation
from volunteer_network.models import Term, User, Volunteer
from volunteer_network.thai_calendar import short_date


def last_day_of_term(starts_on: date) -> date:
    """The day before the anniversary: 11 June 2562 to 10 June 2565 (the ministry's register)."""
    year = starts_on.year + settings.TERM_YEARS
    try:
        return starts_on.replace(year=year) - timedelta(days=1)
    except ValueError:  # 29 February, and no leap year at the end
        return date(year, 2, 28)


@transaction.atomic
def appoint(
    *,
    volunteer: Volunteer,
    order_number: str,
    order_date: date | None,
    starts_on: date,
    by: User,
) -> Term:
    """Begin a further term by an order; refuses when it would overlap another."""
    volunteer = _locked(volunteer)
    if volunteer.status == VolunteerStatus.DECEASED:
        raise RuleViolation(_("ผู้เสียชีวิตแต่งตั้งไม่ได้"))
    ends_on = last_day_of_term(starts_on)
    _refuse_overlap(volunteer, starts_on, ends_on)
    term = Term.objects.create(
        province_id=volunteer.province_id,
        volunteer=volunteer,
        round_number=volunteer.terms.count() + 1,
        subdistrict_id=volunteer.subdistrict_id,
        order_number=order_number,
        order_date=order_date,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    _refresh(volunteer, VolunteerStatus.ACTIVE)
    audit.record("term.began", by=by, target=term, province_code=term.province_id)
    return term


@transaction.atomic
def end_term(
    *, volunteer: Volunteer, ended_on: date, end_reason: EndReason | str, by: User
) -> Term:
    """End the running term for a reason; the person's status follows from the reason."""
    volunteer = _locked(volunteer)
    term = volunteer.terms.running_on(ended_on).first()
    if term is None:
        raise RuleViolation(
            _("วันที่ %(day)s ไม่อยู่ในวาระใดของคนนี้ ตรวจวันที่อีกครั้ง") % {"day": short_date(ended_on)},
            field="ended_on",
        )
    if term.ended_on:
        raise RuleViolation(_("วาระนี้สิ้นสุดไปแล้ว"))
    term.ended_on, term.end_reason = ended_on, end_reason
    term.save(update_fields=["ended_on", "end_reason"])
    _refresh(volunteer, STATUS_AFTER_END[EndReason(end_reason)])
    audit.record(
        "term.ended",
        by=by,
        target=term,
        province_code=term.province_id,
        detail={"reason": str(end_reason)},
    )
    return term


@transaction.atomic
def suspend(*, volunteer: Volunteer, by: User) -> Volunteer:
    """Put an active volunteer's duty on hold."""
    return _move(volunteer, VolunteerStatus.ACTIVE, VolunteerStatus.SUSPENDED, by=by)


@transaction.atomic
def resume(*, volunteer: Volunteer, by: User) -> Volunteer:
    """Take a suspended volunteer back into duty."""
    return _move(volunteer, VolunteerStatus.SUSPENDED, VolunteerStatus.ACTIVE, by=by)


def _move(
    volunteer: Volunteer, before: VolunteerStatus, after: VolunteerStatus, *, by: User
) -> Volunteer:
    volunteer = _locked(volunteer)
    if volunteer.status != before:
        raise RuleViolation(
            _("ทำไม่ได้ เพราะสถานะตอนนี้คือ %(now)s") % {"now": volunteer.get_status_display()}
        )
    _refresh(volunteer, after)
    audit.record(f"volunteer.{after}", by=by, target=volunteer, province_code=volunteer.province_id)
    return volunteer


def _locked(volunteer: Volunteer) -> Volunteer:
    """The volunteer's row stands for all its terms."""
    return Volunteer.objects.select_for_update(of=("self",)).get(pk=volunteer.pk)


def _refuse_overlap(volunteer: Volunteer, starts_on: date, ends_on: date) -> None:
    other = volunteer.terms.filter(lasts_until__gte=starts_on, starts_on__lte=ends_on).first()
    if other:
        raise RuleViolation(
            _("ทับกับวาระที่ %(round)d (%(start)s – %(end)s) ใช้ %(next)s หรือให้พ้นวาระเดิมก่อน")
            % {
                "round": other.round_number,
                "start": short_date(other.starts_on),
                "end": short_date(other.lasts_until),
                "next": short_date(other.lasts_until + timedelta(days=1)),
            },
            field="starts_on",
        )


def _refresh(volunteer: Volunteer, status: VolunteerStatus) -> None:
    """Keep on the person's row what the lists show: status and end of the current term."""
    today = timezone.localdate()
    latest = volunteer.terms.filter(lasts_until__gte=today).order_by("lasts_until").last()
    volunteer.status = status
    volunteer.term_ends_on = latest.lasts_until if latest else None
    volunteer.version += 1
    volunteer.save(update_fields=["status", "term_ends_on", "version"])
