"""The switch of a document to Thai digits: its words change, its mark-up and its marks do not."""

import re

from volunteer_network.thai_text import to_thai_digits

# What is no text that people read: tags, characters written by number, serials of documents with
# the address at which they are verified, and beginnings of digests (A1B2 C3D4 E5F6 0718).
_NOT_TEXT = re.compile(
    r"(<[^>]*>|&#?\w+;|(?:[\w.:-]+/verify/)?\b[A-Z]{3}-\d\d-\d{4}-\d+-[A-Z0-9]{4}\b"
    r"|\b[0-9A-F]{4}(?: [0-9A-F]{4}){3}\b)"
)


def in_thai_digits(html: str) -> str:
    """The same page with ๑๒๓ in its texts; the page numbers follow by the class `thai-digits`."""
    pieces = _NOT_TEXT.split(html)
    return "".join(
        piece if place % 2 else to_thai_digits(piece) for place, piece in enumerate(pieces)
    )
