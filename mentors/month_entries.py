"""Months in the navigation, among the tiles and in the strip of a year."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentors.demo.months import MONTHS
from mentors.enums import MonthState
from mentors.models import MonthReport
from mentors.services.month_deadlines import approval_day, due_day, reporting_month
from mentors.services.month_overviews import overview_of
from mentors.services.month_reasons import months_with_a_reason
from mentors.services.month_sheets import sheet_of
from mentors.services.month_teams import expected_in, mentor_of_account, team_in
from volunteer_network.access.roles import Capability
from volunteer_network.demo.registry import register_demo
from volunteer_network.models import User
from volunteer_network.thai_calendar import month_name, remaining, short_date, spoken_date
from volunteer_network.ui.registry import (
    NavItem,
    Tile,
    TileFigures,
    register_nav,
    register_reasons,
    register_tile,
)


def register() -> None:
    register_nav(
        NavItem(
            label=gettext_lazy("รายเดือน"),
            icon="calendar",
            url_name="months:list",
            order=35,
            needs=Capability.VIEW_MONTH_FIGURES,
        )
    )
    for order, title, count, needs in (
        (10, gettext_lazy("รายงานประจำเดือน"), this_month, Capability.REPORT_MONTHS),
        (12, gettext_lazy("รายงานที่ถูกส่งกลับ"), returned, Capability.REPORT_MONTHS),
        (14, gettext_lazy("รายงานรอเห็นชอบ"), to_approve, Capability.APPROVE_MONTHS),
        (16, gettext_lazy("รายงานประจำเดือนจากจังหวัด"), provinces_not_in, Capability.CLOSE_MONTHS),
    ):
        register_tile(Tile(title=title, icon="calendar", order=order, count=count, needs=needs))
    register_reasons(months_with_a_reason)
    register_demo(MONTHS)


def this_month(user: User) -> TileFigures | None:
    """How far the months of the own team are; the turn of the mentor."""
    month, today = reporting_month(timezone.localdate()), timezone.localdate()
    mentor = mentor_of_account(user)
    if mentor:
        people = team_in(month, mentor=mentor, user=user)
    else:
        people = expected_in(month, user=user).filter(province=user.province_id)
    sheet = sheet_of(people, month, user=user)
    if not sheet.expected:
        return None
    left, ready = len(sheet.empty), len(sheet.ready)
    until = _("ส่งภายใน %(day)s %(left)s แล้วแรงงานจังหวัดเห็นชอบภายใน %(approval)s") % {
        "day": spoken_date(due_day(month)),
        "left": remaining(due_day(month), today),
        "approval": short_date(approval_day(month)),
    }
    return TileFigures(
        number=sheet.filled,
        unit=_("คน เดือน%(month)s") % {"month": month_name(month)},
        why=_("ว่าง %(left)d คน %(until)s") % {"left": left, "until": until}
        if left
        else _("ครบทุกคนแล้ว %(until)s") % {"until": until}
        if ready
        else _("ส่งครบแล้ว"),
        action=_action(left, ready),
        href=reverse("months:sheet", args=[month]),
        total=sheet.expected,
        my_turn=bool(left or ready) and not user.can(Capability.APPROVE_MONTHS),
    )


def returned(user: User) -> TileFigures | None:
    """Months that came back and wait to be mended."""
    rows = MonthReport.objects.visible_to(user).in_state(MonthState.RETURNED)
    count, first = rows.count(), rows.select_related("volunteer").order_by("returned_at").first()
    if first is None:
        return None
    return TileFigures(
        number=count,
        unit=_("คน"),
        why=_("%(name)s %(month)s: %(reason)s")
        % {
            "name": first.volunteer,
            "month": month_name(first.month),
            "reason": first.returned_because,
        },
        action=_("แก้ %(count)d รายงาน") % {"count": count},
        href=f"{reverse('months:sheet', args=[first.month])}?mentor=all&show=returned",
    )


def to_approve(user: User) -> TileFigures | None:
    """Months that the mentors have certified."""
    rows = MonthReport.objects.visible_to(user).in_state(MonthState.CERTIFIED)
    count, first = rows.count(), rows.order_by("month").first()
    if first is None:
        return None
    return TileFigures(
        number=count,
        unit=_("คน"),
        why=_("เก่าที่สุดเดือน%(month)s เห็นชอบภายใน %(day)s")
        % {"month": month_name(first.month), "day": short_date(approval_day(first.month))},
        action=_("อ่านและเห็นชอบ %(count)d คน") % {"count": count},
        href=f"{reverse('months:sheet', args=[first.month])}?mentor=all&show=certified",
        my_turn=True,
    )


def provinces_not_in(user: User) -> TileFigures | None:
    """Provinces that miss somebody's month."""
    month = reporting_month(timezone.localdate())
    seen = overview_of(month, user=user)
    count = len(seen.not_in)
    return TileFigures(
        number=seen.complete,
        unit=_("จังหวัด ส่งครบ"),
        why=_("เดือน%(month)s ยังไม่ครบ %(count)d จังหวัด ขาด %(missing)d คน กำหนดส่ง %(day)s")
        % {
            "month": month_name(month),
            "count": count,
            "missing": seen.sums.missing,
            "day": short_date(due_day(month)),
        },
        action=_("ดูและส่งเตือน %(count)d จังหวัด") % {"count": count} if count else _("ดูภาพรวม"),
        href=reverse("months:list"),
        total=len(seen.provinces),
        my_turn=bool(count),
    )


def _action(left: int, ready: int) -> str:
    if left:
        return _("กรอกต่อ %(count)d คน") % {"count": left}
    return _("ส่ง %(count)d คน") % {"count": ready} if ready else _("ดูรายงาน")
