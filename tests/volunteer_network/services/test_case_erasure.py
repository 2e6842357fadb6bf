"""Contacts of finished cases are erased by themselves, and the case says so."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import CaseClientFactory, CaseFactory
from volunteer_network.access.scope import Scope, ScopeRole, open_scope
from volunteer_network.celery import DAILY
from volunteer_network.enums import CaseState, Category
from volunteer_network.models import AuditEvent, Case, CaseClient
from volunteer_network.services.case_erasure import erase_old_contacts

pytestmark = pytest.mark.usefixtures("db")
OURS = Scope(ScopeRole.PROVINCE, (50,), cleared=True)


@pytest.fixture(autouse=True)
def days(settings):
    settings.CASE_CONTACT_DAYS = 730
    return settings.CASE_CONTACT_DAYS


def ended(state, days_ago, **details):
    day = timezone.localdate() - timedelta(days=days_ago)
    case = CaseFactory(state=state, opened_on=day, due_on=day, **details)
    CaseClientFactory(case=case)
    return case


def left():
    with open_scope(OURS):
        return set(CaseClient.objects.values_list("case", flat=True))


@pytest.mark.parametrize("state", [CaseState.CLOSED, CaseState.TOLD, CaseState.WITHDRAWN])
def test_a_contact_is_erased_two_years_after_the_end(chiang_mai, state):
    old, young = ended(state, 730), ended(state, 729)

    assert erase_old_contacts() == 1

    assert left() == {young.pk}
    with open_scope(OURS):
        case = Case.objects.get(pk=old.pk)
        receipt = AuditEvent.objects.get(verb="case.contact_erased")
    assert case.contact_erased_at is not None
    assert (receipt.target, receipt.actor, receipt.province_id) == (str(old.pk), None, 50)
    assert erase_old_contacts() == 0


@pytest.mark.parametrize(
    "state", [s for s in CaseState if s not in {"closed", "told", "withdrawn"}]
)
def test_a_case_that_goes_on_keeps_its_contact_however_old(chiang_mai, state):
    case = ended(state, 2000)

    assert erase_old_contacts() == 0
    assert left() == {case.pk}


def test_a_case_of_trafficking_is_no_exception_and_its_receipt_is_restricted(chiang_mai):
    ended(CaseState.TOLD, 800, topic=Category.TRAFFICKING)

    assert erase_old_contacts() == 1
    with open_scope(OURS):
        assert AuditEvent.objects.get(verb="case.contact_erased").detail["restricted"]


def test_a_case_without_a_contact_is_not_said_to_have_lost_one(chiang_mai):
    day = timezone.localdate() - timedelta(days=800)
    CaseFactory(state=CaseState.TOLD, opened_on=day, is_anonymous=True)

    assert erase_old_contacts() == 0


def test_it_runs_every_night():
    assert "erase_case_contacts" in DAILY
