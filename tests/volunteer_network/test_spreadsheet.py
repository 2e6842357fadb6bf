import csv
import re
import zipfile
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from volunteer_network.documents import spreadsheet
from volunteer_network.documents.spreadsheet import Column, csv_lines, defuse, write_xlsx

COLUMNS = (
    Column("ชื่อ", 24),
    Column("โทรศัพท์", 14),
    Column("ผู้รับบริการ", 10, "number"),
    Column("วันที่", 14, "date"),
)
ROWS = [
    ("สมชาย น้ำใจ", "0812345678", 1234, date(2020, 12, 3)),
    ("=1+1", "+66812345678", -5, None),
]
DANGEROUS = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\rx", "\tx", "\uff1d1", "\uff0b1", "\uff0d1",
    "\uff20x", "\ufe661",
    "  =1", "\u00a0=1", "\u3000\uff1d1", "\u200b=1", "\ufeff=1", "\n=1", " \t+1", "=HYPERLINK(\"http://x\")",
]  # fmt: skip
HARMLESS = ["", "ก", "0812345678", "a=b", "1-2", "อสร. @ นคร", " ก", "'=1", "ํ", "–"]


def thai_date(day):
    return f"{day.day} ธ.ค. {day.year + 543}"


def written(rows=ROWS, **options):
    target = BytesIO()
    settings = {"title": "ทะเบียน อสร.", "columns": COLUMNS, "thai_date": thai_date} | options
    write_xlsx(target, rows=rows, **settings)
    return target.getvalue()


def cells(content):
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()


def part(content, name="xl/worksheets/sheet1.xml"):
    return zipfile.ZipFile(BytesIO(content)).read(name).decode()


def read_csv(rows=ROWS, columns=COLUMNS):
    content = b"".join(csv_lines(columns, rows, thai_date=thai_date)).decode("utf-8-sig")
    return list(csv.reader(StringIO(content, newline="")))


def test_a_sheet_holds_headers_texts_numbers_and_thai_dates():
    assert cells(written()) == [
        ["ชื่อ", "โทรศัพท์", "ผู้รับบริการ", "วันที่"],
        ["สมชาย น้ำใจ", "0812345678", 1234.0, "3 ธ.ค. 2563"],
        ["=1+1", "+66812345678", -5.0, ""],
    ]


def test_a_sheet_is_written_to_a_path_too(tmp_path):
    write_xlsx(tmp_path / "list.xlsx", title="x", columns=COLUMNS, rows=ROWS, thai_date=thai_date)

    assert len(cells((tmp_path / "list.xlsx").read_bytes())) == 3


@pytest.mark.parametrize("text", [*DANGEROUS, "http://example.org", "file:///etc/passwd", "00123"])
def test_nothing_typed_becomes_a_formula_link_or_number(text):
    content = written([(text, text, text, text)])

    xml = part(content)
    assert "<f>" not in xml
    assert "hyperlink" not in xml
    assert "<v>" not in xml.split('r="2"')[1]  # constant memory writes texts in line
    assert cells(content)[1][0].strip() == text.strip()


def test_decimals_are_numbers_and_text_in_a_number_column_stays_text():
    rows = [("ก", "", Decimal("10.50"), None), ("ข", "", "ไม่มี", None), ("ค", "", True, None)]

    assert [row[2] for row in cells(written(rows))[1:]] == [10.5, "ไม่มี", "True"]


def test_the_head_is_frozen_filtered_and_repeated_on_paper():
    content = written()

    xml = part(content)
    assert 'state="frozen"' in xml
    assert '<autoFilter ref="A1:D3"' in xml
    assert "_xlnm.Print_Titles" in part(content, "xl/workbook.xml")


def test_the_print_is_a4_landscape_one_page_wide_with_its_date_at_the_foot():
    xml = part(written(as_of="ข้อมูล ณ 7 พ.ค. 2569 & ร่าง"))

    assert re.search(r'<pageSetup paperSize="9" fitToHeight="0" orientation="landscape"', xml)
    footer = "&amp;Lข้อมูล ณ 7 พ.ค. 2569 &amp;&amp; ร่าง&amp;Rหน้า &amp;P จาก &amp;N"
    assert f"<oddFooter>{footer}</oddFooter>" in xml


def test_a_very_long_foot_is_cut_rather_than_lost():
    xml = part(written(as_of="&" * 400, title="&" * 400))

    assert "หน้า &amp;P จาก &amp;N</oddFooter>" in xml
    assert "<oddHeader>" in xml


def test_columns_have_their_widths():
    widths = re.findall(r'<col [^>]*width="([\d.]+)"', part(written()))

    assert [int(float(width)) for width in widths] == [24, 14, 10, 14]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("แผน 2569/2570: [ร่าง]*?", "แผน 2569 2570   ร่าง"),
        ("ก" * 40, "ก" * 31),
        ("'ก'", "ก"),
        ("///", "1"),
    ],
)
def test_any_title_makes_a_sheet_name(title, name):
    assert CalamineWorkbook.from_filelike(BytesIO(written(title=title))).sheet_names == [name]


def test_a_cell_longer_than_excel_allows_is_cut():
    assert len(cells(written([("ก" * 40_000, "", 1, None)]))[1][0]) == spreadsheet.LONGEST_TEXT


def test_an_empty_list_still_has_its_head():
    assert len(cells(written([]))) == 1
    assert len(read_csv([])) == 1


@pytest.mark.parametrize("write", [written, read_csv])
def test_a_row_of_the_wrong_length_is_an_error(write):
    with pytest.raises(ValueError, match="argument"):
        write([("ก",)])


def test_csv_begins_with_a_byte_order_mark_and_reads_back():
    first = next(csv_lines(COLUMNS, [], thai_date=thai_date))

    assert first == b"\xef\xbb\xbf"
    assert read_csv() == [
        ["ชื่อ", "โทรศัพท์", "ผู้รับบริการ", "วันที่"],
        ["สมชาย น้ำใจ", "0812345678", "1234", "3 ธ.ค. 2563"],
        ["'=1+1", "'+66812345678", "-5", ""],
    ]


def test_csv_is_made_line_by_line():
    lines = csv_lines(COLUMNS, iter(ROWS), thai_date=thai_date)

    assert len(list(lines)) == 1 + 1 + len(ROWS)


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_dangerous_cell_is_defused_in_every_column(text):
    rows = read_csv([(text, text, text, text)])

    assert rows[1] == [f"'{text}"] * 4


@pytest.mark.parametrize("text", HARMLESS)
def test_a_harmless_text_is_left_alone(text):
    assert defuse(text) == text


@given(st.text(max_size=40))
def test_any_text_comes_back_from_csv_as_it_was_or_defused(text):
    got = read_csv([(text, "ก", 1, None)])[1][0]

    assert got in (text, f"'{text}")
    assert not got.lstrip().startswith(("=", "+", "-", "@"))


def test_whole_numbers_show_no_decimals_and_fractions_show_two():
    rows = [("ก", "", 1234, None), ("ข", "", Decimal("1234.5"), None)]

    content = written(rows)

    styles = part(content, "xl/styles.xml")
    assert 'formatCode="#,##0.00"' in styles or 'numFmtId="4"' in styles
    whole, fraction = re.findall(r'<c r="C[23]"( s="\d+")?><v>', part(content))
    assert whole != fraction


def test_more_rows_than_a_sheet_holds_are_an_error_and_not_lost(monkeypatch):
    monkeypatch.setattr(spreadsheet, "MOST_ROWS", 1 + len(ROWS))
    written(ROWS)

    with pytest.raises(ValueError, match="more rows"):
        written([*ROWS, ROWS[0]])
