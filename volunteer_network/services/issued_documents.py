"""Official documents: known by their serial from the moment their file is kept."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from volunteer_network import audit
from volunteer_network.access.roles import Capability
from volunteer_network.advisory_locks import Lock, wait_in_transaction
from volunteer_network.documents.serials import Issue
from volunteer_network.enums import DocumentState
from volunteer_network.errors import RuleViolation
from volunteer_network.models import IssuedDocument, Job, User
from volunteer_network.models.issued_documents import IssuedDocumentQuerySet


def issue_document(*, issue: Issue, job: int, digest: str) -> IssuedDocument:
    """Make the serial known, in the transaction that keeps the file.

    The document of the same kind, province, year and edition that was valid is replaced by it.
    """
    wait_in_transaction(Lock.DOCUMENTS_OF, issue.province)
    same = _of_edition(issue.kind, issue.province, issue.fiscal_year, issue.edition).valid()
    former = list(same.values_list("pk", flat=True))
    same.update(state=DocumentState.REPLACED)
    document = IssuedDocument.objects.create(
        serial=issue.serial,
        kind=issue.kind,
        province_id=issue.province,
        fiscal_year=issue.fiscal_year,
        edition=issue.edition,
        as_of=issue.as_of,
        digest=digest,
        job=job,
    )
    IssuedDocument.objects.filter(pk__in=former).update(replaced_by=document)
    return document


def supersede_documents(*, kind: str, province: int, fiscal_year: int, edition: int) -> int:
    """Of an edition that a newer one took the place of nothing is valid any more. Returns how many.

    No document replaces them until the newer edition is printed.
    """
    wait_in_transaction(Lock.DOCUMENTS_OF, province)
    theirs = _of_edition(kind, province, fiscal_year, edition)
    return theirs.valid().update(state=DocumentState.REPLACED)


def reinstate_document(*, kind: str, province: int, fiscal_year: int, edition: int) -> int:
    """The edition holds again, and with it its last document. Returns how many, at most one."""
    wait_in_transaction(Lock.DOCUMENTS_OF, province)
    theirs = _of_edition(kind, province, fiscal_year, edition)
    last = theirs.filter(state=DocumentState.REPLACED, replaced_by=None).values("pk")[:1]
    return theirs.filter(pk__in=last).update(state=DocumentState.VALID)


def recall_documents(
    *, kind: str, province: int, fiscal_year: int, edition: int, since: datetime | None = None
) -> list[int]:
    """What was printed of the edition, or printed of it `since`, holds no more. Returns which.

    They stay so when the edition comes again: it is printed anew.
    """
    wait_in_transaction(Lock.DOCUMENTS_OF, province)
    valid = _of_edition(kind, province, fiscal_year, edition).valid()
    if since:
        valid = valid.filter(as_of__gte=since)
    recalled = list(valid.values_list("pk", flat=True))
    IssuedDocument.objects.filter(pk__in=recalled).update(state=DocumentState.RECALLED)
    return recalled


def end_recall(*, documents: Collection[int], province: int) -> int:
    """The edition is again as it was printed. Returns how many documents hold again.

    One that was withdrawn meanwhile stays so, and one whose edition was printed anew.
    """
    wait_in_transaction(Lock.DOCUMENTS_OF, province)
    theirs = IssuedDocument.objects.filter(province=province)
    recalled = theirs.filter(pk__in=documents, state=DocumentState.RECALLED)
    return recalled.exclude(Exists(_printed_anew())).update(state=DocumentState.VALID)


def _printed_anew() -> IssuedDocumentQuerySet:
    same = {name: OuterRef(name) for name in ("kind", "province", "fiscal_year", "edition")}
    return IssuedDocument.objects.valid().filter(**same)


def _of_edition(kind: str, province: int, fiscal_year: int, edition: int) -> IssuedDocumentQuerySet:
    return IssuedDocument.objects.filter(
        kind=kind, province=province, fiscal_year=fiscal_year, edition=edition
    )


@transaction.atomic
def withdraw_document(*, document: IssuedDocument, reason: str, by: User) -> IssuedDocument:
    """Say to everybody who asks that it is valid no more; a withdrawn one stays so."""
    document = IssuedDocument.objects.select_for_update(of=("self",)).get(pk=document.pk)
    if document.state == DocumentState.WITHDRAWN:
        raise RuleViolation(_("เอกสารนี้ถูกเพิกถอนแล้ว หากต้องใช้ให้สั่งทำฉบับใหม่"))
    document.state, document.withdrawal_reason = DocumentState.WITHDRAWN, reason
    document.save(update_fields=["state", "withdrawal_reason"])
    audit.record(
        "document.withdrawn",
        by=by,
        target=document,
        province_code=document.province_id,
        detail={"reason": reason},
    )
    return document


def may_withdraw(document: IssuedDocument, user: User) -> bool:
    """Whoever made it, and the centre; asked inside the person's scope."""
    if not user.can(Capability.MAKE_DOCUMENTS):
        return False
    own = Job.objects.visible_to(user).asked_by(user).filter(pk=document.job)
    return user.scope.nationwide or own.exists()
