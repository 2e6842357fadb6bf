"""Thai telephone numbers: stored as digits with the leading zero, shown in groups.

The numbering plan is domain.md 8.1: mobile 06, 08, 09 and eight digits; fixed 02 and seven, or
an area code and six; hotlines of four digits.
"""

import re
from typing import Final

from django.utils.translation import gettext as _

from volunteer_network.thai_text import normalise

_MOBILE: Final = re.compile(r"0[689][0-9]{8}")
_BANGKOK: Final = re.compile(r"02[0-9]{7}")
_PROVINCIAL: Final = re.compile(r"0(?:3[2-9]|4[2-5]|5[2-6]|7[3-7])[0-9]{6}")
_HOTLINE: Final = re.compile(r"1[0-9]{3}")
_PATTERNS: Final = (_MOBILE, _BANGKOK, _PROVINCIAL, _HOTLINE)

_MOBILE_LENGTH: Final = 10
_FIXED_LENGTH: Final = 9


def parse(text: str) -> str:
    """Return the digits to store, such as "0812345678".

    Reads Thai digits, spaces, dashes, +66, and numbers whose leading zero a spreadsheet dropped.
    Raises ValueError with a Thai sentence that says how to mend it.
    """
    number = re.sub(r"[\s\-–—.()]", "", normalise(text))
    _refuse_other_than_digits(number)
    number = _with_leading_zero(number)
    if not any(pattern.fullmatch(number) for pattern in _PATTERNS):
        raise ValueError(_what_is_wrong(number))
    return number


def display(number: str) -> str:
    """Return stored digits in groups: 081 234 5678, 02 232 1262, 053 112 233, 1506."""
    if _MOBILE.fullmatch(number):
        return f"{number[:3]} {number[3:6]} {number[6:]}"
    if _BANGKOK.fullmatch(number):
        return f"{number[:2]} {number[2:5]} {number[5:]}"
    if _PROVINCIAL.fullmatch(number):
        return f"{number[:3]} {number[3:6]} {number[6:]}"
    return number


def _with_leading_zero(number: str) -> str:
    """Return the number with its leading zero, be it hidden by a country code or lost."""
    digits = number.removeprefix("+")
    if number.startswith("+66") or (digits.startswith("66") and len(digits) > _FIXED_LENGTH):
        return "0" + digits.removeprefix("66").removeprefix("0")
    lost_a_zero = number[0] in "23456789" and len(number) >= _FIXED_LENGTH - 1
    return "0" + number if lost_a_zero else number


def _refuse_other_than_digits(number: str) -> None:
    if not number:
        raise ValueError(_("ยังไม่มีหมายเลขโทรศัพท์ โปรดพิมพ์ เช่น 081 234 5678"))
    if re.search(r"(?:ต่อ|ext|#)", number):
        raise ValueError(_("พิมพ์เฉพาะหมายเลขหลัก ส่วนหมายเลขต่อภายในโปรดพิมพ์ไว้ในหมายเหตุ"))
    if re.search(r"[,/;]", number):
        raise ValueError(_("พิมพ์ได้ครั้งละหนึ่งหมายเลข โปรดเลือกหมายเลขที่ติดต่อได้สะดวกที่สุด"))
    if other := re.search(r"(?!^\+)[^0-9]", number):
        raise ValueError(
            _("หมายเลขโทรศัพท์มีแต่ตัวเลข แต่พบ “%(other)s” โปรดลบออก เช่น 081 234 5678")
            % {"other": other.group()}
        )


def _what_is_wrong(number: str) -> str:
    if number.startswith("+"):
        return _("รับเฉพาะหมายเลขในประเทศไทย ขึ้นต้นด้วย 0 หรือ +66 เช่น 081 234 5678")
    if number.startswith(("06", "08", "09")):
        return _wrong_length(_("หมายเลขมือถือ"), len(number), _MOBILE_LENGTH, "081 234 5678")
    if re.match("02|0(?:3[2-9]|4[2-5]|5[2-6]|7[3-7])", number):
        return _wrong_length(_("หมายเลขประจำที่"), len(number), _FIXED_LENGTH, "02 232 1262")
    if number.startswith("0"):
        return _(
            "ไม่มีหมายเลขที่ขึ้นต้นด้วย %(prefix)s มือถือขึ้นต้นด้วย 06 08 09 "
            "ประจำที่ขึ้นต้นด้วย 02 หรือรหัสจังหวัด เช่น 053 โปรดตรวจอีกครั้ง"
        ) % {"prefix": number[:3]}
    return _("หมายเลขโทรศัพท์ขึ้นต้นด้วย 0 เช่น 081 234 5678 หรือเป็นสายด่วน 4 หลัก เช่น 1506 โปรดตรวจอีกครั้ง")


def _wrong_length(kind: str, typed: int, expected: int, example: str) -> str:
    return _("%(kind)sมี %(expected)d หลัก พิมพ์มา %(typed)d หลัก โปรดตรวจอีกครั้ง เช่น %(example)s") % {
        "kind": kind,
        "expected": expected,
        "typed": typed,
        "example": example,
    }
