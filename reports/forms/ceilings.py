"""The grid of ceilings: 76 amounts, a column pasted from a workbook, last year's by percents."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from reports.baht import read_baht, shown_baht
from reports.services.ceilings import CeilingRow, by_percent
from volunteer_network.thai_text import clean, to_arabic_digits

LONGEST_LINE: Final = 200  # letters; the time to read one grows with their square
MOST_PERCENT: Final = Decimal(200)
PREFIX: Final = re.compile(r"^(?:จังหวัด|จ\.)\s*")
LAST_NUMBER: Final = re.compile(r"^(?P<name>.*?)[\s,;]+(?P<amount>฿?[0-9][0-9,.]*)(?:\s*บาท)?$")


@dataclass(frozen=True, slots=True)
class CeilingCell:
    """One province's field: what stands in it, what is wrong with it, what was last year."""

    row: CeilingRow
    typed: str
    mistake: str

    @property
    def name(self) -> str:
        return f"amount-{self.row.province.pk}"

    @property
    def differs(self) -> bool:
        """Whether what stands in the field is not what is saved."""
        return not self.mistake and self.typed != shown_baht(self.row.amount)


class CeilingsForm:
    """Reads the grid; `amounts` is for the service once `is_valid()`."""

    def __init__(self, rows: Sequence[CeilingRow], data: QueryDict | None = None) -> None:
        self.rows, self.data = rows, data
        self.typed = {
            row.province.pk: shown_baht(row.amount)
            if data is None
            else data.get(f"amount-{row.province.pk}", shown_baht(row.amount)).strip()
            for row in rows
        }
        self.pasted = "" if data is None else data.get("pasted", "")
        self.percent = "" if data is None else data.get("percent", "").strip()
        self.unread: list[str] = []  # lines that name no province or no amount
        self.problem = ""  # with the percents
        self.amounts: dict[int, Decimal | None] = {}
        self.mistakes: dict[int, str] = {}
        self._read()

    def is_valid(self) -> bool:
        return not self.mistakes

    @property
    def cells(self) -> list[CeilingCell]:
        return [
            CeilingCell(row, self.typed[row.province.pk], self.mistakes.get(row.province.pk, ""))
            for row in self.rows
        ]

    @property
    def total(self) -> Decimal:
        return sum((amount for amount in self.amounts.values() if amount), Decimal(0))

    @property
    def count(self) -> int:
        """Provinces that have an amount."""
        return sum(amount is not None for amount in self.amounts.values())

    @property
    def changed(self) -> int:
        return sum(cell.differs for cell in self.cells)

    @property
    def last_year_total(self) -> Decimal:
        return sum((row.last_year for row in self.rows if row.last_year), Decimal(0))

    def take_pasted(self) -> int:
        """Put the pasted lines into the grid; returns how many provinces were found."""
        codes = {clean(row.province.name): row.province.pk for row in self.rows}
        found, self.unread = read_pasted(self.pasted, codes)
        self._put(found)
        return len(found)

    def take_percent(self) -> int:
        """Put last year's ceilings, changed by the percents, into the grid; returns how many."""
        try:
            percent = Decimal(to_arabic_digits(self.percent).rstrip("% ") or "0")
            known = -100 <= percent <= MOST_PERCENT
        except InvalidOperation:  # no number, or "NaN", which nothing compares with
            known = False
        if not known:
            self.problem = _("กรอกร้อยละระหว่าง -100 ถึง 200 เช่น 5 หรือ -3.5")
            return 0
        found = {
            row.province.pk: by_percent(row.last_year, percent)
            for row in self.rows
            if row.last_year is not None
        }
        if not found:
            self.problem = _("ปีก่อนยังไม่มีเพดาน กรอกหรือวางจาก Excel แทน")
        self._put(found)
        return len(found)

    def _put(self, found: Mapping[int, Decimal]) -> None:
        self.typed |= {code: shown_baht(amount) for code, amount in found.items()}
        self._read()

    def _read(self) -> None:
        self.amounts, self.mistakes = {}, {}
        for code, typed in self.typed.items():
            try:
                self.amounts[code] = read_baht(typed) if typed else None
            except ValueError as problem:
                self.mistakes[code] = str(problem)


def read_pasted(text: str, codes: Mapping[str, int]) -> tuple[dict[int, Decimal], list[str]]:
    """Amounts by province from lines "เชียงใหม่ 720,000", and the lines that could not be read.

    Between the two stands a tab, as a workbook copies it, or spaces; a line without text is passed.
    """
    found: dict[int, Decimal] = {}
    unread = []
    for line in text.splitlines():
        if not line.strip():
            continue
        match = LAST_NUMBER.match(to_arabic_digits(clean(line[:LONGEST_LINE])))
        name = PREFIX.sub("", match["name"].strip()) if match else ""
        try:
            if match is None or name not in codes:
                raise ValueError(line)
            found[codes[name]] = read_baht(match["amount"])
        except ValueError:
            unread.append(line.strip())
    return found, unread
