"""Choices of cases and their clients."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class CaseState(TextChoices):
    """Where a case stands; who is next in each is in case_steps.py."""

    OPENED = "opened", _("คัดกรองแล้ว รอส่งต่อ")
    REFERRED = "referred", _("รอรับเรื่อง")
    ACCEPTED = "accepted", _("รับเรื่องแล้ว")
    IN_PROGRESS = "in_progress", _("อยู่ระหว่างดำเนินการ")
    DECLINED = "declined", _("ไม่รับเรื่อง")
    CLOSED = "closed", _("ตอบผลแล้ว")
    TOLD = "told", _("แจ้งผลแล้ว")
    WITHDRAWN = "withdrawn", _("ถอนเรื่อง")


class CaseAction(TextChoices):
    OPEN = "open", _("เปิดเรื่อง")
    REFER = "refer", _("ส่งต่อ")
    ACCEPT = "accept", _("รับเรื่อง")
    DECLINE = "decline", _("ไม่รับเรื่อง")
    PROGRESS = "progress", _("บันทึกความคืบหน้า")
    CLOSE = "close", _("ตอบผล")
    TELL = "tell", _("แจ้งผล")
    WITHDRAW = "withdraw", _("ถอนเรื่อง")
    REOPEN = "reopen", _("เปิดเรื่องอีกครั้ง")
    ESCALATE = "escalate", _("เลยกำหนด ยกขึ้นหนึ่งขั้น")


class CaseOutcome(TextChoices):
    SERVED = "served", _("ได้รับบริการแล้ว")
    NOT_ELIGIBLE = "not_eligible", _("ไม่เข้าเกณฑ์")
    UNREACHABLE = "unreachable", _("ติดต่อไม่ได้")
    ENDED = "ended", _("ยุติเรื่อง")


class DeclineReason(TextChoices):
    WRONG_OFFICE = "wrong_office", _("ไม่ใช่หน้าที่ของสำนักงานนี้")
    TOO_LITTLE = "too_little", _("ข้อมูลไม่พอให้เริ่มทำ")
    KNOWN = "known", _("มีเรื่องเดียวกันอยู่แล้ว")
    OTHER_AREA = "other_area", _("เหตุเกิดนอกพื้นที่")
    OTHER = "other", _("เหตุอื่น")


class Urgency(TextChoices):
    NORMAL = "normal", _("ปกติ")
    URGENT = "urgent", _("ด่วน")


class AgeBand(TextChoices):
    UNSTATED = "unstated", _("ไม่ระบุ")
    CHILD = "child", _("ต่ำกว่า 18 ปี")
    YOUNG = "young", _("18–24 ปี")
    ADULT = "adult", _("25–44 ปี")
    MIDDLE = "middle", _("45–59 ปี")
    SENIOR = "senior", _("60 ปีขึ้นไป")


class NationalityGroup(TextChoices):
    UNSTATED = "unstated", _("ไม่ระบุ")
    THAI = "thai", _("ไทย")
    NEIGHBOUR = "neighbour", _("เมียนมา ลาว กัมพูชา เวียดนาม")
    OTHER = "other", _("สัญชาติอื่น")
    STATELESS = "stateless", _("ไม่มีสัญชาติ")


class Escalation(IntegerChoices):
    """To whom an overdue case has climbed."""

    NONE = 0, _("ยังไม่ยกขึ้น")
    HEAD = 1, _("แรงงานจังหวัด")
    CENTRE = 2, _("ส่วนกลาง")
