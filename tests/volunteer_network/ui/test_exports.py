"""A list as a file."""

import csv
import io
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from volunteer_network.ui.exports import TYPES, ExportColumn, export_response

COLUMNS = (
    ExportColumn("ชื่อ", 20, lambda row: row["name"]),
    ExportColumn("โทรศัพท์", 14, lambda row: row["phone"]),
    ExportColumn("จำนวน", 8, lambda row: row["count"], "number"),
    ExportColumn("วันที่", 14, lambda row: row["day"], "date"),
)
ROWS = [
    {"name": "เอก", "phone": "0812345678", "count": 3, "day": date(2020, 12, 3)},
    {"name": "=1+1", "phone": "", "count": 0, "day": None},
]


def exported(form, rows=ROWS, columns=COLUMNS):
    response = export_response(form, title="ทะเบียน", columns=columns, rows=rows)
    return response, b"".join(response.streaming_content)


def sheet(content):
    [rows] = CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(rows).to_python()


def test_csv_opens_in_an_office(db):
    _response, content = exported("csv")

    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows[0] == ["ชื่อ", "โทรศัพท์", "จำนวน", "วันที่"]
    assert rows[1] == ["เอก", "0812345678", "3", "3 ธ.ค. 2563"]
    assert rows[2][0] != "=1+1"


def test_xlsx_keeps_phones_as_text_and_numbers_as_numbers(db):
    _response, content = exported("xlsx")

    rows = sheet(content)
    [found] = [row for row in rows if row[0] == "เอก"]
    assert found[1] == "0812345678"
    assert found[2] == 3
    assert "=1+1" in [row[0] for row in rows]  # a text, not a formula


@pytest.mark.parametrize("form", TYPES)
def test_the_file_has_a_thai_name_and_its_type(db, form):
    response, _content = exported(form)

    assert response.headers["Content-Type"] == TYPES[form]
    assert "filename*=UTF-8''%E0%B8%97" in response.headers["Content-Disposition"]
    assert response.headers["Content-Disposition"].endswith(f".{form}")


@pytest.mark.parametrize("form", TYPES)
def test_an_empty_list_is_a_file_with_heads(db, form):
    _response, content = exported(form, rows=[])

    heads = sheet(content) if form == "xlsx" else list(csv.reader([content.decode("utf-8-sig")]))
    assert ["ชื่อ", "โทรศัพท์", "จำนวน", "วันที่"] in heads


def test_a_large_file_is_written_while_the_rows_are_read(db):
    rows = ({"name": "ก" * 30, "phone": "", "count": n, "day": None} for n in range(30_000))

    _response, content = exported("csv", rows=rows)

    assert content.count(b"\r\n") == 30_001
