"""The name of a view."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from volunteer_network.forms.volunteers import CleanText
from volunteer_network.ui.forms import Section, SectionedForm


class SavedViewForm(SectionedForm, forms.Form):
    purpose = _("บันทึกมุมมอง")
    sections: ClassVar[tuple[Section, ...]] = (Section("", ("name",)),)
    name = CleanText(
        label=_("ชื่อมุมมอง"),
        max_length=60,
        help_text=_("ชื่อที่จะพิมพ์หาเอง เช่น ภาคใต้ไตรมาสนี้"),
    )
