"""What our forms say about a mistake, in place of Django's sentences."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

Messages = Mapping[str, Any]  # by Django's code of the mistake; lazy or plain text

NOT_OFFERED = _("เลือกจากรายการที่มีให้")
TAKEN = _("มีอยู่ในระบบแล้ว ตรวจดูว่ากรอกซ้ำหรือไม่")
LIMITS: Messages = {
    "max_length": ngettext_lazy(
        "ย่อให้เหลือไม่เกิน %(limit_value)d ตัวอักษร ตอนนี้ %(show_value)d",
        "ย่อให้เหลือไม่เกิน %(limit_value)d ตัวอักษร ตอนนี้ %(show_value)d",
        "limit_value",
    ),
    "min_length": ngettext_lazy(
        "พิมพ์อย่างน้อย %(limit_value)d ตัวอักษร ตอนนี้ %(show_value)d",
        "พิมพ์อย่างน้อย %(limit_value)d ตัวอักษร ตอนนี้ %(show_value)d",
        "limit_value",
    ),
    "max_value": _("กรอกไม่เกิน %(limit_value)s"),
    "min_value": _("กรอกตั้งแต่ %(limit_value)s ขึ้นไป"),
    "null_characters_not_allowed": _("มีอักขระที่เก็บไม่ได้ ลบแล้วพิมพ์ใหม่"),
}
BY_FIELD: Mapping[type[forms.Field], Messages] = {
    forms.Field: {"required": _("กรอกช่องนี้"), **LIMITS},
    forms.IntegerField: {"invalid": _("กรอกเป็นจำนวนเต็ม เช่น 12")},
    forms.FloatField: {"invalid": _("กรอกเป็นตัวเลข เช่น 12 หรือ 12.5")},
    forms.DecimalField: {
        "invalid": _("กรอกเป็นตัวเลข เช่น 12 หรือ 12.50"),
        "max_digits": _("ตัวเลขยาวเกินไป ใช้ได้ไม่เกิน %(max)s หลัก"),
        "max_decimal_places": _("ใช้ทศนิยมไม่เกิน %(max)s ตำแหน่ง"),
        "max_whole_digits": _("ตัวเลขหน้าจุดยาวเกินไป ใช้ได้ไม่เกิน %(max)s หลัก"),
    },
    forms.DateField: {"invalid": _("อ่านเป็นวันที่ไม่ได้ พิมพ์อย่าง 3 ธ.ค. 2563")},
    forms.TimeField: {"invalid": _("อ่านเป็นเวลาไม่ได้ พิมพ์อย่าง 13:30")},
    forms.DateTimeField: {"invalid": _("อ่านเป็นวันและเวลาไม่ได้")},
    forms.EmailField: {"invalid": _("พิมพ์อีเมลให้ครบ เช่น somchai@example.go.th")},
    forms.URLField: {"invalid": _("พิมพ์ที่อยู่เว็บให้ครบ เช่น https://www.mol.go.th")},
    forms.UUIDField: {"invalid": _("รหัสไม่ครบหรือผิดรูป ตรวจแล้วกรอกใหม่")},
    forms.BooleanField: {"required": _("ทำเครื่องหมายที่ช่องนี้ก่อน")},
    forms.ChoiceField: {"required": _("เลือกหนึ่งรายการ"), "invalid_choice": NOT_OFFERED},
    forms.TypedChoiceField: {"invalid_choice": NOT_OFFERED},
    forms.MultipleChoiceField: {
        "required": _("เลือกอย่างน้อยหนึ่งรายการ"),
        "invalid_choice": NOT_OFFERED,
        "invalid_list": NOT_OFFERED,
    },
    forms.ModelMultipleChoiceField: {
        "required": _("เลือกอย่างน้อยหนึ่งรายการ"),
        "invalid_choice": NOT_OFFERED,
        "invalid_list": NOT_OFFERED,
        "invalid_pk_value": NOT_OFFERED,
    },
    forms.FileField: {
        "required": _("เลือกไฟล์"),
        "invalid": _("ไฟล์มาไม่ถึง เลือกไฟล์แล้วส่งใหม่"),
        "missing": _("ไฟล์มาไม่ถึง เลือกไฟล์แล้วส่งใหม่"),
        "empty": _("ไฟล์ว่างเปล่า เลือกไฟล์อื่น"),
        "max_length": _("ชื่อไฟล์ยาวเกินไป ย่อให้เหลือไม่เกิน %(max)d ตัวอักษร"),
    },
}


def speak_thai(field: forms.Field) -> None:
    """Replace the messages that are still Django's own; a form's own wording stays."""
    ours, djangos = _wordings(type(field))  # type: ignore[arg-type]  # the stubs lose object's hash
    checks = {getattr(check, "code", None): check for check in field.validators}
    for code, text in ours.items():
        if code in field.error_messages:
            if field.error_messages[code] is djangos.get(code):
                field.error_messages[code] = text
        elif code in checks and _keeps_djangos_message(checks[code]):
            field.error_messages[code] = text
    field.error_messages.setdefault("unique", TAKEN)


def _keeps_djangos_message(check: object) -> bool:
    return getattr(check, "message", None) is getattr(type(check), "message", None)


@cache
def _wordings(kind: type[forms.Field]) -> tuple[Messages, Messages]:
    """Return our messages for a kind of field, and those it would have had from Django."""
    ours: dict[str, Any] = {}
    djangos: dict[str, Any] = {}
    for cls in reversed(kind.__mro__):
        ours |= BY_FIELD.get(cls, {})
        if cls.__module__.startswith("django."):
            djangos |= getattr(cls, "default_error_messages", {})
    return ours, djangos
