"""Reminding the provinces that have not sent, and taking that back within two minutes."""

from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from reports.enums import DirectionState
from reports.models import Direction
from reports.queries.late_plans import REMINDED, TAKEN_BACK, late_plans
from reports.services import plan_notices
from volunteer_network import audit
from volunteer_network.errors import RuleViolation
from volunteer_network.models import AuditEvent, User
from volunteer_network.services.outgoing_mail import TAKEN_BACK_WITHIN
from volunteer_network.services.reminders import new_errand, still_open, unsend

_AT_ONCE_AT_MOST: Final = 100  # a reminder goes to each of 76 provinces at most


@transaction.atomic
def remind_late(*, direction: Direction, provinces: Collection[int], by: User) -> int:
    """Remind the chosen provinces that have not sent, each at most once a day; returns how many."""
    # The row is the lock: two officers do not both remind.
    direction = Direction.objects.select_for_update(of=("self",)).get(pk=direction.pk)
    if direction.state != DirectionState.OPEN:
        raise RuleViolation(_("เตือนได้เฉพาะปีที่เปิดให้ทำแผน"))
    now, errand = timezone.now(), new_errand()
    told = 0
    for late in late_plans(direction, today=timezone.localdate(now), user=by):
        if late.province.pk not in provinces or _was_reminded_today(late.reminded_at, now):
            continue
        plan_notices.tell_late(
            direction.fiscal_year,
            late.province.pk,
            send_by=direction.send_by,
            by=by,
            errand=errand,
        )
        audit.record(
            REMINDED,
            by=by,
            target=direction,
            province_code=late.province.pk,
            detail=_detail(direction, str(errand)) | {"moment": now.isoformat()},
        )
        told += 1
    if not told:
        raise RuleViolation(_("ไม่มีจังหวัดที่ต้องเตือน จังหวัดที่เตือนแล้ววันนี้เตือนซ้ำได้พรุ่งนี้"))
    return told


def reminder_to_take_back(direction: Direction, *, by: User) -> datetime | None:
    """Until when the person's last reminder of the year can be taken back; None when it cannot."""
    events = _last_reminder(direction, by)
    return _moment_of(events[0]) + TAKEN_BACK_WITHIN if events else None


@transaction.atomic
def take_back_reminder(*, direction: Direction, by: User) -> int:
    """Take the last reminder back as if it had not been sent; returns of how many provinces."""
    direction = Direction.objects.select_for_update(of=("self",)).get(pk=direction.pk)
    events = _last_reminder(direction, by)
    if not events:
        raise RuleViolation(_("เรียกคืนได้ภายใน 2 นาทีหลังส่งเตือน ตอนนี้จังหวัดได้รับแล้ว"))
    unsend(UUID(events[0].detail["together"]), by=by)
    for event in events:
        audit.record(
            TAKEN_BACK,
            by=by,
            target=direction,
            province_code=event.province_id,
            detail=_detail(direction, event.detail["together"]),
        )
    return len(events)


def _last_reminder(direction: Direction, by: User) -> list[AuditEvent]:
    """The entries of the person's last reminder, while it can be taken back and was not."""
    events = AuditEvent.objects.visible_to(by).filter(
        actor=by.pk,
        verb__in=(REMINDED, TAKEN_BACK),
        detail__fiscal_year=direction.fiscal_year,
    )
    rows = list(events.order_by("-at", "-pk")[:_AT_ONCE_AT_MOST])
    if not rows or rows[0].verb == TAKEN_BACK or not still_open(_moment_of(rows[0])):
        return []
    together = rows[0].detail["together"]
    return [row for row in rows if row.detail["together"] == together]


def _moment_of(event: AuditEvent) -> datetime:
    return datetime.fromisoformat(event.detail["moment"])


def _detail(direction: Direction, together: str) -> dict[str, object]:
    return {"fiscal_year": direction.fiscal_year, "together": together}


def _was_reminded_today(reminded_at: datetime | None, now: datetime) -> bool:
    return reminded_at is not None and timezone.localdate(reminded_at) == timezone.localdate(now)
