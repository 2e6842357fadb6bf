"""Which buttons the page of a quarter offers, and to whom."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from reports.enums import DirectionState
from reports.models import Plan, QuarterReport
from tests.factories import ActingHeadFactory, UserFactory
from tests.factories.plans import DirectionFactory
from tests.reports.quarters import YEAR


@pytest.fixture
def offered(client):
    """What the page's context offers to a person."""

    def offered(name, by, quarter=1, year=YEAR):
        client.force_login(by)
        page = client.get(reverse("plans:quarter", args=[year, 50, quarter]))
        return page.context[name]

    return offered


def acting_head(stage):
    person, today = UserFactory(province=stage.province), timezone.localdate()
    ActingHeadFactory(user=person, starts_on=today, ends_on=today)
    return person


def test_who_prepares_and_who_signs(stage, offered, central_officer):
    colleague = UserFactory(province=stage.province)
    assert [offered("may_prepare", who) for who in (colleague, central_officer)] == [True, False]

    stage.prepare()

    assert offered("may_sign", stage.head)
    for who in (stage.maker, colleague, central_officer):
        assert not offered("may_sign", who)


def test_whoever_prepared_it_is_told_instead_of_offered_to_sign(stage, offered):
    stage.prepare(by=stage.head)

    assert not offered("may_sign", stage.head)
    assert offered("own_preparation", stage.head)
    assert offered("may_sign", acting_head(stage))


def test_results_are_noted_by_the_province_until_the_year_is_closed(
    stage, offered, central_officer
):
    assert [offered("may_note", who) for who in (stage.maker, central_officer)] == [True, False]

    DirectionFactory(fiscal_year=YEAR, state=DirectionState.CLOSED)

    assert not offered("may_note", stage.maker)


def test_who_makes_no_documents_is_offered_none(stage, offered, inspector):
    assert [offered("document", who) for who in (stage.maker, inspector)] == [True, False]

    stage.signed()

    assert [offered("document", who) for who in (stage.maker, inspector)] == [True, False]


def test_a_quarter_that_runs_has_no_document(stage, offered):
    with stage.open():
        Plan.objects.filter(pk=stage.plan.pk).update(fiscal_year=YEAR + 1)

    assert not offered("document", stage.maker, quarter=4, year=YEAR + 1)


def test_only_the_own_signature_can_be_taken_back(stage, offered):
    stage.signed()

    assert offered("may_undo", stage.head)
    assert not offered("may_undo", acting_head(stage))
    assert not offered("may_undo", stage.maker)


def test_a_signature_on_which_the_next_one_builds_is_not_offered(stage, offered):
    stage.signed()
    stage.signed(2)

    assert not offered("may_undo", stage.head)
    assert offered("may_undo", stage.head, quarter=2)


def test_after_two_minutes_it_is_not_offered(stage, offered):
    signed = stage.signed()
    at = timezone.now() - timedelta(minutes=3)
    with stage.open():
        QuarterReport.objects.create(
            province=stage.province, fiscal_year=YEAR, quarter=2, plan=stage.plan,
            prepared_by=stage.maker, prepared_at=at, signed_by=stage.head, signed_at=at,
            content=signed.content, digest=signed.digest, rows=signed.rows,
        )  # fmt: skip

    assert not offered("may_undo", stage.head, quarter=2)


def test_figures_that_were_tampered_with_have_no_ledger(stage, offered):
    signed = stage.signed()
    with stage.open():
        QuarterReport.objects.create(
            province=stage.province, fiscal_year=YEAR, quarter=2, plan=stage.plan,
            prepared_by=stage.maker, prepared_at=signed.prepared_at, signed_by=stage.head,
            signed_at=signed.signed_at, content=signed.content.replace('"actual":7', '"actual":9'),
            digest=signed.digest, rows=signed.rows,
        )  # fmt: skip

    assert offered("ledger", stage.head) is not None
    assert offered("ledger", stage.head, quarter=2) is None
