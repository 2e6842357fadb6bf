"""What was meant when Thai was typed with the keyboard still in Latin letters: l,=kp is สมชาย."""

from typing import Final

# The keys of a US keyboard, row by row, and what stands on them in the Kedmanee layout.
_LATIN: Final = (
    "`1234567890-=" "qwertyuiop[]\\" "asdfghjkl;'" "zxcvbnm,./"
    "~!@#$%^&*()_+" "QWERTYUIOP{}|" 'ASDFGHJKL:"' "ZXCVBNM<>?"
)  # fmt: skip
_KEDMANEE: Final = (
    "_ๅ/-ภถุึคตจขช" "ๆไำพะัีรนยบลฃ" "ฟหกดเ้่าสวง" "ผปแอิืทมใฝ"
    "%+๑๒๓๔ู฿๕๖๗๘๙" '๐"ฎฑธํ๊ณฯญฐ,ฅ' "ฤฆฏโฌ็๋ษศซ." "()ฉฮฺ์?ฒฬฦ"  # noqa: RUF001
)  # fmt: skip
_KEYS: Final = str.maketrans(_LATIN, _KEDMANEE)


def typed_in_thai(text: str) -> str:
    """The same keys with the keyboard in Thai; "" when the text is not one of Latin letters."""
    if not text.isascii() or not any(letter.isalpha() for letter in text):
        return ""
    return text.translate(_KEYS)
