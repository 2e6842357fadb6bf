"""The 13 digits of a Thai national ID: reading, checking, showing and masking.

No message repeats the number: messages reach pages, logs and error reports.
"""

import re
from typing import Final

from django.utils.translation import gettext as _
from stdnum.th import pin

from volunteer_network.thai_text import normalise

LENGTH: Final = 13
# 99 is no province, so no district office has this code: samples are nobody's number.
_SAMPLE_PREFIX: Final = "19999"
_SAMPLE_DIGITS: Final = 7


def parse(text: str) -> str:
    """Return the 13 digits of a national ID typed with or without dashes, in either digits.

    Raises ValueError with a Thai sentence that says how to mend it. The check digit cannot see
    every slip: the third digit has weight 11 in a sum modulo 11, and remainders 0 and 10 give
    the same check digit.
    """
    number = re.sub(r"[\s\-–—.]", "", normalise(text))
    _refuse_other_than_digits(number)
    _refuse_wrong_length(number)
    if number[0] in "09":
        raise ValueError(_("เลขประจำตัวประชาชนของคนไทยขึ้นต้นด้วย 1 ถึง 8 โปรดตรวจหลักแรกกับบัตรอีกครั้ง"))
    if not pin.is_valid(number):
        raise ValueError(_wrong_check_digit(number))
    return number


def format_id(number: str) -> str:
    """Return 13 digits as they are printed on the card: 3-1006-00458-21-7."""
    return f"{number[0]}-{number[1:5]}-{number[5:10]}-{number[10:12]}-{number[12]}"


def mask(number: str) -> str:
    """Return the number with only digits 11 and 12 showing: X-XXXX-XXXXX-21-X."""
    return f"X-XXXX-XXXXX-{number[10:12]}-X"


def make_sample(serial: int) -> str:
    """Return a made-up number for demonstrations, with a right check digit; one per serial."""
    if not 0 <= serial < 10**_SAMPLE_DIGITS:
        raise ValueError(f"serial must have at most {_SAMPLE_DIGITS} digits: {serial}")
    body = f"{_SAMPLE_PREFIX}{serial:0{_SAMPLE_DIGITS}d}"
    return body + pin.calc_check_digit(body)


def _refuse_other_than_digits(number: str) -> None:
    if re.fullmatch(r"[0-9]+e\+?[0-9]+", number):
        raise ValueError(
            _("โปรแกรมตารางย่อเลขนี้ไว้ หลักท้าย ๆ จึงหายไป โปรดตั้งช่องเป็นข้อความแล้วพิมพ์ 13 หลักใหม่")
        )
    if other := re.search(r"[^0-9]", number):
        raise ValueError(
            _("เลขประจำตัวประชาชนมีแต่ตัวเลข 13 หลัก แต่พบ “%(other)s” โปรดลบออกแล้วพิมพ์เฉพาะตัวเลข")
            % {"other": other.group()}
        )


def _refuse_wrong_length(number: str) -> None:
    typed = len(number)
    if typed == 0:
        raise ValueError(_("ยังไม่มีเลขประจำตัวประชาชน โปรดพิมพ์ 13 หลักตามบัตร"))
    if typed < LENGTH:
        raise ValueError(
            _("พิมพ์มา %(typed)d หลัก ขาดอีก %(missing)d หลัก โปรดพิมพ์ให้ครบ 13 หลักตามบัตร")
            % {"typed": typed, "missing": LENGTH - typed}
        )
    if typed > LENGTH:
        raise ValueError(
            _("พิมพ์มา %(typed)d หลัก เกิน %(extra)d หลัก โปรดลบให้เหลือ 13 หลักตามบัตร")
            % {"typed": typed, "extra": typed - LENGTH}
        )


def _wrong_check_digit(number: str) -> str:
    message = _("เลขหลักสุดท้ายไม่ตรงกับ 12 หลักแรก โปรดตรวจกับบัตรอีกครั้ง")
    swaps = _swaps_that_mend(number)
    if len(swaps) != 1:
        return message
    first = swaps[0]
    hint = _("หลักที่ %(first)d กับ %(second)d มักสลับกัน") % {
        "first": first,
        "second": first + 1,
    }
    return f"{message} {hint}"


def _swaps_that_mend(number: str) -> list[int]:
    """Return the places (1 to 12) where swapping a digit with its right neighbour mends it."""
    return [
        place
        for place in range(1, LENGTH)
        if pin.is_valid(
            number[: place - 1] + number[place] + number[place - 1] + number[place + 1 :]
        )
    ]
