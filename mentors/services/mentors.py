"""An official's time as a mentor: its beginning, its changes, its end."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mentors.enums import MentorEnd
from mentors.models import Mentor, Mentorship, Visit
from mentors.services.mentorship_checks import latest_mentorships
from mentors.services.mentorships import assign_mentors
from volunteer_network import audit
from volunteer_network.errors import RuleViolation
from volunteer_network.models import Office, User
from volunteer_network.models.users import UserQuerySet
from volunteer_network.services.edits import refuse_stale
from volunteer_network.thai_calendar import short_date
from volunteer_network.thai_text import match_key

PLAIN_FIELDS = ("title", "first_name", "last_name", "position", "phone", "email", "starts_on")


@transaction.atomic
def add_mentor(*, office: Office, user: User | None, by: User, **details: Any) -> Mentor:
    """Begin somebody's time as a mentor in the office's province."""
    mentor = Mentor(province_id=office.province_id)
    _describe(mentor, details, office, user)
    mentor.save()
    audit.record("mentor.added", by=by, target=mentor, province_code=mentor.province_id)
    return mentor


def add_mentor_of_account(*, account: User, by: User) -> Mentor:
    """Begin the time of somebody who signs in as a mentor and is none in the list yet."""
    if not accounts_without_mentor(by).filter(pk=account.pk).exists():
        raise RuleViolation(_("บัญชีนี้เป็นพี่เลี้ยงอยู่แล้ว หรือถูกปิดแล้ว เปิดรายชื่อใหม่เพื่อตรวจ"))
    office = account.office or Office.objects.get(agency="OPS", province=account.province_id)
    return add_mentor(
        office=office,
        user=account,
        starts_on=timezone.localdate(),
        by=by,
        **{name: getattr(account, name) for name in PLAIN_FIELDS if name != "starts_on"},
    )


@transaction.atomic
def change_mentor(
    *, mentor: Mentor, version: int, office: Office, user: User | None, by: User, **details: Any
) -> Mentor:
    """Change what is known of a mentor; refuses when a colleague saved since `version`."""
    mentor = _locked(mentor)
    refuse_stale(mentor, version)
    _refuse_beginning_after_mentorships(mentor, details["starts_on"])
    _describe(mentor, details, office, user)
    mentor.version += 1
    mentor.save()
    audit.record("mentor.changed", by=by, target=mentor, province_code=mentor.province_id)
    return mentor


@transaction.atomic
def end_mentor(
    *,
    mentor: Mentor,
    ends_on: date,
    end_reason: MentorEnd | str,
    successor: Mentor | None,
    leave_open: bool,
    by: User,
) -> Mentor:
    """End somebody's time as a mentor; whom the person guides goes to the successor the day after.

    Without a successor it refuses while somebody is guided, unless they may `leave_open` places.
    """
    mentor = _locked(mentor, successor)
    if mentor.ends_on:
        raise RuleViolation(_("พ้นหน้าที่ไปแล้วเมื่อ %(day)s") % {"day": short_date(mentor.ends_on)})
    if ends_on < mentor.starts_on:
        raise RuleViolation(
            _("วันที่พ้นต้องไม่ก่อนวันเริ่ม %(day)s") % {"day": short_date(mentor.starts_on)},
            field="ends_on",
        )
    _hand_over_people(mentor, ends_on, successor, leave_open=leave_open, by=by)
    _hand_over_visits(mentor, ends_on, successor)
    mentor.ends_on, mentor.end_reason = ends_on, end_reason
    mentor.version += 1
    mentor.save(update_fields=["ends_on", "end_reason", "version"])
    audit.record(
        "mentor.ended",
        by=by,
        target=mentor,
        province_code=mentor.province_id,
        detail={"reason": str(end_reason), "successor": successor.pk if successor else None},
    )
    return mentor


def own_mentor(user: User) -> Mentor | None:
    """The running time as a mentor of the person who asks, if there is one."""
    today = timezone.localdate()
    return Mentor.objects.visible_to(user).filter(user=user).serving_on(today).first()


def accounts_without_mentor(user: User) -> UserQuerySet:
    """Who signs in as a mentor of the user's province and is none in the list."""
    known = Mentor.objects.visible_to(user).filter(user__isnull=False, ends_on__isnull=True)
    accounts = User.objects.visible_to(user).mentors_of(user.province_id).active()
    return accounts.exclude(pk__in=known.values("user")).order_by("sort_key", "pk")


def _locked(mentor: Mentor, other: Mentor | None = None) -> Mentor:
    """The mentor's row stands for the mentor's time; two are always taken in the same order."""
    ids = {mentor.pk, other.pk if other else mentor.pk}
    rows = Mentor.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")
    return next(row for row in rows if row.pk == mentor.pk)


def _describe(
    mentor: Mentor, details: Mapping[str, Any], office: Office, user: User | None
) -> None:
    for name in PLAIN_FIELDS:
        setattr(mentor, name, details[name])
    mentor.match_key = match_key(f"{mentor.first_name} {mentor.last_name}")
    if office.province_id != mentor.province_id:
        raise RuleViolation(_("เลือกหน่วยงานในจังหวัดเดียวกัน"), field="office")
    if user and user.province_id != mentor.province_id:
        raise RuleViolation(_("เลือกบัญชีของจังหวัดเดียวกัน"), field="user")
    mentor.office, mentor.agency_id, mentor.user = office, office.agency_id, user


def _refuse_beginning_after_mentorships(mentor: Mentor, starts_on: date) -> None:
    first = mentor.mentorships.order_by("starts_on").first()
    if first and starts_on > first.starts_on:
        raise RuleViolation(
            _("ดูแล อสร. มาตั้งแต่ %(day)s แล้ว ใช้วันที่ไม่หลังจากนั้น") % {"day": short_date(first.starts_on)},
            field="starts_on",
        )


def _hand_over_people(
    mentor: Mentor, ends_on: date, successor: Mentor | None, *, leave_open: bool, by: User
) -> None:
    staying = Mentorship.objects.filter(mentor=mentor).from_day(ends_on + timedelta(days=1))
    people = list(staying.filter(ends_on__isnull=True).values_list("volunteer_id", flat=True))
    if people and successor is not None:
        assign_mentors(
            pairs=dict.fromkeys(people, successor.pk),
            seen=latest_mentorships(people),
            starts_on=ends_on + timedelta(days=1),
            by=by,
        )
    elif people and not leave_open:
        raise RuleViolation(
            _("ยังดูแล อสร. %(count)d คนหลังวันนั้น เลือกพี่เลี้ยงคนใหม่ หรือเลือกให้จัดภายหลัง")
            % {"count": len(people)},
            field="successor",
        )
    # What is left goes to somebody else already, or may stay open.
    staying.filter(starts_on__gt=ends_on).delete()
    staying.update(ends_on=ends_on)


def _hand_over_visits(mentor: Mentor, ends_on: date, successor: Mentor | None) -> None:
    later = Visit.objects.filter(mentor=mentor, on_date__gt=ends_on).planned()
    if successor is not None:
        later.update(mentor=successor)
    elif count := later.count():
        raise RuleViolation(
            _("มีนัด %(count)d รายการหลังวันนั้น เลือกพี่เลี้ยงคนใหม่ให้รับต่อ หรือยกเลิกนัดก่อน") % {"count": count},
            field="successor",
        )
