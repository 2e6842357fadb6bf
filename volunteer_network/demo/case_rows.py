"""A case whose life is told, and its rows in the tables."""

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random
from typing import Any, Final

from volunteer_network import sealing
from volunteer_network.case_steps import NOTICE_VERSION
from volunteer_network.demo import case_needs as said
from volunteer_network.demo.copying import copy_rows
from volunteer_network.enums import CaseAction, CaseState
from volunteer_network.models import Case, CaseClient, CaseEvent
from volunteer_network.services.case_clients import SEALED_CLIENT

CASE_COLUMNS: Final = (
    *("id", "province_id", "district_id", "subdistrict_id", "fiscal_year", "number", "submission"),
    *("topic", "urgency", "need", "screening", "volunteer_id", "activity_id", "is_anonymous"),
    *("sex", "age_band", "nationality", "state", "office_id", "keeper_id", "opened_by_id"),
    *("opened_on", "due_on", "finish_by", "escalated_to", "decline_reason", "outcome"),
    *("answered_on", "version"),
)
EVENT_COLUMNS: Final = (
    *("province_id", "case_id", "topic", "at", "action", "actor_id", "state", "office_id"),
    *("due_on", "text"),
)
CLIENT_COLUMNS: Final = (
    *("province_id", "case_id", "topic", "reference", "sealed", "notice_version"),
    "notice_given_at",
)


@dataclass
class Told:
    """A case while its life is being told."""

    case: Case
    events: list[tuple[datetime, CaseAction, int | None, CaseState, int | None, date, str]] = field(
        default_factory=list
    )


def copy_cases(told: list[Told], chance: Random) -> None:
    copy_rows(Case, CASE_COLUMNS, _case_rows(told))
    copy_rows(CaseEvent, EVENT_COLUMNS, _event_rows(told))
    copy_rows(CaseClient, CLIENT_COLUMNS, _client_rows(told, chance))


def _case_rows(told: list[Told]) -> Iterator[tuple[Any, ...]]:
    for one in told:
        yield tuple(getattr(one.case, name) for name in CASE_COLUMNS)


def _event_rows(told: list[Told]) -> Iterator[tuple[Any, ...]]:
    for one in told:
        case = one.case
        for at, action, actor, state, office, due_on, text in one.events:
            yield (
                case.province_id,
                case.pk,
                case.topic,
                at,
                action.value,
                actor,
                state.value,
                office,
                due_on,
                text,
            )


def _client_rows(told: list[Told], chance: Random) -> Iterator[tuple[Any, ...]]:
    for one in told:
        case = one.case
        if case.is_anonymous:
            continue
        reference = uuid.UUID(int=chance.getrandbits(128))
        phone = f"0{chance.choice('689')}0{chance.randrange(10**7):07d}"
        text = json.dumps([chance.choice(said.CALLED), phone], ensure_ascii=False)
        yield (
            case.province_id,
            case.pk,
            case.topic,
            reference,
            sealing.seal(text, table=SEALED_CLIENT, row=str(reference)),
            NOTICE_VERSION,
            one.events[0][0],
        )
