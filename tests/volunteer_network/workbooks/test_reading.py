"""A file is read by a process with limits, cell by cell as texts."""

import datetime

import pytest

from tests.workbook_files import csv_file, xlsx
from volunteer_network.errors import RuleViolation
from volunteer_network.workbooks import child, reading
from volunteer_network.workbooks.decoding import decode, rows_of
from volunteer_network.workbooks.reading import read_sheets
from volunteer_network.workbooks.refusing import Format


def rows(content, kind=Format.XLSX):
    return read_sheets(content, kind)[0].rows


def test_numbers_keep_their_digits_and_days_their_calendar():
    content = xlsx(
        {"ก": [[1101700203451, 812345678, 3.5, datetime.date(2020, 12, 3), True, "08 1234"]]}
    )

    assert rows(content) == [["1101700203451", "812345678", "3.5", "2020-12-03", "TRUE", "08 1234"]]


def test_a_merged_cell_speaks_for_all_its_places():
    content = xlsx(
        {"ก": [["รายชื่อ", "", ""], ["เลย", "ก", "1"], ["", "ข", ""]]},
        merged={"ก": [(0, 0, 0, 2), (1, 0, 2, 0)]},
    )

    assert rows(content) == [["รายชื่อ"] * 3, ["เลย", "ก", "1"], ["เลย", "ข", ""]]


def test_rows_are_numbered_as_the_spreadsheet_shows_them():
    content = xlsx({"ก": [[], [], ["", "ชื่อ"], [], ["", "สุดา"]]})

    assert [row[1] for row in rows(content)] == ["", "", "ชื่อ", "", "สุดา"]


def test_every_sheet_comes_with_its_name_and_whether_it_is_seen():
    content = xlsx({"อ่านก่อน": [["คำอธิบาย"]], "ซ่อน": [["x"]]}, hidden=["ซ่อน"])

    assert [(sheet.name, sheet.hidden) for sheet in read_sheets(content, Format.XLSX)] == [
        ("อ่านก่อน", False),
        ("ซ่อน", True),
    ]


def test_a_letter_far_from_the_table_is_refused_in_words():
    content = xlsx({"ก": [["ชื่อ"], *[[]] * 1_000_000, ["", "", "x"]]})

    with pytest.raises(RuleViolation, match="หลงอยู่ไกลจากตาราง"):
        read_sheets(content, Format.XLSX)


def test_too_many_rows_of_text_are_refused():
    with pytest.raises(RuleViolation, match="20,000 แถว"):
        read_sheets(csv_file([["ก", "ข"]] * 20_001), Format.CSV)


@pytest.mark.parametrize("limit", ["MOST_MEMORY_BYTES", "MOST_SECONDS"])
def test_the_reader_has_limits(limit, monkeypatch, tmp_path):
    """A child with next to nothing dies, and the parent says it in words."""
    script = tmp_path / "tight.py"
    script.write_text(
        "import sys\nfrom volunteer_network.workbooks import child\n"
        f"child.{limit} = {'64 * 2**20' if limit == 'MOST_MEMORY_BYTES' else '1'}\n"
        "child._text_file = child._workbook = lambda content: "
        "[bytearray(2**20) for _ in iter(int, 1)]"
        f"{'' if limit == 'MOST_MEMORY_BYTES' else ' if False else [0 for _ in iter(int, 1)]'}\n"
        "sys.exit(child.main('csv', 1))\n"
    )
    run = reading.subprocess.run

    def tight(command, **options):
        options["env"]["PYTHONPATH"] = str(reading.BASE_DIR)
        return run([command[0], str(script)], **options)

    monkeypatch.setattr(reading.subprocess, "run", tight)

    with pytest.raises(RuleViolation, match="เกินกว่าจะอ่านได้"):
        read_sheets(b"a", Format.CSV)


def test_a_reader_that_never_ends_is_ended(monkeypatch):
    def endless(command, **options):
        raise reading.subprocess.TimeoutExpired(command, options["timeout"])

    monkeypatch.setattr(reading.subprocess, "run", endless)

    with pytest.raises(RuleViolation, match="เกินกว่าจะอ่านได้"):
        read_sheets(b"a", Format.CSV)


def test_a_broken_file_is_refused_in_words():
    with pytest.raises(RuleViolation, match="เสียหาย"):
        read_sheets(b"PK\x03\x04 nothing", Format.XLSX)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp874", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_texts_are_read_in_any_of_the_encodings_and_separators(encoding, separator):
    table = [["ชื่อ", "สกุล", "ที่อยู่"], ["สุดา", "ใจดี", '12/3, "บ้านใหม่"; หมู่ 4']]

    assert rows(csv_file(table, encoding=encoding, separator=separator), Format.CSV) == table


def test_quotes_of_windows_thai_stay_quotes():
    assert decode("“สุดา”".encode("cp874")) == "“สุดา”"


def test_a_text_of_one_column_is_a_table_too():
    assert rows_of("ชื่อ\nสุดา\n") == [["ชื่อ"], ["สุดา"]]


def test_whole_numbers_too_long_to_be_exact_are_not_made_up():
    assert child._text(1.2345678901234567e18) == "1.2345678901234568E+18"
