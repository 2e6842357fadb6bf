"""Who guides whom: giving many volunteers a mentor in one go, and taking that back.

The volunteers' rows are the lock: whoever comes second sees what the first has done. What an
officer saw on the page comes along as `seen`; where it is no longer so, nothing is written.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import IntegrityError, OperationalError, transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from psycopg.errors import DeadlockDetected, ExclusionViolation

from mentors.models import Assignment, Contact, Mentor, Mentorship, VisitVolunteer
from mentors.models.mentorships import MentorshipQuerySet
from mentors.services.mentorship_checks import (
    fit_mentors,
    refuse_begun,
    refuse_unfit,
    refuse_unseen,
)
from volunteer_network import audit
from volunteer_network.enums import NoticeKind
from volunteer_network.errors import RuleViolation
from volunteer_network.models import User, Volunteer
from volunteer_network.models.volunteers import VolunteerQuerySet
from volunteer_network.services.notices import notify
from volunteer_network.thai_calendar import short_date

DAY = timedelta(days=1)
# Two who write at the same moment wait for each other's rows; PostgreSQL then ends one of them.
COLLISIONS = (ExclusionViolation, DeadlockDetected)


@dataclass(frozen=True)
class Change:
    """What one assignment does to the mentorships that are there."""

    cut: list[Mentorship]  # end the day before
    void: list[Mentorship]  # had not begun, and never will
    give: list[Volunteer]  # get a mentor they do not have


@transaction.atomic
def assign_mentors(
    *, pairs: Mapping[int, int], seen: Mapping[int, int], starts_on: date, by: User
) -> Assignment:
    """Give each volunteer (id) a mentor (id) from a day on; the one before ends the day before.

    `seen` holds, by volunteer, the latest mentorship that the officer saw, if there was one.
    Refuses when that has changed meanwhile.
    """
    mentors = fit_mentors(set(pairs.values()), starts_on)
    volunteers = _locked_volunteers(pairs)
    running = _by_volunteer(Mentorship.objects.filter(volunteer__in=pairs).from_day(starts_on))
    refuse_unfit(volunteers, pairs)
    refuse_unseen(volunteers, seen)
    change = _change_of(volunteers, pairs, running, starts_on)
    if not change.give:
        raise RuleViolation(_("ทุกคนที่เลือกมีพี่เลี้ยงคนนี้อยู่แล้วในวันนั้น เลือกพี่เลี้ยงคนอื่น หรือเลือกคนอื่น"))
    assignment = _carry_out(change, pairs, starts_on, by)
    for mentor in mentors.values():
        _tell(mentor, [one for one in change.give if pairs[one.pk] == mentor.pk], starts_on, by)
    return assignment


@transaction.atomic
def undo_assignment(*, assignment: Assignment, by: User) -> Assignment:
    """Take an assignment back as if it had not been made, while nothing stands on it."""
    assignment = Assignment.objects.select_for_update(of=("self",)).get(pk=assignment.pk)
    if assignment.undone_at:
        raise RuleViolation(_("เอาการจัดครั้งนี้กลับคืนไปแล้ว"))
    made = list(assignment.mentorships.order_by("pk"))
    _locked_volunteers([one.volunteer_id for one in made])
    if reason := what_stands_on(assignment):
        raise RuleViolation(reason)
    before = assignment.before
    Mentorship.objects.filter(assignment=assignment).delete()
    for pk, ends_on in before["cut"]:
        Mentorship.objects.filter(pk=pk).update(ends_on=ends_on)
    Mentorship.objects.bulk_create(
        Mentorship(province_id=assignment.province_id, **row) for row in before["void"]
    )
    assignment.undone_at = timezone.now()
    assignment.save(update_fields=["undone_at"])
    audit.record(
        "mentorship.assignment_undone",
        by=by,
        target=assignment,
        province_code=assignment.province_id,
        detail={"count": len(made)},
    )
    return assignment


def what_stands_on(assignment: Assignment) -> str:
    """Why an assignment can no longer be taken back, in words; nothing when it can."""
    made = list(assignment.mentorships.all())
    if len(made) != assignment.number or any(one.ends_on for one in made):
        return _("มีการเปลี่ยนพี่เลี้ยงหลังจากนั้นแล้ว จัดพี่เลี้ยงใหม่แทนการเอากลับคืน")
    people, since = [one.volunteer_id for one in made], assignment.made_at
    cut = dict(assignment.before["cut"])
    day_before = assignment.starts_on - DAY
    kept = Mentorship.objects.filter(
        pk__in=cut, ends_on=day_before, mentor__ends_on__isnull=True
    ).count()
    others = Mentorship.objects.filter(volunteer__in=people).from_day(assignment.starts_on)
    if kept != len(cut) or others.exclude(assignment=assignment).exists():
        return _("มีการเปลี่ยนพี่เลี้ยงหลังจากนั้นแล้ว จัดพี่เลี้ยงใหม่แทนการเอากลับคืน")
    mentors = {one.mentor_id for one in made}
    visits = VisitVolunteer.objects.filter(
        volunteer__in=people, visit__mentor__in=mentors, visit__planned_at__gte=since
    )
    if visits.exists():
        return _("พี่เลี้ยงคนใหม่นัดเยี่ยมไว้แล้ว จัดพี่เลี้ยงใหม่แทนการเอากลับคืน")
    if Contact.objects.filter(volunteer__in=people, made_at__gte=since).exists():
        return _("มีบันทึกการติดต่อหลังจากนั้นแล้ว จัดพี่เลี้ยงใหม่แทนการเอากลับคืน")
    return ""


def end_with_service(volunteer: Volunteer, last_day: date) -> int:
    """End the open mentorships of somebody whose service has ended; return how many."""
    rows = Mentorship.objects.filter(volunteer=volunteer).from_day(last_day + DAY)
    void, _kinds = rows.filter(starts_on__gt=last_day).delete()
    return void + rows.update(ends_on=last_day)


def unassigned_volunteers(user: User, today: date) -> VolunteerQuerySet:
    """Those in office whom nobody guides now or is going to guide."""
    taken = Mentorship.objects.filter(volunteer=OuterRef("pk")).from_day(today)
    return Volunteer.objects.visible_to(user).in_office().filter(~Exists(taken))


def _locked_volunteers(ids: Iterable[int]) -> list[Volunteer]:
    """The volunteers' rows stand for who guides them; always taken in the same order."""
    rows = Volunteer.objects.select_for_update(of=("self",)).filter(pk__in=list(ids))
    return list(rows.order_by("pk"))


def _by_volunteer(rows: MentorshipQuerySet) -> dict[int, list[Mentorship]]:
    found: dict[int, list[Mentorship]] = {}
    for row in rows.select_related("mentor").order_by("starts_on"):
        found.setdefault(row.volunteer_id, []).append(row)
    return found


def _change_of(
    volunteers: list[Volunteer],
    pairs: Mapping[int, int],
    running: Mapping[int, list[Mentorship]],
    starts_on: date,
) -> Change:
    change = Change([], [], [])
    for one in volunteers:
        rows = running.get(one.pk, [])
        if len(rows) == 1 and _goes_on(rows[0], pairs[one.pk], starts_on):
            continue
        change.give.append(one)
        for row in rows:
            if row.starts_on < starts_on:
                change.cut.append(row)
            else:
                refuse_begun(row, one)
                change.void.append(row)
    return change


def _goes_on(row: Mentorship, mentor: int, starts_on: date) -> bool:
    return row.mentor_id == mentor and row.starts_on <= starts_on and row.ends_on is None


def _carry_out(change: Change, pairs: Mapping[int, int], starts_on: date, by: User) -> Assignment:
    province = change.give[0].province_id
    assignment = Assignment.objects.create(
        province_id=province,
        starts_on=starts_on,
        number=len(change.give),
        before={
            "cut": [(row.pk, _iso(row.ends_on)) for row in change.cut],
            "void": [_as_it_was(row) for row in change.void],
        },
        made_by=by,
    )
    Mentorship.objects.filter(pk__in=[row.pk for row in change.cut]).update(ends_on=starts_on - DAY)
    Mentorship.objects.filter(pk__in=[row.pk for row in change.void]).delete()
    _give(change.give, pairs, assignment)
    audit.record(
        "mentorship.assigned",
        by=by,
        target=assignment,
        province_code=province,
        detail={"count": assignment.number, "mentors": sorted(set(pairs.values()))},
    )
    return assignment


def _give(volunteers: list[Volunteer], pairs: Mapping[int, int], assignment: Assignment) -> None:
    """The exclusion constraint has the last word on two mentors at once."""
    try:
        with transaction.atomic():
            Mentorship.objects.bulk_create(
                Mentorship(
                    province_id=assignment.province_id,
                    mentor_id=pairs[one.pk],
                    volunteer=one,
                    starts_on=assignment.starts_on,
                    assigned_by_id=assignment.made_by_id,
                    assignment=assignment,
                )
                for one in volunteers
            )
    except (IntegrityError, OperationalError) as collision:
        if not isinstance(collision.__cause__, COLLISIONS):
            raise
        raise RuleViolation(_("เมื่อครู่มีผู้จัดพี่เลี้ยงให้บางคนในรายชื่อนี้แล้ว ตรวจรายชื่อแล้วบันทึกใหม่")) from None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _as_it_was(row: Mentorship) -> dict[str, object]:
    return {
        "mentor_id": row.mentor_id,
        "volunteer_id": row.volunteer_id,
        "starts_on": row.starts_on.isoformat(),
        "ends_on": _iso(row.ends_on),
        "assigned_by_id": row.assigned_by_id,
        "assignment_id": row.assignment_id,
    }


def _tell(mentor: Mentor, given: list[Volunteer], starts_on: date, by: User) -> None:
    if not (mentor.user and given):
        return
    words = _("ได้รับมอบหมายให้ดูแล อสร. เพิ่ม %(count)d คน ตั้งแต่ %(day)s")
    notify(
        to=[mentor.user],
        kind=NoticeKind.MENTORING,
        text=words % {"count": len(given), "day": short_date(starts_on)},
        href=reverse("mentors:detail", args=[mentor.pk]),
        by=by,
    )
