"""What a document of one province is refused for at once, before anybody waits for it."""

import pytest
from django.utils import timezone

from reports.enums import BundleKind, PlanState
from reports.services.documents import Wanted, ask_for_document
from tests.factories.plans import PlanFactory
from volunteer_network.access.scope import NATION, open_scope
from volunteer_network.errors import RuleViolation
from volunteer_network.models import Job

YEAR = 2570
PLAN = Wanted(kind=BundleKind.PLAN, fiscal_year=YEAR, quarter=1)


@pytest.fixture
def sent(central_officer):
    def sent(province, fiscal_year=YEAR):
        return PlanFactory(
            province=province,
            fiscal_year=fiscal_year,
            state=PlanState.SENT,
            sent_at=timezone.now(),
            sent_by=central_officer,
        )

    return sent


def ask(by, province, wanted=PLAN):
    with open_scope(by.scope):
        return ask_for_document(wanted=wanted, province=province, by=by)


@pytest.mark.parametrize("other", ["a province", "a year"])
def test_neither_another_province_nor_another_year_stands_for_a_draft(
    sent, central_officer, chiang_mai, songkhla, other
):
    PlanFactory(province=chiang_mai, fiscal_year=YEAR, state=PlanState.DRAFT)
    sent(songkhla) if other == "a province" else sent(chiang_mai, YEAR - 1)

    with pytest.raises(RuleViolation, match="ร่าง"):
        ask(central_officer, chiang_mai)


def test_the_first_wall_alone_keeps_the_plan_of_another_province(
    sent, chiang_mai_officer, songkhla
):
    sent(songkhla)

    with open_scope(NATION), pytest.raises(RuleViolation, match="ยังไม่มีแผนของปีนี้"):
        ask_for_document(wanted=PLAN, province=songkhla, by=chiang_mai_officer)


def test_a_quarter_that_has_not_begun_is_refused(chiang_mai_officer, chiang_mai, everywhere):
    wanted = Wanted(kind=BundleKind.PROGRESS, fiscal_year=2599, quarter=1)

    with pytest.raises(RuleViolation, match="ยังไม่เริ่ม") as refusal:
        ask(chiang_mai_officer, chiang_mai, wanted)

    assert refusal.value.field == "quarter"
    with everywhere():
        assert not Job.objects.exists()
