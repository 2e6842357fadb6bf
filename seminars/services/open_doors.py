"""May people still be registered: by the state of the seminar and the days of registration."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from seminars.enums import RegistrationSource, SeminarState
from seminars.models import Seminar
from volunteer_network.errors import RuleViolation
from volunteer_network.thai_calendar import moment


def refuse_closed(seminar: Seminar, source: RegistrationSource) -> None:
    """Refuse in words. The centre and the door may still do so when provinces may not."""
    if problem := why_closed(seminar, source, timezone.now()):
        raise RuleViolation(problem)


def why_closed(seminar: Seminar, source: RegistrationSource, now: datetime) -> str:
    """Why nobody can be registered this way at that moment; empty when it is possible."""
    if seminar.state == SeminarState.CANCELLED:
        return _("สัมมนานี้ยกเลิกแล้ว แก้รายชื่อไม่ได้")
    if seminar.state == SeminarState.FINISHED:
        return _("สัมมนานี้จัดเสร็จแล้ว แก้รายชื่อไม่ได้ ถ้าชื่อผิด แจ้งเจ้าหน้าที่จัดสัมมนา")
    return _why_not_provinces(seminar, now) if source == RegistrationSource.PROVINCE else ""


def _why_not_provinces(seminar: Seminar, now: datetime) -> str:
    opens, closes = seminar.registration_opens_at, seminar.registration_closes_at
    if seminar.state == SeminarState.DRAFT:
        return _("สัมมนานี้ยังไม่เปิดรับลงทะเบียน")
    if opens and now < opens:
        return _("เปิดรับลงทะเบียน %(moment)s") % {"moment": moment(opens)}
    if closes and now > closes:
        return _("ปิดรับลงทะเบียนแล้วเมื่อ %(moment)s ติดต่อเจ้าหน้าที่จัดสัมมนาให้ลงทะเบียนแทน") % {
            "moment": moment(closes)
        }
    if seminar.state == SeminarState.CLOSED:
        return _("ปิดรับลงทะเบียนแล้ว ติดต่อเจ้าหน้าที่จัดสัมมนาให้ลงทะเบียนแทน")
    return ""
