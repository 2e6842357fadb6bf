"""The browser says a typed date back before the server has seen it: both must read it alike."""

import json
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from volunteer_network import thai_calendar

DATES_JS = Path(__file__).resolve().parent.parent.parent / "static/js/dates.js"
READ_ALL = """
import { ageOn, inWords, readDate } from "%s";
let typed = "";
for await (const part of process.stdin) typed += part;
const said = JSON.parse(typed).map((text) => {
  const date = readDate(text);
  return date && inWords(date);
});
const ages = ["2026-05-07", "2026-12-02", "2026-12-03"].map((today) =>
  ageOn(new Date("1970-12-03T00:00:00Z"), new Date(`${today}T12:00:00`)));
console.log(JSON.stringify({ said, ages }));
"""
ODD = [
    "", "พรุ่งนี้", "3/12", "31/02/2563", "29/2/2567", "29/2/2568", "0/1/2563", "1/0/2563",
    "12/31/2563", "3/12/563", "3/12/25630", "3/12/1256", "3/12/2701", "3/12/2400", "3/12/2401",
    "3/12/63", "3/12/00", "3 ธก 2563", "3 ธ.ค. 63", "3ธ.ค.63", "3 ธค 2563", "3 ธันวา 2563",
    "๓ ธันวาคม ๒๕๖๓", "๓/๑๒/๖๓", "3-12-2563", "3.12.2563", "3 12 2563", "3 / 12 / 2563",
    "2020-12-03", "2563-12-03", "2563/12/3", "พฤหัสบดี 3 ธันวาคม 2563", "พฤหัส 3 ธ.ค. 2563",
    "วันพฤหัสบดีที่ 3 ธันวาคม 2563", "ศุกร์ 3 ธันวาคม 2563", "3 ธันวาคม พ.ศ. 2563",
    "3 เดือนธันวาคม พศ 2563", "3 ธันวาคม ค.ศ. 2020", "3 ธันวาคม ค.ศ. 2563", "3 ธันวาคม ค.ศ. 20",
    "3 ธันวาคม พ.ศ. 2020", "3/12/ค.ศ. 2020", "  3  ธ.ค.   2563 ", "3\u200b/12/2563",
    "3/12/2563 บ่าย", "x3/12/2563", "1 มกราคม 2513", "30 ก.ย. 2569",
]  # fmt: skip


def as_the_server_says(typed):
    try:
        return thai_calendar.spoken_date(thai_calendar.parse_thai_date(typed))
    except ValueError:
        return None


@pytest.fixture(scope="module")
def echoes():
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not on the path")
    every_month = [
        write(date(year, month, 28))
        for year in (1970, 2024)
        for month in range(1, 13)
        for write in (thai_calendar.short_date, thai_calendar.long_date, thai_calendar.spoken_date)
    ]
    typed = ODD + every_month
    answer = subprocess.run(
        [node, "--input-type=module", "--eval", READ_ALL % DATES_JS.as_uri()],
        input=json.dumps(typed), capture_output=True, check=True, text=True,
    )  # fmt: skip
    return {"typed": typed, **json.loads(answer.stdout)}


def test_the_browser_reads_a_typed_date_as_the_server_does(echoes):
    said_here = dict(zip(echoes["typed"], echoes["said"], strict=True))

    assert said_here == {typed: as_the_server_says(typed) for typed in echoes["typed"]}


def test_the_comparison_is_not_empty(echoes):
    assert len([words for words in echoes["said"] if words]) > 90


def test_the_browser_counts_completed_years(echoes):
    assert echoes["ages"] == [55, 55, 56]
