"""Reads one file in a process of its own: `python -m volunteer_network.workbooks.child xlsx 20000`.

The file comes in on stdin, its sheets leave as JSON on stdout. Memory and processor time are
limited before the first byte is read, so that a hostile file ends this process and nothing else.
Knows no Django: it starts in a twentieth of a second.
"""

import csv
import json
import resource
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from volunteer_network.workbooks.decoding import NoText, decode, rows_of

MOST_MEMORY_BYTES = 768 * 1024 * 1024  # of address space; what is touched is far less
MOST_SECONDS = 20
MOST_CELLS = 1_500_000
MOST_SHEETS = 120  # one for each province, and some
MOST_COLUMNS = 400
EXACT_BELOW = 10**15  # whole numbers that a spreadsheet keeps digit by digit

REFUSED, TOO_MANY_ROWS, TOO_FAR = 3, 4, 5  # exit codes that the parent turns into words


class TooFar(Exception):
    """A cell lies so far from the others that the table between would not fit."""


class TooManyRows(Exception):
    """More rows with something in them than one import takes."""


def main(kind: str, most_rows: int) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY_BYTES, MOST_MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    content = sys.stdin.buffer.read()
    try:
        sheets = _text_file(content) if kind == "csv" else _workbook(content)
        if sum(any(row) for sheet in sheets for row in sheet["rows"]) > most_rows:
            raise TooManyRows
    except (CalamineError, NoText, csv.Error, RecursionError, OSError, ValueError):
        return REFUSED
    except TooManyRows:
        return TOO_MANY_ROWS
    except (TooFar, MemoryError):
        return TOO_FAR
    json.dump(sheets, sys.stdout, ensure_ascii=True)  # lone surrogates travel as escapes
    return 0


def _text_file(content: bytes) -> list[dict[str, Any]]:
    rows = rows_of(decode(content))
    if max(map(len, rows), default=0) > MOST_COLUMNS:
        raise TooFar
    return [{"name": "", "hidden": False, "rows": rows}]


def _workbook(content: bytes) -> list[dict[str, Any]]:
    workbook = CalamineWorkbook.from_filelike(BytesIO(content))
    worksheets = [
        sheet for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet
    ]
    return [
        {
            "name": sheet.name,
            "hidden": sheet.visible != SheetVisibleEnum.Visible,
            "rows": _rows(workbook.get_sheet_by_name(sheet.name)),
        }
        for sheet in worksheets[:MOST_SHEETS]
    ]


def _rows(sheet: Any) -> list[list[str]]:
    """Every row from the first of the sheet on, so that numbers are those an official sees."""
    if sheet.end is None:
        return []
    if sheet.total_width > MOST_COLUMNS or sheet.total_height * sheet.total_width > MOST_CELLS:
        raise TooFar
    rows = [[_text(cell) for cell in row] for row in _raw_rows(sheet)]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        _fill(rows, top, left, bottom, right)
    return rows


def _raw_rows(sheet: Any) -> Iterator[list[Any]]:
    """Row by row, for the whole sheet twice would be heavy.

    The blank rows above the table are among them, the blank columns before it are not.
    """
    _top, left = sheet.start
    return ([""] * left + row for row in sheet.iter_rows())


def _fill(rows: list[list[str]], top: int, left: int, bottom: int, right: int) -> None:
    """A merged cell says its text at each of its places."""
    if top >= len(rows) or left >= len(rows[top]):
        return
    text = rows[top][left]
    for row in rows[top : bottom + 1]:
        for column in range(left, min(right + 1, len(row))):
            row[column] = row[column] or text


def _text(cell: Any) -> str:
    """What stands in a cell as text: numbers digit by digit, days by the calendar they name."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        return _digits(cell)
    if isinstance(cell, datetime):
        return str(cell.date()) if cell.time() == time() else cell.isoformat(" ", "minutes")
    if isinstance(cell, date | time | timedelta):
        return str(cell)
    return ""


def _digits(number: int | float) -> str:
    whole = isinstance(number, int) or number.is_integer()
    return str(int(number)) if whole and abs(number) < EXACT_BELOW else repr(number).upper()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
