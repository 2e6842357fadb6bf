"""Sealing everything anew with the newest key, so that the older one can go.

`PLACES` names every place where something lies sealed; a test holds it against all that is sealed.
"""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from operator import attrgetter
from typing import Final

from volunteer_network import sealing
from volunteer_network.accounts import SEALED_FACTOR
from volunteer_network.models import CaseClient, OutgoingMail, Volunteer
from volunteer_network.models.imports import SEALED_FILE, SEALED_ROW
from volunteer_network.services.case_clients import SEALED_CLIENT
from volunteer_network.services.import_files import keys_of_imports, reseal_imports
from volunteer_network.services.outgoing_mail import SEALED_LINK
from volunteer_network.services.sealed_values import (
    Resealed,
    SealedColumns,
    keys_of_table,
    reseal_table,
)
from volunteer_network.services.second_factors import (
    keys_of_second_factors,
    reseal_second_factors,
)
from volunteer_network.services.volunteers import SEALED_ACCOUNT, SEALED_ID

# Work that read its key before the newest came has ended by then: a request takes a minute at
# most, a worker's task a minute and a half, filling a demo country some minutes.
WORK_ENDS_WITHIN: Final = timedelta(hours=1)


@dataclass(frozen=True)
class Place:
    """Where values lie sealed: a word for it, what the seals are bound to, and how to change them.

    `reseal` and `keys` run as the owner; `keys` counts the values by the number of their key.
    """

    word: str
    tables: frozenset[str]
    reseal: Callable[[], Resealed]
    keys: Callable[[], Counter[int]]


def _columns(word: str, columns: SealedColumns) -> Place:
    return Place(
        word,
        frozenset(columns.tables.values()),
        partial(reseal_table, columns),
        partial(keys_of_table, columns),
    )


VOLUNTEERS: Final = SealedColumns(
    Volunteer,
    {"national_id_sealed": SEALED_ID, "bank_account_sealed": SEALED_ACCOUNT},
    attrgetter("person"),
)
CLIENTS: Final = SealedColumns(CaseClient, {"sealed": SEALED_CLIENT}, attrgetter("reference"))
LINKS: Final = SealedColumns(OutgoingMail, {"secret_sealed": SEALED_LINK}, attrgetter("pk"))
PLACES: Final = (
    _columns("volunteers", VOLUNTEERS),
    _columns("clients of cases", CLIENTS),
    _columns("links in waiting mail", LINKS),
    Place(
        "second factors",
        frozenset({SEALED_FACTOR}),
        reseal_second_factors,
        keys_of_second_factors,
    ),
    Place(
        "rows and files of imports",
        frozenset({SEALED_ROW, SEALED_FILE}),
        reseal_imports,
        keys_of_imports,
    ),
)


def values_by_key() -> dict[int, dict[str, int]]:
    """How many values bear which key, counted now: for each key the places that have some."""
    found: dict[int, dict[str, int]] = {}
    for place in PLACES:
        for key_id, count in place.keys().items():
            found.setdefault(key_id, {})[place.word] = count
    return found


def seconds_until_settled() -> int:
    """How long work may still go on that seals with an older key than the newest; 0 when none."""
    age = time.time() - sealing.newest_key_since()
    return max(0, round(WORK_ENDS_WITHIN.total_seconds() - age))


def keys_fit_the_register() -> bool:
    """Whether our keys are those that sealed the register: tried on its latest row, as the owner.

    With other keys nothing could be opened, and a person could be registered twice.
    """
    volunteer = Volunteer.objects.order_by("-pk").first()
    if volunteer is None:
        return True
    try:
        digits = sealing.unseal(
            bytes(volunteer.national_id_sealed), table=SEALED_ID, row=str(volunteer.person)
        )
    except (sealing.SealBroken, sealing.MissingKey):
        return False
    return sealing.blind_index(digits) == bytes(volunteer.national_id_index)
