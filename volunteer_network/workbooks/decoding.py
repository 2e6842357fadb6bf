"""Text files as tables: the encoding and the separator are found out, never asked for."""

import csv
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter
from collections.abc import Sequence
from io import StringIO

SEPARATORS = (",", ";", "\t")
LOOKED_AT = 50  # rows that tell the separator
LONGEST_CELL = 32_767  # as in Excel


class NoText(ValueError):
    """The bytes are in no encoding that Thai offices use."""


def decode(content: bytes) -> str:
    """Byte-order mark, strict UTF-8, Windows Thai; tis_620 would turn quotes into noise."""
    if content.startswith(BOM_UTF8):
        content, encodings = content[len(BOM_UTF8) :], ["utf-8"]
    elif content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8", "cp874"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NoText


def rows_of(text: str) -> list[list[str]]:
    """The cells, row by row, split by whichever separator gives the steadiest table."""
    csv.field_size_limit(LONGEST_CELL)
    text = text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
    return list(csv.reader(StringIO(text, newline=""), delimiter=_separator(text)))


def _separator(text: str) -> str:
    beginning = "\n".join(text.split("\n", LOOKED_AT)[:LOOKED_AT])
    return max(SEPARATORS, key=lambda one: _steadiness(beginning, one))


def _steadiness(text: str, separator: str) -> int:
    """How many rows have the commonest number of cells, weighed by that number."""
    try:
        rows = list(csv.reader(StringIO(text), delimiter=separator))
    except csv.Error:
        return 0
    return max(_weights([len(row) for row in rows if any(cell.strip() for cell in row)]), default=0)


def _weights(widths: Sequence[int]) -> list[int]:
    return [rows * (width - 1) for width, rows in Counter(widths).items()]
