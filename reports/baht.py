"""Money as officials type it: whole baht or with satang, Thai or Arabic digits, with commas."""

import re
from decimal import Decimal

from django.utils.translation import gettext as _

from volunteer_network.thai_text import group_thousands, to_arabic_digits

MOST = Decimal("9999999999.99")
MONEY = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]{1,2})?")
AROUND = re.compile(r"^฿|บาท$")


def read_baht(typed: str) -> Decimal:
    """Return the amount; ValueError, with a Thai sentence, for what is none."""
    bare = AROUND.sub("", to_arabic_digits(typed).strip()).strip()
    if not MONEY.fullmatch(bare):
        raise ValueError(_("กรอกเป็นจำนวนบาท เช่น 720,000 หรือ 720000.50"))
    amount = Decimal(bare.replace(",", ""))
    if amount > MOST:
        raise ValueError(_("กรอกไม่เกินหนึ่งหมื่นล้านบาท ตรวจตัวเลขอีกครั้ง"))
    return amount


def shown_baht(amount: Decimal | int | None) -> str:
    """ "720,000", with satang only where there are some; nothing for None."""
    if amount is None:
        return ""
    return group_thousands(int(amount)) if amount == int(amount) else f"{amount:,.2f}"
