"""Whose turn a plan is and until when; the steps behind it and before it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from reports.enums import DirectionState, PlanState
from reports.models import Direction, Plan, PlanStep
from volunteer_network.access.roles import Capability
from volunteer_network.services.colleagues import who_may
from volunteer_network.thai_calendar import remaining, short_date


@dataclass(frozen=True, slots=True)
class Turn:
    """What is waited for, in words, and the last day; None where no day is set."""

    words: str
    until: date | None = None

    @property
    def by_when(self) -> str:
        """What is waited for and the day, without how late it is."""
        if self.until is None:
            return self.words
        return _("%(words)s ภายใน %(day)s") % {"words": self.words, "day": short_date(self.until)}

    @property
    def in_words(self) -> str:
        late = self.days_late(timezone.localdate())
        return self.with_rest if late else self.by_when

    @property
    def with_rest(self) -> str:
        """The same with the days that are left, or since when it is late."""
        if self.until is None:
            return self.words
        return f"{self.by_when} {remaining(self.until, timezone.localdate())}"

    def days_late(self, today: date) -> int:
        return max((today - self.until).days, 0) if self.until else 0


@dataclass(frozen=True, slots=True)
class PathStep:
    """One station of a plan. `state`: ok (behind), now, or next; `at` when, `until` by when."""

    state: str
    title: str
    who: str = ""
    at: datetime | None = None
    until: date | None = None
    reason: str = ""


def turn_of(state: PlanState | None, direction: Direction | None) -> Turn:
    """Whose turn it is; `state` is None where the province has not begun."""
    propose, send, decide = (
        (direction.propose_by, direction.send_by, direction.decide_by)
        if direction
        else (None, None, None)
    )
    closed = direction is not None and direction.state == DirectionState.CLOSED
    turns = {
        None: Turn(_("รอจังหวัดเริ่มทำแผน"), propose),
        PlanState.DRAFT: Turn(_("รอจังหวัดเสนอแผน"), propose),
        PlanState.RETURNED: Turn(_("รอจังหวัดแก้แผนและเสนอใหม่"), send),
        PlanState.PROPOSED: Turn(_("รอแรงงานจังหวัดเห็นชอบ"), send),
        PlanState.AGREED: Turn(_("รอแรงงานจังหวัดส่งส่วนกลาง"), send),
        PlanState.SENT: Turn(_("รอส่วนกลางพิจารณา"), decide),
        PlanState.APPROVED: Turn(
            _("ปีปิดแล้ว แก้แผนและผลไม่ได้") if closed else _("ใช้อยู่ บันทึกผลทุกไตรมาส")
        ),
        PlanState.REPLACED: Turn(_("มีฉบับใหม่แทนแล้ว")),
        PlanState.CANCELLED: Turn(_("ยกเลิกแล้ว")),
    }
    return turns[state]


def path_of(
    plan: Plan, steps: Sequence[PlanStep], direction: Direction | None
) -> tuple[PathStep, ...]:
    """What was done with the plan, who is next, and what comes after."""
    behind = [
        PathStep("ok", _("เริ่มร่าง"), str(plan.made_by), plan.made_at),
        *(
            PathStep("ok", step.get_action_display(), str(step.by), step.at, reason=step.reason)
            for step in steps
        ),
    ]
    state = PlanState(plan.state)
    if state in {PlanState.APPROVED, PlanState.REPLACED, PlanState.CANCELLED}:
        return tuple(behind)
    turn = turn_of(state, direction)
    now = PathStep("now", turn.words, _next_people(plan), until=turn.until)
    return (*behind, now, *_ahead(state, direction))


def _next_people(plan: Plan) -> str:
    """Those in the province whose turn it is, at most three names."""
    if plan.state == PlanState.SENT:
        return ""
    waiting = {PlanState.PROPOSED, PlanState.AGREED}
    wanted = Capability.AGREE_PLANS if plan.state in waiting else Capability.WRITE_PLANS
    if wanted == Capability.WRITE_PLANS:
        return str(plan.made_by)
    return ", ".join(str(person) for person in who_may(wanted, plan.province_id)[:3])


def _ahead(state: PlanState, direction: Direction | None) -> list[PathStep]:
    send = direction.send_by if direction else None
    decide = direction.decide_by if direction else None
    later = [
        PathStep("next", _("แรงงานจังหวัดเห็นชอบ"), until=send),
        PathStep("next", _("ส่งส่วนกลาง"), until=send),
        PathStep("next", _("ส่วนกลางอนุมัติ"), until=decide),
    ]
    done = {PlanState.PROPOSED: 1, PlanState.AGREED: 2, PlanState.SENT: 3}
    return later[done.get(state, 0) :]
