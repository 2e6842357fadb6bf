"""Planning visits and meetings, changing them, noting what came out, calling them off."""

import uuid
from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from mentors.enums import VisitKind, VisitState
from mentors.models import Mentor, Visit, VisitVolunteer
from volunteer_network import audit
from volunteer_network.advisory_locks import Lock, wait_in_transaction
from volunteer_network.enums import ActivityKind, NoticeKind
from volunteer_network.errors import RuleViolation
from volunteer_network.models import User, Volunteer
from volunteer_network.services.activities import log_activity
from volunteer_network.services.edits import refuse_stale
from volunteer_network.services.notices import notify
from volunteer_network.thai_calendar import fiscal_year, short_date

PEOPLE_AT_MOST = 300  # of one visit or meeting
PLAIN_FIELDS = ("on_date", "starts_at", "place", "subdistrict", "purpose")
KIND_OF_ACTIVITY = {
    VisitKind.VISIT: ActivityKind.FIELD_VISIT,
    VisitKind.MEETING: ActivityKind.MEETING,
}


@transaction.atomic
def plan_visit(
    *,
    mentor: Mentor,
    kind: VisitKind | str,
    volunteers: Collection[Volunteer],
    submission: uuid.UUID,
    by: User,
    **details: Any,
) -> Visit:
    """Plan a visit or the next round of meetings. The same form sent twice gives the same row."""
    sent_before = Visit.objects.filter(province=mentor.province_id, submission=submission)
    wait_in_transaction(Lock.MEETING_ROUNDS_OF, mentor.province_id)
    if known := sent_before.first():
        return known
    visit = Visit(
        province_id=mentor.province_id,
        mentor=mentor,
        kind=kind,
        planned_by=by,
        submission=submission,
    )
    _describe(visit, details)
    visit.save()
    _invite(visit, volunteers)
    audit.record("visit.planned", by=by, target=visit, province_code=visit.province_id)
    _tell(visit, by)
    return visit


@transaction.atomic
def change_visit(
    *, visit: Visit, version: int, volunteers: Collection[Volunteer], by: User, **details: Any
) -> Visit:
    """Change what is planned; refuses when a colleague saved since `version`."""
    visit = _planned(visit)
    refuse_stale(visit, version)
    wait_in_transaction(Lock.MEETING_ROUNDS_OF, visit.province_id)
    _describe(visit, details)
    visit.version += 1
    visit.save()
    kept = {one.pk for one in volunteers}
    visit.participants.exclude(volunteer__in=kept).delete()
    there = set(visit.participants.values_list("volunteer_id", flat=True))
    _invite(visit, [one for one in volunteers if one.pk not in there], already=len(there))
    audit.record("visit.changed", by=by, target=visit, province_code=visit.province_id)
    return visit


@transaction.atomic
def finish_visit(
    *, visit: Visit, met: Collection[Volunteer], result: str, category: str, by: User
) -> Visit:
    """Note what came out and who was there; with a category it also stands in the log of each."""
    visit = _planned(visit)
    if visit.on_date > timezone.localdate():
        raise RuleViolation(
            _("นัดวันที่ %(day)s ยังไม่ถึง บันทึกผลได้ตั้งแต่วันนั้น ถ้าเยี่ยมก่อนกำหนดให้แก้วันนัด")
            % {"day": short_date(visit.on_date)}
        )
    here = {one.pk for one in met}
    visit.participants.filter(volunteer__in=here).update(met=True)
    visit.participants.exclude(volunteer__in=here).update(met=False)
    visit.state, visit.result = VisitState.DONE, result
    visit.version += 1
    visit.save(update_fields=["state", "result", "version"])
    if category:
        for volunteer in sorted(met, key=lambda one: one.pk):
            _log(visit, volunteer, category, by)
    audit.record(
        "visit.done",
        by=by,
        target=visit,
        province_code=visit.province_id,
        detail={"met": len(here), "logged": bool(category)},
    )
    return visit


@transaction.atomic
def cancel_visit(*, visit: Visit, reason: str, by: User) -> Visit:
    """Call it off, saying why; a meeting keeps its number."""
    visit = _planned(visit)
    visit.state, visit.cancel_reason = VisitState.CANCELLED, reason
    visit.version += 1
    visit.save(update_fields=["state", "cancel_reason", "version"])
    audit.record("visit.cancelled", by=by, target=visit, province_code=visit.province_id)
    return visit


def _planned(visit: Visit) -> Visit:
    visit = (
        Visit.objects.select_for_update(of=("self",)).select_related("subdistrict").get(pk=visit.pk)
    )
    if not visit.is_planned:
        raise RuleViolation(_("นัดนี้%(state)sไปแล้ว") % {"state": visit.get_state_display()})
    return visit


def _describe(visit: Visit, details: Mapping[str, Any]) -> None:
    for name in PLAIN_FIELDS:
        setattr(visit, name, details[name])
    if visit.subdistrict and visit.subdistrict.province_id != visit.province_id:
        raise RuleViolation(_("ตำบลนี้อยู่จังหวัดอื่น เลือกตำบลในจังหวัดนี้"), field="subdistrict")
    _refuse_out_of_time(visit)
    year = fiscal_year(visit.on_date)
    if visit.kind == VisitKind.MEETING and visit.fiscal_year != year:
        visit.fiscal_year, visit.round_number = year, _next_round(visit.province_id, year)


def _refuse_out_of_time(visit: Visit) -> None:
    mentor = visit.mentor
    if visit.on_date < mentor.starts_on or (mentor.ends_on and visit.on_date > mentor.ends_on):
        raise RuleViolation(
            _("วันนั้น %(name)s ไม่ได้เป็นพี่เลี้ยง เลือกวันอื่นหรือพี่เลี้ยงคนอื่น") % {"name": mentor},
            field="on_date",
        )


def _next_round(province: int, year: int) -> int:
    """The next number of the fiscal year, under the lock that the caller holds."""
    rounds = Visit.objects.filter(province=province, fiscal_year=year)
    return (rounds.aggregate(last=Max("round_number"))["last"] or 0) + 1


def _invite(visit: Visit, volunteers: Collection[Volunteer], *, already: int = 0) -> None:
    number = already + len(volunteers)
    if not number:
        raise RuleViolation(_("เลือก อสร. อย่างน้อยหนึ่งคน"), field="volunteers")
    if number > PEOPLE_AT_MOST:
        raise RuleViolation(
            _("นัดได้ครั้งละไม่เกิน %(most)d คน แบ่งเป็นหลายนัด") % {"most": PEOPLE_AT_MOST},
            field="volunteers",
        )
    VisitVolunteer.objects.bulk_create(
        VisitVolunteer(province_id=visit.province_id, visit=visit, volunteer=one)
        for one in volunteers
    )


def _log(visit: Visit, volunteer: Volunteer, category: str, by: User) -> None:
    """The same visit never gives a person two activities, however often it is asked."""
    try:
        log_activity(
            volunteer=volunteer,
            subdistrict=visit.subdistrict,
            agency=None,
            photo=None,
            submission=uuid.uuid5(visit.submission, str(volunteer.pk)),
            by=by,
            on_date=visit.on_date,
            category=category,
            kind=KIND_OF_ACTIVITY[VisitKind(visit.kind)],
            village=visit.place[:120],
            target_groups=[],
            people_male=0,
            people_female=0,
            spotted=0,
            screened=0,
            referred=0,
            mentor_present=True,
            note=visit.result,
        )
    except RuleViolation as refusal:
        raise RuleViolation(
            _("บันทึกกิจกรรมของ %(name)s ไม่ได้: %(why)s เอาชื่อออก หรือเลือกไม่บันทึกเป็นกิจกรรม")
            % {"name": volunteer, "why": refusal.message},
            field="category",
        ) from None


def _tell(visit: Visit, by: User) -> None:
    if visit.mentor.user is None:
        return
    notify(
        to=[visit.mentor.user],
        kind=NoticeKind.MENTORING,
        text=_("มีผู้นัด%(title)s วันที่ %(day)s ให้คุณ")
        % {"title": visit.title, "day": short_date(visit.on_date)},
        href=visit.get_absolute_url(),
        by=by,
    )
