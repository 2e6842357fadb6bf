"""Who finds the year on the home page, and who reads which figures."""

import re

import pytest
from django.urls import reverse

from tests.reports.views.dashboard.pages import get, words
from volunteer_network.access.roles import Role

pytestmark = pytest.mark.usefixtures("november")


def test_an_executive_finds_on_the_home_page_who_is_not_in(client, country, executive):
    _response, html = get(client, executive, "/")

    assert "ยังไม่ครบ 2 จังหวัด" in words(html)
    assert reverse("dashboard:national") in html


def test_who_watches_the_year_finds_it_on_the_home_page(client, country, executive, inspector):
    shown = words(get(client, executive, "/")[1])
    assert "0 จาก 76 จังหวัด อีก 76 จังหวัดยังทำแผนหรือรอพิจารณา" in shown
    assert "2 จาก 7,256 ตำบล" in shown
    assert "ตัวเลขล่าสุดของพื้นที่ที่ดูแล" in shown
    assert "งานที่รอคุณอยู่วันนี้" not in shown  # nothing of it waits for the reader
    assert "ผลต่อแผน" not in shown  # no plan is approved, so nothing is planned
    assert "น้อยที่สุด" in shown  # of the sub-districts
    assert "จังหวัดที่มีข้อมูลยังไม่ต่างกัน" in shown  # of the reports

    _response, html = get(client, inspector, "/")
    assert words(html).partition("ตำบลที่มี อสร. ปฏิบัติหน้าที่ ")[2].startswith("1 จาก ")
    assert "สงขลา" not in html
    assert "/dashboard/?show=covered#map" in html


def bar_of(html):
    """The words of the phone's bar, without those behind "more"."""
    bar = html.partition('<nav class="bottom"')[2].partition("<details")[0]
    return re.findall(r"<span>([^<]+)</span>", bar)


def test_who_watches_the_year_finds_the_figures_first_on_a_phone(
    client, db, executive, inspector, central_officer, chiang_mai_head
):
    def bar(user):
        return bar_of(get(client, user, "/account/")[1])

    assert bar(executive)[:2] == bar(inspector)[:2] == ["ภาพรวม", "หน้าแรก"]
    assert bar(central_officer)[0] == bar(chiang_mai_head)[0] == "หน้าแรก"
    assert "ภาพรวม" not in bar(central_officer) + bar(chiang_mai_head)


def test_who_works_in_the_year_has_other_tiles(client, country, central_officer, chiang_mai_head):
    for user in (central_officer, chiang_mai_head):
        assert "แผนที่อนุมัติแล้ว" not in words(get(client, user, "/")[1])


def test_a_partner_officer_reads_no_figures(client, partner_officer):
    assert get(client, partner_officer, "/dashboard/")[0].status_code == 403


def test_an_inspector_sees_the_own_regions_in_detail(client, country, inspector):
    assert inspector.role == Role.INSPECTOR
    assert "รายอำเภอ" in words(get(client, inspector, "/dashboard/50/")[1])
    assert "รายอำเภอ" not in words(get(client, inspector, "/dashboard/90/")[1])
