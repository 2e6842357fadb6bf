"""Serials of official documents: what stands at the foot of each page and is typed at /verify/.

PLN-77-2569-2-4K7Q      kind, province, fiscal year, edition, four letters that nobody can guess
"""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime

from volunteer_network.thai_text import normalise

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # 31, none of which looks like another
RANDOM_LETTERS = 4  # 923,521 ways; /verify/ lets an address guess twenty times in ten minutes
LONGEST_SERIAL = 32
_SEPARATORS = re.compile(r"[\s\u2010-\u2015_./-]+")


@dataclass(frozen=True, kw_only=True)
class Issue:
    """What becomes known of a document when its file is kept; `edition` as its serial has it."""

    serial: str
    kind: str  # a DocumentKind
    province: int
    fiscal_year: int  # of the Buddhist era
    edition: int
    as_of: datetime


def new_issue(
    *, kind: str, province: int, fiscal_year: int, edition: int, as_of: datetime
) -> Issue:
    """The issue of a document that is about to be made, with a new serial."""
    return Issue(
        serial=f"{kind}-{province:02d}-{fiscal_year}-{edition}-{_letters()}",
        kind=kind,
        province=province,
        fiscal_year=fiscal_year,
        edition=edition,
        as_of=as_of,
    )


def new_reference() -> str:
    """What stands on a paper that is no official document: 4K7Q-9MPX."""
    return "-".join(_letters() for _half in range(2))


def _letters() -> str:
    return "".join(secrets.choice(LETTERS) for _letter in range(RANDOM_LETTERS))


def read_serial(typed: str) -> str:
    """What was typed as a serial would be written: Thai digits, spaces and small letters do."""
    parts = _SEPARATORS.split(normalise(typed).strip().upper())
    return "-".join(part for part in parts if part)[:LONGEST_SERIAL]
