"""Requests to check an activity: on its page, in the log, among the tiles and in Ctrl K."""

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentors.demo.check_requests import CHECK_REQUESTS
from mentors.enums import MonthState
from mentors.models import CheckRequest, MonthReport
from mentors.services.check_stories import (
    CHOICES,
    MINE,
    count_in,
    found_right,
    narrow,
    notes_of,
    stories_of,
)
from volunteer_network.access.roles import Capability
from volunteer_network.demo.registry import register_demo
from volunteer_network.models import Activity, User
from volunteer_network.thai_calendar import short_date
from volunteer_network.ui.registry import (
    Action,
    Panel,
    Tile,
    TileFigures,
    register_action,
    register_panel,
    register_tile,
)
from volunteer_network.ui.row_notes import RowNotes, register_row_notes

ASKING, ANSWERING = Capability.REQUEST_CHECKS, Capability.LOG_ACTIVITIES


def register() -> None:
    register_demo(CHECK_REQUESTS)
    register_row_notes(
        RowNotes(
            page="activities",
            label=gettext_lazy("การตรวจสอบ"),
            anchor="checks",
            choices=CHOICES,
            of=notes_of,
            narrow=narrow,
            count=count_in,
            settled=found_right,
            action=gettext_lazy("ขอให้ตรวจสอบ"),
            action_url="check-requests:create",
            action_needs=ASKING,
        )
    )
    register_panel(
        Panel(page="activity", order=10, draw=check_panel, needs=Capability.VIEW_ACTIVITIES)
    )
    register_tile(
        Tile(
            title=gettext_lazy("รายการที่ขอให้ตรวจสอบ"),
            icon="search",
            order=13,
            count=waiting,
            needs=ANSWERING,
        )
    )
    register_action(
        Action(
            label=gettext_lazy("รายการที่ขอให้ตรวจสอบ"),
            english="checks questions odd activities",
            icon="search",
            url_name="activities:list",
            query="check=open",
            needs=Capability.VIEW_ACTIVITIES,
        )
    )


def waiting(user: User) -> TileFigures | None:
    """Questions that the person was asked, or that nobody else can answer any more."""
    rows = CheckRequest.objects.visible_to(user).waiting_for(user)
    count, first = rows.count(), rows.select_related("asked_by").order_by("asked_at", "pk").first()
    if first is None:
        return None
    log = reverse("activities:list", query={"check": MINE})
    return TileFigures(
        number=count,
        unit=_("รายการ"),
        why=_("%(reason)s กิจกรรม %(day)s จาก %(who)s")
        % {
            "reason": first.get_reason_display(),
            "day": short_date(first.on_date),
            "who": first.asked_by,
        },
        action=_("ตรวจและตอบ %(count)d รายการ") % {"count": count},
        href=f"{first.get_absolute_url()}#checks" if count == 1 else log,
    )


def check_panel(user: User, activity: Activity) -> str:
    """What was asked about the activity and answered, and what the reader can do now."""
    stories = stories_of(activity.pk, user=user)
    now_open = next((story.asked for story in stories if story.asked.is_open), None)
    asked_by_me = now_open is not None and now_open.asked_by_id == user.pk
    may_answer = now_open is not None and not asked_by_me and user.can(ANSWERING)
    may_ask = now_open is None and user.can(ASKING) and activity.recorded_by_id != user.pk
    if not (stories or may_ask):
        return ""
    context = {
        "activity": activity,
        "stories": stories,
        "now_open": now_open,
        "may_answer": may_answer,
        "may_ask": may_ask,
        "may_withdraw": asked_by_me and user.can(ASKING),
        "is_locked": may_answer and _month_is_locked(activity),
    }
    return render_to_string("mentors/check_requests/_panel.html", context)


def _month_is_locked(activity: Activity) -> bool:
    """A correction is still possible then, and is told beside the closed figures."""
    return MonthReport.objects.filter(
        volunteer=activity.volunteer_id,
        month=activity.on_date.replace(day=1),
        state=MonthState.LOCKED,
    ).exists()
