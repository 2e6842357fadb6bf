"""Choices of the mentors' app, with the Thai words of the field (docs/glossary.md)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MentorEnd(TextChoices):
    """Why somebody is no longer a mentor."""

    MOVED = "moved", _("ย้าย")
    RESIGNED = "resigned", _("ลาออก")
    RETIRED = "retired", _("เกษียณอายุราชการ")
    OTHER_DUTY = "other_duty", _("เปลี่ยนหน้าที่")
    DECEASED = "deceased", _("เสียชีวิต")


class ContactOutcome(TextChoices):
    """What came out when somebody silent was called."""

    WELL = "well", _("ติดต่อได้ปกติ")
    ILL = "ill", _("ป่วย")
    MOVED = "moved", _("ย้ายที่อยู่")
    WANTS_TO_STOP = "wants_to_stop", _("ขอหยุด")
    NO_ANSWER = "no_answer", _("ติดต่อไม่ได้")


# After how many days somebody stands in the list again when nobody says otherwise.
DAYS_UNTIL_NEXT_CALL: dict[ContactOutcome, int] = {
    ContactOutcome.WELL: 30,
    ContactOutcome.ILL: 14,
    ContactOutcome.MOVED: 7,
    ContactOutcome.WANTS_TO_STOP: 7,
    ContactOutcome.NO_ANSWER: 3,
}


class VisitKind(TextChoices):
    VISIT = "visit", _("เยี่ยม")
    MEETING = "meeting", _("ประชุม")


class VisitState(TextChoices):
    PLANNED = "planned", _("นัดไว้")
    DONE = "done", _("ทำแล้ว")
    CANCELLED = "cancelled", _("ยกเลิก")


class MonthState(TextChoices):
    """How far a volunteer's month has come; the moves between them are in `month_moves`."""

    DRAFT = "draft", _("ร่าง")
    SENT = "sent", _("ส่งแล้ว")
    RETURNED = "returned", _("ส่งกลับแก้ไข")
    CERTIFIED = "certified", _("พี่เลี้ยงรับรอง")
    APPROVED = "approved", _("แรงงานจังหวัดเห็นชอบ")
    LOCKED = "locked", _("ปิดงวด")


RECEIVED_STATES = frozenset(
    {MonthState.SENT, MonthState.CERTIFIED, MonthState.APPROVED, MonthState.LOCKED}
)


class NothingBecause(TextChoices):
    """Why there is nothing to report: an answer, not a gap."""

    ILL = "ill", _("ป่วย")
    AWAY = "away", _("ไม่อยู่ในพื้นที่")
    FAMILY = "family", _("ติดภารกิจครอบครัว")
    NO_DEMAND = "no_demand", _("ไม่มีเรื่องในพื้นที่")
    DISASTER = "disaster", _("ภัยพิบัติ")
    OTHER = "other", _("อื่น ๆ")


class CameBy(TextChoices):
    """How the volunteer's report reached the mentor."""

    PAPER = "paper", _("แบบกระดาษ")
    TELEPHONE = "telephone", _("โทรศัพท์")
    LINE = "line", _("LINE")
    OWN = "own", _("พี่เลี้ยงบันทึกเอง")


class MonthAction(TextChoices):
    """What somebody does to a month."""

    ANSWER = "answer", _("บันทึกคำตอบ")
    SEND = "send", _("ส่ง")
    TAKE_BACK = "take_back", _("เรียกคืน")
    CERTIFY = "certify", _("รับรอง")
    RETURN = "return", _("ส่งกลับแก้ไข")
    APPROVE = "approve", _("เห็นชอบ")
    RETURN_APPROVED = "return_approved", _("ส่งกลับแก้ไขโดยแรงงานจังหวัด")
    LOCK = "lock", _("ปิดงวด")
    REOPEN = "reopen", _("เปิดงวดอีกครั้ง")


class CheckReason(TextChoices):
    """Why somebody asks to look at an activity again."""

    TOO_HIGH = "too_high", _("จำนวนสูงผิดปกติ")
    DUPLICATE = "duplicate", _("อาจซ้ำกับรายการอื่น")
    NO_PROOF = "no_proof", _("ไม่ตรงหลักฐาน")
    OTHER = "other", _("อื่น ๆ")


class CheckState(TextChoices):
    """How a request to check an activity stands; all but the first are its end."""

    OPEN = "open", _("รอตรวจสอบ")
    CONFIRMED = "confirmed", _("ตรวจแล้วถูกต้อง")
    CORRECTED = "corrected", _("แก้แล้ว")
    REMOVED = "removed", _("เอาออกจากบันทึกแล้ว")
    WITHDRAWN = "withdrawn", _("ถอนคำขอแล้ว")
