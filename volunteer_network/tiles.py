"""What waits for a mentor or a head in the register and the log: tiles of the home page."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from volunteer_network.enums import VolunteerStatus
from volunteer_network.models import User, Volunteer
from volunteer_network.thai_calendar import short_date
from volunteer_network.ui.registry import TileFigures

ENDING_WITHIN_DAYS = 90


def terms_ending(user: User) -> TileFigures | None:
    rows = Volunteer.objects.visible_to(user).term_ends_within(
        ENDING_WITHIN_DAYS, timezone.localdate()
    )
    count, first = rows.count(), rows.order_by("term_ends_on").first()
    return TileFigures(
        number=count,
        unit=_("คน"),
        why=_("คนแรก %(name)s %(day)s")
        % {"name": first, "day": short_date(first.term_ends_on or timezone.localdate())}
        if first
        else _("ไม่มีวาระที่ใกล้สิ้นสุด"),
        action=_("เตรียมแต่งตั้ง %(count)d คน") % {"count": count} if count else _("ดูทะเบียน"),
        href=f"{reverse('volunteers:list')}?term_ends={ENDING_WITHIN_DAYS}&sort=term",
    )


def applicants(user: User) -> TileFigures | None:
    rows = Volunteer.objects.visible_to(user).filter(status=VolunteerStatus.APPLICANT)
    count = rows.count()
    return TileFigures(
        number=count,
        unit=_("คน"),
        why=_("รอคำสั่งแต่งตั้ง") if count else _("ไม่มีผู้สมัครรอแต่งตั้ง"),
        action=_("ดูผู้สมัคร %(count)d คน") % {"count": count} if count else _("ขึ้นทะเบียน"),
        href=f"{reverse('volunteers:list')}?status=applicant"
        if count
        else reverse("volunteers:create"),
    )
