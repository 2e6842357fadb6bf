"""Figures are doors to exactly the rows that they count."""

import re
from datetime import date

import pytest

from tests.factories import ActivityFactory, UserFactory
from tests.factories.cases import CaseFactory
from tests.factories.plans import PlanLineFactory
from tests.reports.views.dashboard.pages import approved_plan, get, key_figure, words
from volunteer_network.enums import CaseOutcome, CaseState, Category
from volunteer_network.services.figures import fold_figures

pytestmark = pytest.mark.usefixtures("november")


def key_link(html, title):
    """The address behind the key figure of that title; None when it is no door."""
    section = re.search(rf'<section class="kpi"[^>]*><h2>{title}.*?</section>', html, re.S)
    found = re.search(r'<div class="fig"><a href="([^"]+)"', section[0])
    return found and found[1]


def test_each_number_is_a_door_to_exactly_the_rows_it_counts(client, country, central_officer):
    _response, html = get(client, central_officer, "/dashboard/?region=ภาคเหนือ&category=safety")

    link = key_link(html, "ผู้รับบริการ")
    rows, _html = get(client, central_officer, link)
    assert sum(row.people for row in rows.context["page"].rows) == 40
    assert int(key_figure(html, "ผู้รับบริการ")) == 40


@pytest.mark.parametrize(
    ("caption", "row", "people"),
    [("ผู้รับบริการรายเดือน", "ต.ค.", "46"), ("ตัวเลขรายภาค", "ภาคเหนือ", "40")],
)
def test_the_figures_of_tables_are_doors_too(
    client, country, central_officer, caption, row, people
):
    _response, html = get(client, central_officer, "/dashboard/?fy=2570")
    table = html.partition(f"{caption}</caption>")[2].partition("</table>")[0]
    line = table.partition(row)[2].partition("</tr>")[0]
    address = dict(re.findall(r'<a href="(/activities/[^"]+)">([\d,]+)</a>', line)[:1])

    [(href, shown)] = address.items()
    assert shown == people
    assert f"{people} คน" in words(get(client, central_officer, href)[1])


@pytest.mark.parametrize("period", ["fy=2570", "fy=2570&quarter=1", "month=2569-10"])
def test_the_doors_keep_the_months(client, country, chiang_mai_officer, period):
    """An activity of another month and one of another year are not behind them."""
    for day in (date(2026, 9, 30), date(2025, 11, 1)):
        ActivityFactory(volunteer=country[0], recorded_by=chiang_mai_officer, on_date=day)

    _response, html = get(client, chiang_mai_officer, f"/dashboard/50/?{period}")
    rows, _html = get(client, chiang_mai_officer, key_link(html, "ผู้รับบริการ"))

    assert len(rows.context["page"].rows) == 2
    assert key_figure(html, "ผู้รับบริการ") == "40"


def test_the_cases_behind_an_outcome_are_those_and_never_trafficking(
    client, country, chiang_mai_head
):
    for topic in (Category.SAFETY, Category.TRAFFICKING):
        CaseFactory(
            volunteer=country[0],
            opened_by=chiang_mai_head,
            topic=topic,
            state=CaseState.CLOSED,
            outcome=CaseOutcome.SERVED,
            opened_on=date(2026, 10, 9),
        )

    _response, html = get(client, chiang_mai_head, "/dashboard/50/")
    link = key_link(html, "ส่งต่อแล้วได้รับบริการ")
    rows, _html = get(client, chiang_mai_head, link)

    assert "50.0%" in key_figure(html, "ส่งต่อแล้วได้รับบริการ")
    assert [row.topic for row in rows.context["page"].rows] == [Category.SAFETY]


def test_an_executive_reads_the_figures_and_finds_no_closed_door(client, country, executive):
    _response, html = get(client, executive, "/dashboard/")

    links = set(re.findall(r'href="(/[^"#?]*)', html))
    refused = [link for link in links if client.get(link).status_code == 403]
    assert refused == []
    assert key_link(html, "ผู้รับบริการ") is None
    assert not {link for link in links if link.startswith(("/activities/", "/cases/"))}


def test_the_budget_is_a_door_to_the_approved_plans(
    client, country, central_officer, chiang_mai_officer
):
    plan = approved_plan(country[0].province, central_officer)
    PlanLineFactory(plan=plan)

    _response, html = get(client, central_officer, "/dashboard/?fy=2570")
    link = key_link(html, "เบิกจ่ายงบประมาณ")
    _response, listed = get(client, central_officer, link)
    assert "เชียงใหม่" in words(listed)
    assert "สงขลา" not in listed.partition("<main")[2].partition("<tbody")[2]

    _response, html = get(client, chiang_mai_officer, "/dashboard/?fy=2570")
    assert key_link(html, "เบิกจ่ายงบประมาณ") is None  # the list would show one province
    _response, html = get(client, chiang_mai_officer, "/dashboard/50/?fy=2570")
    assert key_link(html, "เบิกจ่ายงบประมาณ") == "/plans/2570/50/"


def test_a_provincial_officer_reads_all_provinces_and_opens_the_own_rows(
    client, country, chiang_mai_officer
):
    _response, html = get(client, chiang_mai_officer, "/dashboard/")

    assert key_link(html, "ผู้รับบริการ") is None  # the list would show one province
    lines = dict(re.findall(r"<th scope=\"row\"><a [^>]*>([^<]+)</a></th>(.*?)</tr>", html))
    assert "/activities/?" in lines["เชียงใหม่"]
    assert "/activities/?" not in lines["สงขลา"]


def test_few_people_of_another_province_are_not_told(client, country, chiang_mai_officer):
    ActivityFactory(
        volunteer=country[1], recorded_by=UserFactory(province=country[1].province),
        on_date=date(2026, 9, 1), people_male=1, people_female=0,
        spotted=0, screened=0, referred=0,
    )  # fmt: skip
    fold_figures()

    _response, html = get(client, chiang_mai_officer, "/dashboard/90/?fy=2569")
    _response, own = get(client, UserFactory(province_id=90), "/dashboard/90/?fy=2569")
    response, _html = get(client, chiang_mai_officer, "/dashboard/?fy=2569&export=csv")

    assert key_figure(html, "ผู้รับบริการ") == "น้อยกว่า 5"
    assert key_figure(own, "ผู้รับบริการ") == "1"
    exported = b"".join(response).decode("utf-8-sig")
    [line] = [line for line in exported.splitlines() if line.startswith("สงขลา")]
    assert "น้อยกว่า 5" in line
    assert "อำเภอ" not in words(html).split("แต่ละตัวเลขนับอะไร")[0].split("ประเภทงานใดถึงคนมาก")[-1]
