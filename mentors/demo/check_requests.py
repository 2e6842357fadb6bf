"""Questions about activities of the demo country, one of every ending, and slips nobody has seen.

A slip is a figure typed with a nought too many: it is written into the log itself, so that the
list of the odd has something to put first.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Final

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from mentors.enums import CheckReason, CheckState
from mentors.models import CheckRequest
from mentors.services.check_notices import about_in_words
from mentors.services.check_requests import watched
from volunteer_network.access.roles import Role
from volunteer_network.demo.registry import DemoMaker
from volunteer_network.enums import NoticeKind
from volunteer_network.models import Activity, Notice, User
from volunteer_network.services.figures import fold_deltas

if TYPE_CHECKING:
    from collections.abc import Iterator

    from volunteer_network.demo.country import Plan

_SLIP: Final = 10
_PEOPLE: Final = (25, 80)  # in an activity that is asked about
_DAYS_BACK: Final = 45
# Province, days ago, reason, what was asked, state, answer; whether the log holds a slip.
_ASKED: Final = (
    (50, 2, "too_high", "ใบลงชื่อที่ส่งมามี 40 คน", "open", "", True),
    (50, 3, "no_proof", "ไม่มีภาพและใบลงชื่อ", "open", "", False),
    (50, 9, "too_high", "", "corrected", "", False),
    (50, 12, "too_high", "", "confirmed", "นับจากใบลงชื่อของงานวันแรงงานทั้งอำเภอ", True),
    (50, 15, "duplicate", "", "withdrawn", "", False),
    (30, 1, "too_high", "", "open", "", True),
    (30, 8, "duplicate", "เหมือนรายการของวันก่อนหน้า", "confirmed", "คนละหมู่บ้าน มีใบลงชื่อแยกกัน", False),
    (90, 5, "other", "ประเภทงานไม่ตรงกับรายละเอียด", "open", "", False),
    (90, 11, "too_high", "", "corrected", "", False),
    (57, 6, "no_proof", "", "confirmed", "ภาพอยู่ที่สำนักงาน แนบแล้ว", False),
)
_UNSEEN: Final = (50, 30, 90, 34)  # provinces with a slip that nobody has asked about


def make_check_requests(plan: Plan) -> None:
    officer = User.objects.filter(role=Role.CENTRAL_OFFICER).order_by("pk").first()
    if officer is None:
        return
    activities = {code: _recent(code, plan) for code in {row[0] for row in _ASKED} | set(_UNSEEN)}
    told: list[Notice] = []
    for code, days, reason, words, state, answer, slipped in _ASKED:
        for activity in islice(activities[code], 1):
            if slipped:
                _slip(activity)
            at = timezone.make_aware(datetime.combine(plan.today - timedelta(days), time(9, 40)))
            asked = _asked(activity, officer, CheckReason(reason), words, at)
            _end(asked, CheckState(state), answer)
            asked.save()
            if asked.is_open:
                told.append(_notice(asked))
    for code in _UNSEEN:
        for activity in islice(activities[code], 1):
            _slip(activity)
    Notice.objects.bulk_create(told)
    fold_deltas()  # of the slips


def _recent(code: int, plan: Plan) -> Iterator[Activity]:
    """Activities of the last weeks, written by somebody else each time where that is possible."""
    few, many = _PEOPLE
    rows = Activity.objects.filter(
        province=code,
        on_date__range=(plan.today - timedelta(_DAYS_BACK), plan.today - timedelta(days=16)),
        people__range=(few, many),
        people_female__gt=few // 2,
    )
    return rows.select_related("recorded_by", "province").order_by("pk").iterator()


def _slip(activity: Activity) -> None:
    Activity.objects.filter(pk=activity.pk).update(people_female=F("people_female") * _SLIP)
    activity.refresh_from_db()


def _asked(
    activity: Activity, officer: User, reason: CheckReason, words: str, at: datetime
) -> CheckRequest:
    return CheckRequest(
        province_id=activity.province_id,
        activity=activity,
        volunteer_id=activity.volunteer_id,
        district_id=activity.district_id,
        on_date=activity.on_date,
        category=activity.category,
        before=watched(activity),
        reason=reason,
        words=words,
        asked_of=activity.recorded_by,
        asked_by=officer,
        asked_at=at,
    )


def _end(asked: CheckRequest, state: CheckState, answer: str) -> None:
    """As the services leave it; of what was corrected the log holds the right figure."""
    asked.state, asked.answer = state, answer
    if state == CheckState.OPEN:
        return
    asked.settled_at = asked.asked_at + timedelta(hours=5, minutes=12)
    asked.settled_by = asked.asked_by if state == CheckState.WITHDRAWN else asked.asked_of
    if state == CheckState.CORRECTED:
        asked.after = asked.before
        slip = {"people_female": asked.before["people_female"] * _SLIP}
        asked.before = asked.before | slip


def _notice(asked: CheckRequest) -> Notice:
    text = _("ขอให้ตรวจสอบกิจกรรม %(about)s: %(reason)s")
    words = {"about": about_in_words(asked), "reason": asked.get_reason_display()}
    return Notice(
        province_id=asked.asked_of.province_id,
        recipient=asked.asked_of,
        sender=asked.asked_by,
        kind=NoticeKind.MENTORING,
        text=text % words,
        href=asked.get_absolute_url(),
        made_at=asked.asked_at,
    )


CHECK_REQUESTS = DemoMaker(order=65, make=make_check_requests, models=lambda: (CheckRequest,))
