"""What is no workbook is refused in words, before anything of it is read."""

import io
import zipfile

import pytest

from tests.workbook_files import csv_file, xlsx
from volunteer_network.errors import RuleViolation
from volunteer_network.workbooks import refusing
from volunteer_network.workbooks.refusing import Format, format_of

WORKBOOK = xlsx({"รายชื่อ": [["ชื่อ", "สกุล"], ["สุดา", "ใจดี"]]})


def archive(entries: dict[str, bytes], **options) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, **options) as file:
        for name, content in entries.items():
            file.writestr(name, content)
    return target.getvalue()


def with_entry(name: str, content: bytes) -> bytes:
    target = io.BytesIO(WORKBOOK)
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as file:
        file.writestr(name, content)
    return target.getvalue()


def encrypted_entries() -> bytes:
    """The flag that a password was set, in every entry of the directory."""
    content = bytearray(WORKBOOK)
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        content[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 4)
    return bytes(content)


REFUSED = {
    "empty": (b"", "ว่างเปล่า"),
    "only a mark": (b"\xef\xbb\xbf \r\n", "ว่างเปล่า"),
    "old excel": (refusing.COMPOUND + b"\0" * 600, ".xls"),
    "behind a password": (refusing.COMPOUND + refusing.ENCRYPTED_STREAM, "รหัสผ่าน"),
    "entries behind a password": (encrypted_entries(), "รหัสผ่าน"),
    "pdf": (b"%PDF-1.7 ...", "PDF"),
    "picture": (b"\x89PNG\r\n\x1a\n", "ภาพ"),
    "html that calls itself xls": (b"\xef\xbb\xbf<html><table><tr><td>1</td></tr>", "HTML"),
    "xml spreadsheet": (b'<?xml version="1.0"?><Workbook/>', "XML"),
    "rtf": (b"{\\rtf1 abc}", "RTF"),
    "rar": (b"Rar!\x1a\x07", "บีบอัด"),
    "program": (b"MZ\x90\x00\x03", "ไม่ใช่ตาราง"),
    "macros": (with_entry("xl/vbaProject.bin", b"x"), "แมโคร"),
    "macros by type": (
        archive({"[Content_Types].xml": b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
                 "xl/workbook.xml": b"<workbook/>"}),
        "แมโคร",
    ),
    "ods": (archive({"mimetype": b"x", "content.xml": b"<x/>"}), "OpenDocument"),
    "word": (archive({"word/document.xml": b"<x/>"}), "Word"),
    "xlsb": (archive({"xl/workbook.bin": b"x"}), ".xlsb"),
    "other zip": (archive({"readme.txt": b"x"}), "ไม่ใช่ Excel"),
    "torn": (WORKBOOK[: len(WORKBOOK) // 2], "เสียหาย"),
    "bomb": (with_entry("xl/media/zeros.bin", b"\0" * (90 * 2**20)), "แตกออก"),
    "many entries": (
        archive({f"xl/{n}": b"" for n in range(refusing.MOST_ENTRIES + 1)}), "แตกออก"
    ),
    "too many bytes": (b"a,b\n" * (3 * 2**20), "MB"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_workbook_is_refused_in_words(name):
    content, word = REFUSED[name]

    with pytest.raises(RuleViolation, match=word):
        format_of(content)


def test_a_workbook_and_texts_pass():
    assert format_of(WORKBOOK) == Format.XLSX
    assert format_of(csv_file([["ชื่อ"], ["สุดา"]])) == Format.CSV
    assert format_of(csv_file([["ชื่อ"], ["สุดา"]], encoding="cp874")) == Format.CSV
    assert format_of(csv_file([["ชื่อ"], ["สุดา"]], encoding="utf-16", separator="\t")) == Format.CSV


def sheet_of(rows: int, cell: str) -> bytes:
    """A sheet as Excel writes it: each row and cell says where it stands."""
    texts = (f'<row r="{n}">{cell.format(n=n)}</row>' for n in range(1, rows + 1))
    return archive(
        {
            "xl/workbook.xml": b"<workbook/>",
            "xl/worksheets/sheet1.xml": f"<sheetData>{''.join(texts)}</sheetData>".encode(),
        }
    )


def test_a_full_sheet_of_a_million_rows_is_refused():
    with pytest.raises(RuleViolation, match="20,000 แถว"):
        format_of(sheet_of(1_048_576, '<c r="A{n}"><v>{n}</v></c>'))


def test_a_million_rows_with_borders_alone_are_no_rows():
    assert format_of(sheet_of(1_048_576, '<c r="A{n}" s="3"/>')) == Format.XLSX


def test_a_directory_that_lies_about_the_size_is_found_out():
    """What is unpacked is counted, not only what the directory says."""
    sheet = b"<sheetData>" + b'<row r="1"><c s="3"/></row>' * 100_000 + b"</sheetData>"
    honest = archive({"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": sheet})
    lying = honest.replace(len(sheet).to_bytes(4, "little"), (50).to_bytes(4, "little"))

    with pytest.raises(RuleViolation, match="เสียหาย"):
        format_of(lying)
