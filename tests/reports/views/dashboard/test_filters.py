"""What the page says of its filters, its months and its year."""

import pytest

from reports.enums import Measure
from tests.factories.plans import PlanLineFactory, PlanProofFactory
from tests.reports.views.dashboard.pages import CHIANG_MAI, approved_plan, get, key_figure, words
from volunteer_network.enums import Category
from volunteer_network.models import Province

pytestmark = pytest.mark.usefixtures("november")


def test_the_country_says_of_how_many_provinces_it_speaks(client, country, central_officer):
    response, html = get(client, central_officer, "/dashboard/")

    assert response.status_code == 200
    assert "ภาพรวมประเทศ ปีงบประมาณ 2570" in words(html)
    assert "46" in key_figure(html, "ผู้รับบริการ ต.ค.–พ.ย. 2569")
    assert "จาก 76 จังหวัด" in words(html)
    assert "จาก 7,256" in words(html)


@pytest.mark.parametrize(
    ("query", "people"),
    [
        ("", "46"),
        ("?fy=2570", "46"),
        ("?fy=2570&quarter=1", "46"),
        ("?month=2569-10", "46"),
        ("?month=2569-11", "0"),
        ("?region=ภาคเหนือ", "40"),
        ("?cluster=ภาคเหนือตอนบน 1", "40"),
        ("?category=safety", "46"),
        ("?category=welfare", "0"),
        ("?fy=2569", "0"),
    ],
)
def test_filters_stand_in_the_address(client, country, central_officer, query, people):
    _response, html = get(client, central_officer, f"/dashboard/{query}")

    assert key_figure(html, "ผู้รับบริการ") == people


def test_months_to_come_are_told_as_such_and_not_as_none_reached(client, country, central_officer):
    _response, html = get(client, central_officer, "/dashboard/?month=2570-02")

    assert "กุมภาพันธ์ 2570 ยังมาไม่ถึง" in words(html)
    assert key_figure(html, "ผู้รับบริการ กุมภาพันธ์ 2570") == "–"
    assert "ไม่มีข้อมูล 76 จังหวัด" in words(html)
    assert "ต่ำสุด" not in words(html)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?show=covered", True),  # one sub-district of two provinces, none elsewhere
        ("?show=people&category=welfare", False),  # nobody anywhere
        ("?show=covered&region=ภาคใต้", True),
        ("?show=covered&region=ภาคตะวันตก", False),  # none in any of its provinces
        ("?fy=2566&show=people", False),
        ("?fy=2566&show=plan", False),
    ],
)
def test_the_weakest_are_named_where_provinces_differ(
    client, country, central_officer, query, shown
):
    _response, html = get(client, central_officer, f"/dashboard/{query}")

    assert ("ต่ำสุด" in words(html).partition("รายภาค")[0]) is shown


def test_regions_stand_weakest_first_where_they_differ(client, country, central_officer):
    _response, alike = get(client, central_officer, "/dashboard/")
    plan = approved_plan(country[0].province, central_officer)
    line = PlanLineFactory(plan=plan, measure=Measure.PEOPLE)
    PlanProofFactory(line=line, category=Category.SAFETY)

    _response, differing = get(client, central_officer, "/dashboard/")

    assert "เรียงจากต่ำสุด" not in words(alike)
    assert "เรียงจากต่ำสุด" in words(differing)


def test_a_year_before_the_system_reminds_nobody(client, country, central_officer):
    _response, html = get(client, central_officer, "/dashboard/?fy=2566")
    _response, this_year = get(client, central_officer, "/dashboard/?quarter=1")

    assert "ปีงบประมาณ 2566 ไม่มีกิจกรรมและรายงานในระบบ" in words(html)
    assert "ส่งเตือน" not in words(html)
    assert "ยังไม่มีกิจกรรมในปีนี้และปีก่อน" in words(html)
    assert "ส่งเตือน 76 จังหวัด" in words(this_year)
    assert "ไม่มีกิจกรรมและรายงานในระบบ" not in words(this_year)


def test_a_province_without_an_approved_plan_says_why_it_tells_no_money(
    client, country, central_officer
):
    province = Province.objects.get(pk=CHIANG_MAI)
    told = "ยังไม่มีแผนปี 2570 ที่ส่วนกลางอนุมัติ"
    _response, waits = get(client, central_officer, "/dashboard/50/")

    PlanLineFactory(plan=approved_plan(province, central_officer), measure=Measure.PEOPLE)
    _response, approved = get(client, central_officer, "/dashboard/50/")

    assert told in words(waits)
    assert 'href="/plans/2570/50/">เปิดแผน' in waits
    assert told not in words(approved)
    assert "ผู้รับบริการตามแผนที่อนุมัติแล้ว" in words(approved)
    assert "จาก 1 จังหวัด" not in words(approved)


@pytest.mark.parametrize(
    ("query", "typed"),
    [
        ("?fy=2490", "2490"),
        ("?fy=abc", "abc"),
        ("?quarter=7", "7"),
        ("?month=2569-13", "2569-13"),
        ("?month=2569-10&quarter=4", "เดือนนี้ไม่อยู่ในไตรมาสที่เลือก"),
        ("?region=ภาคพายัพ", "ภาคพายัพ"),
        ("?category=fishing", "fishing"),
        ("?show=gold", "gold"),
    ],
)
def test_a_wrong_filter_is_answered_in_words_and_not_used(
    client, country, central_officer, query, typed
):
    response, html = get(client, central_officer, f"/dashboard/{query}")

    assert response.status_code == 200
    assert typed in words(html)
    assert 'class="chip on bad"' in html


def test_a_region_and_a_cluster_elsewhere_leave_nothing_and_say_so(client, central_officer):
    path = "/dashboard/?region=ภาคใต้&cluster=ภาคเหนือตอนบน 1"

    response, html = get(client, central_officer, path)

    assert response.status_code == 200
    assert "ไม่มีจังหวัดที่ตรงกับทั้งภาคและกลุ่มจังหวัดที่เลือก" in words(html)
