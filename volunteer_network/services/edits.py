"""Two people editing the same row: the second is told, and nothing is lost."""

from typing import Protocol

from django.utils.translation import gettext as _

from volunteer_network.errors import RuleViolation


class Versioned(Protocol):
    version: int


class StaleEdit(RuleViolation):
    """Somebody saved the row after this form was opened."""


def refuse_stale(row: Versioned, version: int) -> None:
    """Refuse, under the row's lock, an edit that began from an older version."""
    if is_stale(row, version):
        raise StaleEdit(_("มีผู้บันทึกรายการนี้หลังจากที่เปิดแบบ ตรวจสองฉบับด้านบน แล้วบันทึกอีกครั้งถ้าต้องการ"))


def is_stale(row: Versioned, version: int) -> bool:
    """Whether a form that began from `version` is older than the row."""
    return row.version != version
