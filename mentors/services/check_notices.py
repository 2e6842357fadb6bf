"""Whom to ask about an activity, and the sentences that tell people."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mentors.enums import CheckState
from mentors.models import CheckRequest, Mentorship
from volunteer_network.access.roles import Capability
from volunteer_network.enums import NoticeKind
from volunteer_network.errors import RuleViolation
from volunteer_network.models import Activity, Notice, User
from volunteer_network.services.colleagues import who_may
from volunteer_network.services.notices import notify
from volunteer_network.services.reminders import (
    new_errand,
    open_errand,
    remind,
    take_back_reminder,
)
from volunteer_network.thai_calendar import short_date

KIND = NoticeKind.MENTORING


def whom_to_ask(activity: Activity, *, by: User) -> list[User]:
    """Who wrote it down; if that is no longer possible the volunteer's mentor, then the head."""
    able = who_may(Capability.LOG_ACTIVITIES, activity.province_id).exclude(pk=by.pk)
    guiding = Mentorship.objects.running_on(timezone.localdate()).filter(
        volunteer=activity.volunteer_id
    )
    heads = who_may(Capability.APPROVE_MONTHS, activity.province_id).exclude(pk=by.pk)
    for people in (
        able.filter(pk=activity.recorded_by_id),
        able.filter(mentors__in=guiding.values("mentor")),
        heads,
        able,
    ):
        if found := list(people):
            return found
    raise RuleViolation(_("จังหวัดนี้ยังไม่มีบัญชีที่ตอบได้ ขอให้ผู้ดูแลระบบเชิญเจ้าหน้าที่ของจังหวัดก่อน"))


def tell_asked(asked: CheckRequest, people: Sequence[User], *, by: User) -> None:
    text = _("ขอให้ตรวจสอบกิจกรรม %(about)s: %(reason)s")
    remind(
        to=people,
        kind=KIND,
        text=text % {"about": about_in_words(asked), "reason": asked.get_reason_display()},
        href=asked.get_absolute_url(),
        errand=new_errand(),
        by=by,
    )


def tell_settled(asked: CheckRequest, *, by: User) -> None:
    """Tell who asked what came of it; a removed activity has no page, so its person's log opens."""
    href = asked.get_absolute_url()
    if asked.state == CheckState.REMOVED:
        href = reverse("activities:list", query={"volunteer": asked.volunteer_id})
    text = _("%(state)s: กิจกรรม %(about)s ที่ขอให้ตรวจสอบ")
    notify(
        to=[asked.asked_by],
        kind=KIND,
        text=text % {"state": asked.get_state_display(), "about": about_in_words(asked)},
        href=href,
        by=by,
    )


def take_back(asked: CheckRequest, *, by: User) -> None:
    """Unsay the question where its mails still wait; later tell that nothing is asked any more."""
    href = asked.get_absolute_url()
    if open_errand(kind=KIND, href=href, by=by):
        take_back_reminder(kind=KIND, href=href, by=by)
        return
    text = _("ไม่ต้องตรวจสอบแล้ว: กิจกรรม %(about)s") % {"about": about_in_words(asked)}
    notify(to=_who_was_asked(asked), kind=KIND, text=text, href=href, by=by)


def _who_was_asked(asked: CheckRequest) -> set[User]:
    """Everybody who was told of the question, and the one whom the request itself names."""
    told = Notice.objects.filter(
        sender=asked.asked_by_id,
        kind=KIND,
        href=asked.get_absolute_url(),
        errand__isnull=False,
        made_at__gte=asked.asked_at,
    )
    return {*User.objects.filter(notices__in=told), asked.asked_of}


def about_in_words(asked: CheckRequest) -> str:
    return _("%(day)s %(category)s จ.%(province)s") % {
        "day": short_date(asked.on_date),
        "category": asked.get_category_display(),
        "province": asked.province,
    }
