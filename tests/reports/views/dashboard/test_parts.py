"""Charts, maps, tables and files of the dashboard."""

import io
import re

import pytest
from python_calamine import CalamineWorkbook

from tests.reports.views.dashboard.pages import BANGKOK, get, words

pytestmark = pytest.mark.usefixtures("november")


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
