"""What is typed to check a document, and why one is withdrawn."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from volunteer_network.documents.serials import read_serial
from volunteer_network.enums import WithdrawalReason
from volunteer_network.ui.forms import PlainText, RadioChips, Section, SectionedForm


class SerialForm(SectionedForm, forms.Form):
    """The serial at the foot of a document, as one reads it."""

    sections: ClassVar[tuple[Section, ...]] = (Section("", ("serial",)),)
    submit_label = _("ตรวจเอกสาร")
    serial = forms.CharField(
        label=_("เลขที่เอกสาร"),
        max_length=80,
        widget=PlainText,
        help_text=_("อยู่ท้ายเอกสารทุกหน้า เช่น PLN-77-2569-2-4K7Q"),
        error_messages={"required": _("พิมพ์เลขที่ที่อยู่ท้ายเอกสาร")},
    )

    def clean_serial(self) -> str:
        serial = read_serial(self.cleaned_data["serial"])
        if not serial:
            raise forms.ValidationError(_("พิมพ์เลขที่เอกสารด้วยตัวอักษรอังกฤษและตัวเลข"))
        return serial


class WithdrawalForm(SectionedForm, forms.Form):
    purpose = _("เพิกถอนเอกสาร")
    reason = forms.ChoiceField(
        label=_("เหตุที่เพิกถอน"), choices=WithdrawalReason.choices, widget=RadioChips
    )
