"""Makes workbooks and text files for the tests, byte for byte the same each time."""

import csv
import datetime
import io
from collections.abc import Iterable, Mapping, Sequence

from xlsxwriter import Workbook

MADE_ON = datetime.datetime(2026, 11, 25)  # noqa: DTZ001  # as XlsxWriter takes it

Rows = Iterable[Sequence[object]]
Range = tuple[int, int, int, int]  # first row and column, last row and column


def xlsx(
    sheets: Mapping[str, Rows],
    *,
    merged: Mapping[str, Sequence[Range]] | None = None,
    hidden: Sequence[str] = (),
) -> bytes:
    """A workbook; texts, numbers and days stay what they are, merged ranges keep the first cell."""
    target = io.BytesIO()
    options = {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(target, {"in_memory": True, **options}) as book:
        book.set_properties({"created": MADE_ON})
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, datetime.date):
                        sheet.write_datetime(number, column, cell, day)
                    elif cell not in ("", None):
                        sheet.write(number, column, cell)
            for top, left, bottom, right in (merged or {}).get(name, ()):
                kept = list(rows)[top][left]
                sheet.merge_range(top, left, bottom, right, kept)
            if name in hidden:
                sheet.hide()
    return target.getvalue()


def csv_file(rows: Rows, *, encoding: str = "utf-8-sig", separator: str = ",") -> bytes:
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=separator).writerows(rows)
    return target.getvalue().encode(encoding)
