"""Appointing volunteers for a term, ending a term early, suspending and resuming."""

from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from volunteer_network import audit
from volunteer_network.access.scope import SYSTEM, open_scope
from volunteer_network.enums import STATUS_AFTER_END, EndReason, VolunteerStatus
from volunteer_network.errors import RuleViolation
from volunteer_network.models import Term, User, Volunteer
from volunteer_network.models.volunteers import VolunteerQuerySet
from volunteer_network.services.known_ids import saving_an_id
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
    """Begin a further term by an order; refuses when it would overlap another.

    Somebody who resigned or whose term ran out serves again from here on.
    """
    volunteer = _locked(volunteer)
    _refuse_unfit(volunteer)
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
    index = bytes(volunteer.national_id_index)
    with saving_an_id(index, province=volunteer.province_id, besides=volunteer.pk):
        _refresh(volunteer, _status_with(volunteer, term))
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
    _undo_what_follows(volunteer, term, by=by)
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


@transaction.atomic
def withdraw_application(*, volunteer: Volunteer, by: User) -> Volunteer:
    """Take an applicant out who will not be appointed, so that the ID is free elsewhere."""
    return _move(volunteer, VolunteerStatus.APPLICANT, VolunteerStatus.RESIGNED, by=by)


def close_finished_terms() -> int:
    """Let those whose last term has run out leave office; return how many. Opens its own scope.

    Runs every night and may run twice: the second time there is nobody left.
    """
    with open_scope(SYSTEM):
        return sum(_close_if_over(one) for one in _without_term().order_by("pk"))


def _without_term() -> VolunteerQuerySet:
    """Those in office who had a term and have none today or later."""
    terms = Term.objects.filter(volunteer=OuterRef("pk"))
    had_one, has_one = Exists(terms), Exists(terms.filter(lasts_until__gte=timezone.localdate()))
    return Volunteer.objects.in_office().filter(had_one, ~has_one)


def _close_if_over(volunteer: Volunteer) -> bool:
    """Look again under the lock: somebody may have renewed the term a moment ago."""
    volunteer = _locked(volunteer)
    if not _without_term().filter(pk=volunteer.pk).exists():
        return False
    _refresh(volunteer, VolunteerStatus.TERM_ENDED)
    audit.record(
        "volunteer.term_ended", by=None, target=volunteer, province_code=volunteer.province_id
    )
    return True


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


def _refuse_unfit(volunteer: Volunteer) -> None:
    if volunteer.status == VolunteerStatus.DECEASED:
        raise RuleViolation(_("ผู้เสียชีวิตแต่งตั้งไม่ได้"))
    if volunteer.status == VolunteerStatus.SUSPENDED:
        raise RuleViolation(_("พักการปฏิบัติหน้าที่อยู่ ให้กลับมาปฏิบัติหน้าที่ก่อน แล้วจึงแต่งตั้ง"))


def _status_with(volunteer: Volunteer, term: Term) -> VolunteerStatus:
    return status_after(term.ends_on, before=VolunteerStatus(volunteer.status))


def status_after(ends_on: date, *, before: VolunteerStatus) -> VolunteerStatus:
    """The status that a new term gives; one of the past, entered late, makes nobody active."""
    if ends_on >= timezone.localdate():
        return VolunteerStatus.ACTIVE
    return VolunteerStatus.TERM_ENDED if before == VolunteerStatus.APPLICANT else before


def _undo_what_follows(volunteer: Volunteer, term: Term, *, by: User) -> None:
    """A later term that has not begun is void with the one before; one that has begun stands."""
    later = volunteer.terms.filter(starts_on__gt=term.starts_on)
    begun = later.filter(starts_on__lte=timezone.localdate()).first()
    if begun:
        raise RuleViolation(
            _("มีวาระที่ %(round)d ต่อจากวันนั้นแล้ว (%(start)s – %(end)s) ใช้วันที่ในวาระนั้น")
            % {
                "round": begun.round_number,
                "start": short_date(begun.starts_on),
                "end": short_date(begun.lasts_until),
            },
            field="ended_on",
        )
    for void in later:
        audit.record("term.cancelled", by=by, target=void, province_code=void.province_id)
        void.delete()


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
    """Keep on the person's row what the lists show: status and end of the current term.

    The version stays: an open form about the person's data is no older for it.
    """
    today = timezone.localdate()
    latest = volunteer.terms.filter(lasts_until__gte=today).order_by("lasts_until").last()
    volunteer.status = status
    volunteer.term_ends_on = latest.lasts_until if latest else None
    volunteer.save(update_fields=["status", "term_ends_on"])
