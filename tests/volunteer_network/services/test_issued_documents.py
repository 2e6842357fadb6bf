"""Which paper of an edition is valid, whoever comes at once; and who may withdraw one."""

import pytest
from django.utils import timezone

from tests.factories import UserFactory
from tests.factories.issued_documents import IssuedDocumentFactory
from tests.factories.jobs import JobFactory
from tests.locks import while_held, without_row_locks
from volunteer_network.access.roles import Role
from volunteer_network.access.scope import NATION, SYSTEM, open_scope
from volunteer_network.documents.serials import new_issue
from volunteer_network.enums import DocumentState
from volunteer_network.errors import RuleViolation
from volunteer_network.models import IssuedDocument
from volunteer_network.services import issued_documents
from volunteer_network.services.issued_documents import (
    issue_document,
    may_withdraw,
    reinstate_document,
    supersede_documents,
    withdraw_document,
)

SAME = {"kind": "PLN", "province": 50, "fiscal_year": 2570, "edition": 2}


def keep_paper():
    """As the worker does, in a transaction that is open already."""
    issue = new_issue(**SAME, as_of=timezone.now())
    return issue_document(issue=issue, job=0, digest="a" * 64)


def in_the_house(service, **details):
    """A call of a service in the worker's scope."""

    def call():
        with open_scope(SYSTEM):
            return service(**details)

    return call


def issue():
    return in_the_house(keep_paper)()


def become(document, **values):
    with open_scope(SYSTEM):
        IssuedDocument.objects.filter(pk=document.pk).update(**values)


def withdraw(document, by):
    with open_scope(by.scope):
        return withdraw_document(document=document, reason="wrong", by=by)


def test_what_was_withdrawn_or_replaced_before_is_not_touched_again(db):
    withdrawn, first, second = issue(), issue(), issue()
    become(withdrawn, state=DocumentState.WITHDRAWN)

    issue()

    for document in (withdrawn, first):
        document.refresh_from_db()
    assert withdrawn.state == DocumentState.WITHDRAWN
    assert (withdrawn.replaced_by, first.replaced_by) == (first, second)


def test_only_the_last_paper_of_an_edition_is_reinstated(db):
    withdrawn, _former, last = issue(), issue(), issue()
    become(withdrawn, state=DocumentState.WITHDRAWN, replaced_by=None)
    in_the_house(supersede_documents, **SAME)()

    assert in_the_house(reinstate_document, **SAME)() == 1
    assert IssuedDocument.objects.valid().get() == last
    withdrawn.refresh_from_db()
    assert withdrawn.state == DocumentState.WITHDRAWN


def test_what_a_withdrawn_paper_had_replaced_is_not_reinstated(db):
    _former, last = issue(), issue()
    become(last, state=DocumentState.WITHDRAWN)

    assert in_the_house(reinstate_document, **SAME)() == 0


def test_of_two_papers_that_were_superseded_the_later_one_is_reinstated(db):
    issue()
    in_the_house(supersede_documents, **SAME)()
    later = issue()
    in_the_house(supersede_documents, **SAME)()

    assert in_the_house(reinstate_document, **SAME)() == 1
    assert IssuedDocument.objects.valid().get() == later


@pytest.mark.parametrize("other", [{"province": 90}, {"fiscal_year": 2569}, {"edition": 3}])
@pytest.mark.parametrize("service", [supersede_documents, reinstate_document])
def test_papers_of_another_edition_are_left_alone(db, service, other):
    state = DocumentState.VALID if service is supersede_documents else DocumentState.REPLACED
    document = issue()
    become(document, state=state)

    assert in_the_house(service, **SAME | other)() == 0
    assert in_the_house(service, **SAME | {"kind": "PRG"})() == 0


# At once


@pytest.fixture(params=[True, False], ids=["locked", "the twin without locks"])
def locked(request, monkeypatch, committed):
    """The twin shows that a test can see what the lock prevents."""
    if not request.param:
        without_row_locks(monkeypatch)
        monkeypatch.setattr(issued_documents, "wait_in_transaction", lambda *which: None)
    return request.param


def test_a_paper_that_is_just_being_kept_is_superseded_too(locked):
    count = while_held(keep_paper, in_the_house(supersede_documents, **SAME), scope=SYSTEM)

    assert count == (1 if locked else 0)
    assert IssuedDocument.objects.valid().exists() is not locked


def test_a_paper_that_is_just_being_superseded_is_reinstated(locked):
    issue()

    count = while_held(
        lambda: supersede_documents(**SAME),
        in_the_house(reinstate_document, **SAME),
        scope=SYSTEM,
    )

    assert count == (1 if locked else 0)


def test_of_two_who_withdraw_one_the_first_reason_stays(locked):
    document, by = issue(), UserFactory(role=Role.CENTRAL_OFFICER, province=None)

    second = while_held(
        lambda: IssuedDocument.objects.filter(pk=document.pk).update(
            state=DocumentState.WITHDRAWN, withdrawal_reason="leaked"
        ),
        lambda: withdraw(document, by),
    )

    document.refresh_from_db()
    assert isinstance(second, RuleViolation) is locked
    assert document.withdrawal_reason == ("leaked" if locked else "wrong")


# Withdrawing


def test_it_is_read_again_before_it_is_withdrawn(central_officer):
    document = issue()
    withdraw(IssuedDocument.objects.get(pk=document.pk), central_officer)

    with pytest.raises(RuleViolation, match="ถูกเพิกถอนแล้ว"):
        withdraw(document, central_officer)


def test_who_makes_no_documents_withdraws_none(chiang_mai_officer, executive):
    """Even the own one, and though the person sees the whole country."""
    theirs, own = (
        IssuedDocumentFactory(job=JobFactory(requested_by=person).pk)
        for person in (chiang_mai_officer, executive)
    )

    with open_scope(executive.scope):
        assert not may_withdraw(theirs, executive)
        assert not may_withdraw(own, executive)


def test_a_job_of_ones_own_opens_no_paper_of_another_job(chiang_mai_officer, chiang_mai):
    colleague = UserFactory(province=chiang_mai)
    JobFactory(requested_by=chiang_mai_officer)
    theirs = IssuedDocumentFactory(job=JobFactory(requested_by=colleague).pk)

    with open_scope(chiang_mai_officer.scope):
        assert not may_withdraw(theirs, chiang_mai_officer)


def test_the_first_wall_alone_keeps_the_document_of_the_former_province(
    chiang_mai_officer, songkhla
):
    job = JobFactory(requested_by=chiang_mai_officer, province=songkhla)
    document = IssuedDocumentFactory(job=job.pk)

    with open_scope(NATION):
        assert not may_withdraw(document, chiang_mai_officer)
