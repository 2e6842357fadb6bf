"""The sealed trail: every event in the chain, and each way of tampering found."""

import logging
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import ProgrammingError, connection, transaction

from volunteer_network import audit
from volunteer_network.access.owner import as_owner
from volunteer_network.access.scope import NATION, SYSTEM, Scope, ScopeRole, open_scope
from volunteer_network.models import AuditEvent, AuditSeal
from volunteer_network.services.audit_seal import log_head, seal_events, verify_chain


def record(count=3):
    with open_scope(NATION):
        for number in range(count):
            audit.record("tea.drunk", by=None, province_code=50, detail={"cup": number})


def test_each_event_is_sealed_once_and_in_order(db):
    record(3)

    assert (seal_events(), seal_events()) == (3, 0)

    with open_scope(SYSTEM):
        seals = list(AuditSeal.objects.order_by("position").values_list("position", "event"))
        events = list(AuditEvent.objects.order_by("pk").values_list("pk", flat=True))
    assert seals == list(enumerate(events, start=1))


def test_the_chain_goes_on_where_it_ended(db):
    record(2)
    seal_events()
    record(2)
    seal_events()

    chain = verify_chain()

    assert (chain.sealed, chain.broken_at) == (4, None)


def test_what_happened_to_a_restricted_row_is_sealed_too(db):
    """The sealer sees more than most people: an event that it missed would stay open for ever."""
    with open_scope(Scope(ScopeRole.NATION, cleared=True)):
        audit.record("case.open", by=None, province_code=50, detail={"restricted": True})

    assert seal_events() == 1
    assert verify_chain().sealed == 1


def test_an_event_that_commits_late_is_sealed_after_its_followers(committed):
    with open_scope(NATION):
        audit.record("late", by=None)
        with ThreadPoolExecutor(1) as other:
            other.submit(_record_and_close).result()
        with ThreadPoolExecutor(1) as other:
            assert other.submit(_seal_and_close).result() == 1

    assert seal_events() == 1
    assert verify_chain().sealed == 2


def _record_and_close():
    record(1)
    connection.close()


def _seal_and_close():
    try:
        return seal_events()
    finally:
        connection.close()


def test_two_sealers_do_not_seal_twice(committed):
    record(50)

    with ThreadPoolExecutor(4) as sealers:
        counts = list(sealers.map(lambda _: _seal_and_close(), range(4)))

    assert sum(counts) == 50
    assert verify_chain().broken_at is None


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE volunteer_network_auditevent SET actor = 99 WHERE id = {event}",
        "UPDATE volunteer_network_auditevent SET at = now() WHERE id = {event}",
        "UPDATE volunteer_network_auditevent SET detail = '{{}}' WHERE id = {event}",
        "DELETE FROM volunteer_network_auditevent WHERE id = {event}",
        "DELETE FROM volunteer_network_auditseal WHERE event = {event}",
        "UPDATE volunteer_network_auditseal SET digest = '' WHERE event = {event}",
    ],
)
def test_tampering_is_found_at_its_place(committed, tampering):
    record(3)
    seal_events()
    with open_scope(SYSTEM):
        second = AuditSeal.objects.get(position=2).event

    with as_owner(), connection.cursor() as cursor:
        cursor.execute(tampering.format(event=second))

    assert verify_chain().broken_at == 2


@pytest.mark.parametrize("scope", [NATION, SYSTEM])
@pytest.mark.parametrize(
    "change",
    [
        lambda: AuditEvent.objects.update(verb="x"),
        lambda: AuditEvent.objects.all().delete(),
        lambda: AuditSeal.objects.update(event=1),
        lambda: AuditSeal.objects.all().delete(),
    ],
)
def test_nobody_but_the_owner_can_change_the_trail(db, change, scope):
    with pytest.raises(ProgrammingError, match="permission denied"), open_scope(scope):
        change()


def test_the_head_is_logged_and_a_broken_chain_shouts(committed, caplog):
    record(2)

    with caplog.at_level(logging.INFO, "volunteer_network"):
        head = log_head()
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("UPDATE volunteer_network_auditevent SET verb = 'x'")
        log_head()

    assert [line.levelname for line in caplog.records] == ["INFO", "ERROR"]
    assert caplog.records[0].head == head.head.hex()


def test_what_a_minutes_look_missed_is_sealed_by_the_whole_look(db, monkeypatch):
    monkeypatch.setattr("volunteer_network.services.audit_seal.LOOK_BACK", 0)
    record(1)
    with transaction.atomic():
        record(1)
    seal_events()
    record(1)

    assert seal_events(from_the_beginning=True) == 1
