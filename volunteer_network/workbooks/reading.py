"""Reads a file in a limited process of its own and takes its sheets as texts."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from volunteer_network.errors import RuleViolation
from volunteer_network.startup.places import BASE_DIR
from volunteer_network.workbooks import child
from volunteer_network.workbooks.refusing import MOST_ROWS, Format, broken, too_many_rows

PATIENCE_SECONDS: Final = 30
READER: Final = "volunteer_network.workbooks.child"


@dataclass(frozen=True)
class Sheet:
    """A sheet as texts; row 0 is the first row that the spreadsheet shows as 1."""

    name: str
    rows: list[list[str]]
    hidden: bool = False


def read_sheets(content: bytes, kind: Format) -> list[Sheet]:
    """The sheets of a file that was not refused; refuses what cannot be read after all."""
    try:
        reader = subprocess.run(
            [sys.executable, "-m", READER, kind, str(MOST_ROWS)],
            input=content,
            capture_output=True,
            timeout=PATIENCE_SECONDS,
            cwd=BASE_DIR,
            env={"PATH": os.environ.get("PATH", ""), "PYTHONDONTWRITEBYTECODE": "1"},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise RuleViolation(_too_far()) from None
    if reader.returncode != 0:
        raise _in_words(reader.returncode)
    return [Sheet(**sheet) for sheet in json.loads(reader.stdout)]


def _in_words(exit_code: int) -> RuleViolation:
    if exit_code == child.REFUSED:
        return RuleViolation(broken())
    if exit_code == child.TOO_MANY_ROWS:
        return too_many_rows()
    return RuleViolation(_too_far())  # also when the limits of memory or time ended it


def _too_far() -> str:
    return _(
        "ตารางกว้างหรือยาวเกินกว่าจะอ่านได้ มักเป็นเพราะมีอักษรหลงอยู่ไกลจากตาราง "
        "คัดลอกเฉพาะตารางรายชื่อไปไว้ในสมุดงานใหม่ แล้วส่งใหม่"
    )
