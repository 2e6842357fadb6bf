"""Logging what volunteers did, changing it, taking it out and putting it back."""

import uuid
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from volunteer_network import audit
from volunteer_network.advisory_locks import Lock, wait_in_transaction
from volunteer_network.enums import AGENCY_OF_CATEGORY, ActivityKind, Category
from volunteer_network.errors import RuleViolation
from volunteer_network.models import Activity, Agency, Subdistrict, User, Volunteer
from volunteer_network.services.edits import refuse_stale
from volunteer_network.services.stored_files import remove_file, replace_photo
from volunteer_network.signals import activity_changed, activity_removed
from volunteer_network.thai_calendar import month_name, short_date
from volunteer_network.uploads import CleanPhoto

PLAIN_FIELDS = (
    *("on_date", "category", "kind", "village", "target_groups", "people_male", "people_female"),
    *("spotted", "screened", "referred", "mentor_present", "note"),
)
_BESIDE_SUMS = gettext_lazy(
    "เดือน%(month)s มีตัวเลขรวมทั้งเดือนในรายงานประจำเดือนแล้ว บันทึกเพิ่มจะนับซ้ำ"
    " บวกผลครั้งนี้ในรายงานประจำเดือน หรือลบตัวเลขนั้นก่อน"
)
_BESIDE_ACTIVITIES = gettext_lazy(
    "เดือน%(month)s มีกิจกรรมในบันทึกแล้ว %(count)d รายการ เพิ่มหรือแก้ที่บันทึกกิจกรรม จะได้ไม่นับซ้ำ"
)
RESTORED_FIELDS = (*PLAIN_FIELDS, "agency_id", "subdistrict_id", "district_id", "volunteer_id")


@transaction.atomic
def log_activity(
    *,
    volunteer: Volunteer,
    subdistrict: Subdistrict | None,
    agency: Agency | None,
    photo: CleanPhoto | None,
    submission: uuid.UUID,
    by: User,
    **details: Any,
) -> Activity:
    """Add one activity. The same form sent twice gives the same row, also at the same moment."""
    activity = Activity(
        province_id=volunteer.province_id,
        volunteer=volunteer,
        recorded_by=by,
        submission=submission,
    )
    _describe(activity, details, subdistrict, agency)
    try:
        with transaction.atomic():
            activity.save()
    except IntegrityError:
        sent_before = Activity.objects.filter(province=activity.province_id, submission=submission)
        if known := sent_before.first():
            return known
        raise
    replace_photo(activity, photo, by=by)
    audit.record("activity.logged", by=by, target=activity, province_code=activity.province_id)
    return activity


@transaction.atomic
def change_activity(
    *,
    activity: Activity,
    version: int,
    volunteer: Volunteer,
    subdistrict: Subdistrict | None,
    agency: Agency | None,
    photo: CleanPhoto | None,
    by: User,
    **details: Any,
) -> Activity:
    """Change an activity; refuses when a colleague saved since `version`."""
    activity = Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    refuse_stale(activity, version)
    _refuse_other_sums(activity, volunteer, details)
    activity.volunteer = volunteer
    _describe(activity, details, subdistrict, agency)
    activity.version += 1
    activity.save()
    replace_photo(activity, photo, by=by)
    audit.record("activity.changed", by=by, target=activity, province_code=activity.province_id)
    activity_changed.send(sender=Activity, activity=activity, by=by)
    return activity


@transaction.atomic
def remove_activity(*, activity: Activity, by: User) -> int:
    """Take an activity out of the log; its history keeps it. Returns its id, to restore it by."""
    activity = Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    if activity.cases.exists():
        raise RuleViolation(_("มีเรื่องส่งต่อที่อ้างกิจกรรมนี้ จึงเอาออกไม่ได้ แก้รายละเอียดแทนได้"))
    pk, photo = activity.pk, activity.photo
    audit.record("activity.removed", by=by, target=activity, province_code=activity.province_id)
    activity_removed.send(sender=Activity, activity=activity, by=by)
    activity.delete()
    if photo:
        remove_file(photo)
    return pk


@transaction.atomic
def restore_activity(*, removed: Any, by: User) -> Activity:
    """Put a removed activity back, from the trace that its removal left. The photo stays away."""
    activity = Activity(
        pk=removed.pgh_obj_id,
        province_id=removed.province_id,
        recorded_by_id=removed.recorded_by_id,
        recorded_at=removed.recorded_at,
        submission=removed.submission,
        version=removed.version + 1,
        **{name: getattr(removed, name) for name in RESTORED_FIELDS},
    )
    _refuse_outside_terms(activity.volunteer, activity.on_date)
    _refuse_counting_twice(activity)
    try:
        with transaction.atomic():
            activity.save(force_insert=True)
    except IntegrityError:
        # Sums that were typed anew bear the mark of the month that the old ones bore.
        there = Activity.objects.filter(
            province=activity.province_id, submission=activity.submission
        )
        if not there.exists():
            raise
        raise RuleViolation(_("รายการนี้อยู่ในบันทึกแล้ว")) from None
    audit.record("activity.restored", by=by, target=activity, province_code=activity.province_id)
    return activity


def _describe(
    activity: Activity,
    details: dict[str, Any],
    subdistrict: Subdistrict | None,
    agency: Agency | None,
) -> None:
    """Fill in what was done; place and agency follow from the person and the category."""
    for name in PLAIN_FIELDS:
        setattr(activity, name, details[name])
    _refuse_outside_terms(activity.volunteer, activity.on_date)
    _refuse_counting_twice(activity)
    place = subdistrict or activity.volunteer.subdistrict
    if place.province_id != activity.province_id:
        raise RuleViolation(_("ตำบลนี้อยู่จังหวัดอื่น เลือกตำบลในจังหวัดนี้"), field="subdistrict")
    activity.subdistrict = place
    activity.district_id = place.district_id
    activity.agency_id = agency.pk if agency else AGENCY_OF_CATEGORY[Category(activity.category)]


def _refuse_outside_terms(volunteer: Volunteer, day: date) -> None:
    if volunteer.terms.running_on(day).exists():
        return
    last = volunteer.terms.order_by("-lasts_until").first()
    hint = (
        _("วาระล่าสุด %(start)s – %(end)s")
        % {"start": short_date(last.starts_on), "end": short_date(last.lasts_until)}
        if last
        else _("คนนี้ยังไม่มีวาระ แต่งตั้งก่อนแล้วบันทึก")
    )
    raise RuleViolation(
        _("%(day)s ไม่อยู่ในวาระของคนนี้ %(hint)s") % {"day": short_date(day), "hint": hint},
        field="on_date",
    )


def _refuse_other_sums(activity: Activity, volunteer: Volunteer, details: dict[str, Any]) -> None:
    """Sums of a month stay those of the person and the month, and nothing else becomes sums."""
    was, becomes = (kind == ActivityKind.MONTH_SUMMARY for kind in (activity.kind, details["kind"]))
    if was != becomes:
        raise RuleViolation(
            _("ตัวเลขรวมทั้งเดือนพิมพ์ที่รายงานประจำเดือน รายการเดียวเปลี่ยนเป็นหรือเปลี่ยนจากสรุปรายเดือนไม่ได้"),
            field="kind",
        )
    if not was:
        return
    if activity.volunteer_id != volunteer.pk:
        raise RuleViolation(
            _("นี่คือตัวเลขรวมทั้งเดือนของ %(name)s ลบที่รายงานประจำเดือน แล้วพิมพ์ให้คนที่ถูก")
            % {"name": activity.volunteer},
            field="volunteer",
        )
    if activity.on_date.replace(day=1) != details["on_date"].replace(day=1):
        raise RuleViolation(
            _("นี่คือตัวเลขรวมของเดือน%(month)s เลือกวันในเดือนนั้น")
            % {"month": month_name(activity.on_date)},
            field="on_date",
        )


def _refuse_counting_twice(activity: Activity) -> None:
    """Refuse sums of a month beside single activities of that month (ADR 15)."""
    wait_in_transaction(Lock.LOG_OF, activity.volunteer_id)
    day = activity.on_date
    others = Activity.objects.filter(
        volunteer=activity.volunteer_id, on_date__year=day.year, on_date__month=day.month
    ).exclude(submission=activity.submission)
    if activity.kind == ActivityKind.MONTH_SUMMARY:
        count, words = others.count(), _BESIDE_ACTIVITIES
    else:
        count, words = others.filter(kind=ActivityKind.MONTH_SUMMARY).count(), _BESIDE_SUMS
    if count:
        raise RuleViolation(words % {"month": month_name(day), "count": count}, field="on_date")


def removed_activity(pk: int, *, user: User) -> Any:
    """The trace that the removal of an activity left; None when it is in the log.

    Raises Http404 when the user never could see such an activity.
    """
    if Activity.objects.visible_to(user).filter(pk=pk).exists():
        return None
    traces = Activity.pgh_event_model.objects.filter(  # type: ignore[attr-defined]  # by pghistory
        pgh_obj_id=pk, pgh_label="delete"
    )
    scope = user.scope
    ours = traces if scope.nationwide else traces.filter(province__in=scope.provinces)
    return get_object_or_404(ours.select_related("volunteer").order_by("-pgh_id")[:1])
