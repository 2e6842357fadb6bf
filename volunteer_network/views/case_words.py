"""A case in words: its state, whose turn it is and until when, its timeline."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from volunteer_network.case_steps import FINISHED
from volunteer_network.enums import CaseAction, CaseOutcome, CaseState
from volunteer_network.models import Case, CaseEvent, User
from volunteer_network.thai_calendar import remaining, short_date

SHAPES: Final = {
    CaseState.OPENED: "due",
    CaseState.REFERRED: "half",
    CaseState.ACCEPTED: "half",
    CaseState.IN_PROGRESS: "half",
    CaseState.DECLINED: "warn",
    CaseState.CLOSED: "due",
    CaseState.WITHDRAWN: "off",
}
NEXT: Final = {
    CaseState.OPENED: gettext_lazy("รอ%(who)sเลือกสำนักงานและส่งต่อ"),
    CaseState.REFERRED: gettext_lazy("รอ%(who)sรับเรื่อง"),
    CaseState.ACCEPTED: gettext_lazy("รอ%(who)sดำเนินการและตอบผล"),
    CaseState.IN_PROGRESS: gettext_lazy("รอ%(who)sตอบผล"),
    CaseState.DECLINED: gettext_lazy("รอ%(who)sเลือกสำนักงานใหม่ หรือถอนเรื่อง"),
    CaseState.CLOSED: gettext_lazy("รอ%(who)sแจ้งผลให้ %(informant)s"),
    CaseState.TOLD: gettext_lazy("จบแล้ว ผลกลับถึง %(informant)s"),
    CaseState.WITHDRAWN: gettext_lazy("จบแล้ว จังหวัดถอนเรื่อง"),
}
ON_THE_LINE: Final = {CaseAction.ESCALATE: "wait", CaseAction.DECLINE: "wait"}


@dataclass(frozen=True)
class Next:
    """Whose turn it is, and the date that goes with it."""

    sentence: str
    day: date
    left: str  # in words; "" when the case is finished
    is_late: bool


@dataclass(frozen=True)
class Line:
    """One line of the timeline."""

    at: datetime
    kind: str
    title: str
    text: str
    who: str


def next_of(case: Case, *, today: date) -> Next:
    state = CaseState(case.state)
    finished = state in FINISHED
    return Next(
        sentence=str(NEXT[state]) % {"who": case.owner, "informant": case.informant},
        day=case.due_on,
        left="" if finished else remaining(case.due_on, today),
        is_late=not finished and case.due_on < today,
    )


@cache
def state_of(state: str, outcome: str) -> tuple[str, str]:
    """The shape and the words of a state; what has come home shows its outcome."""
    if state != CaseState.TOLD:
        return SHAPES[CaseState(state)], str(CaseState(state).label)
    shape = "good" if outcome == CaseOutcome.SERVED else "off"
    return shape, str(CaseOutcome(outcome).label)


def timeline_of(case: Case, *, user: User) -> list[Line]:
    """What happened, the latest first, within what the user may see."""
    events = (
        CaseEvent.objects.visible_to(user)
        .filter(case=case)
        .select_related("actor", "office__agency", "office__province")
    )
    return [_line(event) for event in events]


def _line(event: CaseEvent) -> Line:
    action = CaseAction(event.action)
    title = str(action.label)
    if action in {CaseAction.REFER, CaseAction.ACCEPT, CaseAction.DECLINE} and event.office:
        title = f"{title} · {event.office}"
    by_province = action in {CaseAction.OPEN, CaseAction.REFER, CaseAction.TELL, CaseAction.REOPEN}
    words = [event.text] if event.text else []
    if action == CaseAction.REFER:
        words.append(_("ตอบภายใน %(day)s") % {"day": short_date(event.due_on)})
    return Line(
        at=event.at,
        kind=ON_THE_LINE.get(action, "own" if by_province else "other"),
        title=title,
        text=" · ".join(words),
        who=str(event.actor or _("ระบบ")),
    )
