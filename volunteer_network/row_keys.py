"""Keys of rows as addresses and forms send them: text, until somebody has looked at it."""

from typing import Final

LONGEST_KEY: Final = 18  # digits, which every key holds


def is_key(typed: str) -> bool:
    """Whether a sent value can be the key of a row: a few digits, that int() takes."""
    return typed.isdecimal() and len(typed) <= LONGEST_KEY
