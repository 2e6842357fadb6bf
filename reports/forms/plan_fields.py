"""Fields of plans: money as officials type it, months of the fiscal year, mentors by name."""

import re
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mentors.models import Mentor
from volunteer_network.thai_calendar import fiscal_months, short_month_name
from volunteer_network.thai_text import baht, to_arabic_digits
from volunteer_network.ui.forms import CheckChips, CountField, PlainText

TARGET_AT_MOST: Final = 10_000_000
BAHT_AT_MOST: Final = 9_999_999_999
_MONEY: Final = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]{1,2})?")
_ANY_YEAR: Final = 2570  # months have the same names in each


class MoneyField(forms.DecimalField):
    """Baht, not negative, with thousands or without, in Thai or Arabic digits; empty is nought."""

    default_error_messages = {
        "invalid": _("กรอกจำนวนเงินเป็นบาท เช่น 40,000 หรือ 1,250.50"),
        "max_value": _("กรอกไม่เกิน %(limit_value)s บาท ตรวจตัวเลขอีกครั้ง"),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", PlainText({"inputmode": "decimal"}))
        kwargs.setdefault("required", False)
        super().__init__(min_value=0, max_value=BAHT_AT_MOST, decimal_places=2, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}

    def to_python(self, value: Any) -> Any:  # DecimalField is typed as an IntegerField
        if isinstance(value, Decimal):
            return value
        typed = to_arabic_digits(str(value or "")).replace("บาท", "").strip()
        if not typed:
            return Decimal(0)
        if not _MONEY.fullmatch(typed) or len(typed) > 18:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return Decimal(typed.replace(",", ""))

    def shown_value(self, bound: forms.BoundField) -> Any:
        if bound.form.is_bound:
            return bound.data
        return baht(bound.initial) if bound.initial else ""


class TargetField(CountField):
    """A target: a whole number, empty is nought."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(max_value=TARGET_AT_MOST, **kwargs)

    def clean(self, value: Any) -> Any:
        return super().clean(value) or 0


class MonthsField(forms.TypedMultipleChoiceField):
    """Months of the fiscal year as twelve boxes: 1 is October."""

    widget = CheckChips

    def __init__(self, **kwargs: Any) -> None:
        names = enumerate(map(short_month_name, fiscal_months(_ANY_YEAR)), start=1)
        super().__init__(choices=list(names), coerce=int, empty_value=[], **kwargs)

    def clean(self, value: Any) -> list[int]:
        return sorted(super().clean(value))


class MentorField(forms.ModelChoiceField[Mentor]):
    def label_from_instance(self, mentor: Mentor) -> str:
        return str(mentor)
