"""รักษาราชการแทน: a mentor stands in for the provincial head from one day to another."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from volunteer_network import audit
from volunteer_network.access.roles import Role
from volunteer_network.errors import RuleViolation
from volunteer_network.models import ActingHead, User
from volunteer_network.thai_calendar import short_date

DAYS_AT_MOST = 366


@transaction.atomic
def name_acting_head(*, mentor: User, starts_on: date, ends_on: date, by: User) -> ActingHead:
    """Let a mentor of the own province act as its head; both days count.

    The province's head and mentors are the lock: two people cannot name two stand-ins at once.
    """
    colleagues = {
        user.pk: user
        for user in User.objects.select_for_update(of=("self",))
        .filter(province=by.province_id, role__in=[Role.PROVINCIAL_HEAD, Role.MENTOR])
        .order_by("pk")
    }
    mentor = colleagues.get(mentor.pk, mentor)
    _refuse_unfit(mentor, by)
    _refuse_days(starts_on, ends_on)
    _refuse_overlap(mentor, starts_on, ends_on)
    acting = ActingHead.objects.create(
        user=mentor,
        province=mentor.province,  # type: ignore[misc]  # a mentor has one: see the constraint
        starts_on=starts_on,
        ends_on=ends_on,
        named_by=by,
    )
    audit.record(
        "acting_head.named",
        by=by,
        target=acting,
        detail={"user": mentor.pk, "from": starts_on.isoformat(), "to": ends_on.isoformat()},
    )
    return acting


@transaction.atomic
def revoke_acting_head(*, acting: ActingHead, by: User) -> ActingHead:
    """End a stand-in now; what was done meanwhile stays done."""
    acting = ActingHead.objects.select_for_update(of=("self",)).get(pk=acting.pk)
    if acting.revoked_at is not None:
        raise RuleViolation(_("ยกเลิกการรักษาราชการแทนนี้ไปแล้ว"))
    if acting.ends_on < timezone.localdate():
        raise RuleViolation(_("การรักษาราชการแทนนี้สิ้นสุดไปแล้ว"))
    acting.revoked_at = timezone.now()
    acting.save(update_fields=["revoked_at"])
    audit.record("acting_head.revoked", by=by, target=acting, detail={"user": acting.user_id})
    return acting


def _refuse_unfit(mentor: User, by: User) -> None:
    own = mentor.province_id == by.province_id and mentor.role == Role.MENTOR
    if not own or not mentor.is_active:
        raise RuleViolation(_("เลือกเจ้าหน้าที่พี่เลี้ยงที่ใช้งานอยู่ในจังหวัดเดียวกัน"), field="mentor")
    if mentor.pk == by.pk:
        raise RuleViolation(_("ตั้งตนเองไม่ได้ ให้แรงงานจังหวัดเป็นผู้ตั้ง"), field="mentor")


def _refuse_days(starts_on: date, ends_on: date) -> None:
    today = timezone.localdate()
    if starts_on < today:
        raise RuleViolation(
            _("เริ่มได้ตั้งแต่วันนี้ %(day)s") % {"day": short_date(today)}, field="starts_on"
        )
    if ends_on < starts_on:
        raise RuleViolation(_("วันสิ้นสุดต้องไม่ก่อนวันเริ่ม"), field="ends_on")
    if (ends_on - starts_on).days >= DAYS_AT_MOST:
        raise RuleViolation(_("ตั้งได้คราวละไม่เกิน 1 ปี"), field="ends_on")


def _refuse_overlap(mentor: User, starts_on: date, ends_on: date) -> None:
    other = (
        ActingHead.objects.filter(
            province=mentor.province_id,
            revoked_at=None,
            starts_on__lte=ends_on,
            ends_on__gte=starts_on,
        )
        .select_related("user")
        .first()
    )
    if other:
        raise RuleViolation(
            _("ช่วงนี้ %(name)s รักษาราชการแทนอยู่แล้ว ถึง %(day)s ยกเลิกรายการนั้นก่อน หรือเริ่มหลังจากนั้น")
            % {"name": other.user.display_name, "day": short_date(other.ends_on)},
            field="starts_on",
        )
