"""Whom the report of a quarter concerns: the head, its preparer, the centre."""

from django.utils.translation import gettext as _

from reports.models import QuarterReport
from volunteer_network.access.roles import Capability, roles_with
from volunteer_network.enums import NoticeKind
from volunteer_network.models import User
from volunteer_network.services.colleagues import who_may
from volunteer_network.services.notices import notify
from volunteer_network.services.reminders import new_errand, open_errand, take_back_reminder


def tell_prepared(report: QuarterReport, *, by: User) -> None:
    """The head of the province, or whoever stands in, signs next."""
    notify(
        to=who_may(Capability.AGREE_PLANS, report.province_id).visible_to(by),
        kind=NoticeKind.PLAN,
        text=_("รายงาน%(report)s รอลงนาม") % {"report": report},
        href=report.get_absolute_url(),
        by=by,
    )


def tell_handed_back(report: QuarterReport, *, by: User) -> None:
    """Whoever prepared it mends it; who has left the province, or serves no more, cannot."""
    makers = who_may(Capability.WRITE_PLANS, report.province_id).visible_to(by)
    preparer = list(makers.filter(pk__in=[report.prepared_by_id]))
    notify(
        to=preparer or makers,
        kind=NoticeKind.PLAN,
        text=_("รายงาน%(report)s ถูกส่งกลับแก้ไข: %(reason)s")
        % {"report": report, "reason": report.handed_back_because},
        href=report.get_absolute_url(),
        by=by,
    )


def tell_signed(report: QuarterReport, *, by: User) -> None:
    """Whoever prepared it, while serving in the province, and the central officers."""
    preparers = User.objects.visible_to(by).active().filter(province=report.province_id)
    centre = User.objects.active().filter(
        role__in=roles_with(Capability.DECIDE_PLANS), province=None
    )
    notify(
        to={*preparers.filter(pk__in=[report.prepared_by_id]), *centre},
        kind=NoticeKind.PLAN,
        text=_("%(province)s ลงนามรายงาน%(report)s แล้ว")
        % {"province": report.province.with_prefix, "report": report},
        href=report.get_absolute_url(),
        by=by,
        errand=new_errand(),
    )


def tell_taken_back(report: QuarterReport, *, by: User) -> None:
    """Mails that still wait never leave, and the notices say that it was taken back."""
    href = report.get_absolute_url()
    if open_errand(kind=NoticeKind.PLAN, href=href, by=by):
        take_back_reminder(kind=NoticeKind.PLAN, href=href, by=by)
