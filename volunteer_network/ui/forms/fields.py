"""Fields that read what Thai officials type and say back what was understood."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from volunteer_network import national_id, phone_numbers, thai_calendar
from volunteer_network.errors import RuleViolation
from volunteer_network.ui.forms.bound_field import Echo
from volunteer_network.ui.forms.widgets import DropZone, PlainText
from volunteer_network.uploads import MEGABYTE, MOST_BYTES, CleanPhoto, clean_photo

Day = date | Callable[[], date]

THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
WHOLE_NUMBER = re.compile(r"[0-9]{1,3}(,[0-9]{3})+|[0-9]+")
DIGITS_AT_MOST = 15


class ThaiDateField(forms.Field):
    """A day typed in either era and any common form; cleaned to a `date`.

    `earliest` and `latest` are inclusive, a day or a function that returns one;
    `with_age` adds the age in whole years to the echo.
    """

    live_echo = True
    default_error_messages = {
        "too_early": gettext_lazy("ใช้วันที่ตั้งแต่ %(limit)s เป็นต้นไป"),
        "too_late": gettext_lazy("ใช้วันที่ไม่เกิน %(limit)s"),
    }

    def __init__(
        self,
        *,
        earliest: Day | None = None,
        latest: Day | None = None,
        with_age: bool = False,
        **kwargs: Any,
    ) -> None:
        self.earliest, self.latest, self.with_age = earliest, latest, with_age
        kwargs.setdefault("help_text", gettext_lazy("เช่น 3 ธ.ค. 2563 หรือ 3/12/2563"))
        kwargs.setdefault("widget", PlainText)
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "text", "data-date-echo": "age" if self.with_age else ""}

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values or not str(value).strip():
            return None
        if isinstance(value, date):
            return value
        try:
            return thai_calendar.parse_thai_date(str(value))
        except ValueError as problem:
            raise ValidationError(str(problem), code="invalid") from None

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is None:
            return
        self._refuse("too_early", self.earliest, lambda limit: value < limit)
        self._refuse("too_late", self.latest, lambda limit: value > limit)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(data) != initial)
        except ValidationError:
            return True

    def shown_value(self, bound: forms.BoundField) -> Any:
        """Return exactly what was typed, or the stored day in words."""
        if bound.form.is_bound and not self.disabled:
            return bound.data
        return thai_calendar.short_date(bound.initial) if bound.initial else ""

    def echo(self, bound: forms.BoundField) -> Echo | None:
        """ "พฤหัสบดี 3 ธันวาคม 2513 อายุ 55 ปี"."""
        typed = bound.data if bound.form.is_bound and not self.disabled else bound.initial
        try:
            day = self.to_python(typed)
        except ValidationError:
            return None
        if day is None:
            return None
        words = thai_calendar.spoken_date(day)
        return Echo(f"{words} {_age(day)}".strip() if self.with_age else words)

    def _refuse(self, code: str, day: Day | None, is_past: Callable[[date], bool]) -> None:
        if day is None:
            return
        limit = day() if callable(day) else day
        if is_past(limit):
            shown = thai_calendar.short_date(limit)
            raise ValidationError(self.error_messages[code], code=code, params={"limit": shown})


def _age(born: date) -> str:
    years = thai_calendar.age(born, timezone.localdate())
    return _("อายุ %(years)d ปี") % {"years": years} if years >= 0 else ""


class PhoneField(forms.CharField):
    """A telephone number; cleaned to the digits that are stored."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", gettext_lazy("เช่น 081 234 5678 หรือ 035 000 114"))
        kwargs.setdefault("widget", PlainText({"inputmode": "tel"}))
        super().__init__(max_length=40, **kwargs)

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        return _read(phone_numbers.parse, typed) if typed else ""

    def shown_value(self, bound: forms.BoundField) -> Any:
        if bound.form.is_bound and not self.disabled:
            return bound.data
        return phone_numbers.display(bound.initial) if bound.initial else ""


class SecretText(PlainText):
    def use_required_attribute(self, initial: Any) -> bool:
        return super().use_required_attribute(initial) and not initial


class NationalIdField(forms.CharField):
    """Thirteen digits; a stored number is never written back into the page.

    `initial` is the stored number or its mask; the field may then stay empty and cleans to "",
    which means unchanged.
    """

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", gettext_lazy("13 หลัก เก็บแบบปิด เห็นเฉพาะผู้มีสิทธิ"))
        kwargs.setdefault("widget", SecretText({"inputmode": "numeric"}))
        super().__init__(max_length=40, **kwargs)

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        return _read(national_id.parse, typed) if typed else ""

    def _clean_bound_field(self, bound: forms.BoundField) -> Any:
        if bound.initial and (self.disabled or not (bound.data or "").strip()):
            return ""
        return self.clean(bound.data)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(data) and super().has_changed(initial, data)

    def shown_value(self, bound: forms.BoundField) -> Any:
        return bound.data if bound.form.is_bound and not self.disabled else ""

    def echo(self, bound: forms.BoundField) -> Echo | None:
        if not (stored := bound.initial):
            return None
        masked = stored if "X" in stored else national_id.mask(stored)
        return Echo(_("เก็บไว้แล้ว %(masked)s เว้นว่างถ้าไม่เปลี่ยน") % {"masked": masked})


class CountField(forms.IntegerField):
    """A number of people or things: whole, not negative, in Thai or Arabic digits."""

    default_error_messages = {
        "invalid": gettext_lazy("กรอกเป็นจำนวนเต็ม เช่น 12 หรือ 1,250"),
        "min_value": gettext_lazy("กรอกตั้งแต่ %(limit_value)s ขึ้นไป"),
        "max_value": gettext_lazy("กรอกไม่เกิน %(limit_value)s ถ้ามากกว่านี้จริง ให้ตรวจตัวเลขอีกครั้ง"),
    }

    def __init__(self, *, max_value: int = 1_000_000, min_value: int = 0, **kwargs: Any) -> None:
        kwargs.setdefault("widget", PlainText({"inputmode": "numeric"}))
        super().__init__(max_value=max_value, min_value=min_value, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values or isinstance(value, int):
            return None if value in self.empty_values else value
        typed = str(value).translate(THAI_DIGITS).strip()
        if not typed:
            return None
        if typed.startswith("-"):
            raise ValidationError(
                self.error_messages["min_value"], "min_value", {"limit_value": self.min_value}
            )
        if not WHOLE_NUMBER.fullmatch(typed) or len(typed) > DIGITS_AT_MOST:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return int(typed.replace(",", ""))


class PhotoField(forms.FileField):
    """One photo, checked by content and rewritten without metadata; cleaned to a `CleanPhoto`."""

    widget = DropZone

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", photo_help())
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"accept": "image/jpeg,image/png,image/webp"}

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        return _cleaned_photo(upload) if isinstance(upload, UploadedFile) else upload

    def echo(self, bound: forms.BoundField) -> Echo | None:
        """Browsers forget a chosen file; say so when the form comes back."""
        chosen = bound.data if bound.form.is_bound else None
        if not chosen or not bound.form.errors:
            return None
        names = ", ".join(each.name for each in (chosen if isinstance(chosen, list) else [chosen]))
        return Echo(_("เลือก %(name)s อีกครั้ง เพราะยังไม่ได้บันทึก") % {"name": names}, doubt=True)


class ManyFiles(DropZone):
    allow_multiple_selected = True


class PhotosField(PhotoField):
    """Several photos; cleaned to a list of `CleanPhoto`, `most` at a time."""

    widget = ManyFiles
    default_error_messages = {
        "too_many": gettext_lazy("เลือกไม่เกิน %(most)d ภาพในครั้งเดียว ตอนนี้ %(count)d"),
    }

    def __init__(self, *, most: int = 6, **kwargs: Any) -> None:
        self.most = most
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[CleanPhoto]:
        uploads = data or []
        if len(uploads) > self.most:
            raise ValidationError(
                self.error_messages["too_many"],
                code="too_many",
                params={"most": self.most, "count": len(uploads)},
            )
        if not uploads:
            super().clean(None, None)
        return [super(PhotosField, self).clean(upload, None) for upload in uploads]


class VersionField(forms.IntegerField):
    """The version of the row the form was opened with; the service compares it under the lock."""

    widget = forms.HiddenInput
    default_error_messages = {
        "required": gettext_lazy("แบบนี้มาไม่ครบ เปิดหน้านี้ใหม่แล้วลองอีกครั้ง"),
        "invalid": gettext_lazy("แบบนี้มาไม่ครบ เปิดหน้านี้ใหม่แล้วลองอีกครั้ง"),
    }


class TokenField(forms.UUIDField):
    """A number of its own for every opened form, so that a second press does nothing twice."""

    widget = forms.HiddenInput
    default_error_messages = {
        "required": gettext_lazy("แบบนี้มาไม่ครบ เปิดหน้านี้ใหม่แล้วลองอีกครั้ง"),
        "invalid": gettext_lazy("แบบนี้มาไม่ครบ เปิดหน้านี้ใหม่แล้วลองอีกครั้ง"),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("initial", uuid4)
        super().__init__(**kwargs)


def photo_help() -> str:
    return _("JPEG, PNG หรือ WebP ไม่เกิน %(limit)d MB") % {"limit": MOST_BYTES // MEGABYTE}


def _read(parse: Callable[[str], str], typed: str) -> str:
    try:
        return parse(typed)
    except ValueError as problem:
        raise ValidationError(str(problem), code="invalid") from None


def _cleaned_photo(upload: "UploadedFile[Any]") -> CleanPhoto:
    try:
        return clean_photo(upload)
    except RuleViolation as refusal:
        raise ValidationError(refusal.message, code="invalid") from None
