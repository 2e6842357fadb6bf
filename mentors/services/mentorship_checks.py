"""What stands against giving a mentor: who is fit, what was seen, what has begun."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from mentors.models import Mentor, Mentorship
from volunteer_network.enums import IN_OFFICE_STATUSES
from volunteer_network.errors import RuleViolation
from volunteer_network.models import Volunteer
from volunteer_network.thai_calendar import short_date

AT_MOST = 2000  # volunteers in one assignment
DAYS_AHEAD = 366  # further is a typing mistake


def fit_mentors(ids: Collection[int], starts_on: date) -> dict[int, Mentor]:
    """Lock the mentors, so that nobody's time ends meanwhile, and look at their time."""
    rows = Mentor.objects.select_for_update(of=("self",)).select_related("user").filter(pk__in=ids)
    mentors = {one.pk: one for one in rows.order_by("pk")}
    if mentors.keys() != set(ids):
        raise RuleViolation(_("ไม่พบพี่เลี้ยงที่เลือก เปิดหน้านี้ใหม่แล้วเลือกอีกครั้ง"), field="mentor")
    if starts_on > timezone.localdate() + timedelta(days=DAYS_AHEAD):
        raise RuleViolation(_("จัดล่วงหน้าได้ไม่เกิน 1 ปี"), field="starts_on")
    for mentor in mentors.values():
        if starts_on < mentor.starts_on or mentor.ends_on:
            raise RuleViolation(_out_of_time(mentor), field="starts_on")
    return mentors


def _out_of_time(mentor: Mentor) -> str:
    if mentor.ends_on:
        words = _("%(name)s พ้นหน้าที่พี่เลี้ยงเมื่อ %(day)s เลือกพี่เลี้ยงคนอื่น")
        return words % {"name": mentor, "day": short_date(mentor.ends_on)}
    words = _("%(name)s เป็นพี่เลี้ยงตั้งแต่ %(day)s ใช้วันที่ตั้งแต่วันนั้น")
    return words % {"name": mentor, "day": short_date(mentor.starts_on)}


def refuse_unfit(volunteers: list[Volunteer], pairs: Mapping[int, int]) -> None:
    if not pairs:
        raise RuleViolation(_("ยังไม่ได้เลือก อสร. ทำเครื่องหมายหน้าชื่ออย่างน้อยหนึ่งคน"))
    if len(pairs) > AT_MOST:
        raise RuleViolation(_("จัดได้ครั้งละไม่เกิน %(most)d คน") % {"most": AT_MOST})
    if len(volunteers) != len(pairs):
        raise RuleViolation(_("ไม่พบ อสร. บางคนที่เลือก เปิดหน้านี้ใหม่แล้วเลือกอีกครั้ง"))
    for one in volunteers:
        if one.status not in IN_OFFICE_STATUSES:
            raise RuleViolation(
                _("%(name)s มีสถานะ %(status)s จัดพี่เลี้ยงให้ได้เฉพาะผู้ปฏิบัติหน้าที่ เอาชื่อนี้ออกก่อน")
                % {"name": one, "status": one.get_status_display()}
            )


def refuse_unseen(volunteers: list[Volunteer], seen: Mapping[int, int]) -> None:
    """The officer decided on what the page showed; a colleague may have been quicker."""
    latest = latest_mentorships([one.pk for one in volunteers])
    for one in volunteers:
        now = latest.get(one.pk, 0)
        if now == seen.get(one.pk, 0):
            continue
        row = Mentorship.objects.select_related("mentor").filter(pk=now).first()
        if row is None:
            raise RuleViolation(_("เมื่อครู่มีผู้เปลี่ยนพี่เลี้ยงของ %s ตรวจรายชื่อแล้วบันทึกใหม่") % one)
        raise RuleViolation(
            _("เมื่อครู่มีผู้จัดให้ %(mentor)s ดูแล %(name)s ตั้งแต่ %(day)s แล้ว ตรวจรายชื่อแล้วบันทึกใหม่")
            % {"mentor": row.mentor, "name": one, "day": short_date(row.starts_on)}
        )


def refuse_begun(row: Mentorship, volunteer: Volunteer) -> None:
    """What began before today was so; it can end, but it cannot have been otherwise."""
    if row.starts_on < timezone.localdate():
        raise RuleViolation(
            _("%(mentor)s ดูแล %(name)s มาตั้งแต่ %(day)s ใช้วันที่หลังจากนั้น")
            % {"mentor": row.mentor, "name": volunteer, "day": short_date(row.starts_on)},
            field="starts_on",
        )


def latest_mentorships(volunteers: Collection[int]) -> dict[int, int]:
    """By volunteer, the latest mentorship there is: what an officer sees before assigning."""
    rows = Mentorship.objects.filter(volunteer__in=volunteers).order_by("starts_on")
    return dict(rows.values_list("volunteer_id", "pk"))
