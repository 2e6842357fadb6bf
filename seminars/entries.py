"""What seminars add to the frame and to the home page."""

from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from seminars.enums import RegistrationSource, RegistrationState, SeminarState
from seminars.models import ParticipantClass, Registration, Seminar
from seminars.services.announcements import silent_provinces
from seminars.services.checks import checks_of
from seminars.services.open_doors import why_closed
from seminars.services.overviews import own_seats
from volunteer_network.access.roles import Capability
from volunteer_network.models import User
from volunteer_network.thai_calendar import short_date
from volunteer_network.ui.registry import NavItem, Tile, TileFigures, register_nav, register_tile

COMING_STATES = (SeminarState.OPEN, SeminarState.CLOSED)


def register() -> None:
    register_nav(
        NavItem(
            label=gettext_lazy("สัมมนา"),
            icon="calendar",
            url_name="seminars:list",
            order=50,
            needs=Capability.VIEW_SEMINARS,
        )
    )
    runs, sends = Capability.RUN_SEMINARS, Capability.REGISTER_FOR_SEMINARS
    for order, title, icon, count, needs in (
        (11, gettext_lazy("สัมมนาครั้งต่อไป"), "calendar", next_seminar, runs),
        (12, gettext_lazy("จังหวัดที่ยังไม่ส่งรายชื่อ"), "bell", silent, runs),
        (13, gettext_lazy("รายชื่อสำรอง"), "clock", waiting, runs),
        (14, gettext_lazy("ร่างสัมมนา"), "edit", drafts, runs),
        (45, gettext_lazy("ส่งรายชื่อสัมมนา"), "calendar", own_seats_left, sends),
    ):
        register_tile(Tile(title=title, icon=icon, order=order, count=count, needs=needs))


def next_seminar(user: User) -> TileFigures | None:
    """How far the next one is: days left, people of seats."""
    seminar = _next()
    if seminar is None:
        return TileFigures(
            number=0,
            unit=_("ครั้ง"),
            why=_("ยังไม่มีสัมมนาที่เปิดรับ เริ่มจากครั้งก่อนได้"),
            action=_("เตรียมสัมมนา"),
            href=reverse("seminars:create"),
        )
    sums = ParticipantClass.objects.filter(seminar=seminar).aggregate(
        seats=Sum("seats"), taken=Sum("count__taken")
    )
    days = (seminar.starts_on - timezone.localdate()).days
    return TileFigures(
        number=sums["taken"] or 0,
        unit=_("คน ลงทะเบียนแล้ว"),
        why=_("%(seminar)s %(day)s อีก %(days)d วัน")
        % {"seminar": seminar.short_name, "day": short_date(seminar.starts_on), "days": days}
        if days > 0
        else _("%(seminar)s วันนี้") % {"seminar": seminar.short_name},
        action=_("เปิดหน้าสัมมนา"),
        href=seminar.get_absolute_url(),
        total=sums["seats"] or 0,
        my_turn=True,
    )


def silent(user: User) -> TileFigures | None:
    seminar = _next()
    if seminar is None or seminar.state != SeminarState.OPEN:
        return None
    provinces = silent_provinces(seminar)
    count = provinces.count()
    first = provinces.select_related("province").order_by("reminded_at").first()
    return TileFigures(
        number=count,
        unit=_("จังหวัด"),
        why=_("เช่น %(province)s") % {"province": first.province.name}
        if first
        else _("ทุกจังหวัดส่งรายชื่อแล้ว"),
        action=_("เตือน %(count)d จังหวัด") % {"count": count} if count else _("ดูสัมมนา"),
        href=seminar.get_absolute_url(),
    )


def waiting(user: User) -> TileFigures | None:
    seminar = _next()
    if seminar is None:
        return None
    rows = Registration.objects.visible_to(user).filter(seminar=seminar)
    count = rows.filter(state=RegistrationState.WAITING).count()
    return TileFigures(
        number=count,
        unit=_("คน"),
        why=_("รอที่นั่งว่าง ได้ที่นั่งตามลำดับเอง") if count else _("ไม่มีใครรอที่นั่ง"),
        action=_("ดู %(count)d คนที่รอ") % {"count": count} if count else _("ดูรายชื่อ"),
        href=reverse(
            "seminars:registrations",
            args=[seminar.pk],
            query={"state": "waiting"} if count else None,
        ),
    )


def drafts(user: User) -> TileFigures | None:
    rows = Seminar.objects.visible_to(user).filter(state=SeminarState.DRAFT)
    first = rows.order_by("starts_on").first()
    if first is None:
        return None
    missing = len(checks_of(first).missing)
    return TileFigures(
        number=rows.count(),
        unit=_("ครั้ง"),
        why=_("%(seminar)s ยังขาด %(count)d ข้อ") % {"seminar": first.short_name, "count": missing}
        if missing
        else _("%(seminar)s พร้อมเปิดรับ") % {"seminar": first.short_name},
        action=_("เตรียมต่อ"),
        href=first.get_absolute_url(),
    )


def own_seats_left(user: User) -> TileFigures | None:
    """While a seminar is open and the own province has seats left."""
    if user.province_id is None:
        return None
    seminar = _next(SeminarState.OPEN)
    own = own_seats(seminar, user) if seminar else None
    if seminar is None or own is None or not own.left:
        return None
    if why_closed(seminar, RegistrationSource.PROVINCE, timezone.now()):
        return None
    closes = seminar.registration_closes_at
    return TileFigures(
        number=own.left,
        unit=_("ที่นั่งว่าง"),
        why=_("%(seminar)s ปิดรับ %(day)s")
        % {
            "seminar": seminar.short_name,
            "day": short_date(timezone.localdate(closes) if closes else seminar.starts_on),
        },
        action=_("ลงทะเบียน"),
        href=reverse("seminars:register", args=[seminar.pk]),
    )


def _next(*states: SeminarState) -> Seminar | None:
    rows = Seminar.objects.filter(
        state__in=states or COMING_STATES, ends_on__gte=timezone.localdate()
    )
    return rows.order_by("starts_on", "pk").first()
