"""The pages of the dashboard: filters in words, doors to exact rows, a table behind each chart."""

import io
import re
from datetime import date
from html import unescape

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from mentors.services.receipts import fold_receipts
from reports.enums import Measure, PlanState
from tests.architecture.test_pages import Page
from tests.factories import ActivityFactory, TermFactory, UserFactory, VolunteerFactory
from tests.factories.cases import CaseFactory
from tests.factories.plans import PlanFactory, PlanLineFactory, PlanProofFactory
from volunteer_network.access.roles import Role
from volunteer_network.enums import CaseOutcome, CaseState, Category
from volunteer_network.models import Province
from volunteer_network.services.figures import fold_figures

CHIANG_MAI, SONGKHLA, BANGKOK = 50, 90, 10
COUNTED = re.compile(r'<p class="count[^>]*>|(\d[\d,]*) รายการ')

pytestmark = pytest.mark.usefixtures("november")


@pytest.fixture
def november():
    with time_machine.travel("2026-11-20T10:00:00+07:00", tick=True):
        yield


@pytest.fixture
def country(db):
    """Two volunteers with two activities each in October, and a case each."""
    people = []
    for code, reached in ((CHIANG_MAI, 20), (SONGKHLA, 3)):
        province = Province.objects.get(pk=code)
        officer = UserFactory(province=province)
        volunteer = VolunteerFactory(province=province)
        TermFactory(volunteer=volunteer, starts_on=date(2026, 1, 1), ends_on=date(2028, 12, 31))
        for day in (5, 6):
            ActivityFactory(
                volunteer=volunteer,
                recorded_by=officer,
                on_date=date(2026, 10, day),
                category=Category.SAFETY,
                people_male=reached,
                people_female=0,
                spotted=2,
                screened=1,
                referred=0,
            )
        CaseFactory(volunteer=volunteer, opened_by=officer, opened_on=date(2026, 10, 7))
        people.append(volunteer)
    fold_figures()
    fold_receipts()
    return people


def get(client, user, path):
    client.force_login(user)
    response = client.get(path)
    return response, unescape(response.content.decode()) if not response.streaming else ""


def words(html):
    return " ".join(" ".join(Page(html).words).split())


def key_link(html, title):
    """The address behind the key figure of that title; None when it is no door."""
    section = re.search(rf'<section class="kpi"[^>]*><h2>{title}.*?</section>', html, re.S)
    found = re.search(r'<div class="fig"><a href="([^"]+)"', section[0])
    return found and found[1]


def test_the_country_says_of_how_many_provinces_it_speaks(client, country, central_officer):
    response, html = get(client, central_officer, "/dashboard/")

    assert response.status_code == 200
    assert "ภาพรวมประเทศ ปีงบประมาณ 2570" in words(html)
    assert "46" in key_figure(html, "ผู้รับบริการ ต.ค.–พ.ย. 2569")
    assert "จาก 76 จังหวัด" in words(html)
    assert "จาก 7,256" in words(html)


def key_figure(html, title):
    return re.search(rf'<section class="kpi"[^>]*><h2>{title}.*?<b>([^<]*)</b>', html, re.S)[1]


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


def approved_plan(province, by):
    """A plan that took all its steps a moment ago."""
    now = timezone.now()
    steps = ("proposed", "agreed", "sent")
    return PlanFactory(
        province=province,
        state=PlanState.APPROVED,
        approved_at=now,
        approved_by=by,
        **{f"{step}_at": now for step in steps},
        **{f"{step}_by": UserFactory() for step in steps},
    )


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


@pytest.mark.parametrize("path", ["/dashboard/", "/dashboard/50/"])
def test_every_chart_has_its_table(client, country, central_officer, path):
    """In the same box: whoever cannot see a drawing reads the figures."""
    _response, html = get(client, central_officer, path)

    boxes = re.findall(r"<section class=\"sheet\".*?</section>", html, re.S)
    charts = [box for box in boxes if 'class="viz"' in box]
    assert len(charts) >= 4
    assert [box[:200] for box in charts if "<table" not in box] == []
    assert html.count('class="viz') == html.count("<desc>") == html.count("</desc>")
    if path == "/dashboard/":
        assert 'id="provinces"' in html
        assert 'href="#provinces"' in html  # the map's own


def test_each_of_76_provinces_is_a_link_with_name_value_and_rank(client, country, central_officer):
    _response, html = get(client, central_officer, "/dashboard/?show=covered")

    the_map = re.search(r'<svg class="viz map".*?</svg>', html, re.S)[0]
    links = re.findall(r'<a href="(/dashboard/\d+/[^"]*)" aria-label="([^"]+)">', the_map)
    assert len(links) == 76
    assert len(re.findall(r"<use ", the_map)) == 77
    assert "กรุงเทพมหานคร ไม่มีสำนักงานในเครือข่ายนี้" in the_map
    [words_of_chiang_mai] = [said for href, said in links if "/50/" in href]
    assert re.fullmatch(r"เชียงใหม่ [\d.]+% อันดับ 2 จาก 76", words_of_chiang_mai)


def test_provinces_that_are_not_in_are_hatched_and_not_ranked(client, country, central_officer):
    _response, html = get(client, central_officer, "/dashboard/?show=people")

    the_map = re.search(r'<svg class="viz map".*?</svg>', html, re.S)[0]
    assert re.search(r'aria-label="เชียงใหม่ ไม่มีข้อมูล"><use class="c0"', the_map)
    assert "ยังส่งไม่ครบ" in words(html)


@pytest.mark.parametrize("code", [BANGKOK, 99, 0, 32768, 99999999])
def test_a_province_without_an_office_has_no_page(client, central_officer, code):
    response, _html = get(client, central_officer, f"/dashboard/{code}/")

    assert response.status_code == 404


def test_a_province_tells_its_districts_and_vacant_places_to_its_own(
    client, country, chiang_mai_officer, songkhla_officer
):
    _response, own = get(client, chiang_mai_officer, "/dashboard/50/")
    _response, foreign = get(client, songkhla_officer, "/dashboard/50/")

    assert "รายอำเภอ" in words(own)
    assert "ตำบลว่าง 203 แห่ง" in words(own)
    assert "รายอำเภอ" not in words(foreign)
    assert "ตำบลว่าง" not in words(foreign)


def test_the_workbook_holds_the_provinces_of_the_page(client, country, central_officer):
    response, _html = get(client, central_officer, "/dashboard/?region=ภาคเหนือ&export=xlsx")

    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(response)))
    text = [[str(cell) for cell in row] for row in book.get_sheet_by_index(0).to_python()]
    head = next(row for row in text if "จังหวัด" in row)
    lines = text[text.index(head) + 1 :]
    people = head.index("ผู้รับบริการ")
    assert len([line for line in lines if line[0]]) == 9
    assert next(line for line in lines if line[0] == "เชียงใหม่")[people] == "40.0"


def test_the_recount_compares_what_the_reader_sees(client, country, chiang_mai_officer):
    response, html = get(client, chiang_mai_officer, "/dashboard/recount/")

    assert "ตรงกันทุกตัว" in words(html)
    counted = {line.label: (line.kept, line.counted) for line in response.context["lines"]}
    assert {str(label): pair for label, pair in counted.items()}["ผู้รับบริการ"] == (40, 40)
    response, _html = get(client, chiang_mai_officer, "/dashboard/recount/?province=90")
    assert response.status_code == 404


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
