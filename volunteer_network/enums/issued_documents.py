"""Choices of official documents with a serial."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DocumentKind(TextChoices):
    """Official documents with a serial, which begins with these letters."""

    PLAN = "PLN", _("แผนปฏิบัติงานประจำปี")
    PROGRESS = "PRG", _("รายงานความก้าวหน้า")
    REGISTER = "REG", _("ทะเบียนอาสาสมัครแรงงาน")


class DocumentState(TextChoices):
    VALID = "valid", _("ใช้ได้")
    REPLACED = "replaced", _("มีฉบับใหม่แทนแล้ว")
    RECALLED = "recalled", _("ต้นฉบับถูกส่งกลับหรือเรียกคืนแล้ว")
    WITHDRAWN = "withdrawn", _("ถูกเพิกถอนแล้ว")


class WithdrawalReason(TextChoices):
    """Choices rather than words: the table is open to strangers and tells of no person."""

    WRONG_FIGURES = "wrong", _("ข้อมูลในเอกสารไม่ถูกต้อง")
    WRONG_EDITION = "edition", _("ทำผิดฉบับ ผิดปี หรือผิดไตรมาส")
    LEAKED = "leaked", _("เผยแพร่ก่อนลงนาม หรือออกไปผิดที่")
    NOT_NEEDED = "not_needed", _("ไม่ใช้แล้ว")
