"""From hand to hand: asked why, returned, agreed, revised; and the list of all."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse

from reports.enums import DirectionState, PlanState
from reports.models import Direction, Plan, PlanComment, PlanLine
from tests.factories import UserFactory
from tests.factories.plans import CeilingFactory
from tests.reports.services.test_plans import plan_in
from tests.reports.views.plans.pages import YEAR, address, words


def test_a_plan_over_its_ceiling_is_asked_why_once(mentor, plan, line, direction):
    CeilingFactory(direction=direction, amount=Decimal(1000))

    asked = mentor.post(address("propose"))
    done = mentor.post(address("propose"), {"reason": "เพิ่มตำบล"})

    assert (asked.status_code, done.status_code) == (422, 302)
    assert "เกินเพดาน 39,000 บาท" in words(asked)


@pytest.mark.parametrize("page", ["detail", "edit"])
def test_each_finding_leads_to_its_place_on_the_page(mentor, plan, line, direction, page):
    CeilingFactory(direction=direction, amount=Decimal(1000))

    html = mentor.get(address(page)).content.decode()

    checks = html.partition('data-live="checks"')[2].partition("</section>")[0]
    leads = re.findall(r'href="#([^"]+)"', checks)
    assert "total" in leads
    assert [place for place in leads if f'id="{place}"' not in html] == []


def test_the_head_returns_with_remarks_on_lines(head, chiang_mai, direction, everywhere):
    maker = UserFactory(province=chiang_mai)
    plan = plan_in(PlanState.PROPOSED, chiang_mai, maker=maker, head=maker, fiscal_year=YEAR)
    with everywhere():
        line = PlanLine.objects.get(plan=plan)
    chip_alone = {"reason": "แก้งานแรก", "version": 1, f"reason_{line.pk}": "target"}

    wrong = head.post(address("return"), chip_alone)
    right = head.post(address("return"), chip_alone | {f"text_{line.pk}": "ต่ำกว่าปีก่อน"})

    assert (wrong.status_code, right.status_code) == (422, 302)
    with everywhere():
        comment = PlanComment.objects.get()
        assert (comment.line_id, comment.text, comment.returns) == (line.pk, "ต่ำกว่าปีก่อน", True)


def test_nobody_agrees_to_what_they_have_not_seen(head, chiang_mai, direction, everywhere):
    maker = UserFactory(province=chiang_mai)
    plan = plan_in(PlanState.PROPOSED, chiang_mai, maker=maker, head=maker, fiscal_year=YEAR)

    page = words(head.post(address("agree"), {"version": 0}, follow=True))

    assert "หลังจากที่เปิดหน้า" in page
    with everywhere():
        assert Plan.objects.get(pk=plan.pk).state == PlanState.PROPOSED
    assert head.post(address("agree"), {"version": 1}).status_code == 302
    assert head.post(address("send"), {"version": 2}).status_code == 302


def test_an_earlier_edition_can_be_read_and_not_changed(
    mentor, chiang_mai, direction, chiang_mai_officer, chiang_mai_head
):
    plan_in(
        PlanState.APPROVED, chiang_mai, maker=chiang_mai_officer, head=chiang_mai_head,
        fiscal_year=YEAR,
    )  # fmt: skip
    assert mentor.post(address("revise"), {"reason": "ปรับกลางปี"}).url == address("edit")

    page = words(mentor.get(f"{address('detail')}?edition=1"))

    assert "อ่านได้อย่างเดียว" in page
    assert mentor.get(f"{address('detail')}?edition=9").status_code == 404
    assert "ไม่ต่างจากฉบับก่อน" in words(mentor.get(address("detail")))


def test_a_new_edition_is_offered_until_the_year_is_closed(mentor, approved, direction, everywhere):
    button = reverse("plans:revise", args=[YEAR, 50])
    assert button in words(mentor.get(address("detail")))

    with everywhere():
        Direction.objects.filter(pk=direction.pk).update(state=DirectionState.CLOSED)

    assert button not in words(mentor.get(address("detail")))


def test_the_centre_sees_all_provinces_late_ones_first(client, central_officer, plan, line):
    client.force_login(central_officer)

    response = client.get(f"{reverse('plans:list')}?fy={YEAR}")
    only = client.get(f"{reverse('plans:list')}?fy={YEAR}&state=draft")

    rows = response.context["rows"]
    assert len(rows) == 76
    assert [row.late for row in rows] == sorted((row.late for row in rows), reverse=True)
    assert [(row.province.pk, row.lines) for row in only.context["rows"]] == [(50, 1)]
    export = client.get(f"{reverse('plans:list')}?fy={YEAR}&state=draft&export=csv")
    assert "เชียงใหม่" in b"".join(export).decode("utf-8-sig")
