"""The code on a badge: which seminar, which registration, and a short signature over both.

    12-7KQ2MHTX3P-F3K9QZ2M

Only letters of the small QR alphabet, so that the code stays coarse and a weak camera reads it.
Without the signature a badge could be made from the printed code of another seminar.
"""

import re
from dataclasses import dataclass
from enum import Enum

from django.utils.crypto import constant_time_compare, salted_hmac

from seminars.models.registrations import CODE_LENGTH, CODE_LETTERS
from volunteer_network.thai_text import normalise

SIGNATURE_LENGTH = 8
_SALT = "seminars.badge"
_CODE = re.compile(
    rf"([1-9][0-9]{{0,8}})-([A-Z0-9]{{{CODE_LENGTH}}})-([A-Z0-9]{{{SIGNATURE_LENGTH}}})"
)
_LOOKS_LIKE_OURS = re.compile(r"[0-9]+-[0-9A-Z]{6,}-[0-9A-Z]{4,}")

# A hand reader types like an English keyboard. Where Windows stands on the Thai one (Kedmanee),
# these letters arrive instead: the row of digits, then the letters with and without Shift.
_ENGLISH_KEYS = "1234567890-" + "QWERTYUIOPASDFGHJKLZXCVBNM" * 2
_THAI_KEYS = "ๅ/-ภถุึคตจข" + '\u0e50"ฎฑธํ๊ณฯญฤฆฏโฌ็๋ษศ()ฉฮฺ์?' + "ๆไำพะัีรนยฟหกดเ้่าสผปแอิืท"
_TO_ENGLISH = str.maketrans(_THAI_KEYS, _ENGLISH_KEYS)
_THAI_LETTER = re.compile("[\u0e01-\u0e4f]")


class Flaw(Enum):
    """Why a text is no badge."""

    UNKNOWN = "unknown"  # not a code of ours at all
    ALTERED = "altered"  # ours in shape, but the signature does not fit


@dataclass(frozen=True)
class Badge:
    seminar: int
    code: str


def badge_text(seminar: int, code: str) -> str:
    """What the QR of a badge holds."""
    return f"{seminar}-{code}-{_signature(seminar, code)}"


def read_badge(text: str) -> Badge | Flaw:
    """What a reader or a camera has read."""
    typed = as_typed_in_latin(text)
    found = _CODE.fullmatch(typed)
    if found is None:
        return Flaw.ALTERED if _LOOKS_LIKE_OURS.fullmatch(typed) else Flaw.UNKNOWN
    seminar, code, signature = int(found[1]), found[2], found[3]
    if not constant_time_compare(signature, _signature(seminar, code)):
        return Flaw.ALTERED
    return Badge(seminar, code)


def as_typed_in_latin(text: str) -> str:
    """The text as an English keyboard would have typed it."""
    typed = text.strip()
    if _THAI_LETTER.search(typed) and " " not in typed:
        typed = typed.translate(_TO_ENGLISH)
    return normalise(typed).upper()


def _signature(seminar: int, code: str) -> str:
    digest = salted_hmac(_SALT, f"{seminar}-{code}", algorithm="sha256").digest()
    return "".join(CODE_LETTERS[byte % len(CODE_LETTERS)] for byte in digest[:SIGNATURE_LENGTH])
