"""Writes lists as spreadsheets that open well in an office and never run what a stranger typed."""

import csv
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import IO, Any, Literal

from django.utils.translation import gettext as _
from xlsxwriter import Workbook

BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads Thai CSV as mojibake
FONT = {"font_name": "TH Sarabun New", "font_size": 14, "valign": "top"}
MOST_ROWS = 1_048_576  # head included; Excel's limit
LONGEST_TEXT = 32_767  # characters in one cell; Excel's limit
LONGEST_FOOTER = 255
LONGEST_SHEET_NAME = 31
A4 = 9

FORMULA_SIGNS = frozenset("=+-@")
INVISIBLE_LEAD = re.compile(r"^[\s\ufeff\u200b-\u200f\u2060]+")
FORBIDDEN_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")

ThaiDate = Callable[[date], str]
Row = Sequence[Any]


@dataclass(frozen=True)
class Column:
    """One column: its Thai header, its width in characters, and what its cells hold."""

    header: str
    width: int
    kind: Literal["text", "number", "date"] = "text"


def write_xlsx(
    target: str | Path | IO[bytes],
    *,
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Row],
    thai_date: ThaiDate,
    as_of: str = "",
) -> None:
    """Write a sheet row by row in flat memory; `as_of` is the line at the foot of each page."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": FONT,
    }
    with Workbook(target if hasattr(target, "write") else str(target), options) as workbook:
        workbook.set_properties({"title": title})
        sheet = workbook.add_worksheet(_sheet_name(title))
        _set_up_columns(workbook, sheet, columns)
        _set_up_print(sheet, title, as_of)
        fractions = workbook.add_format(FONT | {"num_format": "#,##0.00"})
        last = 0
        for last, row in enumerate(rows, start=1):
            if last == MOST_ROWS:  # the library would drop the rest in silence
                raise ValueError("The list has more rows than a spreadsheet can hold.")
            _write_row(sheet, last, columns, row, thai_date, fractions)
        sheet.autofilter(0, 0, last, len(columns) - 1)


def csv_lines(
    columns: Sequence[Column], rows: Iterable[Row], *, thai_date: ThaiDate
) -> Iterator[bytes]:
    """Yield a CSV line by line in UTF-8, each cell harmless to the program that opens it."""
    yield BYTE_ORDER_MARK.encode()
    yield _csv_line(column.header for column in columns)
    for row in rows:
        yield _csv_line(
            _csv_cell(column, value, thai_date) for column, value in zip(columns, row, strict=True)
        )


def defuse(text: str) -> str:
    """Put an apostrophe before a text that Excel would take for a formula.

    Signs count in full width too, and after spaces, as Excel trims and widens on its own
    (OWASP, CSV injection).
    """
    if text.startswith(("\t", "\r")):
        return f"'{text}"
    visible = INVISIBLE_LEAD.sub("", text)
    if visible and unicodedata.normalize("NFKC", visible[0])[0] in FORMULA_SIGNS:
        return f"'{text}"
    return text


def _set_up_columns(workbook: Workbook, sheet: Any, columns: Sequence[Column]) -> None:
    header = workbook.add_format(
        FONT | {"bold": True, "text_wrap": True, "bottom": 1, "bg_color": "#EEF1F4"}
    )
    formats = {
        "text": workbook.add_format(FONT | {"num_format": "@", "text_wrap": True}),
        "number": workbook.add_format(FONT | {"num_format": "#,##0"}),
        "date": workbook.add_format(FONT | {"num_format": "@"}),
    }
    for position, column in enumerate(columns):
        sheet.set_column(position, position, column.width, formats[column.kind])
        sheet.write_string(0, position, column.header, header)
    sheet.freeze_panes(1, 0)


def _set_up_print(sheet: Any, title: str, as_of: str) -> None:
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.5, right=0.5, top=0.75, bottom=0.75)  # inches
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_header(f"&L{_print_text(title)}")
    page = _("หน้า %(page)s จาก %(pages)s") % {"page": "&P", "pages": "&N"}
    sheet.set_footer(f"&L{_print_text(as_of)}&R{page}")


def _print_text(text: str) -> str:
    """Double the ampersands, which are commands here, and leave room for the page numbers."""
    return text[: LONGEST_FOOTER // 2 - 20].replace("&", "&&")


def _write_row(
    sheet: Any,
    number: int,
    columns: Sequence[Column],
    row: Row,
    thai_date: ThaiDate,
    fractions: Any,
) -> None:
    """Write what the cell is, never what the library would guess from its text."""
    for position, (column, value) in enumerate(zip(columns, row, strict=True)):
        if value is None or value == "":
            continue
        if column.kind == "number" and _is_number(value):
            shape = None if isinstance(value, int) else fractions
            sheet.write_number(number, position, value, shape)
        else:
            text = _text_of(value, thai_date)[:LONGEST_TEXT]
            sheet.write_string(number, position, text)


def _csv_line(cells: Iterable[str]) -> bytes:
    line = StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue().encode()


def _csv_cell(column: Column, value: Any, thai_date: ThaiDate) -> str:
    text = "" if value is None else _text_of(value, thai_date)
    return text if column.kind == "number" and _is_number(value) else defuse(text)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _text_of(value: Any, thai_date: ThaiDate) -> str:
    return thai_date(value) if isinstance(value, date) else str(value)


def _sheet_name(title: str) -> str:
    """Drop what Excel refuses in the name of a sheet; the whole title is in the header."""
    allowed = FORBIDDEN_IN_SHEET_NAME.sub(" ", title)[:LONGEST_SHEET_NAME]
    return allowed.strip().strip("'") or "1"
