"""One person, one service at a time: is an ID in a register already, and whose person is it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from volunteer_network.enums import VolunteerStatus
from volunteer_network.errors import RuleViolation
from volunteer_network.models import Volunteer


@contextmanager
def saving_an_id(index: bytes, *, province: int, besides: int | None = None) -> Iterator[None]:
    """Save a row with this ID inside; refuse when it serves already, here or elsewhere.

    Whoever loses a race for the same ID is refused in the same words: the constraint stops the
    row, and by then the winner's row can be seen. `besides` is the row that may have the ID.
    """
    refuse_known_id(index, province=province, besides=besides)
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        refuse_known_id(index, province=province, besides=besides)
        raise


def refuse_known_id(index: bytes, *, province: int, besides: int | None = None) -> None:
    """Refuse an ID that is known; of another province it says no more than that."""
    known = Volunteer.objects.filter(province=province, national_id_index=index)
    others = known.exclude(pk=besides) if besides else known
    here = others.not_ended().first() or others.first()
    if here:
        words = {"name": here.display_name, "code": here.code, "status": here.get_status_display()}
        raise RuleViolation(_how_to_go_on(here) % words, field="national_id")
    if _ask("SELECT known_elsewhere(%s)", index):
        raise RuleViolation(
            _("เลขนี้ปฏิบัติหน้าที่อยู่ในจังหวัดอื่น ต้องพ้นวาระที่นั่นก่อนจึงขึ้นทะเบียนที่นี่ได้ ติดต่อส่วนกลางเพื่อประสานการย้าย"),
            field="national_id",
        )


def known_person(index: bytes) -> UUID | None:
    """The person behind an ID that served before, in any province: a move keeps the person."""
    found: UUID | None = _ask("SELECT known_person(%s)", index)
    return found


def _how_to_go_on(here: Volunteer) -> str:
    if not here.has_ended:
        return _("เลขนี้เป็นของ %(name)s อสร. %(code)s ที่ยังไม่พ้นสภาพ เปิดประวัติแล้วต่อวาระแทน")
    if here.status == VolunteerStatus.DECEASED:
        return _("เลขนี้เป็นของ %(name)s อสร. %(code)s ที่เสียชีวิตแล้ว ตรวจเลขกับบัตรอีกครั้ง")
    return _(
        "เลขนี้เป็นของ %(name)s อสร. %(code)s (%(status)s) เปิดประวัติแล้วแต่งตั้งอีกครั้ง ไม่ต้องขึ้นทะเบียนใหม่"
    )


def _ask(question: str, index: bytes) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(question, [index])
        row = cursor.fetchone()
        return row[0] if row else None
