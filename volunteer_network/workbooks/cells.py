"""Understands single cells as officials type them; refuses in words that say how to mend them.

Every function raises ValueError with a Thai sentence. No message repeats a national ID.
"""

import difflib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from volunteer_network import national_id, phone_numbers, thai_calendar
from volunteer_network.thai_text import match_key, normalise, split_title

LONGEST_NAME: Final = 80
LONGEST_TITLE: Final = 40
_FULL_TITLES: Final = {"น.ส.": "นางสาว", "นส.": "นางสาว"}
_SHORTENED: Final = re.compile(r"\d[\d.]*e\+?\d+")
_POINT_ZERO: Final = re.compile(r"\.0+$")
_SERIAL: Final = re.compile(r"(\d{5,6})(?:\.\d+)?")
_SERIAL_ZERO: Final = date(1899, 12, 30)  # so that 1 March 1900 and later come out right
_SERIALS: Final = (3_000, 80_000)  # 1908 to 2119
_BUDDHIST_SERIALS: Final = (200_000, 270_000)  # a Buddhist year typed as if it were Gregorian
_NO_NAME: Final = re.compile(r"[0-9@#$%&*+=<>?!/\\{}\[\]|~^]")
_NAMED_AT_MOST: Final = 3


@dataclass(frozen=True)
class Name:
    title: str
    first: str
    last: str


def read_name(*, title: str = "", first: str = "", last: str = "", full: str = "") -> Name:
    """The parts of a name, be they in one cell or in several, titles glued on or apart."""
    glued, rest = split_title(full or first)
    if not last:
        rest, last = _first_and_last(rest)
    spoken = title or glued
    name = Name(_FULL_TITLES.get(spoken, spoken), rest.strip(), last.strip())
    _refuse_unfit_name(name)
    return name


def _first_and_last(text: str) -> tuple[str, str]:
    first, _space, last = text.partition(" ")
    return first, last.strip()


def _refuse_unfit_name(name: Name) -> None:
    if not name.first:
        raise ValueError(_("ไม่มีชื่อ พิมพ์ชื่อและสกุล เช่น นายสมชาย ใจดี"))
    if not name.last:
        raise ValueError(_("มีแต่ชื่อ ไม่มีสกุล พิมพ์สกุลต่อท้ายโดยเว้นวรรค เช่น นายสมชาย ใจดี"))
    if other := _NO_NAME.search(f"{name.title}{name.first}{name.last}"):
        raise ValueError(_("ชื่อสกุลมี “%(other)s” ซึ่งไม่ใช่ตัวอักษร ลบออก") % {"other": other.group()})
    too_long = max(len(name.first), len(name.last)) > LONGEST_NAME
    if too_long or len(name.title) > LONGEST_TITLE:
        raise ValueError(
            _("ชื่อหรือสกุลยาวเกิน %(most)d ตัวอักษร ตรวจว่าพิมพ์ถูกช่อง") % {"most": LONGEST_NAME}
        )


def read_national_id(text: str) -> str:
    return national_id.parse(_POINT_ZERO.sub("", text))


def read_phone(text: str) -> str:
    text = _POINT_ZERO.sub("", text)
    if _SHORTENED.fullmatch(normalise(text)):
        raise ValueError(_("โปรแกรมตารางย่อหมายเลขนี้ไว้ หลักท้าย ๆ จึงหายไป พิมพ์หมายเลขโทรศัพท์ใหม่"))
    return phone_numbers.parse(text)


def read_date(text: str) -> date:
    """A day in either era, as text or as the number that a spreadsheet keeps for a day."""
    typed = normalise(text)
    if found := _SERIAL.fullmatch(typed):
        return _day_of_serial(int(found[1]))
    return thai_calendar.parse_thai_date(re.sub(r"[ t]\d{1,2}:\d{2}(:\d{2})?$", "", typed))


def _day_of_serial(serial: int) -> date:
    if _SERIALS[0] <= serial < _SERIALS[1]:
        return _SERIAL_ZERO + timedelta(days=serial)
    if _BUDDHIST_SERIALS[0] <= serial < _BUDDHIST_SERIALS[1]:
        typed = _SERIAL_ZERO + timedelta(days=serial)
        return thai_calendar.parse_thai_date(typed.isoformat())
    raise ValueError(_("อ่านวันที่ไม่ออก โปรดพิมพ์วัน เดือน ปี เช่น 3/12/2563 หรือ 3 ธ.ค. 2563"))


def read_email(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError:
        raise ValueError(_("อีเมลไม่ครบหรือมีอักษรที่ใช้ไม่ได้ พิมพ์ เช่น name@mol.go.th")) from None
    return text


def text_up_to(most: int) -> Callable[[str], str]:
    """A reader of short free text."""

    def read(text: str) -> str:
        if len(text) > most:
            raise ValueError(
                _("ยาว %(typed)d ตัวอักษร รับได้ %(most)d ย่อให้สั้นลง")
                % {"typed": len(text), "most": most}
            )
        return text

    return read


def one_of(choices: Mapping[str, str], words: Mapping[str, Sequence[str]]) -> Callable[[str], str]:
    """A reader of one choice among few: by its Thai words, or by others that mean the same."""
    known = {match_key(label): value for value, label in choices.items()}
    known |= {match_key(word): value for value, many in words.items() for word in many}

    def read(text: str) -> str:
        key = match_key(text)
        if key in known:
            return known[key]
        options = ", ".join(str(label) for label in choices.values())
        raise ValueError(
            _("ไม่รู้จัก “%(typed)s” ใช้คำใดคำหนึ่งนี้: %(options)s")
            % {"typed": text[:40], "options": options}
        )

    return read


def did_you_mean(typed: str, names: Sequence[str]) -> str:
    """ " หมายถึง เชียงใหม่ หรือ เชียงราย ใช่หรือไม่" when something near is known."""
    near = difflib.get_close_matches(typed, names, n=_NAMED_AT_MOST, cutoff=0.6)
    if not near:
        return ""
    return _(" หมายถึง %(names)s ใช่หรือไม่") % {"names": _(" หรือ ").join(near)}
