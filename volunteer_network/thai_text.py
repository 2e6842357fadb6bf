"""Thai letters: cleaning, searching, comparing and ordering what people typed.

Knows nothing of Django, so that commands, tasks and migrations may use it freely.
"""

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from typing import Final

_LEADING_VOWEL: Final = "([เแโใไ])([ก-ฮ])"
_MARKS: Final = "่้๊๋็์"
_TONES: Final = "่้๊๋"

_THAI_DIGITS: Final = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_ARABIC_DIGITS: Final = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
# Soft hyphen, zero-width space and joiners, direction marks and overrides, word joiner, byte-order
# mark; and control characters that are no space, of which a database refuses the first.
_INVISIBLE: Final = dict.fromkeys(
    (
        *map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"),
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
        *(code for code in (*range(0x20), *range(0x7F, 0xA0)) if not chr(code).isspace()),
    )
)

_CIVIL: Final = (
    "นาย", "นาง", "นางสาว", "น.ส.", "นส.", "เด็กชาย", "เด็กหญิง", "ด.ช.", "ด.ญ.", "คุณหญิง",
    "ท่านผู้หญิง", "หม่อมหลวง", "ม.ล.", "หม่อมราชวงศ์", "ม.ร.ว.", "หม่อมเจ้า", "ม.จ.",
)  # fmt: skip
_ACADEMIC: Final = (
    "ศาสตราจารย์", "รองศาสตราจารย์", "ผู้ช่วยศาสตราจารย์", "อาจารย์", "ดอกเตอร์", "ศ.",
    "รศ.", "ผศ.", "ดร.", "นายแพทย์", "แพทย์หญิง", "นพ.", "พญ.", "ทันตแพทย์",
    "ทันตแพทย์หญิง", "ทพ.", "ทพญ.", "เภสัชกร", "เภสัชกรหญิง", "ภก.", "ภญ.",
)  # fmt: skip
# Each of these takes ตรี, โท and เอก (ต. ท. อ. in the short form): army, police, navy, air force.
_GRADED_RANKS: Final = (
    "สิบ", "จ่าสิบ", "ร้อย", "พัน", "พล", "สิบตำรวจ", "ร้อยตำรวจ", "พันตำรวจ", "พลตำรวจ",
    "จ่า", "พันจ่า", "เรือ", "นาวา", "พลเรือ", "จ่าอากาศ", "พันจ่าอากาศ", "เรืออากาศ",
    "นาวาอากาศ", "พลอากาศ",
)  # fmt: skip
_GRADED_SHORT_RANKS: Final = (
    "ส.", "จ.ส.", "ร.", "พ.", "พล.", "ส.ต.", "ร.ต.", "พ.ต.", "พล.ต.", "จ.", "พ.จ.", "น.",
    "พล.ร.", "จ.อ.", "พ.จ.อ.", "น.อ.", "พล.อ.",
)  # fmt: skip
_UNGRADED_RANKS: Final = (
    "จ่าสิบตำรวจ", "จ.ส.ต.", "ดาบตำรวจ", "ด.ต.", "พลทหาร", "พลตำรวจ",
)  # fmt: skip
_RANKS: Final = [
    *(stem + grade for stem in _GRADED_RANKS for grade in ("ตรี", "โท", "เอก")),
    *(stem + grade for stem in _GRADED_SHORT_RANKS for grade in ("ต.", "ท.", "อ.")),
    *_UNGRADED_RANKS,
]

# Lower than a space, so that a short name comes before a longer one that begins with it.
_KEY_SEPARATOR: Final = "\t"

# The same key for PostgreSQL: every function in it is immutable, so it may stand in a stored
# generated column. Fill in {column} with a quoted column name that is not null, and give the
# generated column COLLATE "C" (`db_collation="C"`).
SORT_KEY_SQL: Final = (
    f"regexp_replace(regexp_replace({{column}}, '{_LEADING_VOWEL}', '\\2\\1', 'g'), "
    f"'[{_MARKS}]', '', 'g') || chr({ord(_KEY_SEPARATOR)}) || "
    f"regexp_replace({{column}}, '{_LEADING_VOWEL}', '\\2\\1', 'g')"
)


def sort_key(text: str) -> str:
    """Return a key whose code-point order is the order of the Royal Institute dictionary.

    A leading vowel counts after the consonant it stands before; tone marks and the like only
    break ties, and the word that carries its mark later comes first (Unicode L2/99-167).
    """
    swapped = re.sub(_LEADING_VOWEL, r"\2\1", text)
    return re.sub(f"[{_MARKS}]", "", swapped) + _KEY_SEPARATOR + swapped


def visible(text: str) -> str:
    """Return the text without the characters that nobody sees."""
    return text.translate(_INVISIBLE)


def clean(text: str) -> str:
    """Return the text as it should be stored: looks the same, but is spelt in one way only."""
    text = unicodedata.normalize("NFC", visible(text))
    text = re.sub(f"ํ([{_TONES}]*)า", r"\1ำ", text)  # sara am typed as two characters
    text = re.sub(f"ำ([{_TONES}]+)", r"\1ำ", text)  # a tone mark typed after sara am
    text = text.replace("เเ", "แ")
    return " ".join(text.split())


def normalise(text: str) -> str:
    """Return the text as search compares it: clean, Arabic digits, small letters."""
    return clean(to_arabic_digits(text).casefold())


def without_marks(text: str) -> str:
    """Return the text without tone marks and the like, which people leave out when they search."""
    return re.sub(f"[{_MARKS}]", "", text)


def match_key(name: str) -> str:
    """Return what is left of a name for spotting duplicates: no title, marks, spaces or dots."""
    _title, rest = split_title(normalise(name))
    return re.sub(rf"[{_MARKS}\s.,'\"()_-]", "", rest)


def _any_of(titles: Iterable[str]) -> str:
    """Return a pattern for the longest of the titles; spaces after its dots are free."""
    longest_first = sorted(titles, key=len, reverse=True)
    return "|".join(re.escape(title).replace(r"\.", r"\.\s*") for title in longest_first)


_RANK: Final = rf"(?:ว่าที่\s*)?(?:{_any_of(_RANKS)})(?:\s*หญิง)?"
_ANY_TITLE: Final = rf"(?:{_RANK}|{_any_of([*_CIVIL, *_ACADEMIC, *_RANKS])})"
# A name begins as a Thai word does and is more than one letter, unless a space was typed before
# it: นางาม, นายก and นางสาวิตรี are not cut in the wrong place.
_NAME_FOLLOWS: Final = r"(?:\s+(?=\S)|(?=[ก-ฮเแโใไA-Za-z]\S))"
# After a title only these go on: นายพลเอก ใจดี is a man named พลเอก.
_SECOND_TITLES: Final = [
    title
    for title in [*_CIVIL, *_ACADEMIC, *_RANKS]
    if "." in title or title in _ACADEMIC or title.startswith("หม่อม")
]
_FIRST_TITLE: Final = re.compile(_ANY_TITLE + _NAME_FOLLOWS)
_NEXT_TITLE: Final = re.compile(f"(?:{_any_of(_SECOND_TITLES)}){_NAME_FOLLOWS}")
# Atomic, so that a long row of titles cannot send the search back and forth for hours.
_ONLY_TITLES: Final = re.compile(rf"(?>{_ANY_TITLE}\s*)++")


def split_title(text: str) -> tuple[str, str]:
    """Return (title, rest) of a name as typed; the title is "" when there is none.

    Several titles in a row (ผศ. ดร.) count as one; the rest is empty only when the text is.
    """
    text = clean(text)
    if _ONLY_TITLES.fullmatch(text):
        return "", text
    end = 0
    found = _FIRST_TITLE.match(text)
    while found:
        end = found.end()
        found = _NEXT_TITLE.match(text, end)
    return text[:end].rstrip(), text[end:]


def full_name(title: str, first_name: str, last_name: str) -> str:
    """Return the name as Thai writes it: no space between title and first name."""
    return f"{title}{first_name} {last_name}".strip()


def to_thai_digits(text: str) -> str:
    return text.translate(_THAI_DIGITS)


def to_arabic_digits(text: str) -> str:
    return text.translate(_ARABIC_DIGITS)


def group_thousands(number: int | float | Decimal) -> str:
    return f"{number:,}"


def baht(amount: Decimal | int) -> str:
    """Return money without an empty fraction: "1,250" and "1,250.50"."""
    return f"{Decimal(amount):,.2f}".removesuffix(".00")


def initials(first_name: str, last_name: str) -> str:
    """Return the first consonant of each, for the round mark beside a name: ปท."""
    return "".join(
        next((letter for letter in word if "ก" <= letter <= "ฮ" or letter.isascii()), "")
        for word in (first_name, last_name)
    )
