"""The report of a quarter: layout 5 of the ministry."""

from reports.enums import PlanState
from reports.kinds import PROGRESS_REPORT
from tests.factories.plans import (
    DirectionFactory,
    PlanFactory,
)
from tests.reports.papers.reading import read
from volunteer_network.documents.preflight_file import flaws_of_file


def test_the_quarter_follows_the_numbered_heads_of_the_ministry(make, reported):
    text, _reader, content = read(make(PROGRESS_REPORT, fiscal_year=2570, province=50, quarter=1))

    heads = [
        "1. หน่วยงาน",
        "2. ชื่อโครงการ",
        "3. ตัวชี้วัด",
        "4. งบประมาณ",
        "5. ห้วงการรายงาน",
        "6. ความสอดคล้อง",
        "7. ผลการดำเนินงานรายไตรมาส",
        "ไตรมาสที่ 1 (1 ตุลาคม 2569 ถึง 31 ธันวาคม 2569)",
    ]
    places = [text.index(head) for head in heads[:7]]
    assert places == sorted(places)
    assert heads[7] in text
    for words in ("2,690", "1,345", "50.0", "20,000", "น้ำท่วมหลายตำบล"):
        assert words in text
    assert flaws_of_file(content, expected=["1,345", "50.0", "น้ำท่วมหลายตำบล"]) == []


def test_each_direction_of_the_year_stands_on_its_own_line(make, reported):
    said = "1. เร่งคุ้มครองแรงงานนอกระบบ มาตรา 40\n2. ทุกตำบลมีแกนนำ"
    DirectionFactory(fiscal_year=2570, text=said)

    text, _reader, _content = read(make(PROGRESS_REPORT, fiscal_year=2570, province=50, quarter=1))

    assert [line for line in text.splitlines() if "2. ทุกตำบลมีแกนนำ" in line] == ["2. ทุกตำบลมีแกนนำ"]


def test_the_fourth_quarter_ends_the_year(make, reported):
    text, _reader, _content = read(make(PROGRESS_REPORT, fiscal_year=2570, province=50, quarter=4))

    assert "ไตรมาสที่ 4 (1 กรกฎาคม 2570 ถึง 30 กันยายน 2570)" in text


def test_a_quarter_without_an_approved_plan_is_refused_in_words(make, chiang_mai):
    PlanFactory(province=chiang_mai, state=PlanState.DRAFT)

    job = make(PROGRESS_REPORT, fiscal_year=2570, province=50, quarter=1)

    assert "ยังไม่มีในปีนี้" in job.failure
