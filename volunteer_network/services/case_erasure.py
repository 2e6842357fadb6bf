"""How to reach the client of a finished case is forgotten by itself; the case stays as a figure."""

from datetime import timedelta

from django.conf import settings
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from volunteer_network.access.scope import SYSTEM_CLEARED, open_scope
from volunteer_network.case_steps import ANSWERED, FINISHED
from volunteer_network.models import Case, CaseClient
from volunteer_network.models.cases import CaseQuerySet
from volunteer_network.services.case_clients import record


def erase_old_contacts() -> int:
    """Erase the contacts of cases that ended long ago; return how many. Opens its own scopes.

    `CASE_CONTACT_DAYS` after the answer or the withdrawal, whether or not the answer was told:
    domain 8.4 asks for a shorter time than the register has. Runs every night and may run twice.
    Each case is a transaction of its own.
    """
    with open_scope(SYSTEM_CLEARED):
        ended = list(_ended_long_ago().order_by("pk").values_list("pk", flat=True))
    return sum(_erase(pk) for pk in ended)


def _ended_long_ago() -> CaseQuerySet:
    before = timezone.localdate() - timedelta(days=settings.CASE_CONTACT_DAYS)
    ended_on = Coalesce("answered_on", F("due_on"))  # of a withdrawn case, the day it was withdrawn
    return (
        Case.objects.filter(
            state__in=ANSWERED | FINISHED, contact_erased_at=None, client__isnull=False
        )
        .alias(ended_on=ended_on)
        .filter(ended_on__lte=before)
    )


def _erase(pk: int) -> bool:
    """Look again under the lock: it may have been opened again a moment ago."""
    with open_scope(SYSTEM_CLEARED):
        case = Case.objects.select_for_update(of=("self",)).get(pk=pk)
        if not _ended_long_ago().filter(pk=pk).exists():
            return False
        client = CaseClient.objects.get(case=case)
        notice = client.notice_version
        client.delete()
        case.contact_erased_at = timezone.now()
        case.save(update_fields=["contact_erased_at"])
        record("case.contact_erased", case, by=None, notice=notice)
    return True
