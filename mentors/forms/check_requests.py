"""Forms of asking for a check and of answering."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mentors.enums import CheckReason
from mentors.models import CheckRequest
from volunteer_network.forms.volunteers import CleanText
from volunteer_network.models import Activity
from volunteer_network.ui.forms import RadioChips, Section, SectionedForm, VersionField


class AskForm(SectionedForm, forms.Form):
    """ขอให้ตรวจสอบ: the reason is enough, unless it is another one."""

    reason = forms.ChoiceField(
        label=_("เหตุที่ขอให้ตรวจสอบ"), choices=CheckReason.choices, widget=RadioChips
    )
    words = CleanText(
        label=_("ข้อความถึงผู้บันทึก"),
        required=False,
        max_length=300,
        help_text=_("เช่น ใบลงชื่อมี 40 คน ในระบบ 400 คน"),
    )
    version = VersionField()

    sections = (Section("", ("reason", "words")),)
    submit_label = _("ขอให้ตรวจสอบ 1 รายการ")
    purpose = _("ขอให้ตรวจสอบ")

    def __init__(self, *args: Any, activity: Activity, guess: str, **kwargs: Any) -> None:
        """`guess` is the reason that is chosen at first, "" for none."""
        kwargs["initial"] = {"version": activity.version, "reason": guess}
        super().__init__(*args, **kwargs)


class AnswerForm(SectionedForm, forms.Form):
    """ตรวจแล้วถูกต้อง, with a sentence that says how one knows."""

    answer = CleanText(
        label=_("ตรวจกับอะไร"),
        max_length=300,
        help_text=_("เช่น นับจากใบลงชื่อ 120 คน เป็นงานวันแรงงานของทั้งอำเภอ"),
    )

    sections = (Section("", ("answer",)),)
    submit_label = _("ตอบว่าถูกต้อง 1 รายการ")
    purpose = _("ตอบ")

    def __init__(self, *args: Any, asked: CheckRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cancel_url = asked.get_absolute_url()
