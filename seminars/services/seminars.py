"""Making a seminar, changing it, and its way from a draft to one that has been held."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from seminars.enums import SeminarState
from seminars.models import (
    AgendaItem,
    CheckIn,
    ParticipantClass,
    ProvinceSeats,
    SeatCount,
    Seminar,
    Session,
)
from seminars.services import seats
from seminars.services.announcements import announce, tell_of_cancelling
from seminars.services.checks import checks_of
from volunteer_network import audit
from volunteer_network.errors import RuleViolation
from volunteer_network.models import User
from volunteer_network.services.edits import refuse_stale
from volunteer_network.thai_calendar import fiscal_year, short_date

PLAIN_FIELDS = (
    *("title", "edition", "fiscal_year", "room", "floor", "building", "venue", "venue_province"),
    *("chair", "reporter", "objectives", "expected_result", "starts_on", "ends_on"),
    *("registration_opens_at", "registration_closes_at"),
)
MOVES: dict[SeminarState, frozenset[SeminarState]] = {
    SeminarState.DRAFT: frozenset({SeminarState.OPEN, SeminarState.CANCELLED}),
    SeminarState.OPEN: frozenset(
        {SeminarState.CLOSED, SeminarState.FINISHED, SeminarState.CANCELLED}
    ),
    SeminarState.CLOSED: frozenset(
        {SeminarState.OPEN, SeminarState.FINISHED, SeminarState.CANCELLED}
    ),
    SeminarState.FINISHED: frozenset({SeminarState.CLOSED}),
    SeminarState.CANCELLED: frozenset({SeminarState.DRAFT}),
}
VERBS = {
    SeminarState.DRAFT: "seminar.taken_back",
    SeminarState.OPEN: "seminar.published",
    SeminarState.CLOSED: "seminar.closed",
    SeminarState.FINISHED: "seminar.finished",
    SeminarState.CANCELLED: "seminar.cancelled",
}


class Part(StrEnum):
    """What may come along from the last edition."""

    TEXTS = "texts"
    VENUE = "venue"
    PROGRAMME = "programme"
    CLASSES = "classes"
    PROVINCES = "provinces"


PART_IN_WORDS = {
    Part.TEXTS: gettext_lazy("ประธาน วัตถุประสงค์ ผลที่คาดว่าจะได้รับ"),
    Part.VENUE: gettext_lazy("สถานที่"),
    Part.PROGRAMME: gettext_lazy("ครึ่งวันและกำหนดการ"),
    Part.CLASSES: gettext_lazy("ประเภทผู้เข้าร่วมและที่นั่ง"),
    Part.PROVINCES: gettext_lazy("ที่นั่งของแต่ละจังหวัด"),
}


@transaction.atomic
def make_seminar(*, by: User, **details: Any) -> Seminar:
    """A draft that only those who run seminars can see."""
    seminar = Seminar.objects.create(made_by=by, **{name: details[name] for name in PLAIN_FIELDS})
    audit.record("seminar.made", by=by, target=seminar)
    return seminar


@transaction.atomic
def change_seminar(*, seminar: Seminar, version: int, by: User, **details: Any) -> Seminar:
    """Change what is said of a seminar; refuses when a colleague saved since `version`.

    A seminar of as many days as before takes its programme along to other days.
    """
    seminar = locked_seminar(seminar)
    refuse_stale(seminar, version)
    before = seminar.starts_on, seminar.ends_on
    for name in PLAIN_FIELDS:
        setattr(seminar, name, details[name])
    _move_programme(seminar, *before)
    seminar.save(update_fields=PLAIN_FIELDS)
    return changed(seminar, by, "details")


@transaction.atomic
def move_seminar(*, seminar: Seminar, to: SeminarState, reason: str = "", by: User) -> Seminar:
    """Publish, close, reopen, finish or cancel; what is missing stops only the publishing."""
    seats.lock_all(seminar)  # nobody is registered while the state changes
    seminar = locked_seminar(seminar)
    before = SeminarState(seminar.state)
    if to not in MOVES[before]:
        raise RuleViolation(_("สัมมนานี้อยู่ในสถานะ%(state)s ทำขั้นนี้ไม่ได้") % {"state": before.label})
    if to == SeminarState.OPEN and (missing := checks_of(seminar).missing):
        raise RuleViolation(_("ยังเปิดรับไม่ได้ ขาด%(what)s") % {"what": ", ".join(missing)})
    if to == SeminarState.CANCELLED and not reason:
        raise RuleViolation(_("บอกเหตุผลที่ยกเลิก จังหวัดจะได้รับข้อความนี้"), field="reason")
    seminar.state, seminar.state_reason = to, reason
    seminar.version += 1
    seminar.save(update_fields=["state", "state_reason", "version"])
    audit.record(VERBS[to], by=by, target=seminar, detail={"from": before})
    if before == SeminarState.DRAFT and to == SeminarState.OPEN:
        announce(seminar, by=by)
    elif to == SeminarState.CANCELLED and before != SeminarState.DRAFT:
        tell_of_cancelling(seminar, by=by)
    return seminar


@transaction.atomic
def clone_seminar(
    *, seminar: Seminar, parts: frozenset[Part], edition: int, starts_on: date, by: User
) -> Seminar:
    """เหมือนครั้งก่อน: a new draft with the chosen parts; all days move along with the first."""
    shift, year = starts_on - seminar.starts_on, fiscal_year(starts_on)
    made = Seminar(
        title=seminar.title.replace(str(seminar.fiscal_year), str(year)),
        edition=edition,
        fiscal_year=year,
        venue=_("ยังไม่กำหนดสถานที่"),
        venue_province_id=seminar.venue_province_id,
        starts_on=starts_on,
        ends_on=seminar.ends_on + shift,
        registration_closes_at=_moved(seminar.registration_closes_at, shift),
        made_by=by,
    )
    texts = ("chair", "reporter", "objectives", "expected_result")
    for part, names in ((Part.TEXTS, texts), (Part.VENUE, ("room", "floor", "building", "venue"))):
        for name in names if part in parts else ():
            setattr(made, name, getattr(seminar, name))
    made.save(force_insert=True)
    if Part.PROGRAMME in parts:
        _copy_programme(seminar, made, shift)
    if Part.CLASSES in parts:
        _copy_classes(seminar, made)
    if Part.PROVINCES in parts:
        _copy_province_seats(seminar, made)
    audit.record("seminar.made", by=by, target=made, detail={"like": seminar.pk})
    return made


def locked_seminar(seminar: Seminar) -> Seminar:
    rows = Seminar.objects.select_for_update(of=("self",)).select_related("venue_province")
    return rows.get(pk=seminar.pk)


def changed(seminar: Seminar, by: User, part: str) -> Seminar:
    seminar.version += 1
    seminar.save(update_fields=["version"])
    audit.record("seminar.changed", by=by, target=seminar, detail={"part": part})
    return seminar


def _move_programme(seminar: Seminar, started_on: date, ended_on: date) -> None:
    """Let half-days and agenda follow the first day; refuse days that would be lost."""
    if (seminar.starts_on, seminar.ends_on) == (started_on, ended_on):
        return
    shift = seminar.starts_on - started_on
    if seminar.ends_on - shift != ended_on:
        _refuse_days_left_out(seminar)
        return
    if CheckIn.objects.standing().filter(session__seminar=seminar).exists():
        raise RuleViolation(
            _("มีผู้ลงชื่อเข้าแล้ว เลื่อนวันไม่ได้ ใช้วันเดิม หรือถอนการลงชื่อก่อน"), field="starts_on"
        )
    # Furthest first, so that no half-day comes to stand on one that has not moved yet.
    for session in seminar.sessions.order_by("-on_date" if shift > timedelta(0) else "on_date"):
        session.on_date += shift
        session.save(update_fields=["on_date"])
    seminar.agenda.update(on_date=F("on_date") + shift)


def _refuse_days_left_out(seminar: Seminar) -> None:
    days = (seminar.starts_on, seminar.ends_on)
    for rows in (seminar.sessions, seminar.agenda):
        if left := rows.exclude(on_date__range=days).first():
            raise RuleViolation(
                _(
                    "วันที่ %(day)s มีครึ่งวันหรือกำหนดการอยู่ เอาออกจากกำหนดการก่อน"
                    " ถ้าเลื่อนวัน ให้เลื่อนโดยคงจำนวนวันเดิมก่อน กำหนดการจะเลื่อนตาม แล้วค่อยเพิ่มหรือลดวัน"
                )
                % {"day": short_date(left.on_date)},
                field="starts_on",
            )


def _moved(at: datetime | None, shift: timedelta) -> datetime | None:
    return at + shift if at else None


def _copy_programme(seminar: Seminar, made: Seminar, shift: timedelta) -> None:
    Session.objects.bulk_create(
        Session(
            seminar=made,
            on_date=one.on_date + shift,
            half=one.half,
            starts_at=one.starts_at,
            ends_at=one.ends_at,
        )
        for one in seminar.sessions.all()
    )
    AgendaItem.objects.bulk_create(
        AgendaItem(
            seminar=made,
            on_date=one.on_date + shift,
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            title=one.title,
            speaker=one.speaker,
        )
        for one in seminar.agenda.all()
    )


def _copy_classes(seminar: Seminar, made: Seminar) -> None:
    copies = ParticipantClass.objects.bulk_create(
        ParticipantClass(
            seminar=made,
            kind=one.kind,
            seats=one.seats,
            named_by_provinces=one.named_by_provinces,
            position=one.position,
        )
        for one in seminar.classes.all()
    )
    SeatCount.objects.bulk_create(SeatCount(participant_class=one) for one in copies)


def _copy_province_seats(seminar: Seminar, made: Seminar) -> None:
    ProvinceSeats.objects.bulk_create(
        ProvinceSeats(seminar=made, province_id=one.province_id, seats=one.seats, pinned=one.pinned)
        for one in seminar.province_seats.all()
    )
