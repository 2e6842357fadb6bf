"""The dashboard in the navigation and among the tiles of the home page."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentors.services.month_deadlines import due_day, reporting_month
from mentors.services.receipts import by_province
from reports.figure_entries import watches
from volunteer_network.access.roles import Capability
from volunteer_network.models import User
from volunteer_network.thai_calendar import month_name, short_date
from volunteer_network.ui.registry import (
    Action,
    NavItem,
    Tile,
    TileFigures,
    register_action,
    register_nav,
    register_tile,
)

VIEWING = Capability.VIEW_FIGURES


def register() -> None:
    register_nav(
        NavItem(
            label=gettext_lazy("ภาพรวม"),
            icon="chart",
            url_name="dashboard:national",
            order=75,
            needs=VIEWING,
            leads=watches,
        )
    )
    register_tile(
        Tile(
            title=gettext_lazy("จังหวัดที่ส่งรายงานครบ"),
            icon="chart",
            order=18,
            count=provinces_in,
            needs=VIEWING,
        )
    )
    register_action(
        Action(
            label=gettext_lazy("ภาพรวมประเทศ แผนที่ ผลงานรายเดือน"),
            english="dashboard map figures",
            icon="chart",
            url_name="dashboard:national",
            needs=VIEWING,
        )
    )


def provinces_in(user: User) -> TileFigures | None:
    """For those who see all provinces and have no list of months, as an executive."""
    if user.province_id or user.can(Capability.VIEW_MONTHS) or not user.scope.nationwide:
        return None
    month = reporting_month(timezone.localdate())
    found = by_province([month], user=user)[month]
    expected = [receipt for receipt in found.values() if receipt.expected]
    complete = sum(receipt.is_complete for receipt in expected)
    if not expected:
        return None
    return TileFigures(
        number=complete,
        unit=_("จังหวัด เดือน%(month)s") % {"month": month_name(month)},
        why=_("ยังไม่ครบ %(left)d จังหวัด กำหนดส่ง %(day)s")
        % {"left": len(expected) - complete, "day": short_date(due_day(month))},
        action=_("ดูภาพรวม"),
        href=reverse("dashboard:national"),
        total=len(expected),
        waits=False,
    )
