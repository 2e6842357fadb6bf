"""Differences of signed figures in words, as pages and papers say them."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Final, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.enums import LedgerKind
from reports.quarter_figures import FIELDS, MONEY, Amounts
from volunteer_network.thai_text import baht

MINUS: Final = "\N{MINUS SIGN}"
LABELS: dict[str, str | Promise] = {
    "target": gettext_lazy("แผน"),
    "actual": gettext_lazy("ผล"),
    "allotted": gettext_lazy("งบจัดสรร"),
    "disbursed": gettext_lazy("เบิกจ่าย"),
}


class AnyEntry(Protocol):
    """An entry of a ledger."""

    @property
    def kind(self) -> LedgerKind: ...
    @property
    def amount(self) -> int | Decimal: ...
    @property
    def count(self) -> int: ...


def more_or_less(amount: int | Decimal) -> str:
    """The amount with its sign; less has a true minus, as long as the plus."""
    sign = "+" if amount >= 0 else MINUS
    return sign + baht(amount if amount >= 0 else -amount)


def difference_in_words(field: str, amount: int | Decimal, unit: str) -> str:
    """ผล +12 คน, เบิกจ่าย +1,500 บาท."""
    of_what = _("บาท") if field in MONEY else unit
    return f"{LABELS[field]} {more_or_less(amount)} {of_what}"


def differences_in_words(amounts: Amounts, unit: str) -> list[str]:
    """Each of the amounts that is different."""
    return [
        difference_in_words(field, amounts.of(field), unit) for field in FIELDS if amounts.of(field)
    ]


def kinds_in_words(entries: Iterable[AnyEntry]) -> str:
    """บันทึกเพิ่ม 3 รายการ +14, แก้บันทึก 1 รายการ +2."""
    entries = list(entries)
    parts = []
    for kind in LedgerKind:
        of_kind = [one for one in entries if one.kind == kind]
        if of_kind:
            parts.append(
                _("%(kind)s %(count)d รายการ %(sum)s")
                % {
                    "kind": kind.label,
                    "count": sum(one.count for one in of_kind),
                    "sum": more_or_less(sum((one.amount for one in of_kind), Decimal(0))),
                }
            )
    return ", ".join(parts)
