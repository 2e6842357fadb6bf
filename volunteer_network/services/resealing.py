"""Sealing everything anew with the newest key, so that the older one can go."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models, transaction

from volunteer_network import sealing
from volunteer_network.models import CaseClient, Volunteer
from volunteer_network.services.case_clients import SEALED_CLIENT
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
    for pks in _batches(Volunteer.objects.order_by("pk")):
        with transaction.atomic():
            rows = list(
                Volunteer.objects.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk")
            )
            anew = [row for row in rows if _reseal(row, SEALED_FIELDS, row.person)]
            Volunteer.objects.bulk_update(anew, list(SEALED_FIELDS))
        seen, changed = seen + len(rows), changed + len(anew)
    return Resealed(seen, changed)


def reseal_clients() -> Resealed:
    """The same for how to reach the people whom cases are about."""
    seen = changed = 0
    for pks in _batches(CaseClient.objects.order_by("pk")):
        with transaction.atomic():
            rows = list(
                CaseClient.objects.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk")
            )
            anew = [row for row in rows if _reseal(row, {"sealed": SEALED_CLIENT}, row.reference)]
            CaseClient.objects.bulk_update(anew, ["sealed"])
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


def _batches(rows: models.QuerySet[Any]) -> Iterator[list[int]]:
    last = 0
    ids = rows.values_list("pk", flat=True)
    while pks := list(ids.filter(pk__gt=last)[:BATCH]):
        yield pks
        last = pks[-1]


def _reseal(row: models.Model, fields: Mapping[str, str], bound_to: UUID) -> bool:
    """Whether a value of the row was sealed with an older key; it is sealed anew then."""
    older = False
    for field, table in fields.items():
        token = getattr(row, field)
        if token is None or sealing.key_id_of(bytes(token)) == sealing.current_key_id():
            continue
        text = sealing.unseal(bytes(token), table=table, row=str(bound_to))
        setattr(row, field, sealing.seal(text, table=table, row=str(bound_to)))
        older = True
    return older
