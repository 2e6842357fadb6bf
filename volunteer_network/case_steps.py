"""The life of a case: in which state whose turn it is and until when, and who may do what.

One table, read by services, pages and the test that walks all states. Days are calendar days.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from volunteer_network.access.roles import Capability
from volunteer_network.enums import CaseAction, CaseState, Category, Escalation, Urgency


class Side(StrEnum):
    """Who owns a case: the person who keeps it in the province, or the office it is with."""

    KEEPER = "keeper"
    OFFICE = "office"


OWNER: Final = {
    CaseState.OPENED: Side.KEEPER,
    CaseState.REFERRED: Side.OFFICE,
    CaseState.ACCEPTED: Side.OFFICE,
    CaseState.IN_PROGRESS: Side.OFFICE,
    CaseState.DECLINED: Side.KEEPER,
    CaseState.CLOSED: Side.KEEPER,
    CaseState.TOLD: Side.KEEPER,
    CaseState.WITHDRAWN: Side.KEEPER,
}
WITH_KEEPER: Final = frozenset(
    {CaseState.OPENED, CaseState.DECLINED, CaseState.CLOSED}
)  # and somebody has to act
WITH_OFFICE: Final = frozenset({CaseState.REFERRED, CaseState.ACCEPTED, CaseState.IN_PROGRESS})
FINISHED: Final = frozenset({CaseState.TOLD, CaseState.WITHDRAWN})
ANSWERED: Final = frozenset({CaseState.CLOSED, CaseState.TOLD})
# In these the office may learn whom to call. A case it declined or lost shows the need alone.
CONTACT_OPEN: Final = frozenset({CaseState.ACCEPTED, CaseState.IN_PROGRESS})
# The centre learns it when a case has climbed there, until it is finished or goes on again.
CONTACT_OPEN_TO: Final = Escalation.CENTRE


@dataclass(frozen=True)
class Step:
    """A move: from which states, to which, by which side, with which capability."""

    before: frozenset[CaseState]
    after: CaseState
    side: Side
    needs: Capability


_KEEPS, _ANSWERS = Capability.REFER_CASES, Capability.ANSWER_CASES
STEPS: Final = {
    CaseAction.REFER: Step(
        frozenset({CaseState.OPENED, CaseState.DECLINED}), CaseState.REFERRED, Side.KEEPER, _KEEPS
    ),
    CaseAction.ACCEPT: Step(
        frozenset({CaseState.REFERRED}), CaseState.ACCEPTED, Side.OFFICE, _ANSWERS
    ),
    CaseAction.DECLINE: Step(
        frozenset({CaseState.REFERRED}), CaseState.DECLINED, Side.OFFICE, _ANSWERS
    ),
    CaseAction.PROGRESS: Step(
        frozenset({CaseState.ACCEPTED, CaseState.IN_PROGRESS}),
        CaseState.IN_PROGRESS,
        Side.OFFICE,
        _ANSWERS,
    ),
    CaseAction.CLOSE: Step(
        frozenset({CaseState.ACCEPTED, CaseState.IN_PROGRESS}),
        CaseState.CLOSED,
        Side.OFFICE,
        _ANSWERS,
    ),
    CaseAction.TELL: Step(frozenset({CaseState.CLOSED}), CaseState.TOLD, Side.KEEPER, _KEEPS),
    CaseAction.WITHDRAW: Step(
        frozenset(
            {
                *(CaseState.OPENED, CaseState.REFERRED, CaseState.ACCEPTED),
                *(CaseState.IN_PROGRESS, CaseState.DECLINED),
            }
        ),
        CaseState.WITHDRAWN,
        Side.KEEPER,
        _KEEPS,
    ),
    CaseAction.REOPEN: Step(
        frozenset({CaseState.CLOSED, CaseState.TOLD, CaseState.WITHDRAWN}),
        CaseState.OPENED,
        Side.KEEPER,
        _KEEPS,
    ),
}

# How long the next person has in a state; where none is named, the topic's own deadline holds.
DAYS_TO_ACT: Final = {
    CaseState.OPENED: 3,
    CaseState.REFERRED: 3,
    CaseState.DECLINED: 3,
    CaseState.CLOSED: 7,
    CaseState.TOLD: 0,
    CaseState.WITHDRAWN: 0,
}
DAYS_TO_FINISH: Final = {
    Category.JOB_PLACEMENT: 15,
    Category.OVERSEAS_WORK: 15,
    Category.FOREIGN_WORKERS: 15,
    Category.HOME_WORKERS: 30,
    Category.VOCATIONAL_TRAINING: 30,
    Category.SKILL_TEST: 30,
    Category.LABOUR_PROTECTION: 30,
    Category.SAFETY: 15,
    Category.WELFARE: 30,
    Category.SOCIAL_SECURITY: 15,
    Category.COMPENSATION_FUND: 30,
    Category.INFORMAL_WORKERS: 30,
    Category.URGENT_EMPLOYMENT: 7,
    Category.TRAFFICKING: 3,
    Category.DRUG_PREVENTION: 15,
    Category.DISASTER: 3,
    Category.OTHER: 15,
}
# What is not somebody's need: information, surveys and public service are activities, not cases.
TOPICS: Final = tuple(DAYS_TO_FINISH)
RESTRICTED_TOPIC: Final = Category.TRAFFICKING
DAYS_BEFORE_THE_CENTRE: Final = 7  # overdue with the head knowing, before the centre is told
NOTICE_VERSION: Final = "2569-1"  # of the privacy notice that a client is given


def days_to_finish(topic: Category, urgency: Urgency) -> int:
    """An urgent case has half the time, and a day at least."""
    days = DAYS_TO_FINISH[topic]
    return max(days // 2, 1) if urgency == Urgency.URGENT else days


def act_by(state: CaseState, *, urgency: Urgency, finish_by: date, today: date) -> date:
    """Until when whoever is next has to act; in a finished state, the day it was finished."""
    if state not in DAYS_TO_ACT:
        return max(finish_by, today)
    days = DAYS_TO_ACT[state]
    return today + timedelta(days=1 if days and urgency == Urgency.URGENT else days)
