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
