"""Choices of accounts."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DeactivationReason(TextChoices):
    """Why an account was closed."""

    MOVED = "moved", _("ย้ายหรือเปลี่ยนหน้าที่")
    RESIGNED = "resigned", _("ลาออก")
    RETIRED = "retired", _("เกษียณอายุราชการ")
    ON_LEAVE = "on_leave", _("ลาระยะยาว")
    MISUSE = "misuse", _("สงสัยว่าถูกใช้โดยผู้อื่น")
    MISTAKE = "mistake", _("สร้างผิดหรือซ้ำ")
