"""Sealing everything anew with the newest key, so that the older one can go."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction

from volunteer_network import sealing
from volunteer_network.models import Volunteer
from volunteer_network.services.volunteers import SEALED_ACCOUNT, SEALED_ID

BATCH = 500
SEALED_FIELDS = {"national_id_sealed": SEALED_ID, "bank_account_sealed": SEALED_ACCOUNT}


@dataclass(frozen=True)
class Resealed:
    """How many rows were looked at, and how many were sealed anew."""

    seen: int
    changed: int


def reseal_volunteers() -> Resealed:
    """Seal with the current key whatever an older one sealed. Runs as the owner; may run again.

    Each batch is a transaction of its own, with its rows locked: a stop in between loses nothing.
    """
    seen = changed = 0
    for pks in _batches():
        with transaction.atomic():
            rows = list(
                Volunteer.objects.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk")
            )
            anew = [row for row in rows if _reseal(row)]
            Volunteer.objects.bulk_update(anew, list(SEALED_FIELDS))
        seen, changed = seen + len(rows), changed + len(anew)
    return Resealed(seen, changed)


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


def _batches() -> Iterator[list[int]]:
    last = 0
    ids = Volunteer.objects.order_by("pk").values_list("pk", flat=True)
    while pks := list(ids.filter(pk__gt=last)[:BATCH]):
        yield pks
        last = pks[-1]


def _reseal(volunteer: Volunteer) -> bool:
    """Whether a value of the row was sealed with an older key; it is sealed anew then."""
    older = False
    for field, table in SEALED_FIELDS.items():
        token = getattr(volunteer, field)
        if token is None or sealing.key_id_of(bytes(token)) == sealing.current_key_id():
            continue
        row = str(volunteer.person)
        text = sealing.unseal(bytes(token), table=table, row=row)
        setattr(volunteer, field, sealing.seal(text, table=table, row=row))
        older = True
    return older
