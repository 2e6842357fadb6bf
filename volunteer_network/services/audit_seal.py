"""Seals the audit trail: a hash chain over its events, so that a later change can be found.

Events are written unchained, because a shared head would make every service wait for every other.
Once a minute what is committed gets its place and its hash; the head goes to the log once a day,
where whoever could rewrite the tables cannot reach it.
"""

import hashlib
import json
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.db.models import Exists, OuterRef

from volunteer_network.access.scope import SYSTEM_CLEARED, open_scope
from volunteer_network.advisory_locks import Lock, take_in_transaction
from volunteer_network.models import AuditEvent, AuditSeal

logger = logging.getLogger(__name__)

BATCH = 2000
GENESIS = bytes(32)
# Numbers are given before the commit: a slow transaction may show its event after later ones.
# Looking this far back finds it without reading the whole trail; once a day all of it is read.
LOOK_BACK = 50_000


@dataclass(frozen=True)
class Chain:
    """What a check found: how far the chain holds, and the first place that it does not."""

    sealed: int
    head: bytes
    broken_at: int | None = None


def seal_events(*, from_the_beginning: bool = False) -> int:
    """Seal all committed events that are not sealed yet, and return how many there were."""
    sealed = 0
    while count := _seal_batch(from_the_beginning=from_the_beginning):
        sealed += count
    return sealed


def verify_chain() -> Chain:
    """Compute every hash anew from the events as they are now."""
    sealed, digest = 0, GENESIS
    with open_scope(SYSTEM_CLEARED):
        for seals in _batches(AuditSeal.objects.order_by("position").iterator(BATCH)):
            events = AuditEvent.objects.in_bulk([seal.event for seal in seals])
            for seal in seals:
                event = events.get(seal.event)
                if event is None or seal.position != sealed + 1:
                    return Chain(sealed, digest, sealed + 1)
                digest_now = _digest(digest, seal.position, event)
                if digest_now != bytes(seal.digest):
                    return Chain(sealed, digest, seal.position)
                sealed, digest = seal.position, digest_now
    return Chain(sealed, digest)


def log_head() -> Chain:
    """Seal whatever a minute's look may have missed, check the chain, and log its head."""
    seal_events(from_the_beginning=True)
    chain = verify_chain()
    about = {"sealed": chain.sealed, "head": chain.head.hex()}
    if chain.broken_at is None:
        logger.info("audit chain holds", extra=about)
    else:
        logger.error("audit chain is broken", extra={**about, "broken_at": chain.broken_at})
    return chain


def _seal_batch(*, from_the_beginning: bool) -> int:
    with open_scope(SYSTEM_CLEARED):
        if not take_in_transaction(Lock.AUDIT_SEAL):
            return 0
        head = AuditSeal.objects.order_by("-position").first()
        position, digest = (head.position, bytes(head.digest)) if head else (0, GENESIS)
        seals = []
        for event in _unsealed(head, everything=from_the_beginning):
            position += 1
            digest = _digest(digest, position, event)
            seals.append(AuditSeal(position=position, event=event.pk, digest=digest))
        AuditSeal.objects.bulk_create(seals)
    return len(seals)


def _unsealed(head: AuditSeal | None, *, everything: bool) -> list[AuditEvent]:
    known = AuditSeal.objects.filter(event=OuterRef("pk"))
    events = AuditEvent.objects.filter(~Exists(known)).order_by("pk")
    if head and not everything:
        events = events.filter(pk__gt=head.event - LOOK_BACK)
    return list(events[:BATCH])


def _digest(before: bytes, position: int, event: AuditEvent) -> bytes:
    """The hash over everything before and each field of the event."""
    fields = [
        *(position, event.pk, event.at.timestamp().hex(), event.verb, event.actor, event.request),
        *(event.province_id, event.target_type, event.target, event.detail),
    ]
    text = json.dumps(fields, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(before + text.encode()).digest()


def _batches(seals: Iterable[AuditSeal]) -> Iterator[list[AuditSeal]]:
    rest = iter(seals)
    while batch := list(islice(rest, BATCH)):
        yield batch
