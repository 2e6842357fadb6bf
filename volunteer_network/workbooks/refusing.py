"""Says what a sent file is by its content, and refuses in words what is no workbook to be read.

Nothing is unpacked but the sheets, as a stream, and no further than the limits: a file that would
hurt whoever reads it is turned away by its directory.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from enum import StrEnum
from io import BytesIO
from typing import Final

from django.utils.translation import gettext as _

from volunteer_network.errors import RuleViolation

MEGABYTE: Final = 1024 * 1024
MOST_BYTES: Final = 10 * MEGABYTE
MOST_UNPACKED_BYTES: Final = 100 * MEGABYTE
MOST_TIMES_SMALLER: Final = 100  # an honest workbook packs to a tenth or a twentieth
SMALL_ENOUGH_TO_UNPACK: Final = 2 * MEGABYTE  # an all but empty workbook packs well, too
MOST_ENTRIES: Final = 2000
MOST_ROWS: Final = 20_000  # with something in them, over all sheets
CHUNK_BYTES: Final = 256 * 1024

ZIP: Final = b"PK\x03\x04"
EMPTY_ZIP: Final = b"PK\x05\x06"
COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # xls, and xlsx behind a password
ENCRYPTED_STREAM: Final = "EncryptedPackage".encode("utf-16-le")
SPREADSHEET: Final = "xl/workbook.xml"
SHEET: Final = re.compile(r"xl/worksheets/[^/]+\.xml")
END_OF_ROW: Final = re.compile(rb"</(?:[A-Za-z]\w*:)?row>")
VALUE: Final = re.compile(rb"<(?:[A-Za-z]\w*:)?(?:v|is)[ />]")
LOOKS_LIKE_HTML: Final = re.compile(
    rb"<(?:!doctype html|html|head|body|table|meta)\b", re.IGNORECASE
)
CONTROL: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
PICTURES: Final = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF", b"II*\x00", b"MM\x00*")
PACKED: Final = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")


class Format(StrEnum):
    XLSX = "xlsx"
    CSV = "csv"


def format_of(content: bytes) -> Format:
    """Return the format to read the file as, or refuse it, saying how to mend it."""
    if not content.strip(b"\x00 \r\n\t\xef\xbb\xbf"):
        raise RuleViolation(_("ไฟล์ว่างเปล่า เปิดดูในเครื่องก่อน แล้วเลือกไฟล์ที่มีรายชื่อ"))
    if len(content) > MOST_BYTES:
        raise too_many_bytes()
    if content.startswith((ZIP, EMPTY_ZIP)):
        _refuse_unfit_archive(content)
        return Format.XLSX
    _refuse_what_is_no_text(content)
    return Format.CSV


def too_many_bytes() -> RuleViolation:
    return RuleViolation(
        _("ไฟล์ใหญ่เกิน %(limit)d MB ลบภาพและแผ่นงานที่ไม่ใช้ หรือแบ่งเป็นหลายไฟล์ แล้วส่งใหม่")
        % {"limit": MOST_BYTES // MEGABYTE}
    )


def too_many_rows() -> RuleViolation:
    return RuleViolation(
        _("ไฟล์มีข้อมูลเกิน %(limit)s แถว แบ่งเป็นหลายไฟล์ แล้วนำเข้าทีละไฟล์") % {"limit": f"{MOST_ROWS:,}"}
    )


def _refuse_what_is_no_text(content: bytes) -> None:
    if content.startswith(COMPOUND):
        raise RuleViolation(_what_an_old_file_is(content))
    if content.startswith(b"%PDF"):
        raise RuleViolation(
            _("ไฟล์นี้เป็น PDF อ่านเป็นตารางไม่ได้ ขอไฟล์ Excel ต้นฉบับ แล้วส่งเป็น .xlsx หรือ .csv")
        )
    if content.startswith(PICTURES):
        raise RuleViolation(_("ไฟล์นี้เป็นภาพ อ่านเป็นตารางไม่ได้ ขอไฟล์ Excel ต้นฉบับ แล้วส่งเป็น .xlsx"))
    if content.startswith(PACKED):
        raise RuleViolation(_("ไฟล์นี้ถูกบีบอัดไว้ แตกไฟล์ออกก่อน แล้วส่งเฉพาะไฟล์ .xlsx หรือ .csv"))
    beginning = content[:4096]
    if LOOKS_LIKE_HTML.search(beginning):
        raise RuleViolation(
            _("ไฟล์นี้เป็นหน้าเว็บ (HTML) แม้ชื่อลงท้ายเหมือน Excel เปิดด้วย Excel แล้วบันทึกเป็น .xlsx ก่อนส่ง")
        )
    if beginning.lstrip(b"\xef\xbb\xbf \r\n\t").startswith((b"<?xml", b"{\\rtf")):
        raise RuleViolation(
            _("ไฟล์นี้เป็นเอกสาร XML หรือ RTF ไม่ใช่ตาราง เปิดด้วย Excel แล้วบันทึกเป็น .xlsx ก่อนส่ง")
        )
    if not content.startswith(UTF_16) and CONTROL.search(content):
        raise RuleViolation(
            _("ไฟล์นี้ไม่ใช่ตาราง Excel หรือ CSV ส่งไฟล์ .xlsx หรือ .csv หรือใช้แบบไฟล์ที่ดาวน์โหลดจากหน้านี้")
        )


def _what_an_old_file_is(content: bytes) -> str:
    if ENCRYPTED_STREAM in content:
        return _encrypted()
    return _("ไฟล์นี้เป็น Excel รุ่นเก่า (.xls) หรือ Word รุ่นเก่า เปิดด้วย Excel แล้วเลือกบันทึกเป็น .xlsx ก่อนส่ง")


def _encrypted() -> str:
    return _("ไฟล์นี้ตั้งรหัสผ่านไว้ เปิดใน Excel แล้วเอารหัสผ่านออก (ไฟล์ > ข้อมูล > ป้องกันสมุดงาน) ก่อนส่ง")


def _refuse_unfit_archive(content: bytes) -> None:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            _refuse_heavy(entries, len(content))
            _refuse_other_than_spreadsheets(archive)
            _refuse_too_many_rows(archive)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError):
        raise RuleViolation(broken()) from None


def broken() -> str:
    return _("ไฟล์เสียหายหรือส่งมาไม่ครบ เปิดใน Excel ดูก่อน บันทึกเป็น .xlsx ใหม่ แล้วส่งอีกครั้ง")


def _refuse_heavy(entries: list[zipfile.ZipInfo], packed: int) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    too_dense = unpacked > SMALL_ENOUGH_TO_UNPACK and unpacked > packed * MOST_TIMES_SMALLER
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED_BYTES or too_dense:
        raise RuleViolation(
            _(
                "ไฟล์นี้แตกออกแล้วใหญ่เกินกว่าจะอ่านได้อย่างปลอดภัย คัดลอกเฉพาะตารางรายชื่อ"
                "ไปไว้ในสมุดงานใหม่ บันทึกเป็น .xlsx แล้วส่งใหม่"
            )
        )
    if any(entry.flag_bits & 1 for entry in entries):
        raise RuleViolation(_encrypted())


def _refuse_other_than_spreadsheets(archive: zipfile.ZipFile) -> None:
    names = {entry.filename.lower() for entry in archive.infolist()}
    if any(one.endswith("vbaproject.bin") for one in names) or _says_macros(archive, names):
        raise RuleViolation(
            _("ไฟล์นี้มีแมโคร (.xlsm) เปิดใน Excel แล้วเลือกบันทึกเป็น .xlsx ซึ่งไม่มีแมโคร ก่อนส่ง")
        )
    if SPREADSHEET in names:
        return
    if "xl/workbook.bin" in names:
        raise RuleViolation(_("ไฟล์นี้เป็น .xlsb เปิดใน Excel แล้วเลือกบันทึกเป็น .xlsx ก่อนส่ง"))
    if "content.xml" in names:
        raise RuleViolation(
            _("ไฟล์นี้เป็น OpenDocument (.ods) เปิดในโปรแกรมตาราง แล้วบันทึกเป็น .xlsx ก่อนส่ง")
        )
    if "word/document.xml" in names or "ppt/presentation.xml" in names:
        raise RuleViolation(
            _("ไฟล์นี้เป็น Word หรือ PowerPoint คัดลอกตารางไปไว้ใน Excel บันทึกเป็น .xlsx แล้วส่งใหม่")
        )
    raise RuleViolation(_("ไฟล์นี้เป็นไฟล์บีบอัด ไม่ใช่ Excel แตกไฟล์ออกก่อน แล้วส่งเฉพาะไฟล์ .xlsx หรือ .csv"))


def _says_macros(archive: zipfile.ZipFile, names: set[str]) -> bool:
    listing = "[Content_Types].xml"
    if listing.lower() not in names:
        return False
    with archive.open(listing) as file:
        return b"macroEnabled" in file.read(MEGABYTE)


def _refuse_too_many_rows(archive: zipfile.ZipFile) -> None:
    """Count the rows that hold a value; rows with borders alone, down to the last, hold none."""
    rows, unpacked = 0, 0
    for entry in archive.infolist():
        if not SHEET.fullmatch(entry.filename.lower()):
            continue
        for row in _rows_of(archive, entry):
            unpacked += len(row)
            rows += VALUE.search(row) is not None
            if rows > MOST_ROWS:
                raise too_many_rows()
            if unpacked > MOST_UNPACKED_BYTES:
                raise RuleViolation(broken())


def _rows_of(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(entry) as sheet:
        begun = b""
        while chunk := sheet.read(CHUNK_BYTES):
            *whole, begun = END_OF_ROW.split(begun + chunk)
            yield from whole
            if len(begun) > 4 * MEGABYTE:
                raise RuleViolation(broken())
