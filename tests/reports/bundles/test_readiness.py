"""Which provinces are ready, and what the others lack."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from reports.enums import BundleKind, PlanState
from reports.queries.readiness import plans_ready, progress_ready, registers_ready
from reports.services.documents import Wanted, ask_for_bundle
from tests.factories import VolunteerFactory
from tests.factories.plans import (
    DirectionFactory,
    PlanFactory,
    PlanLineFactory,
    PlanProgressFactory,
)
from tests.reports.bundles.asking import CHOSEN
from volunteer_network.access.scope import open_scope
from volunteer_network.errors import RuleViolation


def test_readiness_says_why_a_province_is_not_ready(two_provinces, central_officer):
    with open_scope(central_officer.scope):
        found = {one.province.pk: one for one in plans_ready(2570, user=central_officer)}

    assert len(found) == 76
    assert [code for code, one in found.items() if one.ready] == [50, 90]
    assert found[38].missing == "ยังไม่มีแผนของปีนี้"


def test_a_draft_is_not_with_the_centre(chiang_mai, central_officer):
    PlanFactory(province=chiang_mai, state=PlanState.DRAFT)

    with open_scope(central_officer.scope):
        found = {one.province.pk: one.missing for one in plans_ready(2570, user=central_officer)}

    assert found[50] == "แผนฉบับที่ 1 อยู่ในสถานะ “ร่าง”"


def test_a_quarter_is_ready_when_it_was_reported_by_an_approved_plan(
    chiang_mai, songkhla, central_officer
):
    for province in (chiang_mai, songkhla):
        who = {f"{step}_by": central_officer for step in ("sent", "approved")}
        when = {f"{step}_at": timezone.now() for step in ("sent", "approved")}
        plan = PlanFactory(province=province, state=PlanState.APPROVED, **who, **when)
        line = PlanLineFactory(plan=plan)
        if province == songkhla:
            PlanProgressFactory(province=province, lineage=line.lineage, quarter=1)

    with open_scope(central_officer.scope):
        found = {
            one.province.pk: one.missing for one in progress_ready(2570, 1, user=central_officer)
        }

    assert found[90] == ""
    assert found[50] == "ยังไม่ได้ลงผลไตรมาสที่ 1"


def test_a_register_is_ready_when_somebody_is_in_office(chiang_mai, central_officer):
    VolunteerFactory(province=chiang_mai)

    with open_scope(central_officer.scope):
        ready = [one.province.pk for one in registers_ready(user=central_officer) if one.ready]

    assert ready == [50]


def test_a_quarter_that_has_not_begun_is_refused(central_officer):
    wanted = Wanted(kind=BundleKind.PROGRESS, fiscal_year=2571, quarter=4)

    with pytest.raises(RuleViolation, match="ยังไม่เริ่ม"), open_scope(central_officer.scope):
        ask_for_bundle(wanted=wanted, by=central_officer)


def lacking(client, kind):
    """Where the name of a province leads that is not ready; None for nowhere."""
    page = client.get(reverse("reports:bundle-new"), {**CHOSEN, "kind": kind}).content.decode()
    found = re.search(r'<th scope="row">(?:<a class="name" href="([^"]+)">)?บึงกาฬ', page)
    return found[1]


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        ("plan", "/plans/2570/38/"),
        ("progress", "/plans/2570/38/"),
        ("register", "/volunteers/?province=38"),
    ],
)
def test_each_province_that_is_not_ready_leads_to_what_is_lacking(
    sign_in, two_provinces, central_officer, kind, address
):
    DirectionFactory(fiscal_year=2570)
    client = sign_in(central_officer)

    assert lacking(client, kind) == address
    assert client.get(address).status_code == 200


def test_a_year_that_nobody_has_begun_leads_nowhere(sign_in, two_provinces, central_officer):
    assert lacking(sign_in(central_officer), "plan") is None
