"""Quarters that wait for the head, among the tiles of the home page."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.models import QuarterReport
from volunteer_network.access.roles import Capability
from volunteer_network.models import User
from volunteer_network.thai_calendar import bangkok_date, short_date
from volunteer_network.ui.registry import Tile, TileFigures, register_tile


def register() -> None:
    register_tile(
        Tile(
            title=gettext_lazy("ไตรมาสรอลงนาม"),
            icon="plan",
            order=12,
            count=to_sign,
            needs=Capability.AGREE_PLANS,
        )
    )


def to_sign(user: User) -> TileFigures | None:
    """Prepared by somebody else, neither signed nor handed back; signed in their order."""
    if user.province_id is None:
        return None
    reports = QuarterReport.objects.visible_to(user).to_sign()
    others = (
        reports.filter(province=user.province_id)
        .exclude(prepared_by=user)
        .select_related("prepared_by")
    )
    waiting = list(others.defer("content", "rows").order_by("fiscal_year", "quarter"))
    if not waiting:
        return None
    first = waiting[0]
    return TileFigures(
        number=len(waiting),
        unit=_("ไตรมาส"),
        why=_("%(who)s เตรียมไตรมาส %(quarter)d ปี %(year)d เมื่อ %(day)s")
        % {
            "who": first.prepared_by,
            "quarter": first.quarter,
            "year": first.fiscal_year,
            "day": short_date(bangkok_date(first.prepared_at)),
        },
        action=_("อ่านและลงนามไตรมาส %(quarter)d") % {"quarter": first.quarter},
        href=first.get_absolute_url(),
        my_turn=True,
    )
