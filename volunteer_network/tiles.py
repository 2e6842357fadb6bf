"""What waits for a mentor or a head in the register and the log: tiles of the home page."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from volunteer_network.enums import VolunteerStatus
from volunteer_network.models import Activity, Term, User, Volunteer
from volunteer_network.models.volunteers import VolunteerQuerySet
from volunteer_network.thai_calendar import short_date
from volunteer_network.ui.registry import TileFigures

ENDING_WITHIN_DAYS = 90
SILENT_MONTHS = 2


def silent(user: User) -> TileFigures | None:
    """Active volunteers of whom nothing was heard for two whole months and this one."""
    since = _months_before(timezone.localdate().replace(day=1), SILENT_MONTHS)
    rows = _in_duty_since(user, since).exclude(_did_something_since(since))
    count = rows.count()
    longest = rows.order_by("sort_key").select_related("subdistrict").first()
    return TileFigures(
        number=count,
        unit=_("คน"),
        why=_("ไม่มีกิจกรรมตั้งแต่ %(since)s เช่น %(name)s ต.%(place)s")
        % {"since": short_date(since), "name": longest, "place": longest.subdistrict}
        if longest
        else _("ทุกคนมีกิจกรรมใน 2 เดือนนี้"),
        action=_("ดูทะเบียน"),
        href=f"{reverse('volunteers:list')}?status=active",
    )


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


def _in_duty_since(user: User, day: date) -> VolunteerQuerySet:
    """Active, and in a term on that day, be it this one or the one before."""
    rows = Volunteer.objects.visible_to(user).filter(status=VolunteerStatus.ACTIVE)
    return rows.filter(Exists(Term.objects.filter(volunteer=OuterRef("pk")).running_on(day)))


def _did_something_since(day: date) -> Exists:
    return Exists(Activity.objects.filter(volunteer=OuterRef("pk"), on_date__gte=day))


def _months_before(month: date, count: int) -> date:
    for _number in range(count):
        month = (month - timedelta(days=1)).replace(day=1)
    return month
