"""Choices of imports from spreadsheets."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ImportState(TextChoices):
    CHECKING = "checking", _("กำลังตรวจ")
    READY = "ready", _("รอนำเข้า")
    WRITING = "writing", _("กำลังนำเข้า")
    WRITTEN = "written", _("นำเข้าแล้ว")
    UNDOING = "undoing", _("กำลังเรียกคืน")
    REFUSED = "refused", _("อ่านไม่ได้")
    DISCARDED = "discarded", _("ทิ้งแล้ว")
    UNDONE = "undone", _("เรียกคืนแล้ว")


class ImportRowState(TextChoices):
    GOOD = "good", _("พร้อมนำเข้า")
    BAD = "bad", _("ต้องแก้")
    KNOWN = "known", _("มีอยู่แล้ว")
    LEFT_OUT = "left_out", _("ไม่ใช่รายชื่อ")
    WRITTEN = "written", _("นำเข้าแล้ว")
    UNDONE = "undone", _("เรียกคืนแล้ว")
