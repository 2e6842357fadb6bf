"""What waits for a mentor or a head: the silent, visits that are due, volunteers without mentor."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mentors.models import Visit
from mentors.services.mentors import own_mentor
from mentors.services.mentorships import unassigned_volunteers
from mentors.services.silence import quiet_since, silent_since, silent_to_call
from volunteer_network.models import User
from volunteer_network.thai_calendar import short_date
from volunteer_network.ui.registry import TileFigures

SOON_DAYS = 7


def silent(user: User) -> TileFigures | None:
    """Whom to call today: of a mentor's own team, else of the whole province."""
    today, own = timezone.localdate(), own_mentor(user)
    rows = silent_to_call(user, today, own)
    count = rows.count()
    longest = rows.order_by(quiet_since(), "sort_key").first() if count else None
    address = reverse("mentors:silent")
    return TileFigures(
        number=count,
        unit=_("คน"),
        why=_("ไม่มีกิจกรรมตั้งแต่ %(since)s นานที่สุด %(name)s")
        % {"since": short_date(silent_since(today)), "name": longest}
        if longest
        else _("ทุกคนมีกิจกรรมหรือมีวันติดตามแล้ว"),
        action=_("โทรหา %(count)d คน") % {"count": count} if count else _("ดูรายการ"),
        href=f"{address}?mentor={own.pk}" if own else address,
    )


def visits_due(user: User) -> TileFigures | None:
    """Planned for the next seven days, and what is overdue: a mentor's own, else the office's."""
    today, own = timezone.localdate(), own_mentor(user)
    rows = Visit.objects.visible_to(user).due_until(today + timedelta(days=SOON_DAYS))
    rows = rows.filter(mentor=own) if own else rows
    count = rows.count()
    if not count:
        return None
    overdue = rows.filter(on_date__lt=today).count()
    first = rows.order_by("on_date", "pk").first()
    mine = f"&mentor={own.pk}" if own else ""
    return TileFigures(
        number=count,
        unit=_("นัด"),
        why=_("เลยกำหนด %(count)d นัด บันทึกผลหรือเลื่อนวัน") % {"count": overdue}
        if overdue
        else _("นัดแรก %(day)s %(title)s") % _first(first),
        action=_("ดู %(count)d นัด") % {"count": count},
        href=f"{reverse('mentors:visits')}?state=due{mine}",
    )


def _first(visit: Visit | None) -> dict[str, str]:
    return {"day": short_date(visit.on_date), "title": visit.title} if visit else {}


def unassigned(user: User) -> TileFigures | None:
    rows = unassigned_volunteers(user, timezone.localdate())
    count = rows.count()
    if not count:
        return None
    first = rows.order_by("sort_key").select_related("subdistrict").first()
    return TileFigures(
        number=count,
        unit=_("คน"),
        why=_("เช่น %(name)s ต.%(place)s") % {"name": first, "place": first.subdistrict}
        if first
        else "",
        action=_("จัดพี่เลี้ยง %(count)d คน") % {"count": count},
        href=reverse("mentors:unassigned"),
    )
