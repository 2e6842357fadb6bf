"""A workbook for officials to fill in: one sheet with the headings, one that explains them."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from volunteer_network.documents.spreadsheet import FONT

FILLED_ROWS = 500  # that are kept as text, so that leading zeros and 13 digits stay


@dataclass(frozen=True)
class BlankColumn:
    heading: str
    width: int
    required: bool
    example: str


def blank_workbook(columns: Sequence[BlankColumn], *, sheet: str) -> bytes:
    """The workbook's bytes; every cell is text, so that a spreadsheet shortens no number."""
    target = BytesIO()
    with Workbook(target, {"in_memory": True, "default_format_properties": FONT}) as book:
        head = book.add_format(FONT | {"bold": True, "bottom": 1, "bg_color": "#EEF1F4"})
        text = book.add_format(FONT | {"num_format": "@"})
        filled = book.add_worksheet(sheet)
        for place, column in enumerate(columns):
            filled.set_column(place, place, column.width, text)
            filled.write_string(0, place, column.heading, head)
        filled.freeze_panes(1, 0)
        notes = book.add_worksheet(_("วิธีกรอก"))
        notes.set_column(0, 2, 28, text)
        for place, words in enumerate((_("ช่อง"), _("ต้องกรอก"), _("ตัวอย่าง"))):
            notes.write_string(0, place, words, head)
        for row, column in enumerate(columns, start=1):
            notes.write_string(row, 0, column.heading)
            notes.write_string(row, 1, _("ต้องกรอก") if column.required else _("เว้นว่างได้"))
            notes.write_string(row, 2, column.example)
    return target.getvalue()
