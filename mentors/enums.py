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
