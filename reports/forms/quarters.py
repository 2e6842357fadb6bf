"""Signing a quarter: the figures that were seen, and whether later changes are adopted."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from volunteer_network.ui.forms import SectionedForm


class SignForm(SectionedForm, forms.Form):
    """Two buttons of one form say whether what became of earlier quarters is adopted."""

    seen = forms.CharField(
        max_length=64,
        widget=forms.HiddenInput,
        error_messages={"required": _("เปิดหน้านี้ใหม่ อ่านตัวเลข แล้วลงนามอีกครั้ง")},
    )
    adopt = forms.CharField(required=False, max_length=3, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        return {**data, "adopt": data.get("adopt") == "yes"}


class PressForm(SectionedForm, forms.Form):
    """A step of a quarter that needs no words."""
